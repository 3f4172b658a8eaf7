#include "sys/histogram.h"

#include "base/buf.h"

#include <inttypes.h>
#include <stdio.h>

/*
 * Bucket by microseconds: 0 1 2 3 4 5 6 7 8-9 10-11 12-13 14-15 16-19 ...
 *
 * The highest bit and the two below it are the number of the bucket.
 */
enum {
	LOWEST_BIT = 6,   /* the bounds for Prometheus: 64 us ... */
	HIGHEST_BIT = 25, /* ... 33 s */
};

static unsigned
bucket_of(uint64_t us)
{
	unsigned bit, bucket;

	if (us < 4)
		return (unsigned)us;
	bit = 63 - (unsigned)__builtin_clzll(us);
	bucket = (bit - 1) * 4 + ((us >> (bit - 2)) & 3);
	return bucket < HISTOGRAM_BUCKETS ? bucket : HISTOGRAM_BUCKETS - 1;
}

/* The least that is in the bucket. */
static uint64_t
bucket_start(unsigned bucket)
{
	return bucket < 4 ? bucket :
	    (uint64_t)(4 + bucket % 4) << (bucket / 4 - 1);
}

void
histogram_add(struct histogram *h, uint64_t us)
{
	counter_add(&h->sum_us, us);
	counter_add(&h->buckets[bucket_of(us)], 1);
}

void
histogram_sum(const struct histogram *h, struct histogram_sums *sums)
{
	counters_sum(&h->sum_us, &sums->sum_us, 1);
	counters_sum(h->buckets, sums->buckets, HISTOGRAM_BUCKETS);
}

/* How many are in the buckets before this one. */
static uint64_t
count_before(const struct histogram_sums *sums, unsigned bucket)
{
	uint64_t count = 0;

	for (unsigned i = 0; i < bucket; i++)
		count += sums->buckets[i];
	return count;
}

uint64_t
histogram_percentile(const struct histogram_sums *sums, unsigned percent)
{
	uint64_t all = count_before(sums, HISTOGRAM_BUCKETS), count = 0;
	unsigned bucket = 0;

	if (all == 0)
		return 0;
	while (bucket < HISTOGRAM_BUCKETS - 1) {
		count += sums->buckets[bucket++];
		if (count * 100 >= all * percent)
			break;
	}
	return bucket_start(bucket);
}

static void
print_text(struct buf *out, const struct histogram_set *set,
    const struct histogram_sums *sums)
{
	static const unsigned percents[] = { 50, 90, 99 };

	for (unsigned i = 0; i < 3; i++) {
		char name[64], meaning[64];
		const struct counter_text text = { name, meaning,
			COUNTER_KIND_GAUGE };

		snprintf(name, sizeof name, "%s_p%u_us", set->name,
		    percents[i]);
		snprintf(meaning, sizeof meaning,
		    "microseconds within which %u %% were done", percents[i]);
		counters_print_one(out, COUNTERS_FORM_TEXT, &text,
		    histogram_percentile(sums, percents[i]));
	}
}

/* Microseconds are whole, so those before 64 us took less than 64 us. */
static void
print_prometheus(struct buf *out, const struct histogram_set *set,
    const struct histogram_sums *sums)
{
	uint64_t all = count_before(sums, HISTOGRAM_BUCKETS);
	const char *name = set->name;

	buf_add_format(out, "# HELP whoisd_%s_seconds time %s\n", name,
	    set->meaning);
	buf_add_format(out, "# TYPE whoisd_%s_seconds histogram\n", name);
	for (unsigned bit = LOWEST_BIT; bit <= HIGHEST_BIT; bit++)
		buf_add_format(out, "whoisd_%s_seconds_bucket{le=\"%.6f\"} %"
		    PRIu64 "\n", name, (double)(UINT64_C(1) << bit) / 1e6,
		    count_before(sums, bucket_of(UINT64_C(1) << bit)));
	buf_add_format(out, "whoisd_%s_seconds_bucket{le=\"+Inf\"} %" PRIu64
	    "\n", name, all);
	buf_add_format(out, "whoisd_%s_seconds_sum %.6f\n", name,
	    (double)sums->sum_us / 1e6);
	buf_add_format(out, "whoisd_%s_seconds_count %" PRIu64 "\n", name,
	    all);
}

void
histogram_print(struct buf *out, enum counters_form form,
    const struct histogram_set *set)
{
	struct histogram_sums sums = { 0 };

	set->sum(set->owner, &sums);
	switch (form) {
	case COUNTERS_FORM_TEXT:
		print_text(out, set, &sums);
		break;
	case COUNTERS_FORM_PROMETHEUS:
		print_prometheus(out, set, &sums);
		break;
	}
}
