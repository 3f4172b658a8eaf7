/*
 * A server's processes on this machine, and the processor time that they have
 * taken.
 */

#ifndef BENCH_PROCESSES_H
#define BENCH_PROCESSES_H

#include "base/attr.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct route;

enum { PROCESSES_MAX = 64 };

struct processes {
	unsigned count;
	pid_t pids[PROCESSES_MAX];
};

struct processor_time {
	uint64_t total_us;
	uint64_t user_us; /* as the kernel divides it, in ticks of 10 ms */
	uint64_t system_us;
};

/*
 * Those that listen where the route goes to, the first process of the machine
 * left out, which listens for others.  None: they are not here, or not ours to
 * see: the files of other users' processes are for the superuser.
 */
void processes_find(struct processes *processes, const struct route *route);

/*
 * What they have taken, and the children that they have waited for.  False:
 * none of them is there any more, or there was none.
 */
bool processes_time(const struct processes *processes,
    struct processor_time *time) MUST_CHECK;

#endif
