#include "unit.h"

#include "dir/sort_numbers.h"

#include "chance.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { NUMBERS = 20000 };

static char folder[40];
static uint64_t numbers[NUMBERS];

static int
compare_numbers(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Of few high parts, so that many agree in them; the low ones ascend. */
static void
make_numbers(unsigned sorted_bits)
{
	for (unsigned i = 0; i < NUMBERS; i++) {
		uint64_t high = (uint64_t)random_below(1u << 16) << 32 |
		    random_below(300);

		numbers[i] = sorted_bits == 0 ? high * UINT64_C(0x100000001) :
		    high << sorted_bits | i;
	}
}

static struct number_sorter *
fill_sorter(void *memory, size_t bytes, unsigned sorted_bits)
{
	struct number_sorter *sorter = number_sorter_new(
	    &(struct number_sorter_settings){ .folder = folder,
	    .memory = memory, .memory_bytes = bytes,
	    .sorted_bits = sorted_bits });

	for (unsigned i = 0; i < NUMBERS; i++)
		number_sorter_add(sorter, numbers[i]);
	return sorter;
}

static void
check_order(struct number_sorter *sorter)
{
	struct number_merge *merge = number_merge_open(sorter, 1 << 16);
	struct fault fault;
	uint64_t number;

	qsort(numbers, NUMBERS, sizeof numbers[0], compare_numbers);
	for (unsigned i = 0; i < NUMBERS; i++) {
		ck_assert(number_merge_next(merge, &number));
		ck_assert_uint_eq(number, numbers[i]);
	}
	ck_assert(!number_merge_next(merge, &number));
	ck_assert_int_eq(number_merge_close(&merge, &fault), ERR_NONE);
	ck_assert_ptr_null(merge);
}

START_TEST(gives_what_was_added_in_order)
{
	static const struct {
		size_t memory;
		unsigned sorted_bits;
	} rows[] = {
		{ 1 << 20, 0 }, { 1 << 12, 0 }, { 1 << 20, 28 },
		{ 1 << 12, 28 }, { 1 << 10, 15 },
	};

	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		void *memory = malloc(rows[r].memory);
		struct number_sorter *sorter;
		struct fault fault;

		make_numbers(rows[r].sorted_bits);
		sorter = fill_sorter(memory, rows[r].memory,
		    rows[r].sorted_bits);
		ck_assert_int_eq(number_sorter_finish(sorter, &fault),
		    ERR_NONE);
		free(memory);
		check_order(sorter);
		number_sorter_free(&sorter);
		ck_assert_ptr_null(sorter);
	}
}
END_TEST

START_TEST(gives_nothing_when_nothing_was_added)
{
	uint64_t memory[2], number;
	struct number_sorter *sorter = number_sorter_new(
	    &(struct number_sorter_settings){ folder, memory, sizeof memory,
	    0 });
	struct number_merge *merge;
	struct fault fault;

	ck_assert_int_eq(number_sorter_finish(sorter, &fault), ERR_NONE);
	merge = number_merge_open(sorter, 1 << 16);
	ck_assert(!number_merge_next(merge, &number));
	ck_assert_int_eq(number_merge_close(&merge, &fault), ERR_NONE);
	number_sorter_free(&sorter);
}
END_TEST

START_TEST(says_when_there_is_no_room_for_a_run)
{
	static uint64_t memory[512];
	const struct rlimit limit = { .rlim_cur = 8192, .rlim_max = 8192 };
	struct number_sorter *sorter;
	struct fault fault;

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	make_numbers(0);
	sorter = fill_sorter(memory, sizeof memory, 0);
	ck_assert(number_sorter_failed(sorter));
	ck_assert_int_eq(number_sorter_finish(sorter, &fault), ERR_WORLD);
	ck_assert_ptr_nonnull(strstr(fault.text, "File too large"));
	number_sorter_free(&sorter);
}
END_TEST

static void
set_up(void)
{
	snprintf(folder, sizeof folder, "/tmp/check_sort_numbers-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

/* Runs have no name: nothing may be left in it. */
static void
tear_down(void)
{
	ck_assert_int_eq(rmdir(folder), 0);
}

static const struct unit_frame frame = { set_up, tear_down };

UNIT_MAIN_WITHIN(&frame, "dir/sort_numbers",
    gives_what_was_added_in_order,
    gives_nothing_when_nothing_was_added,
    says_when_there_is_no_room_for_a_run)
