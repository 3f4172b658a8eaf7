#include <config.h>

#include "sys/histogram.h"

#include "base/buf.h"
#include "unit.h"

#include <string.h>

static struct histogram threads[2];

static void
sum_threads(const void *owner, struct histogram_sums *sums)
{
	(void)owner;
	histogram_sum(&threads[0], sums);
	histogram_sum(&threads[1], sums);
}

static const struct histogram_set set = { "answer", "from here to there",
	sum_threads, NULL };

static void
add(uint64_t us, unsigned times)
{
	for (unsigned i = 0; i < times; i++)
		histogram_add(&threads[i % 2], us);
}

static uint64_t
percentile(unsigned percent)
{
	struct histogram_sums sums = { 0 };

	sum_threads(NULL, &sums);
	return histogram_percentile(&sums, percent);
}

START_TEST(is_at_most_a_quarter_too_high)
{
	for (uint64_t us = 0; us < 58000000; us += us / 50 + 1) {
		memset(threads, 0, sizeof threads);
		add(us, 1);
		ck_assert_uint_gt(percentile(50), us);
		ck_assert_uint_le(percentile(50), us + us / 4 + 1);
	}
}
END_TEST

START_TEST(takes_whatever_takes_long)
{
	memset(threads, 0, sizeof threads);
	add(UINT64_MAX / 4, 3);
	ck_assert_uint_gt(percentile(99), 50000000);
}
END_TEST

/* A hundred times, of four lengths. */
static void
add_hundred(void)
{
	memset(threads, 0, sizeof threads);
	ck_assert_uint_eq(percentile(50), 0);
	add(10, 50);
	add(100, 40);
	add(1000, 9);
	add(10000, 1);
}

START_TEST(knows_how_many_were_quicker)
{
	add_hundred();
	ck_assert_uint_eq(percentile(50), 12);
	ck_assert_uint_eq(percentile(90), 112);
	ck_assert_uint_eq(percentile(99), 1024);
	ck_assert_uint_eq(percentile(100), 10240);
}
END_TEST

static const struct {
	enum counters_form form;
	const char *lines[6];
} pages[] = {
	{ COUNTERS_FORM_TEXT, {
	    "answer_p50_us                  12"
	    "  # microseconds within which 50 % were done\n",
	    "answer_p90_us                 112  # ",
	    "answer_p99_us                1024  # " } },
	{ COUNTERS_FORM_PROMETHEUS, {
	    "# HELP whoisd_answer_seconds time from here to there\n"
	    "# TYPE whoisd_answer_seconds histogram\n"
	    "whoisd_answer_seconds_bucket{le=\"0.000064\"} 50\n"
	    "whoisd_answer_seconds_bucket{le=\"0.000128\"} 90\n",
	    "\nwhoisd_answer_seconds_bucket{le=\"0.001024\"} 99\n",
	    "\nwhoisd_answer_seconds_bucket{le=\"0.016384\"} 100\n",
	    "\nwhoisd_answer_seconds_bucket{le=\"33.554432\"} 100\n"
	    "whoisd_answer_seconds_bucket{le=\"+Inf\"} 100\n"
	    "whoisd_answer_seconds_sum 0.023500\n"
	    "whoisd_answer_seconds_count 100\n" } },
};

START_TEST(prints_for_people_and_for_prometheus)
{
	char memory[4096];
	struct buf out;

	add_hundred();
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		buf_init(&out, memory, sizeof memory - 1);
		histogram_print(&out, pages[i].form, &set);
		ck_assert(!out.overflowed);
		memory[out.length] = '\0';
		for (size_t j = 0; pages[i].lines[j] != NULL; j++)
			ck_assert_msg(strstr(memory, pages[i].lines[j]) != NULL,
			    "%s lacks %s", memory, pages[i].lines[j]);
	}
}
END_TEST

UNIT_MAIN("sys/histogram", is_at_most_a_quarter_too_high,
    takes_whatever_takes_long, knows_how_many_were_quicker,
    prints_for_people_and_for_prometheus)
