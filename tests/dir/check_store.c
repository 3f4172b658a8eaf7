#include "config.h"

#include "dir/store.h"

#include "small.h"
#include "text/fold.h"
#include "unit.h"

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
	struct store_writer *writer;
	struct store *store;
	struct fault fault;

	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
		ids[i] = (uint32_t)(i * STEP + 1);
	ck_assert_int_eq(store_create(&store, folder, SMALL_MAP_BYTES, &fault),
	    ERR_NONE);
	ck_assert_int_eq(store_writer_new(&writer, store, &fault), ERR_NONE);
	store_append(writer, STORE_META, span_from("fold"),
	    span_from(fold_version));
	store_append(writer, STORE_META, span_from("format"),
	    span_from(STORE_FORMAT));
	for (size_t i = 0; i < LISTS; i++) {
		char term[] = { 0, 1, 1, 'a', (char)('0' + i) };

		for (size_t at = 0; at < lengths[i]; at += piece) {
			size_t left = lengths[i] - at;

			store_append_postings(writer,
			    (struct span){ term, sizeof term }, ids + at,
			    left < piece ? left : piece);
		}
	}
	ck_assert_int_eq(store_writer_finish(&writer, &fault), ERR_NONE);
	ck_assert_ptr_null(writer);
	store_close(&store);
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

START_TEST(commits_in_chunks_as_one_whole)
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
	ck_assert_msg(strstr(fault.text, "disk is full or") != NULL, "%s",
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
}

START_TEST(refuses_other_versions)
{
	static const char *const meta[][2] = {
		{ "format=whoisd-2", "has format 'whoisd-2'" },
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
	refuse(folder, "has format ''");
	small_remove(&folder);
}
END_TEST

UNIT_MAIN("dir/store",
    gives_back_what_was_appended,
    takes_no_key_longer_than_it_can_hold,
    walks_a_table_in_order,
    pages_and_seeks_in_lists_of_any_length,
    steps_from_term_to_term,
    uses_cursors_again_in_the_next_transaction,
    commits_in_chunks_as_one_whole,
    says_that_the_map_is_full,
    says_what_the_disk_refused,
    leaves_the_lock_writable_for_the_group,
    refuses_other_versions,
    refuses_what_is_cut_short_at_any_length,
    refuses_what_is_not_a_directory,
    refuses_what_was_not_finished)
