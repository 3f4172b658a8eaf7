#include <config.h>

#include "server/watch.h"

#include "base/buf.h"
#include "dir/small.h"
#include "sys/counters.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The fake clock's start: 2026-11-22T10:32:15Z. */
enum { START_S = 1795343535 };

static const char *const people[] = { "name=First|key=1" };

static char *folder, *log_path;

/* Before its thread runs, the log goes to standard error at once. */
static void
set_up(void)
{
	int fd;

	folder = small_folder();
	ck_assert(asprintf(&log_path, "%s/log", folder) > 0);
	fd = open(log_path, O_RDWR | O_CREAT | O_APPEND, 0600);
	ck_assert_int_eq(dup2(fd, STDERR_FILENO), STDERR_FILENO);
	close(fd);
}

static void
tear_down(void)
{
	free(log_path);
	small_remove(&folder);
}

/* How many lines of the log hold `text`. */
static unsigned
count_said(const char *text)
{
	char line[2048];
	unsigned count = 0;
	FILE *file = fopen(log_path, "r");

	ck_assert_ptr_nonnull(file);
	while (fgets(line, sizeof line, file) != NULL)
		count += strstr(line, text) != NULL;
	fclose(file);
	return count;
}

static uint64_t
count_of(const struct watch *watch, const char *name)
{
	uint64_t sums[COUNTERS_MAX] = { 0 };
	struct counter_set set = watch_counters(watch);

	set.sum(set.owner, sums);
	for (unsigned i = 0; i < set.count; i++)
		if (strcmp(set.texts[i].name, name) == 0)
			return sums[i];
	ck_abort_msg("there is no counter %s", name);
}

static void
expect_described(struct watch *watch, const char *wanted)
{
	char memory[2048];
	struct buf out;

	buf_init(&out, memory, sizeof memory - 1);
	watch_describe(watch, &out);
	memory[out.length] = '\0';
	ck_assert_msg(strstr(memory, wanted) != NULL, "\"%s\" lacks \"%s\"",
	    memory, wanted);
}

static void
expect_summary(struct watch *watch, const char *wanted)
{
	char memory[2048];
	struct buf out;

	buf_init(&out, memory, sizeof memory - 1);
	watch_summarise(watch, &out);
	memory[out.length] = '\0';
	ck_assert_str_eq(memory, wanted);
}

static struct watch *
open_watch(void)
{
	const struct watch_start start = { folder, SMALL_MAP_BYTES, START_S };
	struct watch *watch;
	struct fault fault;

	ck_assert_msg(watch_open(&watch, &start, &fault) == ERR_NONE, "%s",
	    fault.text);
	return watch;
}

static void
lead_to(const char *name)
{
	char path[256], next[256];

	snprintf(path, sizeof path, "%s/current", folder);
	snprintf(next, sizeof next, "%s/current.next", folder);
	ck_assert_int_eq(symlink(name, next), 0);
	ck_assert_int_eq(rename(next, path), 0);
}

static const char same[] = "gen-000077/data.mdb: No such file";

START_TEST(says_a_broken_generation_once_however_often_it_looks)
{
	struct watch *watch;

	small_load(folder, people, 1);
	watch = open_watch();
	watch_look(watch, START_S + 1, false);
	ck_assert_uint_eq(count_of(watch, "stale_since"), 0);
	ck_assert_uint_eq(count_of(watch, "generation_serial"), 1);
	expect_summary(watch, "serving gen-000001: 1 entries, serial 1");
	lead_to("gen-000077");
	for (unsigned i = 0; i < 100; i++)
		watch_look(watch, START_S + 10 + i, false);
	ck_assert_uint_eq(count_said(same), 1);
	ck_assert_uint_eq(count_of(watch, "reload_failed"), 1);
	ck_assert_uint_eq(count_of(watch, "stale_since"), START_S + 10);
	ck_assert_uint_eq(count_of(watch, "fallback"), 0);
	expect_described(watch, "# serving gen-000001: 1 entries, serial 1");
	expect_described(watch, "# stale since 2026-11-22T10:32:25Z: ");
	expect_described(watch, same);
	watch_look(watch, START_S + 120, true);
	ck_assert_uint_eq(count_said(same), 2);
	watch_close(&watch);
	ck_assert_ptr_null(watch);
}
END_TEST

START_TEST(keeps_a_pace_when_the_reason_changes_at_every_look)
{
	struct watch *watch;

	small_load(folder, people, 1);
	watch = open_watch();
	for (unsigned i = 0; i < 20; i++) {
		lead_to(i % 2 == 0 ? "gen-000077" : "gen-000078");
		watch_look(watch, START_S + i, false);
	}
	ck_assert_uint_eq(count_said("is not taken"), 2);
	ck_assert_uint_eq(count_of(watch, "reload_failed"), 20);
	watch_look(watch, START_S + 1000, false);
	watch_look(watch, START_S + 2000, false);
	ck_assert_uint_eq(count_said("is not taken"), 3);
	ck_assert_uint_eq(count_of(watch, "stale_since"), START_S);
	watch_close(&watch);
}
END_TEST

START_TEST(is_fresh_again_with_the_next_good_generation)
{
	struct watch *watch;

	small_load(folder, people, 1);
	watch = open_watch();
	lead_to("gen-000077");
	watch_look(watch, START_S, false);
	lead_to("gen-000001");
	watch_look(watch, START_S, false);
	ck_assert_uint_eq(count_said("no longer stale, gen-000001"), 1);
	ck_assert_uint_eq(count_of(watch, "stale_since"), 0);
	ck_assert_uint_eq(count_of(watch, "reload_done"), 0);
	lead_to("gen-000077");
	watch_look(watch, START_S, false);
	ck_assert_uint_eq(count_said(same), 2);
	lead_to("gen-000001");
	small_load(folder, people, 1);
	watch_look(watch, START_S, false);
	ck_assert_uint_eq(count_said("now serving gen-"), 1);
	ck_assert_uint_eq(count_of(watch, "stale_since"), 0);
	ck_assert_uint_eq(count_of(watch, "reload_done"), 1);
	watch_close(&watch);
}
END_TEST

START_TEST(says_loudly_that_it_fell_back)
{
	struct watch *watch;

	small_load(folder, people, 1);
	lead_to("gen-000077");
	watch = open_watch();
	ck_assert_uint_eq(count_said("FALLING BACK"), 1);
	ck_assert_uint_eq(count_said(same), 1);
	ck_assert_uint_eq(count_of(watch, "fallback"), 1);
	ck_assert_uint_eq(count_of(watch, "stale_since"), START_S);
	watch_look(watch, START_S + 100, false);
	ck_assert_uint_eq(count_said(same), 1);
	ck_assert_uint_eq(count_of(watch, "fallback"), 1);
	lead_to("gen-000001");
	watch_look(watch, START_S + 101, false);
	ck_assert_uint_eq(count_of(watch, "fallback"), 0);
	ck_assert_uint_eq(count_of(watch, "stale_since"), 0);
	watch_close(&watch);
}
END_TEST

START_TEST(refuses_to_start_with_nothing_to_serve)
{
	const struct watch_start start = { folder, SMALL_MAP_BYTES, START_S };
	struct watch *watch;
	struct fault fault;

	ck_assert_int_eq(watch_open(&watch, &start, &fault), ERR_REFUSED);
	ck_assert_ptr_null(watch);
	ck_assert_ptr_nonnull(strstr(fault.text, "nothing is loaded"));
	watch_close(&watch);
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){ set_up, tear_down }),
    "server/watch",
    says_a_broken_generation_once_however_often_it_looks,
    keeps_a_pace_when_the_reason_changes_at_every_look,
    is_fresh_again_with_the_next_good_generation,
    says_loudly_that_it_fell_back,
    refuses_to_start_with_nothing_to_serve)
