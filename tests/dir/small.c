#include "config.h"

#include "small.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/build.h"
#include "dir/clue.h"
#include "dir/index.h"
#include "dir/store.h"
#include "record/key.h"
#include "record/record.h"
#include "record/schema.h"
#include "text/fold.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ENTRY_MAX = 4096, PEOPLE_MAX = 4096, LIST_START = 4096 };

struct entry {
	char record[ENTRY_MAX], key[ENTRY_MAX], collation[ENTRY_MAX];
	size_t record_length, key_length, collation_length;
	uint32_t id;
};

/* An entry that has a term, a word that has a clue. */
struct posting {
	char *key;
	size_t length;
	uint32_t id;
};

struct list {
	struct posting *postings;
	size_t count, capacity;
};

struct work {
	struct schema *schema;
	struct indexer *indexer;
	struct entry *entries;
	size_t entry_count;
	struct list terms, clues;
	uint32_t word_count;
	struct near *near;
	size_t near_count, near_capacity;
};

char *
small_folder(void)
{
	const char *base = getenv("TMPDIR");
	char *path;

	ck_assert(asprintf(&path, "%s/whoisd-check-XXXXXX",
	    base != NULL ? base : "/tmp") > 0);
	ck_assert_ptr_nonnull(mkdtemp(path));
	return path;
}

static int
remove_one(const char *path, const struct stat *status, int type,
    struct FTW *at)
{
	(void)status;
	(void)type;
	(void)at;
	return remove(path);
}

void
small_remove(char **folder)
{
	ck_assert_int_eq(nftw(*folder, remove_one, 16, FTW_DEPTH | FTW_PHYS),
	    0);
	free(*folder);
	*folder = NULL;
}

static size_t
keep(char to[ENTRY_MAX], struct span bytes)
{
	ck_assert_uint_le(bytes.length, ENTRY_MAX);
	memcpy(to, bytes.data, bytes.length);
	return bytes.length;
}

static void
make_entry(struct work *w, struct entry *entry, const char *person)
{
	struct span rest = span_from(person);
	char folded_memory[ENTRY_MAX];
	struct buf record, folded, collation;
	struct span bytes;

	buf_init(&record, entry->record, sizeof entry->record);
	while (rest.length > 0) {
		struct span value = span_cut(&rest, '|');
		struct span name = span_cut(&value, '=');
		const struct attribute *attribute =
		    schema_find(w->schema, name);

		ck_assert_ptr_nonnull(attribute);
		record_add_field(&record, attribute->id, value);
	}
	bytes = buf_span(&record);
	entry->record_length = bytes.length;
	ck_assert(record_is_valid(w->schema, bytes));
	entry->key_length = keep(entry->key, indexer_key(w->indexer, bytes));
	buf_init(&folded, folded_memory, sizeof folded_memory);
	fold_add(&folded, record_value(bytes, w->schema->name_id));
	buf_init(&collation, entry->collation, sizeof entry->collation);
	index_add_collation(&collation, buf_span(&folded));
	entry->collation_length = collation.length;
}

static int
by_collation(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return span_compare(
	    (struct span){ x->collation, x->collation_length },
	    (struct span){ y->collation, y->collation_length });
}

static int
by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return span_compare((struct span){ x->key, x->key_length },
	    (struct span){ y->key, y->key_length });
}

/* Lists of the term and of the clue table. */

static int
by_list(const void *a, const void *b)
{
	const struct posting *x = a, *y = b;
	int order = span_compare((struct span){ x->key, x->length },
	    (struct span){ y->key, y->length });

	return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

static void
add_posting(struct list *list, struct span key, uint32_t id)
{
	char *copy = malloc(key.length);

	ck_assert_ptr_nonnull(copy);
	memcpy(copy, key.data, key.length);
	if (list->count == list->capacity) {
		list->capacity = list->count > 0 ? 2 * list->count :
		    LIST_START;
		list->postings = realloc(list->postings,
		    list->capacity * sizeof list->postings[0]);
		ck_assert_ptr_nonnull(list->postings);
	}
	list->postings[list->count++] =
	    (struct posting){ copy, key.length, id };
}

static void
sort_list(struct list *list)
{
	if (list->count > 0)
		qsort(list->postings, list->count, sizeof list->postings[0],
		    by_list);
}

static struct span
key_of(const struct list *list, size_t at)
{
	return (struct span){ list->postings[at].key,
		list->postings[at].length };
}

static bool
begins_list(const struct list *list, size_t at)
{
	return at == 0 || !span_equal(key_of(list, at), key_of(list, at - 1));
}

/* Sorted; how many keys there are. */
static uint64_t
append_list(struct store_writer *writer, enum store_table table,
    const struct list *list)
{
	uint64_t keys = 0;

	for (size_t i = 0; i < list->count; i++) {
		keys += begins_list(list, i);
		store_append_postings(writer, table, key_of(list, i),
		    &list->postings[i].id, 1);
	}
	return keys;
}

static void
free_list(struct list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->postings[i].key);
	free(list->postings);
}

static void
add_terms(struct work *w, const struct entry *entry)
{
	size_t count;
	const struct span *terms = indexer_terms(w->indexer,
	    (struct span){ entry->record, entry->record_length }, &count);

	for (size_t i = 0; i < count; i++)
		add_posting(&w->terms, terms[i], entry->id);
}

/* The vocabulary. */

static int
by_near(const void *a, const void *b)
{
	const struct near *x = a, *y = b;

	if (x->bucket != y->bucket)
		return x->bucket < y->bucket ? -1 : 1;
	if (x->tag != y->tag)
		return x->tag < y->tag ? -1 : 1;
	if (x->left_out != y->left_out)
		return x->left_out < y->left_out ? -1 : 1;
	return (x->word > y->word) - (x->word < y->word);
}

static void
add_near(struct work *w, const struct near *near)
{
	if (w->near_count == w->near_capacity) {
		w->near_capacity = w->near_count > 0 ? 2 * w->near_count :
		    LIST_START;
		w->near = realloc(w->near, w->near_capacity *
		    sizeof w->near[0]);
		ck_assert_ptr_nonnull(w->near);
	}
	w->near[w->near_count++] = *near;
}

static void
add_word(struct work *w, const struct term *word)
{
	struct clue_list list;
	struct clue_near near;

	clue_make_near(&near, word->group, word->text, NEAR_LEFT_OUT_MAX);
	for (unsigned i = 0; i < near.count; i++) {
		near.forms[i].word = w->word_count;
		add_near(w, &near.forms[i]);
	}
	list.count = 0;
	clue_add_all(&list, word->group, word->text);
	for (unsigned i = 0; i < list.count; i++) {
		char memory[CLUE_KEY_MAX];
		struct buf key;

		buf_init(&key, memory, sizeof memory);
		key_add_clue(&key, &list.clues[i]);
		add_posting(&w->clues, buf_span(&key), w->word_count);
	}
}

/* In the order of the terms, which are sorted. */
static void
append_words(struct work *w, struct store_writer *writer)
{
	for (size_t i = 0; i < w->terms.count; i++) {
		char memory[CLUE_BYTES_MAX + 1];
		struct term word;
		struct buf value;

		if (!begins_list(&w->terms, i) || !index_is_vocabulary(
		    w->schema, key_of(&w->terms, i), &word))
			continue;
		buf_init(&value, memory, sizeof memory);
		buf_add_char(&value, (char)word.group);
		buf_add(&value, word.text);
		store_append_word(writer, ++w->word_count, buf_span(&value));
		add_word(w, &word);
	}
}

static void
append_near(struct work *w, struct store_writer *writer)
{
	if (w->near_count > 0)
		qsort(w->near, w->near_count, sizeof w->near[0], by_near);
	for (size_t i = 0; i < w->near_count; i++) {
		char memory[NEAR_BYTES];
		struct buf value;

		buf_init(&value, memory, sizeof memory);
		key_add_near(&value, &w->near[i]);
		store_append_near(writer, w->near[i].bucket, memory, 1);
	}
}

static void
append_meta(struct work *w, struct store_writer *writer, uint64_t terms,
    const char *meta)
{
	char entry_count[24], term_count[24];
	const char *rows[][2] = {
		{ "entries", entry_count }, { "fold", fold_version },
		{ "format", STORE_FORMAT },
		{ "loaded", "2026-11-22T10:32:15Z" },
		{ "schema", schema_default_text }, { "serial", "1" },
		{ "source", "people.csv" }, { "terms", term_count },
	};

	snprintf(entry_count, sizeof entry_count, "%zu", w->entry_count);
	snprintf(term_count, sizeof term_count, "%ju", (uintmax_t)terms);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct span rest = span_from(meta != NULL ? meta : "");
		struct span name = span_cut(&rest, '=');
		struct span value = span_from(rows[i][1]);

		store_append(writer, STORE_META, span_from(rows[i][0]),
		    span_is(name, rows[i][0]) ? rest : value);
	}
}

static void
append_all(struct work *w, struct store_writer *writer, const char *meta)
{
	qsort(w->entries, w->entry_count, sizeof w->entries[0], by_collation);
	for (size_t i = 0; i < w->entry_count; i++) {
		struct entry *entry = &w->entries[i];

		entry->id = (uint32_t)i + 1;
		store_append_entry(writer, entry->id,
		    (struct span){ entry->record, entry->record_length });
		add_terms(w, entry);
	}
	qsort(w->entries, w->entry_count, sizeof w->entries[0], by_key);
	for (size_t i = 0; i < w->entry_count; i++) {
		const struct entry *entry = &w->entries[i];

		if (entry->key_length == 0)
			continue; /* hidden */
		store_append(writer, STORE_KEY,
		    (struct span){ entry->key, entry->key_length },
		    (struct span){ (const char *)&entry->id,
			sizeof entry->id });
	}
	sort_list(&w->terms);
	append_words(w, writer);
	append_meta(w, writer, append_list(writer, STORE_TERM, &w->terms),
	    meta);
	sort_list(&w->clues);
	append_list(writer, STORE_CLUE, &w->clues);
	append_near(w, writer);
}

void
small_write(const char *generation, const char *const *people, size_t count,
    const char *meta)
{
	struct work w = { .entry_count = count };
	struct store_writer *writer;
	struct store *store;
	struct fault fault;

	ck_assert_uint_le(count, PEOPLE_MAX);
	w.schema = schema_parse(span_from(schema_default_text), &fault);
	ck_assert_ptr_nonnull(w.schema);
	w.indexer = indexer_new(w.schema);
	w.entries = calloc(count + 1, sizeof w.entries[0]);
	for (size_t i = 0; i < count; i++)
		make_entry(&w, &w.entries[i], people[i]);
	ck_assert_msg(store_create(&store, generation, SMALL_MAP_BYTES,
	    &fault) == ERR_NONE, "%s", fault.text);
	ck_assert_int_eq(store_writer_new(&writer, store, &fault), ERR_NONE);
	append_all(&w, writer, meta);
	ck_assert_int_eq(store_writer_finish(&writer, &fault), ERR_NONE);
	store_close(&store);
	free(w.near);
	free_list(&w.clues);
	free_list(&w.terms);
	free(w.entries);
	indexer_free(&w.indexer);
	schema_free(&w.schema);
}

void
small_load(const char *directory, const char *const *people, size_t count)
{
	struct build *build;
	struct fault fault;

	ck_assert_msg(build_begin(&build, directory, &fault) == ERR_NONE,
	    "%s", fault.text);
	small_write(build_path(build), people, count, NULL);
	ck_assert_msg(build_publish(&build, &fault) == ERR_NONE, "%s",
	    fault.text);
}

struct store_writer *
small_store_begin(struct store **store, const char *folder)
{
	struct store_writer *writer;
	struct fault fault;

	ck_assert_int_eq(store_create(store, folder, SMALL_MAP_BYTES, &fault),
	    ERR_NONE);
	ck_assert_int_eq(store_writer_new(&writer, *store, &fault), ERR_NONE);
	store_append(writer, STORE_META, span_from("fold"),
	    span_from(fold_version));
	store_append(writer, STORE_META, span_from("format"),
	    span_from(STORE_FORMAT));
	return writer;
}

void
small_store_finish(struct store **store, struct store_writer **writer)
{
	struct fault fault;

	ck_assert_int_eq(store_writer_finish(writer, &fault), ERR_NONE);
	ck_assert_ptr_null(*writer);
	store_close(store);
}

static void
write_store(const char *folder, void (*write)(struct store_writer *writer))
{
	struct store *store;
	struct store_writer *writer = small_store_begin(&store, folder);

	write(writer);
	small_store_finish(&store, &writer);
}

void
small_open(struct small_reader *small,
    void (*write)(struct store_writer *writer), size_t arena_bytes)
{
	struct fault fault;

	small->folder = small_folder();
	write_store(small->folder, write);
	ck_assert_int_eq(store_open(&small->store, small->folder,
	    SMALL_MAP_BYTES, &fault), ERR_NONE);
	ck_assert_int_eq(store_reader_new(&small->reader, small->store,
	    &fault), ERR_NONE);
	ck_assert_int_eq(store_reader_begin(small->reader, &fault), ERR_NONE);
	small->arena = arena_new(arena_bytes);
}

void
small_close(struct small_reader *small)
{
	struct fault fault;

	ck_assert_int_eq(store_reader_check(small->reader, &fault), ERR_NONE);
	arena_free(&small->arena);
	store_reader_end(small->reader);
	store_reader_free(&small->reader);
	store_close(&small->store);
	small_remove(&small->folder);
}
