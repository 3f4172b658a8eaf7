#include <config.h>

#include "sys/samples.h"

#include "base/buf.h"
#include "sys/histogram.h"
#include "unit.h"

#include <math.h>
#include <string.h>

static struct samples before, now;

static double
value_of(const char *name)
{
	const struct sample *sample = samples_find(&now, name);

	ck_assert_msg(sample != NULL, "no %s", name);
	return sample->value;
}

START_TEST(reads_what_counters_print)
{
	samples_read(&now, span_from(
	    "# serving gen-000001: 10 entries\n"
	    "# HELP whoisd_accepted_total connections\n"
	    "# TYPE whoisd_accepted_total counter\n"
	    "whoisd_accepted_total 18446744073709551615\n"
	    "# TYPE whoisd_open gauge\n"
	    "whoisd_open 7\n"
	    "# EOF\n"));
	ck_assert_uint_eq(now.count, 2);
	ck_assert_uint_eq(now.bucket_count, 0);
	ck_assert_double_eq(value_of("accepted"), 18446744073709551615.0);
	ck_assert_double_eq(value_of("open"), 7);
	ck_assert_int_eq(now.samples[0].kind, COUNTER_KIND_COUNTER);
	ck_assert_int_eq(now.samples[1].kind, COUNTER_KIND_GAUGE);
	ck_assert_ptr_null(samples_find(&now, "closed"));
}
END_TEST

static const char *const nonsense[] = {
	"",
	"\n\n",
	"whoisd_accepted_total 1\n",
	"# TYPE whoisd_a counter\nwhoisd_b 1\n",
	"# TYPE whoisd_a counter\nwhoisd_a\n",
	"# TYPE whoisd_a counter\nwhoisd_a one\n",
	"# TYPE whoisd_a counter\nwhoisd_a 1 2\n",
	"# TYPE whoisd_a counter\nwhoisd_a nan\n",
	"# TYPE whoisd_a counter\nwhoisd_a +Inf\n",
	"# TYPE whoisd_a counter\nwhoisd_a -1\n",
	"# TYPE whoisd_ counter\nwhoisd_ 1\n",
	"# TYPE other_a counter\nother_a 1\n",
	"# TYPE whoisd_\x1b[2J gauge\nwhoisd_\x1b[2J 1\n",
	"# TYPE whoisd_a histogram\nwhoisd_a 1\n",
	"# TYPE whoisd_a histogram\nwhoisd_a_bucket{le=\"x\"} 1\n",
	"# TYPE whoisd_a histogram\nwhoisd_a_bucket{le=\"1\" 1\n",
	"# TYPE whoisd_a histogram\nwhoisd_a_bucket{le=\"1\"}x 1\n",
	"# TYPE whoisd_a counter\nwhoisd_a_bucket{le=\"1\"} 1\n",
	"# TYPE whoisd_12345678901234567890123456789012345678901234567890"
	" gauge\n"
	"whoisd_12345678901234567890123456789012345678901234567890 1\n",
};

START_TEST(passes_over_nonsense)
{
	for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
		samples_read(&now, span_from(nonsense[i]));
		ck_assert_msg(now.count + now.bucket_count == 0, "%s",
		    nonsense[i]);
	}
}
END_TEST

START_TEST(takes_no_more_than_it_has_room_for)
{
	static char page[64 << 10];
	struct buf out;

	buf_init(&out, page, sizeof page);
	for (unsigned i = 0; i < 2 * SAMPLES_MAX; i++)
		buf_add_format(&out, "# TYPE whoisd_g%u gauge\nwhoisd_g%u 1\n",
		    i, i);
	buf_add_string(&out, "# TYPE whoisd_h histogram\n");
	for (unsigned i = 0; i < 2 * SAMPLES_BUCKETS_MAX; i++)
		buf_add_format(&out, "whoisd_h_bucket{le=\"%u\"} %u\n", i, i);
	samples_read(&now, buf_span(&out));
	ck_assert(!out.overflowed);
	ck_assert_uint_eq(now.count, SAMPLES_MAX);
	ck_assert_uint_eq(now.bucket_count, SAMPLES_BUCKETS_MAX);
}
END_TEST

/* A page with one counter, as old or as new. */
static void
read_count(struct samples *samples, const char *name, unsigned value)
{
	char page[256];
	struct buf out;

	buf_init(&out, page, sizeof page);
	buf_add_format(&out, "# TYPE whoisd_%s_total counter\n"
	    "whoisd_%s_total %u\n", name, name, value);
	samples_read(samples, buf_span(&out));
}

START_TEST(knows_how_much_came_since_and_sees_a_restart)
{
	static const struct {
		const char *name;
		unsigned before, now;
		double growth;
	} cases[] = {
		{ "asked", 100, 150, 50 },
		{ "asked", 100, 100, 0 },
		{ "asked", 100, 30, 30 },
		{ "other", 100, 150, 150 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		read_count(&before, cases[i].name, cases[i].before);
		read_count(&now, "asked", cases[i].now);
		ck_assert_double_eq(samples_growth(&before, &now, 0),
		    cases[i].growth);
	}
}
END_TEST

static struct histogram times;

static void
sum_times(const void *owner, struct histogram_sums *sums)
{
	histogram_sum(owner, sums);
}

static void
read_times(struct samples *samples)
{
	const struct histogram_set set = { "answer", "", sum_times, &times };
	static char page[8192];
	struct buf out;

	buf_init(&out, page, sizeof page);
	histogram_print(&out, COUNTERS_FORM_PROMETHEUS, &set);
	ck_assert(!out.overflowed);
	samples_read(samples, buf_span(&out));
}

/* Of what came between the two pages, not of what came before. */
START_TEST(reads_quantiles_out_of_buckets)
{
	double value;

	for (int i = 0; i < 1000; i++)
		histogram_add(&times, 1000000);
	read_times(&before);
	read_times(&now);
	ck_assert(!samples_quantile(&before, &now, 0.5, &value));
	for (int i = 0; i < 900; i++)
		histogram_add(&times, 100);
	for (int i = 0; i < 100; i++)
		histogram_add(&times, 3000);
	read_times(&now);
	ck_assert(samples_quantile(&before, &now, 0.5, &value));
	ck_assert(value > 64e-6 && value < 128e-6);
	ck_assert(samples_quantile(&before, &now, 0.99, &value));
	ck_assert(value > 2048e-6 && value < 4096e-6);
	/* without one before: of all there is */
	before.bucket_count = 0;
	ck_assert(samples_quantile(&before, &now, 0.75, &value));
	ck_assert(value > 0.5 && value < 1.05);
	now.bucket_count = 0;
	ck_assert(!samples_quantile(&before, &now, 0.5, &value));
}
END_TEST

START_TEST(says_the_largest_bound_for_what_is_beyond_it)
{
	double value;

	memset(&times, 0, sizeof times);
	histogram_add(&times, 100000000);
	read_times(&now);
	before.bucket_count = 0;
	ck_assert(samples_quantile(&before, &now, 0.5, &value));
	ck_assert(fabs(value - 33.554432) < 1e-6);
}
END_TEST

UNIT_MAIN("sys/samples", reads_what_counters_print, passes_over_nonsense,
    takes_no_more_than_it_has_room_for,
    knows_how_much_came_since_and_sees_a_restart,
    reads_quantiles_out_of_buckets,
    says_the_largest_bound_for_what_is_beyond_it)
