/*
 * Counters that cost their maker nothing: each thread has its own set and
 * only adds to it, any thread may read, and the sets are summed when somebody
 * asks.  A table says what each one means, once, where it is declared.
 *
 * They are printed for people,
 *
 *   accepted                        4  # connections taken from the kernel
 *
 * and in the text format of Prometheus:
 *
 *   # HELP whoisd_accepted_total connections taken from the kernel
 *   # TYPE whoisd_accepted_total counter
 *   whoisd_accepted_total 4
 */

#ifndef SYS_COUNTERS_H
#define SYS_COUNTERS_H

#include <stdatomic.h>
#include <stdint.h>

struct buf;

typedef _Atomic uint64_t counter;

enum counter_kind {
	COUNTER_KIND_COUNTER, /* only grows: its rate is of interest */
	COUNTER_KIND_GAUGE,   /* goes up and down: its value is */
};

struct counter_text {
	const char *name;    /* "accepted": lower case, digits and _ */
	const char *meaning; /* one sentence without a period */
	enum counter_kind kind;
};

enum { COUNTERS_MAX = 128 }; /* of one set */

/* The counters of one owner, which must outlive it. */
struct counter_set {
	const struct counter_text *texts;
	unsigned count;

	/* Add what its threads have counted to `count` sums; any thread. */
	void (*sum)(const void *owner, uint64_t *sums);
	const void *owner;
};

enum counters_form { COUNTERS_FORM_TEXT, COUNTERS_FORM_PROMETHEUS };

/* Only by the thread that owns the counter: there is no other writer. */
static inline void
counter_add(counter *c, uint64_t n)
{
	atomic_store_explicit(c,
	    atomic_load_explicit(c, memory_order_relaxed) + n,
	    memory_order_relaxed);
}

/* For gauges, by the thread that owns it. */
static inline void
counter_set(counter *c, uint64_t value)
{
	atomic_store_explicit(c, value, memory_order_relaxed);
}

/* Add the `count` counters of one thread to `sums`. */
void counters_sum(const counter *set, uint64_t *sums, unsigned count);

/* The whole set, as above. */
void counters_print(struct buf *out, enum counters_form form,
    const struct counter_set *set);

/* One value, for those that are in no set. */
void counters_print_one(struct buf *out, enum counters_form form,
    const struct counter_text *text, uint64_t value);

#endif
