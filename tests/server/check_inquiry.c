#include <config.h>

#include "server/inquiry.h"

#include "base/buf.h"
#include "dir/small.h"
#include "server/statistics.h"
#include "server/watch.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const char *const people[] = { "name=First|key=1" };

static char *folder;
static struct statistics statistics;
static struct inquiry inquiry = { .statistics = &statistics };

static void
sum_times(const void *owner, struct histogram_sums *sums)
{
	(void)owner;
	sums->buckets[8] = 3;
}

static void
set_up(void)
{
	const struct histogram_set times = { "answer", "of an answer",
		sum_times, NULL };
	struct watch_start start = { .map_bytes = SMALL_MAP_BYTES };
	struct counter_set set;
	struct fault fault;

	folder = small_folder();
	small_load(folder, people, 1);
	start.path = folder;
	ck_assert_int_eq(watch_open(&inquiry.watch, &start, &fault),
	    ERR_NONE);
	set = watch_counters(inquiry.watch);
	statistics_init(&statistics, 0);
	statistics_add(&statistics, &set);
	statistics_set_times(&statistics, &times);
}

static void
tear_down(void)
{
	watch_close(&inquiry.watch);
	small_remove(&folder);
}

static const struct {
	const char *command;
	const char *holds[5];
} dialogues[] = {
	{ "stats", {
	    "# serving gen-000001: 1 entries, serial 1, loaded 2026-",
	    "\nuptime_s  ",
	    "\nlog_dropped                     0  # ",
	    "\ngeneration_serial               1  # ",
	    "\nanswer_p50_us                  10  # " } },
	{ "stats prometheus", {
	    "# serving gen-000001: 1 entries, serial 1, loaded 2026-",
	    "\n# TYPE whoisd_uptime_s gauge\n",
	    "\nwhoisd_log_dropped_total 0\n",
	    "\nwhoisd_generation_serial 1\n",
	    "\nwhoisd_answer_seconds_count 3\n" } },
	{ "help", { "stats  ", "\nstats prometheus  ", "\nhelp  " } },
	{ "", { "error: there is no command \"\"; try help\n" } },
	{ "Stats", { "error: there is no command \"Stats\"" } },
	{ "stats prometheus now", { "error: there is no command \"stats " } },
	{ "\x1b[2J\"", { "error: there is no command \"\\x1b[2J\\x22\"" } },
};

START_TEST(answers_what_it_knows_and_refuses_the_rest)
{
	static char memory[STATISTICS_TEXT_MAX];
	struct buf out;

	for (size_t i = 0; i < sizeof dialogues / sizeof dialogues[0]; i++) {
		buf_init(&out, memory, sizeof memory - 1);
		inquiry_answer(&inquiry, span_from(dialogues[i].command),
		    &out);
		ck_assert(!out.overflowed);
		memory[out.length] = '\0';
		for (size_t j = 0; j < 5 && dialogues[i].holds[j]; j++)
			ck_assert_msg(strstr(memory, dialogues[i].holds[j]),
			    "\"%s\" lacks \"%s\"", memory,
			    dialogues[i].holds[j]);
	}
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){ set_up, tear_down }),
    "server/inquiry", answers_what_it_knows_and_refuses_the_rest)
