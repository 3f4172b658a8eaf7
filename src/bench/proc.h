/*
 * Lines of /proc as proc(5) has them: where processes listen, and what
 * processor time they have taken.
 */

#ifndef BENCH_PROC_H
#define BENCH_PROC_H

#include "base/addr.h"
#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* A line of /proc/net/tcp or tcp6. */
struct proc_socket {
	struct addr addr; /* v4-mapped ones as IPv4 */
	uint16_t port;
	bool listens;
	uint64_t inode;
};

/* False: it is no such line, as the first one is not. */
bool proc_parse_socket(struct proc_socket *socket, struct span line) MUST_CHECK;

/* Of /proc/PID/stat, in clock ticks; `children_` are those waited for. */
struct proc_times {
	uint64_t user;
	uint64_t system;
	uint64_t children_user;
	uint64_t children_system;
};

bool proc_parse_stat(struct proc_times *times, struct span text) MUST_CHECK;

#endif
