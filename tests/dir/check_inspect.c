#include "config.h"

#include "dir/inspect.h"

#include "base/buf.h"
#include "dir/build.h"
#include "dir/clue.h"
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

/* Of the three, one hides a value, one itself. */
START_TEST(a_generation_with_hidden_entries_is_sound)
{
	static const char *const hiding[] = {
		"name=Smith, John|department=Physics|key=101|hidden=department",
		"name=Smith, Ann|key=102|nickname=Molly|hidden=all",
		"name=Quinton, Reg|key=481800",
	};
	char *folder = small_folder();
	struct inspection found;
	struct opened o;

	small_load(folder, hiding, 3);
	open_reader(&o, folder);
	ck_assert_int_eq(inspect_verify(o.reader, &found, &o.fault), ERR_NONE);
	ck_assert_msg(found.wrong == 0, "%s", found.sentences[0]);
	ck_assert_uint_eq(found.entries, 3);
	ck_assert_uint_eq(found.keys, 2);
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
 * way.  In a table with lists the row is one member of a list.
 */
struct damage {
	enum store_table table;
	const char *key; /* text of a term or clue, a near word, or a key */
	uint32_t id;     /* an entry, a word, or one of a list; 0: any */
	enum { DROP, ALTER, ADD } how;
	const char *value; /* what an altered or added row has instead */
	uint32_t other;    /* the id instead, or the one added */
	const char *sentence;
};

/* Whether a row goes wrong, or a list of which a member does. */
static bool
is_hit(const struct damage *d, enum store_table table, struct span key)
{
	if (table != d->table)
		return false;
	switch (table) {
	case STORE_ENTRY:
	case STORE_WORD:
		return key_read_id(key) == d->id;
	case STORE_TERM:
		return key.data[2] == TERM_WORD &&
		    span_is(span_skip(key, 3), d->key);
	case STORE_CLUE:
		return span_is(span_skip(key, 2), d->key);
	default:
		return span_is(key, d->key);
	}
}

static struct span
id_bytes(const uint32_t *id)
{
	return (struct span){ (const char *)id, sizeof *id };
}

/* A list being copied; `hit` is NULL when nothing goes wrong with it. */
struct list {
	enum store_table table;
	struct span key;
	const struct damage *hit;
};

static void
copy_member(struct store_writer *writer, const struct list *list, uint32_t id)
{
	const struct damage *hit = list->hit;

	if (hit != NULL && hit->id == id && hit->how == DROP)
		return;
	if (hit != NULL && hit->id == id && hit->how == ALTER)
		id = hit->other;
	store_append_postings(writer, list->table, list->key, &id, 1);
	if (hit != NULL && hit->id == id && hit->how == ADD)
		store_append_postings(writer, list->table, list->key,
		    &hit->other, 1);
}

static void
copy_list(struct store_writer *writer, struct store_cursor *cursor,
    const struct list *list)
{
	const uint32_t *ids;
	size_t count;

	while (store_postings_page(cursor, &ids, &count) == STORE_FOUND)
		for (size_t i = 0; i < count; i++)
			copy_member(writer, list, ids[i]);
}

static void
append_near(struct store_writer *writer, const struct near *near)
{
	char memory[NEAR_BYTES];
	struct buf value;

	buf_init(&value, memory, sizeof memory);
	key_add_near(&value, near);
	store_append_near(writer, near->bucket, memory, 1);
}

/* Whether it is the form of the word of which no letter is left out. */
static bool
is_near_hit(const struct damage *d, const struct near *near)
{
	struct clue_near whole;

	if (d->table != STORE_NEAR)
		return false;
	clue_make_near(&whole, KEY_GROUP_EVERYONE, span_from(d->key), 0);
	return near->bucket == whole.forms[0].bucket &&
	    near->tag == whole.forms[0].tag && near->left_out == 0 &&
	    near->word == d->id;
}

static void
copy_near(struct store_writer *writer, struct near near,
    const struct damage *d)
{
	bool hit = is_near_hit(d, &near);

	if (hit && d->how == DROP)
		return;
	if (!hit || d->how == ADD)
		append_near(writer, &near);
	if (hit)
		near.word = d->other;
	if (hit)
		append_near(writer, &near);
}

static void
copy_bucket(struct store_writer *writer, struct store_cursor *cursor,
    struct span key, const struct damage *d)
{
	static const char first[NEAR_BYTES];
	uint32_t bucket = key_read_id(key);
	const char *value;
	enum store_found found = store_near_seek(cursor, bucket, first,
	    &value);

	for (; found == STORE_FOUND; found = store_near_next(cursor, &value)) {
		struct near near = key_read_near(value);

		near.bucket = bucket;
		copy_near(writer, near, d);
	}
}

static void
append_word(struct store_writer *writer, uint32_t number, const char *text)
{
	char memory[CLUE_BYTES_MAX + 1];
	struct buf value;

	buf_init(&value, memory, sizeof memory);
	buf_add_char(&value, KEY_GROUP_EVERYONE);
	buf_add_string(&value, text);
	store_append_word(writer, number, buf_span(&value));
}

static void
copy_word(struct store_writer *writer, uint32_t number, struct span value,
    const struct damage *hit)
{
	if (hit == NULL || hit->how == ADD)
		store_append_word(writer, number, value);
	if (hit != NULL && hit->how != DROP)
		append_word(writer, hit->other, hit->value);
}

static void
copy_row(struct store_writer *writer, enum store_table table, struct span key,
    struct span value, const struct damage *hit)
{
	if (table == STORE_WORD) {
		copy_word(writer, key_read_id(key), value, hit);
		return;
	}
	if (hit != NULL && hit->how == DROP)
		return;
	if (hit != NULL)
		value = hit->value != NULL ? span_from(hit->value) :
		    id_bytes(&hit->other);
	if (table == STORE_ENTRY)
		store_append_entry(writer, key_read_id(key), value);
	else
		store_append(writer, table, key, value);
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
		const struct damage *hit = is_hit(d, table, key) ? d : NULL;

		if (table == STORE_NEAR)
			copy_bucket(writer, cursor, key, d);
		else if (table == STORE_TERM || table == STORE_CLUE)
			copy_list(writer, cursor,
			    &(struct list){ table, key, hit });
		else
			copy_row(writer, table, key, value, hit);
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

static void
check_damage(const struct damage *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *folder = small_folder();
		struct inspection found;
		struct opened o;

		small_load(folder, people, PEOPLE);
		copy_damaged(folder, &table[i]);
		open_reader(&o, folder);
		ck_assert_int_eq(inspect_verify(o.reader, &found, &o.fault),
		    ERR_NONE);
		ck_assert_msg(found.wrong > 0, "row %zu: nothing found", i);
		if (table[i].sentence != NULL)
			ck_assert_msg(lists(&found, table[i].sentence),
			    "%s: %s", table[i].sentence, found.sentences[0]);
		close_reader(&o);
		small_remove(&folder);
	}
}

#define CHECK_DAMAGE(table)                                                    \
	check_damage(table, sizeof(table) / sizeof((table)[0]))

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

	CHECK_DAMAGE(table);
}
END_TEST

/* The vocabulary, by its numbers. */
enum { JOHN = 1, JONES, MADONNA_WORD, MARY, MOLLY, QUINTON_WORD, REG,
       SMITH_WORD, SMITHJONES, WORDS = SMITHJONES };

#define WRONG_CLUES "the clues to words are not those of the vocabulary: "     \
    "load the directory again"
#define WRONG_NEAR "the near forms of words are not those of the vocabulary: " \
    "load the directory again"

START_TEST(says_what_is_wrong_with_the_vocabulary)
{
	static const struct damage table[] = {
		{ STORE_WORD, NULL, JONES, DROP, NULL, 0,
		    "word 2 of the vocabulary is not jones" },
		{ STORE_WORD, NULL, JONES, DROP, NULL, 0,
		    "the vocabulary has 8 words, the names have 9" },
		{ STORE_WORD, NULL, JOHN, ALTER, "jon", JOHN,
		    "word 1 of the vocabulary is not john" },
		{ STORE_WORD, NULL, MARY, ALTER, "", MARY,
		    "word 4 of the vocabulary is not mary" },
		{ STORE_WORD, NULL, WORDS, ADD, "zoe", WORDS + 1,
		    "the vocabulary has 10 words, the names have 9" },
		/* an ending, reversed, and a part */
		{ STORE_CLUE, "annodam", MADONNA_WORD, DROP, NULL, 0,
		    WRONG_CLUES },
		{ STORE_CLUE, "annodam", MADONNA_WORD, ALTER, NULL, MARY,
		    WRONG_CLUES },
		{ STORE_CLUE, "mit", SMITHJONES, DROP, NULL, 0, WRONG_CLUES },
		{ STORE_CLUE, "mar", MARY, ADD, NULL, MOLLY, WRONG_CLUES },
		{ STORE_CLUE, "mar", MARY, ADD, NULL, WORDS + 7,
		    WRONG_CLUES },
		{ STORE_NEAR, "mary", MARY, DROP, NULL, 0, WRONG_NEAR },
		{ STORE_NEAR, "mary", MARY, ALTER, NULL, MOLLY, WRONG_NEAR },
		{ STORE_NEAR, "reg", REG, ADD, NULL, SMITH_WORD, WRONG_NEAR },
		{ STORE_NEAR, "quinton", QUINTON_WORD, ADD, NULL, WORDS + 7,
		    WRONG_NEAR },
	};

	CHECK_DAMAGE(table);
}
END_TEST

/* Otherwise no damage above would prove anything. */
START_TEST(a_copy_without_damage_is_sound)
{
	static const struct damage none = { .table = STORE_TABLES };
	char *folder = small_folder();
	struct inspection found;
	struct opened o;

	small_load(folder, people, PEOPLE);
	copy_damaged(folder, &none);
	open_reader(&o, folder);
	ck_assert_int_eq(inspect_verify(o.reader, &found, &o.fault), ERR_NONE);
	ck_assert_msg(found.wrong == 0, "%s", found.sentences[0]);
	ck_assert_uint_eq(store_count(reader_store(o.reader), STORE_WORD),
	    WORDS);
	close_reader(&o);
	small_remove(&folder);
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
    a_generation_with_hidden_entries_is_sound,
    an_empty_generation_is_sound,
    walks_the_entries_in_order,
    says_what_is_damaged,
    says_what_is_wrong_with_the_vocabulary,
    a_copy_without_damage_is_sound,
    lists_only_the_first)
