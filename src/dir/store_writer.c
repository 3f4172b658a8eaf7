#include "base/buf.h"
#include "dir/store_file.h"
#include "dir/store_lmdb.h"
#include "dir/store_tree.h"
#include "record/key.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { NOTES_MAX = 32 };

/* A name and its text in `meta`, both in `memory`. */
struct note {
	struct span name, text;
	char *memory;
};

struct store_writer {
	struct store *store;
	struct store_file *file;
	struct store_tree *trees[STORE_TABLES];
	struct first_bytes first_bytes; /* of the terms so far */
	/* kept until the end, as one of them is known only then; ascending */
	struct note notes[NOTES_MAX];
	unsigned note_count;
};

/* In the main tree tables are in the order of their names. */
static const enum store_table by_name[STORE_TABLES] = {
	STORE_CLUE, STORE_ENTRY, STORE_KEY, STORE_META, STORE_NEAR, STORE_TERM,
	STORE_WORD,
};

/* What LMDB calls the flags of a table is what the file holds of them. */
static_assert(MDB_DUPSORT == TREE_LISTS, "the flag of lists");
static_assert(MDB_INTEGERKEY == TREE_NUMBERS, "the flag of numbers");
static_assert(MDB_DUPFIXED == TREE_FIXED, "the flag of fixed members");
static_assert(MDB_INTEGERDUP == TREE_LISTS_OF_NUMBERS,
    "the flag of lists of numbers");

static int
open_file(struct store_writer *w)
{
	MDB_envinfo info;
	MDB_stat layout;
	int fd = -1;
	int rc = mdb_env_info(w->store->env, &info);

	if (rc == 0)
		rc = mdb_env_stat(w->store->env, &layout);
	if (rc == 0)
		rc = mdb_env_get_fd(w->store->env, &fd);
	if (rc == 0)
		w->file = store_file_new(fd, layout.ms_psize,
		    info.me_mapsize);
	return rc;
}

enum err
store_writer_new(struct store_writer **writer, struct store *store,
    struct fault *fault)
{
	struct store_writer *w = calloc(1, sizeof *w);
	int rc;

	assert(w != NULL);
	w->store = store;
	rc = open_file(w);
	if (rc != 0) {
		free(w);
		*writer = NULL;
		return store_explain(store, rc, fault);
	}
	for (unsigned i = 0; i < STORE_TABLES; i++)
		w->trees[i] = store_tree_new(w->file, store_tables[i].flags);
	*writer = w;
	return ERR_NONE;
}

static void
keep_note(struct store_writer *w, struct span name, struct span text)
{
	unsigned at = w->note_count++;
	struct note note = { .memory = malloc(name.length + text.length + 1) };

	assert(note.memory != NULL && w->note_count <= NOTES_MAX);
	memcpy(note.memory, name.data, name.length);
	if (text.length > 0)
		memcpy(note.memory + name.length, text.data, text.length);
	note.name = (struct span){ note.memory, name.length };
	note.text = (struct span){ note.memory + name.length, text.length };
	for (; at > 0 && span_compare(w->notes[at - 1].name, name) > 0; at--)
		w->notes[at] = w->notes[at - 1];
	w->notes[at] = note;
}

void
store_append(struct store_writer *w, enum store_table table, struct span key,
    struct span value)
{
	assert(table == STORE_META || table == STORE_KEY);
	if (table == STORE_META && span_is(key, STORE_FIRST_BYTES))
		return; /* of a store that is copied: this one makes its own */
	if (table == STORE_META)
		keep_note(w, key, value);
	else
		store_tree_add(w->trees[table], key, value);
}

static struct span
number_key(const uint32_t *number)
{
	return (struct span){ (const char *)number, sizeof *number };
}

void
store_append_entry(struct store_writer *w, uint32_t id, struct span record)
{
	store_tree_add(w->trees[STORE_ENTRY], number_key(&id), record);
}

void
store_append_word(struct store_writer *w, uint32_t word, struct span value)
{
	store_tree_add(w->trees[STORE_WORD], number_key(&word), value);
}

void
store_append_postings(struct store_writer *w, enum store_table table,
    struct span key, const uint32_t *ids, size_t count)
{
	const struct store_members members = { ids, sizeof *ids, count };

	assert(table == STORE_TERM || table == STORE_CLUE);
	if (table == STORE_TERM)
		first_bytes_note(&w->first_bytes, key);
	store_tree_add_members(w->trees[table], key, &members);
}

void
store_append_near(struct store_writer *w, uint32_t bucket, const char *values,
    size_t count)
{
	const struct store_members members = { values, NEAR_BYTES, count };

	store_tree_add_members(w->trees[STORE_NEAR], number_key(&bucket),
	    &members);
}

static void
append_notes(struct store_writer *w)
{
	char memory[FIRST_BYTES_ENCODED_MAX];
	struct buf encoded;

	buf_init(&encoded, memory, sizeof memory);
	first_bytes_encode(&encoded, &w->first_bytes);
	keep_note(w, span_from(STORE_FIRST_BYTES), buf_span(&encoded));
	for (unsigned i = 0; i < w->note_count; i++)
		store_tree_add(w->trees[STORE_META], w->notes[i].name,
		    w->notes[i].text);
}

static int
finish(struct store_writer *w)
{
	struct store_tree *main_tree = store_tree_new(w->file, 0);
	unsigned char record[TREE_BYTES];

	append_notes(w);
	for (unsigned i = 0; i < STORE_TABLES; i++) {
		enum store_table table = by_name[i];

		store_tree_finish(w->trees[table], record);
		store_tree_add_table(main_tree,
		    span_from(store_tables[table].name), record);
	}
	store_tree_finish(main_tree, record);
	store_tree_free(&main_tree);
	return store_file_finish(w->file, record);
}

enum err
store_writer_finish(struct store_writer **writer, struct fault *fault)
{
	struct store_writer *w = *writer;
	int rc = finish(w);
	enum err err = ERR_NONE;

	if (rc != 0)
		err = fault_set(fault, ERR_WORLD, "%s: %s", w->store->path,
		    store_error_text(rc));
	store_writer_abort(writer);
	return err;
}

void
store_writer_abort(struct store_writer **writer)
{
	struct store_writer *w = *writer;

	*writer = NULL;
	if (w == NULL)
		return;
	for (unsigned i = 0; i < STORE_TABLES; i++)
		store_tree_free(&w->trees[i]);
	store_file_free(&w->file);
	for (unsigned i = 0; i < w->note_count; i++)
		free(w->notes[i].memory);
	free(w);
}
