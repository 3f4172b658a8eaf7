#include "config.h"

#include "small.h"

#include "base/buf.h"
#include "dir/build.h"
#include "dir/index.h"
#include "dir/store.h"
#include "record/record.h"
#include "record/schema.h"
#include "text/fold.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TERMS_MAX = 1 << 16, ENTRY_MAX = 4096, PEOPLE_MAX = 4096 };

struct entry {
	char record[ENTRY_MAX], key[ENTRY_MAX], collation[ENTRY_MAX];
	size_t record_length, key_length, collation_length;
	uint32_t id;
};

struct posting {
	char *term;
	size_t length;
	uint32_t id;
};

struct work {
	struct schema *schema;
	struct indexer *indexer;
	struct entry *entries;
	size_t entry_count;
	struct posting *postings;
	size_t posting_count;
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

static int
by_term(const void *a, const void *b)
{
	const struct posting *x = a, *y = b;
	int order = span_compare((struct span){ x->term, x->length },
	    (struct span){ y->term, y->length });

	return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

static void
add_postings(struct work *w, const struct entry *entry)
{
	size_t count;
	const struct span *terms = indexer_terms(w->indexer,
	    (struct span){ entry->record, entry->record_length }, &count);

	for (size_t i = 0; i < count; i++) {
		char *copy = malloc(terms[i].length);

		ck_assert_uint_lt(w->posting_count, TERMS_MAX);
		memcpy(copy, terms[i].data, terms[i].length);
		w->postings[w->posting_count++] =
		    (struct posting){ copy, terms[i].length, entry->id };
	}
}

static uint64_t
append_terms(struct work *w, struct store_writer *writer)
{
	uint64_t distinct = 0;

	qsort(w->postings, w->posting_count, sizeof w->postings[0], by_term);
	for (size_t i = 0; i < w->posting_count; i++) {
		struct posting *p = &w->postings[i];
		struct span term = { p->term, p->length };

		if (i == 0 || !span_equal(term,
		    (struct span){ p[-1].term, p[-1].length }))
			distinct++;
		store_append_postings(writer, term, &p->id, 1);
	}
	for (size_t i = 0; i < w->posting_count; i++)
		free(w->postings[i].term);
	return distinct;
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
		add_postings(w, entry);
	}
	qsort(w->entries, w->entry_count, sizeof w->entries[0], by_key);
	for (size_t i = 0; i < w->entry_count; i++) {
		const struct entry *entry = &w->entries[i];

		store_append(writer, STORE_KEY,
		    (struct span){ entry->key, entry->key_length },
		    (struct span){ (const char *)&entry->id,
			sizeof entry->id });
	}
	append_meta(w, writer, append_terms(w, writer), meta);
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
	w.postings = calloc(TERMS_MAX, sizeof w.postings[0]);
	for (size_t i = 0; i < count; i++)
		make_entry(&w, &w.entries[i], people[i]);
	ck_assert_msg(store_create(&store, generation, SMALL_MAP_BYTES,
	    &fault) == ERR_NONE, "%s", fault.text);
	ck_assert_int_eq(store_writer_new(&writer, store, &fault), ERR_NONE);
	append_all(&w, writer, meta);
	ck_assert_int_eq(store_writer_finish(&writer, &fault), ERR_NONE);
	store_close(&store);
	free(w.postings);
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
