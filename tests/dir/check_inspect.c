#include "config.h"

#include "dir/inspect.h"

#include "dir/build.h"
#include "dir/generation.h"
#include "dir/store.h"
#include "record/key.h"
#include "record/record.h"
#include "record/schema.h"
#include "small.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const char *const people[] = {
	("name=Quinton, Reg|phone=679-2111x(6026)|key=481800|"
	 "mailbox=reggers@julian.uwo.ca|address=reggers@uwo.ca"),
	"name=Smith, John|department=Physics|key=101",
	"name=Smith-Jones, Mary|key=102|nickname=Molly",
	"name=Madonna|key=103",
};

enum { PEOPLE = sizeof people / sizeof people[0] };

/* Madonna's id: the first in collation order. */
enum { MADONNA = 1, QUINTON = 2, SMITH = 3 };

struct opened {
	struct directory *directory;
	struct reader *reader;
	struct fault fault;
};

static void
open_reader(struct opened *o, const char *folder)
{
	ck_assert_msg(directory_open(&o->directory, folder, SMALL_MAP_BYTES,
	    &o->fault) == ERR_NONE, "%s", o->fault.text);
	o->reader = reader_new(o->directory);
	ck_assert_int_eq(reader_begin(o->reader, &o->fault), ERR_NONE);
}

static void
close_reader(struct opened *o)
{
	reader_end(o->reader);
	reader_free(&o->reader);
	directory_close(&o->directory);
}

START_TEST(a_sound_generation_is_sound)
{
	char *folder = small_folder();
	struct inspection found;
	struct opened o;

	small_load(folder, people, PEOPLE);
	open_reader(&o, folder);
	ck_assert_int_eq(inspect_verify(o.reader, &found, &o.fault), ERR_NONE);
	ck_assert_msg(found.wrong == 0, "%s", found.sentences[0]);
	ck_assert_uint_eq(found.entries, PEOPLE);
	ck_assert_uint_eq(found.keys, PEOPLE);
	ck_assert_uint_gt(found.terms, PEOPLE);
	ck_assert_uint_ge(found.postings, found.terms);
	close_reader(&o);
	small_remove(&folder);
}
END_TEST

START_TEST(an_empty_generation_is_sound)
{
	char *folder = small_folder();
	struct inspection found;
	struct opened o;

	small_load(folder, NULL, 0);
	open_reader(&o, folder);
	ck_assert_int_eq(inspect_verify(o.reader, &found, &o.fault), ERR_NONE);
	ck_assert_uint_eq(found.wrong, 0);
	ck_assert_uint_eq(found.entries, 0);
	close_reader(&o);
	small_remove(&folder);
}
END_TEST

START_TEST(walks_the_entries_in_order)
{
	static const char *const names[] = { "Madonna", "Quinton, Reg",
		"Smith, John", "Smith-Jones, Mary" };
	char *folder = small_folder();
	struct entry_walk *walk;
	struct span record;
	struct opened o;
	uint32_t id, count = 0;

	small_load(folder, people, PEOPLE);
	open_reader(&o, folder);
	walk = entry_walk_open(o.reader);
	while (entry_walk_next(walk, &id, &record)) {
		unsigned name = reader_schema(o.reader)->name_id;

		ck_assert(span_is(record_value(record, name),
		    names[count++]));
		ck_assert_uint_eq(id, count);
	}
	ck_assert_int_eq(entry_walk_close(&walk, &o.fault), ERR_NONE);
	ck_assert_ptr_null(walk);
	ck_assert_uint_eq(count, PEOPLE);
	close_reader(&o);
	small_remove(&folder);
}
END_TEST

/*
 * Damage: the generation is copied row by row, and one row goes wrong on the
 * way.  For the term table the row's id takes part as well.
 */
struct damage {
	enum store_table table;
	const char *key; /* text of a term, or a key */
	uint32_t id;     /* an entry, or one of a list; 0: the whole row */
	enum { DROP, ALTER, ADD } how;
	const char *value; /* what an altered row has instead */
	uint32_t other;    /* the id instead, or the one added */
	const char *sentence;
};

static bool
is_hit(const struct damage *d, enum store_table table, struct span key)
{
	uint32_t id;

	if (table != d->table)
		return false;
	if (table == STORE_ENTRY) {
		memcpy(&id, key.data, sizeof id);
		return id == d->id;
	}
	if (table == STORE_TERM)
		return key.data[2] == TERM_WORD &&
		    span_is(span_skip(key, 3), d->key);
	return span_is(key, d->key);
}

static struct span
id_bytes(const uint32_t *id)
{
	return (struct span){ (const char *)id, sizeof *id };
}

static void
copy_list(struct store_writer *writer, struct store_cursor *cursor,
    struct span term, const struct damage *hit)
{
	const uint32_t *ids;
	size_t count;

	while (store_postings_page(cursor, &ids, &count) == STORE_FOUND)
		for (size_t i = 0; i < count; i++)
			if (hit == NULL || hit->how == ADD ||
			    ids[i] != hit->id)
				store_append_postings(writer, term, &ids[i],
				    1);
	if (hit != NULL && hit->how == ADD)
		store_append_postings(writer, term, &hit->other, 1);
}

static void
copy_row(struct store_writer *writer, enum store_table table, struct span key,
    struct span value)
{
	uint32_t id;

	if (table != STORE_ENTRY) {
		store_append(writer, table, key, value);
		return;
	}
	memcpy(&id, key.data, sizeof id);
	store_append_entry(writer, id, value);
}

static void
copy_table(struct store_writer *writer, struct store_reader *reader,
    enum store_table table, const struct damage *d)
{
	struct store_cursor *cursor = store_cursor_open(reader, table);
	const struct span first = { "", 0 };
	struct span key, value;
	enum store_found found = store_cursor_seek(cursor, first, &key,
	    &value);

	for (; found == STORE_FOUND;
	    found = store_cursor_next(cursor, &key, &value)) {
		bool hit = is_hit(d, table, key);

		if (hit && d->how == ALTER)
			value = d->value != NULL ? span_from(d->value)
						 : id_bytes(&d->other);
		if (table == STORE_TERM)
			copy_list(writer, cursor, key, hit ? d : NULL);
		else if (!hit || d->how != DROP)
			copy_row(writer, table, key, value);
	}
	store_cursor_close(&cursor);
}

/* Make the damaged copy the next generation of `folder`. */
static void
copy_damaged(const char *folder, const struct damage *d)
{
	struct store_writer *writer;
	struct store *store;
	struct build *build;
	struct opened o;

	open_reader(&o, folder);
	ck_assert_int_eq(build_begin(&build, folder, &o.fault), ERR_NONE);
	ck_assert_int_eq(store_create(&store, build_path(build),
	    SMALL_MAP_BYTES, &o.fault), ERR_NONE);
	ck_assert_int_eq(store_writer_new(&writer, store, &o.fault), ERR_NONE);
	for (unsigned table = 0; table < STORE_TABLES; table++)
		copy_table(writer, reader_store(o.reader),
		    (enum store_table)table, d);
	ck_assert_int_eq(store_writer_finish(&writer, &o.fault), ERR_NONE);
	store_close(&store);
	ck_assert_int_eq(build_publish(&build, &o.fault), ERR_NONE);
	close_reader(&o);
}

static bool
lists(const struct inspection *found, const char *sentence)
{
	for (unsigned i = 0; i < found->listed; i++)
		if (strcmp(found->sentences[i], sentence) == 0)
			return true;
	return false;
}

START_TEST(says_what_is_damaged)
{
	static const struct damage table[] = {
		{ STORE_KEY, "103", 0, DROP, NULL, 0,
		    "entry 1: its Index Key 103 is not in the key table" },
		{ STORE_KEY, "103", 0, DROP, NULL, 0,
		    "the key table has 3 keys for 4 entries" },
		{ STORE_KEY, "101", 0, ALTER, NULL, QUINTON,
		    "entry 3: its Index Key 101 leads to entry 2" },
		{ STORE_KEY, "101", 0, ALTER, "x", 0,
		    "entry 3: its Index Key 101 leads to entry 0" },
		{ STORE_ENTRY, NULL, QUINTON, ALTER, "garbage", 0,
		    "entry 2: its record is malformed" },
		{ STORE_ENTRY, NULL, SMITH, DROP, NULL, 0,
		    "the list of john (name) has entry 3, which has no such "
		    "term" },
		{ STORE_TERM, "physics", SMITH, DROP, NULL, 0,
		    "entry 3: is not in the list of physics (department)" },
		{ STORE_TERM, "smith", SMITH, DROP, NULL, 0,
		    "entry 3: is not in the list of smith (name)" },
		{ STORE_TERM, "madonna", MADONNA, ADD, NULL, SMITH,
		    "the list of madonna (name) has entry 3, which has no "
		    "such term" },
		{ STORE_TERM, "madonna", MADONNA, ADD, NULL, 4000000000u,
		    "the list of madonna (name) has entry 4000000000, which "
		    "has no such term" },
		{ STORE_META, "entries", 0, ALTER, "5", 0,
		    "meta says entries: 5, there are 4" },
		{ STORE_META, "terms", 0, DROP, NULL, 0, NULL },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char *folder = small_folder();
		struct inspection found;
		struct opened o;

		small_load(folder, people, PEOPLE);
		copy_damaged(folder, &table[i]);
		open_reader(&o, folder);
		ck_assert_int_eq(inspect_verify(o.reader, &found, &o.fault),
		    ERR_NONE);
		ck_assert_uint_gt(found.wrong, 0);
		if (table[i].sentence != NULL)
			ck_assert_msg(lists(&found, table[i].sentence),
			    "%s: %s", table[i].sentence, found.sentences[0]);
		close_reader(&o);
		small_remove(&folder);
	}
}
END_TEST

START_TEST(lists_only_the_first)
{
	enum { CROWD = INSPECT_LISTED_MAX * 2 };
	static char text[CROWD][64];
	static const char *entries[CROWD];
	char *folder = small_folder();
	struct inspection found;
	struct damage all = { STORE_ENTRY, NULL, 1, ALTER, "x", 0, NULL };
	struct opened o;

	for (unsigned i = 0; i < CROWD; i++) {
		snprintf(text[i], sizeof text[i], "name=P%u Q%u|key=%u", i, i,
		    i + 1);
		entries[i] = text[i];
	}
	small_load(folder, entries, CROWD);
	for (uint32_t id = 1; id <= CROWD; id++) {
		all.id = id;
		copy_damaged(folder, &all);
	}
	open_reader(&o, folder);
	ck_assert_int_eq(inspect_verify(o.reader, &found, &o.fault), ERR_NONE);
	ck_assert_uint_ge(found.wrong, CROWD);
	ck_assert_uint_eq(found.listed, INSPECT_LISTED_MAX);
	close_reader(&o);
	small_remove(&folder);
}
END_TEST

UNIT_MAIN("dir/inspect",
    a_sound_generation_is_sound,
    an_empty_generation_is_sound,
    walks_the_entries_in_order,
    says_what_is_damaged,
    lists_only_the_first)
