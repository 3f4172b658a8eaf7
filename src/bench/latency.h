/*
 * How long things took, for one thread that compares runs: finer than
 * sys/histogram, which is all that a server can afford.
 *
 * Counts in classes that grow with the value, so that any percentile is known
 * within one hundredth of itself, whatever the range and however many values,
 * in fixed memory.
 */

#ifndef BENCH_LATENCY_H
#define BENCH_LATENCY_H

#include <stdint.h>

enum {
	LATENCY_EXACT_BITS = 7, /* classes for each doubling: 128 */
	LATENCY_BITS = 36, /* in microseconds, nineteen hours */
	LATENCY_CLASSES = (LATENCY_BITS - LATENCY_EXACT_BITS + 1)
			  << LATENCY_EXACT_BITS,
};

/* Begins with { 0 }. */
struct latency {
	uint64_t count;
	uint64_t max;
	uint64_t classes[LATENCY_CLASSES];
};

void latency_add(struct latency *latency, uint64_t value);

/* Add all that another one has. */
void latency_add_all(struct latency *latency, const struct latency *other);

/*
 * The value that so many of a thousand do not exceed: rounded up to the end of
 * its class, never above the greatest one.  0 when there are none.
 */
uint64_t latency_permille(const struct latency *latency, unsigned permille);

#endif
