#include <config.h>

#include "sys/counters.h"

#include "base/buf.h"
#include "unit.h"

enum { KNOCKS, GUESTS, COUNT };

static const struct counter_text texts[COUNT] = {
	[KNOCKS] = { "knocks", "how often there was a knock" },
	[GUESTS] = { "guests", "who is in", COUNTER_KIND_GAUGE },
};

/* Two threads' counters, summed as an owner does. */
static counter threads[2][COUNT];

static void
sum_threads(const void *owner, uint64_t *sums)
{
	ck_assert_ptr_eq(owner, threads);
	for (unsigned i = 0; i < 2; i++)
		counters_sum(threads[i], sums, COUNT);
}

static const struct counter_set set = { texts, COUNT, sum_threads, threads };

static void
fill(void)
{
	counter_set(&threads[0][KNOCKS], 0);
	counter_add(&threads[0][KNOCKS], 40);
	counter_add(&threads[0][KNOCKS], 2);
	counter_set(&threads[1][KNOCKS], 1000);
	counter_set(&threads[0][GUESTS], 7);
	counter_set(&threads[1][GUESTS], 1);
}

static const struct {
	enum counters_form form;
	const char *page;
} pages[] = {
	{ COUNTERS_FORM_TEXT,
	    "knocks                       1042"
	    "  # how often there was a knock\n"
	    "guests                          8  # who is in\n" },
	{ COUNTERS_FORM_PROMETHEUS,
	    "# HELP whoisd_knocks_total how often there was a knock\n"
	    "# TYPE whoisd_knocks_total counter\n"
	    "whoisd_knocks_total 1042\n"
	    "# HELP whoisd_guests who is in\n"
	    "# TYPE whoisd_guests gauge\n"
	    "whoisd_guests 8\n" },
};

START_TEST(prints_the_sums_over_all_threads_in_either_form)
{
	char memory[1024];
	struct buf out;

	fill();
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		buf_init(&out, memory, sizeof memory - 1);
		counters_print(&out, pages[i].form, &set);
		ck_assert(!out.overflowed);
		memory[out.length] = '\0';
		ck_assert_str_eq(memory, pages[i].page);
	}
}
END_TEST

UNIT_MAIN("sys/counters", prints_the_sums_over_all_threads_in_either_form)
