/*
 * Counters that cost their maker nothing: each thread has its own set and
 * only adds to it, any thread may read, and the sets are summed when somebody
 * asks.  A table says what each one means, once, where it is declared.
 */

#ifndef SYS_COUNTERS_H
#define SYS_COUNTERS_H

#include <stdatomic.h>
#include <stdint.h>

struct buf;

typedef _Atomic uint64_t counter;

struct counter_text {
	const char *name;    /* "accepted" */
	const char *meaning; /* one sentence without a period */
};

/* Only by the thread that owns the counter: there is no other writer. */
static inline void
counter_add(counter *c, uint64_t n)
{
	atomic_store_explicit(c,
	    atomic_load_explicit(c, memory_order_relaxed) + n,
	    memory_order_relaxed);
}

/* Add the `count` counters of one set to `sums`. */
void counters_sum(const counter *set, uint64_t *sums, unsigned count);

/* One line for each: name, value, " # " and meaning. */
void counters_print(struct buf *out, const struct counter_text *texts,
    const uint64_t *sums, unsigned count);

#endif
