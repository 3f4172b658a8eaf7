/*
 * When questions are due that arrive at a fixed rate, whatever has become of
 * those before: an open loop.
 *
 * The times are fixed before the first one.  A question that is late, because
 * the server made others wait, is still due when it was: so what it waited
 * counts, and a server that stalls cannot hide it by being asked less.
 *
 * Several threads share a schedule: each has every so many-th arrival.
 */

#ifndef BENCH_SCHEDULE_H
#define BENCH_SCHEDULE_H

#include <stdint.h>

struct schedule {
	unsigned rate;    /* arrivals a second, of all threads together; not 0 */
	unsigned threads; /* at least 1 */
	unsigned thread;  /* 0 ... threads - 1 */
};

/* When this thread's `nth` arrival is due, from 0, after the beginning. */
uint64_t schedule_due_us(const struct schedule *schedule, uint64_t nth);

/* How many of this thread's are due so long after the beginning. */
uint64_t schedule_count(const struct schedule *schedule, uint64_t elapsed_us);

#endif
