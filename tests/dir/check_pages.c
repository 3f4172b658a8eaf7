#include <config.h>

#include "dir/store_pages.h"

#include "small.h"
#include "unit.h"

#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PAGE_BYTES = 4096, FIRST_PAGE = 2, TREE_BYTES = 48 };

static char *folder;

static void
set_up(void)
{
	static const char *const people[] = {
		"name=Quinton, Reg|key=1",
		"name=Smith, John|key=2",
	};

	folder = small_folder();
	small_write(folder, people, 2, NULL);
}

static void
tear_down(void)
{
	small_remove(&folder);
}

static int
open_data(void)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof path, "%s/data.mdb", folder);
	fd = open(path, O_RDWR | O_CLOEXEC);
	ck_assert_int_ge(fd, 0);
	return fd;
}

static off_t
find_bytes(int fd, const char *wanted)
{
	static char data[1 << 20];
	ssize_t length = pread(fd, data, sizeof data, 0);
	const char *found = length > 0 ? memmem(data, (size_t)length, wanted,
	    strlen(wanted)) : NULL;

	ck_assert_ptr_nonnull(found);
	return found - data;
}

static enum err
check(struct fault *fault)
{
	return store_pages_check(folder, fault);
}

START_TEST(passes_what_was_written)
{
	struct fault fault;

	ck_assert_int_eq(check(&fault), ERR_NONE);
	ck_assert_int_eq(store_pages_check_entry(folder, &fault), ERR_NONE);
}
END_TEST

START_TEST(refuses_a_file_that_is_not_there)
{
	struct fault fault;

	ck_assert_int_eq(store_pages_check("/nonexistent", &fault), ERR_WORLD);
}
END_TEST

START_TEST(refuses_a_file_that_is_cut_short)
{
	struct fault fault;
	int fd = open_data();

	ck_assert_int_eq(ftruncate(fd, 3 * PAGE_BYTES), 0);
	close(fd);
	ck_assert_int_eq(check(&fault), ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(fault.text, "damaged: page"));
}
END_TEST

/* In each page that is in use, the same thing is wrong. */
static const struct wrong {
	off_t offset; /* in a page */
	unsigned char bytes[8];
	size_t length;
} wrongs[] = {
	{ 0, { 99 }, 1 },          /* its number */
	{ 10, { 0x04 }, 1 },       /* its kind */
	{ 12, { 0xff, 0xff }, 2 }, /* how many keys */
	{ 12, { 0x10, 0x00 }, 2 }, /* no key */
};

static void
write_to_each_page(const struct wrong *wrong)
{
	int fd = open_data();
	off_t end = lseek(fd, 0, SEEK_END);

	for (off_t page = FIRST_PAGE * PAGE_BYTES; page < end;
	    page += PAGE_BYTES)
		ck_assert_int_eq(pwrite(fd, wrong->bytes, wrong->length,
		    page + wrong->offset), (ssize_t)wrong->length);
	close(fd);
}

START_TEST(refuses_a_page_in_which_something_is_wrong)
{
	struct fault fault;

	for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
		write_to_each_page(&wrongs[i]);
		ck_assert_int_eq(check(&fault), ERR_REFUSED);
		ck_assert_ptr_nonnull(strstr(fault.text, "damaged: page"));
		ck_assert_int_eq(store_pages_check_entry(folder, &fault),
		    ERR_REFUSED);
		tear_down();
		set_up();
	}
}
END_TEST

START_TEST(looks_at_a_few_pages_only_when_a_file_is_opened)
{
	unsigned refused = 0, overlooked = 0;
	int data = open_data();
	off_t end = lseek(data, 0, SEEK_END);

	close(data);
	for (off_t page = FIRST_PAGE; page < end / PAGE_BYTES; page++) {
		static const unsigned char wrong[] = { 0xff, 0xff };
		struct fault fault;
		int fd = open_data();

		ck_assert_int_eq(pwrite(fd, wrong, sizeof wrong,
		    page * PAGE_BYTES), sizeof wrong);
		close(fd);
		if (check(&fault) == ERR_REFUSED) {
			bool passes = store_pages_check_entry(folder,
			    &fault) == ERR_NONE;

			overlooked += passes;
			refused += !passes;
		}
		tear_down();
		set_up();
	}
	ck_assert_uint_gt(refused, 0);
	ck_assert_uint_gt(overlooked, refused);
}
END_TEST

/*
 * A value that is as long as a tree and made a table by its flags: one in a
 * table would let a file nest them as deep as it is long.
 *
 *   node     length 4 | flags 2 | key length 2 | "source" | value
 */
#define LONG_AS_A_TREE "a tree has 48 bytes, so this text has as many..."

START_TEST(refuses_a_table_within_a_table)
{
	static const unsigned char is_table[] = { 0x02 };
	unsigned char empty[TREE_BYTES];
	struct fault fault;
	off_t at;
	int fd;

	tear_down();
	folder = small_folder();
	small_write(folder, NULL, 0, "source=" LONG_AS_A_TREE);
	ck_assert_int_eq(check(&fault), ERR_NONE);
	fd = open_data();
	at = find_bytes(fd, "source" LONG_AS_A_TREE);
	memset(empty, 0, sizeof empty);
	memset(empty + TREE_BYTES - 8, 0xff, 8);
	ck_assert_int_eq(pwrite(fd, is_table, 1, at - 4), 1);
	ck_assert_int_eq(pwrite(fd, empty, TREE_BYTES, at + 6), TREE_BYTES);
	close(fd);
	ck_assert_int_eq(check(&fault), ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(fault.text, "has a broken table"));
}
END_TEST

/* Whatever one byte is changed: an answer, and none through LMDB. */
START_TEST(survives_any_changed_byte)
{
	struct fault fault;
	int fd = open_data();
	off_t end = lseek(fd, 0, SEEK_END);

	for (off_t at = 0; at < end; at += 7) {
		unsigned char was, changed;
		enum err err;

		ck_assert_int_eq(pread(fd, &was, 1, at), 1);
		changed = (unsigned char)~was;
		ck_assert_int_eq(pwrite(fd, &changed, 1, at), 1);
		err = check(&fault);
		ck_assert(err == ERR_NONE || err == ERR_REFUSED);
		ck_assert_int_eq(pwrite(fd, &was, 1, at), 1);
	}
	close(fd);
	ck_assert_int_eq(check(&fault), ERR_NONE);
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){ set_up, tear_down }),
    "pages", passes_what_was_written, refuses_a_file_that_is_not_there,
    refuses_a_file_that_is_cut_short,
    refuses_a_page_in_which_something_is_wrong,
    looks_at_a_few_pages_only_when_a_file_is_opened,
    refuses_a_table_within_a_table, survives_any_changed_byte)
