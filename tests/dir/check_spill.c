#include "unit.h"

#include "dir/spill.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * Runs of several megabytes that begin and end within pages: what is read of
 * one is cut out of the file while its neighbours are still to be read.
 */
enum { RUNS = 3, ITEM_BYTES = 1009, ITEMS = 5000, BUFFER_BYTES = 1 << 16 };

static char folder[40];

static void
make_item(char *item, unsigned run, unsigned nth)
{
	for (unsigned i = 0; i < ITEM_BYTES; i++)
		item[i] = (char)(run * 31 + nth * 7 + i);
}

static struct spill *
write_runs(void)
{
	struct spill *spill = spill_new(folder);
	char item[ITEM_BYTES];

	for (unsigned run = 0; run < RUNS; run++) {
		spill_begin(spill);
		for (unsigned nth = 0; nth < ITEMS; nth++) {
			make_item(item, run, nth);
			spill_write(spill, item, sizeof item);
		}
		spill_end(spill);
	}
	return spill;
}

static void
check_item(struct spill_reader *reader, unsigned run, unsigned nth)
{
	const char *found = spill_take(reader, ITEM_BYTES);
	char item[ITEM_BYTES];

	make_item(item, run, nth);
	ck_assert_ptr_nonnull(found);
	ck_assert_mem_eq(found, item, sizeof item);
}

static void
check_end(struct spill_reader **reader)
{
	ck_assert_ptr_null(spill_take(*reader, 1));
	spill_reader_free(reader);
}

START_TEST(runs_are_read_side_by_side)
{
	struct spill *spill = write_runs();
	struct spill_reader *readers[RUNS];
	struct fault fault;

	ck_assert_uint_eq(spill_runs(spill), RUNS);
	for (unsigned run = 0; run < RUNS; run++)
		readers[run] = spill_reader_new(spill, run, BUFFER_BYTES);
	for (unsigned nth = 0; nth < ITEMS; nth++)
		for (unsigned run = 0; run < RUNS; run++)
			check_item(readers[run], run, nth);
	for (unsigned run = 0; run < RUNS; run++)
		check_end(&readers[run]);
	ck_assert_int_eq(spill_check(spill, &fault), ERR_NONE);
	spill_free(&spill);
}
END_TEST

START_TEST(a_run_outlives_those_around_it)
{
	static const unsigned order[RUNS] = { 0, 2, 1 };
	struct spill *spill = write_runs();

	for (unsigned i = 0; i < RUNS; i++) {
		struct spill_reader *reader =
		    spill_reader_new(spill, order[i], BUFFER_BYTES);

		for (unsigned nth = 0; nth < ITEMS; nth++)
			check_item(reader, order[i], nth);
		check_end(&reader);
	}
	spill_free(&spill);
}
END_TEST

static void
make_folder(void)
{
	snprintf(folder, sizeof folder, "/tmp/check_spill-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

/* Nothing was left in it. */
static void
remove_folder(void)
{
	ck_assert_int_eq(rmdir(folder), 0);
}

UNIT_MAIN_WITHIN((&(const struct unit_frame){ make_folder, remove_folder }),
    "dir/spill", runs_are_read_side_by_side, a_run_outlives_those_around_it)
