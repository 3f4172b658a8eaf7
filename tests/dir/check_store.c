#include "config.h"

#include "dir/store.h"

#include "base/buf.h"
#include "record/key.h"
#include "small.h"
#include "text/fold.h"
#include "unit.h"

#include <lmdb.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const people[] = {
	"name=Quinton, Reg|key=481800",
	"name=Smith, John|key=7",
	"name=Smith, Mary|key=8",
};

enum { PEOPLE = sizeof people / sizeof people[0] };

static struct store *
open_store(const char *path)
{
	struct store *store;
	struct fault fault;

	ck_assert_msg(store_open(&store, path, SMALL_MAP_BYTES, &fault) ==
	    ERR_NONE, "%s", fault.text);
	return store;
}

static struct store_reader *
begin_reader(struct store *store)
{
	struct store_reader *reader;
	struct fault fault;

	ck_assert_int_eq(store_reader_new(&reader, store, &fault), ERR_NONE);
	ck_assert_int_eq(store_reader_begin(reader, &fault), ERR_NONE);
	return reader;
}

static void
end_reader(struct store_reader **reader)
{
	struct fault fault;

	ck_assert_int_eq(store_reader_check(*reader, &fault), ERR_NONE);
	store_reader_end(*reader);
	store_reader_free(reader);
	ck_assert_ptr_null(*reader);
}

static enum store_found
seek_first_key(struct store_cursor *cursor)
{
	const struct span nothing = { NULL, 0 };
	struct span key, value;

	return store_cursor_seek(cursor, nothing, &key, &value);
}

/* LMDB refuses lists where there are none, which is a failure like another. */
START_TEST(reads_on_after_a_failure)
{
	char *folder = small_folder();
	struct store_cursor *cursor;
	struct store_reader *reader;
	const uint32_t *ids;
	struct store *store;
	struct fault fault;
	size_t count;

	small_write(folder, people, PEOPLE, NULL);
	store = open_store(folder);
	reader = begin_reader(store);
	for (unsigned i = 0; i < 3; i++) {
		cursor = store_cursor_open(reader, STORE_KEY);
		ck_assert_int_eq(seek_first_key(cursor), STORE_FOUND);
		ck_assert_int_eq(store_reader_check(reader, &fault), ERR_NONE);
		ck_assert_int_eq(store_postings_page(cursor, &ids, &count),
		    STORE_FAILED);
		ck_assert_int_eq(store_reader_check(reader, &fault),
		    ERR_WORLD);
		store_cursor_close(&cursor);
		store_reader_end(reader);
		ck_assert_int_eq(store_reader_begin(reader, &fault), ERR_NONE);
	}
	end_reader(&reader);
	store_close(&store);
	small_remove(&folder);
}
END_TEST

START_TEST(gives_back_what_was_appended)
{
	char *folder = small_folder();
	struct store_reader *reader;
	struct store *store;
	struct span value;
	uint32_t id;

	small_write(folder, people, PEOPLE, NULL);
	store = open_store(folder);
	reader = begin_reader(store);
	ck_assert_uint_eq(store_count(reader, STORE_ENTRY), PEOPLE);
	ck_assert_uint_gt(store_size_bytes(store), 0);
	ck_assert_int_eq(store_get(reader, STORE_META, span_from("format"),
	    &value), STORE_FOUND);
	ck_assert(span_is(value, STORE_FORMAT));
	ck_assert_int_eq(store_get(reader, STORE_KEY, span_from("481800"),
	    &value), STORE_FOUND);
	ck_assert_uint_eq(value.length, sizeof id);
	memcpy(&id, value.data, sizeof id);
	ck_assert_uint_eq(id, 1);
	ck_assert_int_eq(store_get_entry(reader, 1, &value), STORE_FOUND);
	ck_assert_ptr_nonnull(memmem(value.data, value.length, "Quinton", 7));
	ck_assert_int_eq(store_get_entry(reader, 4, &value), STORE_ABSENT);
	ck_assert_int_eq(store_get(reader, STORE_KEY, span_from("9"), &value),
	    STORE_ABSENT);
	end_reader(&reader);
	store_close(&store);
	ck_assert_ptr_null(store);
	small_remove(&folder);
}
END_TEST

START_TEST(takes_no_key_longer_than_it_can_hold)
{
	char *folder = small_folder();
	char key[4096];
	struct store_reader *reader;
	struct store *store;
	struct span value;

	memset(key, 'x', sizeof key);
	small_write(folder, people, PEOPLE, NULL);
	store = open_store(folder);
	reader = begin_reader(store);
	ck_assert_int_eq(store_get(reader, STORE_KEY,
	    (struct span){ key, sizeof key }, &value), STORE_ABSENT);
	ck_assert_int_eq(store_get(reader, STORE_KEY, (struct span){ "", 0 },
	    &value), STORE_ABSENT);
	end_reader(&reader);
	store_close(&store);
	small_remove(&folder);
}
END_TEST

START_TEST(walks_a_table_in_order)
{
	static const char *const keys[] = { "481800", "7", "8" };
	char *folder = small_folder();
	struct store_reader *reader;
	struct store_cursor *cursor;
	struct store *store;
	struct span key, value;
	enum store_found found;
	unsigned count = 0;

	small_write(folder, people, PEOPLE, NULL);
	store = open_store(folder);
	reader = begin_reader(store);
	cursor = store_cursor_open(reader, STORE_KEY);
	for (found = store_cursor_seek(cursor, (struct span){ "", 0 }, &key,
	    &value); found == STORE_FOUND;
	    found = store_cursor_next(cursor, &key, &value))
		ck_assert(span_is(key, keys[count++]));
	ck_assert_int_eq(found, STORE_ABSENT);
	ck_assert_uint_eq(count, PEOPLE);
	ck_assert_int_eq(store_cursor_seek(cursor, span_from("5"), &key,
	    &value), STORE_FOUND);
	ck_assert(span_is(key, "7"));
	store_cursor_close(&cursor);
	ck_assert_ptr_null(cursor);
	end_reader(&reader);
	store_close(&store);
	small_remove(&folder);
}
END_TEST

/* Posting lists of each shape LMDB has: one id, within a page, a tree. */

static const size_t lengths[] = { 1, 2, 100, 600, 50000, 1 };

enum { LISTS = sizeof lengths / sizeof lengths[0], STEP = 3 };

static void
write_lists(const char *folder, size_t piece)
{
	static uint32_t ids[50000];
	struct store *store;
	struct store_writer *writer = small_store_begin(&store, folder);

	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
		ids[i] = (uint32_t)(i * STEP + 1);
	for (size_t i = 0; i < LISTS; i++) {
		char term[] = { 0, 1, 1, 'a', (char)('0' + i) };

		for (size_t at = 0; at < lengths[i]; at += piece) {
			size_t left = lengths[i] - at;

			store_append_postings(writer, STORE_TERM,
			    (struct span){ term, sizeof term }, ids + at,
			    left < piece ? left : piece);
		}
	}
	small_store_finish(&store, &writer);
}

static void
check_pages(struct store_cursor *cursor, size_t length)
{
	const uint32_t *ids;
	size_t count, seen = 0;

	while (store_postings_page(cursor, &ids, &count) == STORE_FOUND)
		for (size_t i = 0; i < count; i++)
			ck_assert_uint_eq(ids[i], seen++ * STEP + 1);
	ck_assert_uint_eq(seen, length);
}

static void
check_seeks(struct store_cursor *cursor, struct span term, size_t length)
{
	const uint32_t *ids;
	size_t count;
	uint32_t found;

	for (size_t i = 0; i < length; i += 1 + length / 50) {
		uint32_t id = (uint32_t)(i * STEP + 1);

		ck_assert_int_eq(store_postings_seek(cursor, term, id - 1,
		    &found), STORE_FOUND);
		ck_assert_uint_eq(found, i == 0 ? 1 : id);
		ck_assert_int_eq(store_postings_page(cursor, &ids, &count),
		    STORE_FOUND);
		ck_assert_uint_le(ids[0], id);
		ck_assert_uint_ge(ids[count - 1], id);
	}
	ck_assert_int_eq(store_postings_seek(cursor, term,
	    (uint32_t)(length * STEP + 1), &found), STORE_ABSENT);
}

static void
check_list(struct store_cursor *cursor, size_t list)
{
	char bytes[] = { 0, 1, 1, 'a', (char)('0' + list) };
	struct span term = { bytes, sizeof bytes };
	uint64_t length;

	ck_assert_int_eq(store_postings_find(cursor, term, &length),
	    STORE_FOUND);
	ck_assert_uint_eq(length, lengths[list]);
	check_pages(cursor, lengths[list]);
	check_seeks(cursor, term, lengths[list]);
}

START_TEST(pages_and_seeks_in_lists_of_any_length)
{
	static const size_t pieces[] = { 1, 7, 50000 };

	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		char *folder = small_folder();
		struct store_reader *reader;
		struct store_cursor *cursor;
		struct store *store;

		write_lists(folder, pieces[i]);
		store = open_store(folder);
		reader = begin_reader(store);
		cursor = store_cursor_open(reader, STORE_TERM);
		for (size_t list = 0; list < LISTS; list++)
			check_list(cursor, list);
		store_cursor_close(&cursor);
		end_reader(&reader);
		store_close(&store);
		small_remove(&folder);
	}
}
END_TEST

START_TEST(steps_from_term_to_term)
{
	char *folder = small_folder();
	struct store_reader *reader;
	struct store_cursor *cursor;
	struct store *store;
	struct span term, value;
	enum store_found found;
	unsigned count = 0;

	write_lists(folder, 50000);
	store = open_store(folder);
	reader = begin_reader(store);
	cursor = store_cursor_open(reader, STORE_TERM);
	for (found = store_cursor_seek(cursor, (struct span){ "\0\1\1a", 4 },
	    &term, &value); found == STORE_FOUND;
	    found = store_cursor_next(cursor, &term, &value)) {
		ck_assert_uint_eq(store_postings_length(cursor),
		    lengths[count]);
		/* a list passed over must not show in the next one */
		if (lengths[count] < 1000)
			check_pages(cursor, lengths[count]);
		count++;
	}
	ck_assert_uint_eq(count, LISTS);
	store_cursor_close(&cursor);
	end_reader(&reader);
	store_close(&store);
	small_remove(&folder);
}
END_TEST

/*
 * The tables of the vocabulary: words, lists of clues, and near values, of
 * which one bucket has one, one a page full and one a tree.
 */
enum { WORDS = 70000, CLUES = 3 };

static const size_t clue_lengths[CLUES] = { 1, 300, WORDS };
static const struct {
	uint32_t bucket;
	size_t length;
} buckets[] = { { 0, 1 }, { 1, 300 }, { 70000, 40000 }, { 70001, 2 },
	{ (1u << NEAR_BUCKET_BITS) - 1, 1 } };

enum { BUCKETS = sizeof buckets / sizeof buckets[0] };

/* Three to a tag: with 0, 1 and 2 letters left out. */
static void
make_near_value(char memory[NEAR_BYTES], size_t nth)
{
	const struct near near = { .tag = (uint16_t)(nth / 3 + 1),
		.left_out = (unsigned)(nth % 3), .word = (uint32_t)nth + 1 };
	struct buf out;

	buf_init(&out, memory, NEAR_BYTES);
	key_add_near(&out, &near);
}

static void
append_near_values(struct store_writer *writer, size_t piece)
{
	static char values[WORDS * NEAR_BYTES];

	for (size_t i = 0; i < WORDS; i++)
		make_near_value(values + i * NEAR_BYTES, i);
	for (size_t i = 0; i < BUCKETS; i++)
		for (size_t at = 0; at < buckets[i].length; at += piece) {
			size_t left = buckets[i].length - at;

			store_append_near(writer, buckets[i].bucket,
			    values + at * NEAR_BYTES,
			    left < piece ? left : piece);
		}
}

static struct span
name_clue(char bytes[4], size_t clue)
{
	memcpy(bytes, "\0\3a", 3);
	bytes[3] = (char)('0' + clue);
	return (struct span){ bytes, 4 };
}

static void
write_vocabulary(const char *folder, size_t piece)
{
	static uint32_t words[WORDS];
	struct store *store;
	struct store_writer *writer = small_store_begin(&store, folder);
	char bytes[16];

	for (uint32_t word = 1; word <= WORDS; word++) {
		struct buf value;

		words[word - 1] = word;
		buf_init(&value, bytes, sizeof bytes);
		buf_add_format(&value, "w%u", word);
		store_append_word(writer, word, buf_span(&value));
	}
	for (size_t i = 0; i < CLUES; i++)
		for (size_t at = 0; at < clue_lengths[i]; at += piece) {
			size_t left = clue_lengths[i] - at;

			store_append_postings(writer, STORE_CLUE,
			    name_clue(bytes, i), words + at,
			    left < piece ? left : piece);
		}
	append_near_values(writer, piece);
	small_store_finish(&store, &writer);
}

struct opened {
	char *folder;
	struct store *store;
	struct store_reader *reader;
};

static void
open_vocabulary(struct opened *o, size_t piece)
{
	o->folder = small_folder();
	write_vocabulary(o->folder, piece);
	o->store = open_store(o->folder);
	o->reader = begin_reader(o->store);
}

static void
close_vocabulary(struct opened *o)
{
	end_reader(&o->reader);
	store_close(&o->store);
	small_remove(&o->folder);
}

START_TEST(gives_back_words_by_their_numbers)
{
	struct opened o;
	struct span value;

	open_vocabulary(&o, WORDS);
	ck_assert_uint_eq(store_count(o.reader, STORE_WORD), WORDS);
	for (uint32_t word = 1; word <= WORDS; word += 99) {
		char text[16];

		snprintf(text, sizeof text, "w%u", word);
		ck_assert_int_eq(store_get_word(o.reader, word, &value),
		    STORE_FOUND);
		ck_assert_msg(span_is(value, text), "%u", word);
	}
	ck_assert_int_eq(store_get_word(o.reader, 0, &value), STORE_ABSENT);
	ck_assert_int_eq(store_get_word(o.reader, WORDS + 1, &value),
	    STORE_ABSENT);
	ck_assert_int_eq(store_get_entry(o.reader, 1, &value), STORE_ABSENT);
	close_vocabulary(&o);
}
END_TEST

START_TEST(clues_have_lists_of_any_length)
{
	struct store_cursor *cursor;
	struct opened o;
	char bytes[4];
	uint64_t length;

	open_vocabulary(&o, 7);
	ck_assert_uint_eq(store_count(o.reader, STORE_CLUE),
	    clue_lengths[0] + clue_lengths[1] + clue_lengths[2]);
	cursor = store_cursor_open(o.reader, STORE_CLUE);
	for (size_t i = 0; i < CLUES; i++) {
		const uint32_t *words;
		size_t count, seen = 0;

		ck_assert_int_eq(store_postings_find(cursor,
		    name_clue(bytes, i), &length), STORE_FOUND);
		ck_assert_uint_eq(length, clue_lengths[i]);
		while (store_postings_page(cursor, &words, &count) ==
		    STORE_FOUND)
			for (size_t n = 0; n < count; n++)
				ck_assert_uint_eq(words[n], ++seen);
		ck_assert_uint_eq(seen, length);
	}
	ck_assert_int_eq(store_postings_find(cursor, name_clue(bytes, CLUES),
	    &length), STORE_ABSENT);
	store_cursor_close(&cursor);
	close_vocabulary(&o);
}
END_TEST

/* From the nth value of a bucket on all are there, and nothing else is. */
static void
check_bucket(struct store_cursor *cursor, size_t which, size_t nth)
{
	char from[NEAR_BYTES];
	const char *value;
	enum store_found found;

	make_near_value(from, nth);
	found = store_near_seek(cursor, buckets[which].bucket, from, &value);
	while (found == STORE_FOUND) {
		make_near_value(from, nth++);
		ck_assert_msg(memcmp(value, from, NEAR_BYTES) == 0,
		    "bucket %zu, value %zu", which, nth - 1);
		found = store_near_next(cursor, &value);
	}
	ck_assert_int_eq(found, STORE_ABSENT);
	ck_assert_uint_eq(nth, buckets[which].length);
}

START_TEST(walks_a_bucket_from_any_value_to_its_end)
{
	static const size_t pieces[] = { 1, 7, WORDS };

	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct store_cursor *cursor;
		struct opened o;

		open_vocabulary(&o, pieces[i]);
		cursor = store_cursor_open(o.reader, STORE_NEAR);
		for (size_t n = 0; n < BUCKETS; n++) {
			size_t length = buckets[n].length;

			for (size_t nth = 0; nth <= length;
			    nth += 1 + length / 6)
				check_bucket(cursor, n, nth);
			check_bucket(cursor, n, length);
		}
		store_cursor_close(&cursor);
		close_vocabulary(&o);
	}
}
END_TEST

START_TEST(finds_the_first_value_that_is_not_less)
{
	static const struct near table[] = {
		{ .bucket = 1, .tag = 0 },
		{ .bucket = 1, .tag = 7, .left_out = 0, .word = 0 },
		{ .bucket = 1, .tag = 7, .left_out = 1, .word = 1 },
		{ .bucket = 70000, .tag = 9000, .left_out = 2, .word = 0 },
	};
	static const uint32_t words[] = { 1, 19, 20, 27000 };
	struct store_cursor *cursor;
	char from[NEAR_BYTES];
	const char *value;
	struct opened o;
	struct buf out;

	open_vocabulary(&o, WORDS);
	cursor = store_cursor_open(o.reader, STORE_NEAR);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		buf_init(&out, from, sizeof from);
		key_add_near(&out, &table[i]);
		ck_assert_int_eq(store_near_seek(cursor, table[i].bucket,
		    from, &value), STORE_FOUND);
		ck_assert_uint_eq(key_read_near(value).word, words[i]);
	}
	store_cursor_close(&cursor);
	close_vocabulary(&o);
}
END_TEST

START_TEST(a_bucket_that_is_not_there_has_no_value)
{
	static const uint32_t absent[] = { 2, 69999, 70002 };
	static const char first[NEAR_BYTES];
	struct store_cursor *cursor;
	const char *value;
	struct opened o;

	open_vocabulary(&o, WORDS);
	cursor = store_cursor_open(o.reader, STORE_NEAR);
	for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
		ck_assert_int_eq(store_near_seek(cursor, absent[i], first,
		    &value), STORE_ABSENT);
	store_cursor_close(&cursor);
	close_vocabulary(&o);
}
END_TEST

START_TEST(steps_from_bucket_to_bucket)
{
	struct store_cursor *cursor;
	struct span key, value;
	enum store_found found;
	struct opened o;
	size_t count = 0, values = 0;

	open_vocabulary(&o, WORDS);
	cursor = store_cursor_open(o.reader, STORE_NEAR);
	for (found = store_cursor_seek(cursor, (struct span){ "", 0 }, &key,
	    &value); found == STORE_FOUND;
	    found = store_cursor_next(cursor, &key, &value)) {
		uint32_t bucket;

		ck_assert_uint_eq(key.length, sizeof bucket);
		memcpy(&bucket, key.data, sizeof bucket);
		ck_assert_uint_eq(bucket, buckets[count].bucket);
		ck_assert_uint_eq(value.length, NEAR_BYTES);
		values += buckets[count++].length;
	}
	ck_assert_int_eq(found, STORE_ABSENT);
	ck_assert_uint_eq(count, BUCKETS);
	ck_assert_uint_eq(store_count(o.reader, STORE_NEAR), values);
	store_cursor_close(&cursor);
	close_vocabulary(&o);
}
END_TEST

START_TEST(uses_cursors_again_in_the_next_transaction)
{
	char *folder = small_folder();
	struct store_reader *reader;
	struct store *store;
	struct fault fault;
	uint64_t length;

	write_lists(folder, 50000);
	store = open_store(folder);
	reader = begin_reader(store);
	for (int i = 0; i < 10; i++) {
		struct store_cursor *a =
		    store_cursor_open(reader, STORE_TERM);
		struct store_cursor *b =
		    store_cursor_open(reader, STORE_TERM);

		ck_assert_ptr_ne(a, b);
		ck_assert_int_eq(store_postings_find(a,
		    (struct span){ "\0\1\1a2", 5 }, &length), STORE_FOUND);
		ck_assert_uint_eq(length, 100);
		store_cursor_close(&a);
		store_cursor_close(&b);
		store_reader_end(reader);
		ck_assert_int_eq(store_reader_begin(reader, &fault), ERR_NONE);
	}
	end_reader(&reader);
	store_close(&store);
	small_remove(&folder);
}
END_TEST

START_TEST(keeps_many_large_entries)
{
	enum { ENTRIES = 3000, SIZE = 32000 };
	static char record[SIZE];
	char *folder = small_folder();
	struct store_writer *writer;
	struct store_reader *reader;
	struct store *store;
	struct fault fault;
	struct span value;

	ck_assert_int_eq(store_create(&store, folder, (size_t)512 << 20,
	    &fault), ERR_NONE);
	ck_assert_int_eq(store_writer_new(&writer, store, &fault), ERR_NONE);
	store_append(writer, STORE_META, span_from("fold"),
	    span_from(fold_version));
	store_append(writer, STORE_META, span_from("format"),
	    span_from(STORE_FORMAT));
	for (uint32_t id = 1; id <= ENTRIES; id++) {
		memcpy(record, &id, sizeof id);
		store_append_entry(writer, id,
		    (struct span){ record, sizeof record });
	}
	ck_assert_int_eq(store_writer_finish(&writer, &fault), ERR_NONE);
	store_close(&store);
	ck_assert_int_eq(store_open(&store, folder, (size_t)512 << 20,
	    &fault), ERR_NONE);
	reader = begin_reader(store);
	for (uint32_t id = 1; id <= ENTRIES; id++) {
		ck_assert_int_eq(store_get_entry(reader, id, &value),
		    STORE_FOUND);
		ck_assert_uint_eq(value.length, SIZE);
		ck_assert_mem_eq(value.data, &id, sizeof id);
	}
	end_reader(&reader);
	store_close(&store);
	small_remove(&folder);
}
END_TEST

START_TEST(says_that_the_map_is_full)
{
	enum { SIZE = 60000 };
	static char record[SIZE];
	char *folder = small_folder();
	struct store_writer *writer;
	struct store *store;
	struct fault fault;

	ck_assert_int_eq(store_create(&store, folder, (size_t)1 << 20,
	    &fault), ERR_NONE);
	ck_assert_int_eq(store_writer_new(&writer, store, &fault), ERR_NONE);
	for (uint32_t id = 1; id <= 100; id++)
		store_append_entry(writer, id,
		    (struct span){ record, sizeof record });
	ck_assert_int_eq(store_writer_finish(&writer, &fault), ERR_WORLD);
	ck_assert_ptr_nonnull(strstr(fault.text, "outgrown its map"));
	store_close(&store);
	small_remove(&folder);
}
END_TEST

START_TEST(says_what_the_disk_refused)
{
	enum { ENTRIES = 1000, SIZE = 60000 };
	static char record[SIZE];
	char *folder = small_folder();
	struct rlimit limit, small;
	struct store_writer *writer;
	struct store *store;
	struct fault fault;

	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	small = limit;
	small.rlim_cur = 8 << 20;
	ck_assert(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	ck_assert_int_eq(store_create(&store, folder, (size_t)512 << 20,
	    &fault), ERR_NONE);
	ck_assert_int_eq(store_writer_new(&writer, store, &fault), ERR_NONE);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (uint32_t id = 1; id <= ENTRIES; id++)
		store_append_entry(writer, id,
		    (struct span){ record, sizeof record });
	ck_assert_int_eq(store_writer_finish(&writer, &fault), ERR_WORLD);
	ck_assert_msg(strstr(fault.text, "File too large") != NULL, "%s",
	    fault.text);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	store_close(&store);
	small_remove(&folder);
}
END_TEST

START_TEST(leaves_the_lock_writable_for_the_group)
{
	char *folder = small_folder();
	char path[256];
	struct stat status;
	mode_t mask = umask(077);

	small_write(folder, people, PEOPLE, NULL);
	umask(mask);
	snprintf(path, sizeof path, "%s/lock.mdb", folder);
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_int_eq(status.st_mode & 0777, 0664);
	small_remove(&folder);
}
END_TEST

static void
refuse(const char *folder, const char *sentence)
{
	struct store *store;
	struct fault fault;

	ck_assert_int_ne(store_open(&store, folder, SMALL_MAP_BYTES, &fault),
	    ERR_NONE);
	ck_assert_ptr_null(store);
	ck_assert_msg(strstr(fault.text, sentence) != NULL, "%s", fault.text);
	ck_assert_int_ne(store_probe(folder, &fault), ERR_NONE);
	ck_assert_msg(strstr(fault.text, sentence) != NULL, "%s", fault.text);
}

START_TEST(probes_without_a_trace_what_is_open)
{
	char *folder = small_folder();
	char lock[256];
	struct store_reader *reader;
	struct store *store;
	struct fault fault;

	small_write(folder, people, PEOPLE, NULL);
	ck_assert_int_eq(store_open(&store, folder, SMALL_MAP_BYTES, &fault),
	    ERR_NONE);
	ck_assert_int_eq(store_reader_new(&reader, store, &fault), ERR_NONE);
	ck_assert_int_eq(store_reader_begin(reader, &fault), ERR_NONE);
	ck_assert_int_eq(store_probe(folder, &fault), ERR_NONE);
	ck_assert_uint_eq(store_count(reader, STORE_ENTRY), PEOPLE);
	store_reader_end(reader);
	store_reader_free(&reader);
	store_close(&store);
	snprintf(lock, sizeof lock, "%s/lock.mdb", folder);
	ck_assert_int_eq(unlink(lock), 0);
	ck_assert_int_eq(store_probe(folder, &fault), ERR_NONE);
	ck_assert_int_ne(access(lock, F_OK), 0);
	small_remove(&folder);
}
END_TEST

START_TEST(refuses_other_versions)
{
	static const char *const meta[][2] = {
		{ "format=whoisd-1", "has format 'whoisd-1'" },
		{ "format=whoisd-99", "has format 'whoisd-99'" },
		{ "format=", "has format ''" },
		{ "fold=of another age", "'of another age'" },
	};

	for (size_t i = 0; i < sizeof meta / sizeof meta[0]; i++) {
		char *folder = small_folder();

		small_write(folder, people, PEOPLE, meta[i][0]);
		refuse(folder, meta[i][1]);
		small_remove(&folder);
	}
}
END_TEST

/* LMDB takes no const pointers, but writes through none of ours. */
static MDB_val
text_value(const char *text)
{
	return (MDB_val){ strlen(text), (void *)(uintptr_t)text };
}

static void
put_text(MDB_txn *txn, MDB_dbi table, const char *name, const char *text)
{
	MDB_val key = text_value(name), value = text_value(text);

	ck_assert_int_eq(mdb_put(txn, table, &key, &value, 0), 0);
}

/* A store with the tables that format 1 had, with `format` in its meta. */
static void
write_older(const char *folder, const char *format)
{
	static const char *const names[] = { "meta", "entry", "key", "term" };
	static const unsigned flags[] = { 0, MDB_INTEGERKEY, 0,
		MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP };
	MDB_dbi tables[4];
	MDB_env *env;
	MDB_txn *txn;

	ck_assert_int_eq(mdb_env_create(&env), 0);
	ck_assert_int_eq(mdb_env_set_maxdbs(env, 4), 0);
	ck_assert_int_eq(mdb_env_open(env, folder, 0, 0644), 0);
	ck_assert_int_eq(mdb_txn_begin(env, NULL, 0, &txn), 0);
	for (unsigned i = 0; i < 4; i++)
		ck_assert_int_eq(mdb_dbi_open(txn, names[i],
		    MDB_CREATE | flags[i], &tables[i]), 0);
	put_text(txn, tables[0], "format", format);
	put_text(txn, tables[0], "fold", fold_version);
	ck_assert_int_eq(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
}

START_TEST(says_of_an_older_format_that_it_is_one)
{
	char *folder = small_folder();

	write_older(folder, "whoisd-1");
	refuse(folder, "has format 'whoisd-1', this program reads '"
	    STORE_FORMAT "'");
	small_remove(&folder);
}
END_TEST

START_TEST(says_which_table_is_missing)
{
	char *folder = small_folder();

	write_older(folder, STORE_FORMAT);
	refuse(folder, "it has no table 'word'");
	small_remove(&folder);
}
END_TEST

START_TEST(refuses_what_is_cut_short_at_any_length)
{
	char *folder = small_folder();
	char path[256];
	struct stat status;

	small_write(folder, people, PEOPLE, NULL);
	snprintf(path, sizeof path, "%s/data.mdb", folder);
	ck_assert_int_eq(stat(path, &status), 0);
	for (off_t size = status.st_size - 1; size >= 0;
	    size = size > 512 ? size - 511 : size - 100) {
		struct store *store;
		struct fault fault;

		ck_assert_int_eq(truncate(path, size), 0);
		ck_assert_msg(store_open(&store, folder, SMALL_MAP_BYTES,
		    &fault) != ERR_NONE, "%jd bytes", (intmax_t)size);
	}
	small_remove(&folder);
}
END_TEST

START_TEST(refuses_what_is_not_a_directory)
{
	char *folder = small_folder();
	char path[256];
	FILE *file;

	refuse(folder, "data.mdb: No such file");
	snprintf(path, sizeof path, "%s/data.mdb", folder);
	file = fopen(path, "w");
	refuse(folder, "cut short");
	for (int i = 0; i < 100000; i++)
		fputc("whoisd"[i % 6], file);
	fclose(file);
	refuse(folder, "not an LMDB file");
	small_remove(&folder);
}
END_TEST

START_TEST(refuses_what_was_not_finished)
{
	char *folder = small_folder();
	struct store *store;
	struct fault fault;

	ck_assert_int_eq(store_create(&store, folder, SMALL_MAP_BYTES, &fault),
	    ERR_NONE);
	store_close(&store);
	refuse(folder, "not finished: it has no table 'meta'");
	small_remove(&folder);
}
END_TEST

UNIT_MAIN("dir/store",
    gives_back_what_was_appended, reads_on_after_a_failure,
    takes_no_key_longer_than_it_can_hold,
    walks_a_table_in_order,
    pages_and_seeks_in_lists_of_any_length,
    steps_from_term_to_term,
    gives_back_words_by_their_numbers,
    clues_have_lists_of_any_length,
    walks_a_bucket_from_any_value_to_its_end,
    finds_the_first_value_that_is_not_less,
    a_bucket_that_is_not_there_has_no_value,
    steps_from_bucket_to_bucket,
    uses_cursors_again_in_the_next_transaction,
    keeps_many_large_entries,
    says_that_the_map_is_full,
    says_what_the_disk_refused,
    leaves_the_lock_writable_for_the_group,
    probes_without_a_trace_what_is_open,
    refuses_other_versions,
    says_of_an_older_format_that_it_is_one,
    says_which_table_is_missing,
    refuses_what_is_cut_short_at_any_length,
    refuses_what_is_not_a_directory,
    refuses_what_was_not_finished)
