/*
 * How long things took, as cheaply as a counter (sys/counters): each thread
 * counts in its own, any thread may read, sums are made when somebody asks.
 *
 * Buckets grow with what they hold: four for each power of two microseconds,
 * so that what is read from them is at most a quarter too high.
 */

#ifndef SYS_HISTOGRAM_H
#define SYS_HISTOGRAM_H

#include "sys/counters.h"

#include <stdint.h>

struct buf;

/* The last one holds all that took nearly a minute or more. */
enum { HISTOGRAM_BUCKETS = 100 };

/* One thread's. */
struct histogram {
	counter sum_us;
	counter buckets[HISTOGRAM_BUCKETS];
};

/* Of all threads. */
struct histogram_sums {
	uint64_t sum_us;
	uint64_t buckets[HISTOGRAM_BUCKETS];
};

/* The histograms of one owner, as a struct counter_set has its counters. */
struct histogram_set {
	const char *name;    /* "answer" */
	const char *meaning; /* of the time, without a period */
	void (*sum)(const void *owner, struct histogram_sums *sums);
	const void *owner;
};

/* Only by the thread that owns it. */
void histogram_add(struct histogram *histogram, uint64_t us);

/* Add one thread's to the sums. */
void histogram_sum(const struct histogram *histogram,
    struct histogram_sums *sums);

/*
 * So many microseconds `percent` of them took at most, rounded up to the end of
 * a bucket; 0: nothing was counted.
 */
uint64_t histogram_percentile(const struct histogram_sums *sums,
    unsigned percent);

/*
 * For people the 50th, 90th and 99th percentile, as answer_p50_us; for
 * Prometheus a histogram, as whoisd_answer_seconds.
 */
void histogram_print(struct buf *out, enum counters_form form,
    const struct histogram_set *set);

#endif
