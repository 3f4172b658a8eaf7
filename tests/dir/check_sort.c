#include "unit.h"

#include "dir/sort.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { ITEMS = 5000, ITEM_MAX = 64 };

static char folder[32];

static void *memory[3];

/* In memory of just that size, which a sanitizer watches. */
static struct sorter *
new_sorter(unsigned nth, const char *where, size_t bytes)
{
	memory[nth] = malloc(bytes);
	ck_assert_ptr_nonnull(memory[nth]);
	return sorter_new(where, memory[nth], bytes);
}

static void
free_sorter(unsigned nth, struct sorter **sorter)
{
	sorter_free(sorter);
	ck_assert_ptr_null(*sorter);
	free(memory[nth]);
}

static struct span
item_at(unsigned nth, char text[ITEM_MAX])
{
	int length = snprintf(text, ITEM_MAX, "%u:%*u", nth * 7919u % 1000u,
	    (int)(nth % 30), nth % 17);

	return (struct span){ text, (size_t)length };
}

static int
compare_strings(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* What the sorters must give. */
static char (*
expected_items(void))[ITEM_MAX]
{
	char (*texts)[ITEM_MAX] = calloc(ITEMS, sizeof *texts);

	for (unsigned i = 0; i < ITEMS; i++)
		item_at(i, texts[i]);
	qsort(texts, ITEMS, sizeof *texts, compare_strings);
	return texts;
}

static unsigned
files_in_folder(void)
{
	DIR *dir = opendir(folder);
	unsigned count = 0;

	while (readdir(dir) != NULL)
		count++;
	closedir(dir);
	return count - 2;
}

static void
check_order(struct sorter **sorters, unsigned sorter_count)
{
	char (*texts)[ITEM_MAX] = expected_items();
	struct sort_merge *merge =
	    sort_merge_open(sorters, sorter_count, 1 << 16);
	struct fault fault;
	struct span item;
	unsigned count = 0;

	for (; sort_merge_next(merge, &item); count++)
		ck_assert_msg(count < ITEMS && span_is(item, texts[count]),
		    "item %u", count);
	ck_assert_uint_eq(count, ITEMS);
	ck_assert_int_eq(sort_merge_close(&merge, &fault), ERR_NONE);
	ck_assert_ptr_null(merge);
	free(texts);
}

START_TEST(order_depends_on_the_items_alone)
{
	static const struct {
		size_t memory;
		unsigned sorters;
		bool backwards;
	} rows[] = {
		{ 1 << 22, 1, false }, { 1 << 22, 1, true },
		{ 1 << 12, 1, false }, { 1 << 12, 3, true },
		{ 1 << 10, 2, false },
	};

	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		struct sorter *sorters[3];
		struct fault fault;
		char text[ITEM_MAX];

		for (unsigned s = 0; s < rows[r].sorters; s++)
			sorters[s] = new_sorter(s, folder, rows[r].memory);
		for (unsigned i = 0; i < ITEMS; i++)
			sorter_add(sorters[i % rows[r].sorters],
			    item_at(rows[r].backwards ? ITEMS - 1 - i : i,
			    text));
		for (unsigned s = 0; s < rows[r].sorters; s++)
			ck_assert_int_eq(sorter_finish(sorters[s], &fault),
			    ERR_NONE);
		check_order(sorters, rows[r].sorters);
		for (unsigned s = 0; s < rows[r].sorters; s++)
			free_sorter(s, &sorters[s]);
	}
}
END_TEST

START_TEST(gives_nothing_when_nothing_was_added)
{
	struct sorter *sorter = new_sorter(0, folder, 1 << 16);
	struct sort_merge *merge;
	struct fault fault;
	struct span item;

	ck_assert_int_eq(sorter_finish(sorter, &fault), ERR_NONE);
	merge = sort_merge_open(&sorter, 1, 1 << 16);
	ck_assert(!sort_merge_next(merge, &item));
	ck_assert(!sort_merge_next(merge, &item));
	ck_assert_int_eq(sort_merge_close(&merge, &fault), ERR_NONE);
	free_sorter(0, &sorter);
}
END_TEST

START_TEST(takes_items_longer_than_a_read_buffer)
{
	static char big[200000];
	struct sorter *sorter = new_sorter(0, folder, 1 << 18);
	struct sort_merge *merge;
	struct fault fault;
	struct span item;

	for (char c = 'e'; c >= 'a'; c--) {
		memset(big, c, sizeof big);
		sorter_add(sorter, (struct span){ big, sizeof big });
	}
	ck_assert_int_eq(sorter_finish(sorter, &fault), ERR_NONE);
	merge = sort_merge_open(&sorter, 1, 1);
	for (char c = 'a'; c <= 'e'; c++) {
		ck_assert(sort_merge_next(merge, &item));
		ck_assert_uint_eq(item.length, sizeof big);
		ck_assert_int_eq(item.data[sizeof big - 1], c);
	}
	ck_assert(!sort_merge_next(merge, &item));
	ck_assert_int_eq(sort_merge_close(&merge, &fault), ERR_NONE);
	free_sorter(0, &sorter);
}
END_TEST

START_TEST(leaves_no_file_behind_even_while_it_works)
{
	struct sorter *sorter = new_sorter(0, folder, 1 << 10);
	char text[ITEM_MAX];

	for (unsigned i = 0; i < ITEMS; i++)
		sorter_add(sorter, item_at(i, text));
	ck_assert_uint_eq(files_in_folder(), 0);
	free_sorter(0, &sorter);
}
END_TEST

START_TEST(says_when_there_is_no_room_for_a_run)
{
	struct sorter *sorter = new_sorter(0, folder, 1 << 12);
	const struct rlimit limit = { .rlim_cur = 8192, .rlim_max = 8192 };
	struct fault fault;
	char text[ITEM_MAX];

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	for (unsigned i = 0; i < ITEMS; i++)
		sorter_add(sorter, item_at(i, text));
	ck_assert_int_eq(sorter_finish(sorter, &fault), ERR_WORLD);
	ck_assert_ptr_nonnull(strstr(fault.text, folder));
	ck_assert_ptr_nonnull(strstr(fault.text, "File too large"));
	free_sorter(0, &sorter);
}
END_TEST

START_TEST(says_when_the_folder_is_not_there)
{
	struct sorter *sorter = new_sorter(0, "/nowhere/at/all", 1 << 12);
	struct fault fault;

	sorter_add(sorter, span_from("x"));
	ck_assert_int_eq(sorter_finish(sorter, &fault), ERR_WORLD);
	ck_assert_ptr_nonnull(strstr(fault.text, "/nowhere/at/all"));
	free_sorter(0, &sorter);
}
END_TEST

static void
set_up(void)
{
	snprintf(folder, sizeof folder, "/tmp/check_sort-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

/* Runs have no name: nothing may be left in it. */
static void
tear_down(void)
{
	ck_assert_int_eq(rmdir(folder), 0);
}

static const struct unit_frame frame = { set_up, tear_down };

UNIT_MAIN_WITHIN(&frame, "dir/sort",
    order_depends_on_the_items_alone,
    gives_nothing_when_nothing_was_added,
    takes_items_longer_than_a_read_buffer,
    leaves_no_file_behind_even_while_it_works,
    says_when_there_is_no_room_for_a_run,
    says_when_the_folder_is_not_there)
