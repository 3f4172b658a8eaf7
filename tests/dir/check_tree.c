#include "dir/store_tree.h"

#include "dir/store.h"
#include "dir/store_pages.h"
#include "record/key.h"
#include "small.h"
#include "unit.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* A store that is written, looked through without LMDB, and read with it. */
struct trial {
	char *folder;
	struct store *store;
	struct store_writer *writer;
	struct store_reader *reader;
};

static void
begin(struct trial *trial)
{
	trial->folder = small_folder();
	trial->writer = small_store_begin(&trial->store, trial->folder);
}

static void
turn_to_reading(struct trial *trial)
{
	struct fault fault;

	small_store_finish(&trial->store, &trial->writer);
	ck_assert_msg(store_pages_check(trial->folder, &fault) == ERR_NONE,
	    "%s", fault.text);
	ck_assert_msg(store_open(&trial->store, trial->folder, SMALL_MAP_BYTES,
	    &fault) == ERR_NONE, "%s", fault.text);
	ck_assert_int_eq(store_reader_new(&trial->reader, trial->store,
	    &fault), ERR_NONE);
	ck_assert_int_eq(store_reader_begin(trial->reader, &fault), ERR_NONE);
}

static void
end(struct trial *trial)
{
	store_reader_end(trial->reader);
	store_reader_free(&trial->reader);
	store_close(&trial->store);
	small_remove(&trial->folder);
}

/*
 * As long as can be, and alike but for their ends, so that what stands between
 * two pages is as long: seven fill a page, and few of them make a deep tree.
 */
enum { KEY_BYTES = KEY_MAX, DIGITS = 6, MANY = 3000 };

static struct span
make_key(char key[KEY_BYTES], unsigned number)
{
	memset(key, 'k', KEY_BYTES);
	for (int i = DIGITS - 1; i >= 0; i--, number /= 10)
		key[KEY_BYTES - DIGITS + i] = (char)('0' + number % 10);
	return (struct span){ key, KEY_BYTES };
}

static void
check_keys(struct trial *trial, uint32_t count)
{
	char memory[KEY_BYTES];
	struct span value;

	ck_assert_uint_eq(store_count(trial->reader, STORE_KEY), count);
	for (uint32_t i = 0; i < count; i++) {
		ck_assert_int_eq(store_get(trial->reader, STORE_KEY,
		    make_key(memory, i), &value), STORE_FOUND);
		ck_assert_uint_eq(key_read_id(value), i + 1);
	}
	ck_assert_int_eq(store_get(trial->reader, STORE_KEY,
	    make_key(memory, count), &value), STORE_ABSENT);
}

static void
check_walk(struct trial *trial, uint32_t count)
{
	struct store_cursor *cursor = store_cursor_open(trial->reader,
	    STORE_KEY);
	struct span key, value;
	enum store_found found = store_cursor_seek(cursor,
	    (struct span){ "", 0 }, &key, &value);
	uint32_t seen = 0;

	for (; found == STORE_FOUND;
	    found = store_cursor_next(cursor, &key, &value))
		ck_assert_uint_eq(key_read_id(value), ++seen);
	ck_assert_uint_eq(seen, count);
	store_cursor_close(&cursor);
}

static void
try_count(uint32_t count)
{
	char key[KEY_BYTES];
	struct trial trial;

	begin(&trial);
	for (uint32_t id = 1; id <= count; id++)
		store_append(trial.writer, STORE_KEY, make_key(key, id - 1),
		    (struct span){ (const char *)&id, sizeof id });
	turn_to_reading(&trial);
	check_keys(&trial, count);
	check_walk(&trial, count);
	end(&trial);
}

START_TEST(finds_every_key_however_many)
{
	for (uint32_t count = 0; count < 80; count++)
		try_count(count);
	try_count(MANY);
}
END_TEST

/* Around what fits a node, one page of its own, and two. */
static const size_t lengths[][2] = {
	{ 0, 3 }, { 2000, 2050 }, { 4070, 4090 }, { 8160, 8190 },
	{ 60000, 60001 },
};

enum { LENGTHS = sizeof lengths / sizeof lengths[0], LENGTH_MAX = 1 << 16 };

START_TEST(keeps_values_of_any_length)
{
	static char bytes[LENGTH_MAX];
	struct trial trial;
	struct span value;
	uint32_t id = 0;

	memset(bytes, 'v', sizeof bytes);
	begin(&trial);
	for (size_t i = 0; i < LENGTHS; i++)
		for (size_t n = lengths[i][0]; n <= lengths[i][1]; n++)
			store_append_entry(trial.writer, ++id,
			    (struct span){ bytes, n });
	turn_to_reading(&trial);
	id = 0;
	for (size_t i = 0; i < LENGTHS; i++)
		for (size_t n = lengths[i][0]; n <= lengths[i][1]; n++) {
			ck_assert_int_eq(store_get_entry(trial.reader, ++id,
			    &value), STORE_FOUND);
			ck_assert(span_equal(value,
			    (struct span){ bytes, n }));
		}
	end(&trial);
}
END_TEST

/* Around what fits a node, a page, two pages, and one branch page of pages. */
static const uint32_t counts[][2] = {
	{ 1, 3 }, { 495, 510 }, { 1019, 1021 }, { 2039, 2041 },
	{ 290 * 1020, 290 * 1020 + 1 }, { 292 * 1020, 292 * 1020 + 1 },
};

enum { COUNTS = sizeof counts / sizeof counts[0], IDS_MAX = 300000 };

static void
check_list(struct store_cursor *cursor, struct span term, uint32_t length)
{
	const uint32_t *ids;
	size_t count;
	uint32_t seen = 0, found;
	uint64_t said;

	ck_assert_int_eq(store_postings_find(cursor, term, &said),
	    STORE_FOUND);
	ck_assert_uint_eq(said, length);
	while (store_postings_page(cursor, &ids, &count) == STORE_FOUND)
		for (size_t i = 0; i < count; i++)
			ck_assert_uint_eq(ids[i], ++seen);
	ck_assert_uint_eq(seen, length);
	for (uint32_t id = 1; id <= length; id += 1 + length / 500) {
		ck_assert_int_eq(store_postings_seek(cursor, term, id,
		    &found), STORE_FOUND);
		ck_assert_uint_eq(found, id);
	}
	ck_assert_int_eq(store_postings_seek(cursor, term, length + 1,
	    &found), STORE_ABSENT);
}

static void
try_list(struct span term, uint32_t length)
{
	static uint32_t ids[IDS_MAX];
	struct store_cursor *cursor;
	struct trial trial;

	for (uint32_t i = 0; i < length; i++)
		ids[i] = i + 1;
	begin(&trial);
	store_append_postings(trial.writer, STORE_TERM, term, ids, length);
	turn_to_reading(&trial);
	ck_assert_uint_eq(store_count(trial.reader, STORE_TERM), length);
	cursor = store_cursor_open(trial.reader, STORE_TERM);
	check_list(cursor, term, length);
	store_cursor_close(&cursor);
	end(&trial);
}

START_TEST(keeps_lists_of_any_length)
{
	static const struct span term = SPAN_LITERAL("\0\1\1a");

	for (size_t i = 0; i < COUNTS; i++)
		for (uint32_t n = counts[i][0]; n <= counts[i][1]; n++)
			try_list(term, n);
}
END_TEST

/* The longer the term, the fewer ids fit beside it. */
START_TEST(keeps_the_list_of_the_longest_term)
{
	char term[KEY_BYTES];

	for (uint32_t n = 1; n <= 3; n++)
		try_list(make_key(term, 0), n);
	for (uint32_t n = 370; n <= 380; n++)
		try_list(make_key(term, 0), n);
}
END_TEST

static size_t
read_file(const char *folder, char *bytes, size_t max)
{
	char path[256];
	size_t length;
	FILE *file;

	snprintf(path, sizeof path, "%s/data.mdb", folder);
	file = fopen(path, "r");
	ck_assert_ptr_nonnull(file);
	length = fread(bytes, 1, max, file);
	ck_assert(feof(file));
	fclose(file);
	return length;
}

START_TEST(the_same_keys_make_the_same_file)
{
	static char bytes[2][1 << 18];
	size_t sizes[2];

	for (int i = 0; i < 2; i++) {
		struct trial trial;
		char key[KEY_BYTES];

		begin(&trial);
		for (uint32_t id = 1; id <= 100; id++)
			store_append(trial.writer, STORE_KEY,
			    make_key(key, id),
			    (struct span){ (const char *)&id, sizeof id });
		turn_to_reading(&trial);
		sizes[i] = read_file(trial.folder, bytes[i],
		    sizeof bytes[i]);
		end(&trial);
	}
	ck_assert_uint_eq(sizes[0], sizes[1]);
	ck_assert_mem_eq(bytes[0], bytes[1], sizes[0]);
}
END_TEST

UNIT_MAIN("dir/store_tree",
    finds_every_key_however_many,
    keeps_values_of_any_length,
    keeps_lists_of_any_length,
    keeps_the_list_of_the_longest_term,
    the_same_keys_make_the_same_file)
