/*
 * How long things took.  Counts in classes that grow with the value: any
 * percentile is known within a thirty-second of itself, whatever the range and
 * however many values, in fixed memory.
 */

#ifndef ABUSE_HISTOGRAM_H
#define ABUSE_HISTOGRAM_H

#include <stdint.h>

enum {
	HISTOGRAM_EXACT_BITS = 5,
	HISTOGRAM_BITS = 36, /* in microseconds, nineteen hours */
	HISTOGRAM_CLASSES = (HISTOGRAM_BITS - HISTOGRAM_EXACT_BITS + 1)
			    << HISTOGRAM_EXACT_BITS,
};

/* Begins with { 0 }. */
struct histogram {
	uint64_t count;
	uint64_t max;
	uint64_t classes[HISTOGRAM_CLASSES];
};

void histogram_add(struct histogram *histogram, uint64_t value);

/*
 * The value that so many of a thousand do not exceed: rounded up to the end of
 * its class, never above the greatest one.  0 when there are none.
 */
uint64_t histogram_permille(
    const struct histogram *histogram, unsigned permille);

#endif
