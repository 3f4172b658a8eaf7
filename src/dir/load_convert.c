#include "dir/load_convert.h"

#include "base/buf.h"
#include "dir/index.h"
#include "dir/load_item.h"
#include "dir/load_job.h"
#include "dir/load_pipe.h"
#include "dir/load_thread.h"
#include "dir/sort.h"
#include "record/convert.h"
#include "record/csv.h"
#include "record/hidden.h"
#include "record/key.h"
#include "record/ldif.h"
#include "record/record.h"
#include "text/fold.h"

#include <assert.h>
#include <stdlib.h>

enum {
	/*
	 * Beyond this, merging more runs costs less than memory the kernel has
	 * to clear first.
	 */
	SORTED_BYTES_MAX = 32 << 20,
	FOLDED_MAX = RECORD_BYTES_MAX * FOLD_GROWTH_MAX,
	ITEM_MAX = INDEX_COLLATION_MAX + TERM_BYTES_MAX + RECORD_BYTES_MAX + 64,
};

struct worker {
	struct load_job *job;
	struct load_pipe *pipe;
	struct load_thread thread;
	struct converter *converter;
	const struct load_source *source; /* whose header is bound */
	struct sorter *entries, *keys;
	enum err err;
	struct fault fault;
	struct ldif_attribute *attributes;
	size_t attribute_capacity;
	struct buf folded, collation, item;
	char *memory; /* of the three */
};

struct load_convert {
	unsigned count;
	struct worker workers[];
};

static void
bad_row(struct worker *w, uint64_t line, struct fault *fault)
{
	load_bad_entry(w->job, load_origin(w->source->file, line), fault);
}

/* Valid until the next fold. */
static struct span
fold(struct worker *w, struct span text)
{
	buf_rewind(&w->folded, 0);
	fold_add(&w->folded, text);
	assert(!w->folded.overflowed);
	return buf_span(&w->folded);
}

static struct span
collate(struct worker *w, struct span name)
{
	struct span collation;

	buf_rewind(&w->collation, 0);
	index_add_collation(&w->collation, fold(w, name));
	collation = buf_span(&w->collation);
	if (collation.length > INDEX_COLLATION_MAX)
		collation.length = INDEX_COLLATION_MAX;
	return collation;
}

/* The generated key of an LDIF entry is made of its dn, which is unique. */
static unsigned
flags_of(const struct worker *w, const struct converted *entry)
{
	unsigned flags = 0;

	if (entry->key_is_generated)
		flags |= LOAD_KEY_GENERATED;
	if (entry->key_is_generated && !w->source->is_ldif)
		flags |= LOAD_MAY_REPEAT;
	if (entry->was_latin1)
		flags |= LOAD_LATIN1;
	if (entry->hides &&
	    hidden_read(w->job->schema, entry->record).unknown > 0)
		flags |= LOAD_HIDES_UNKNOWN;
	return flags;
}

static void
add_entry(struct worker *w, const struct converted *entry, uint64_t line)
{
	struct load_item item = {
		.sorts_by = collate(w, entry->name),
		.record = entry->record,
		.origin = load_origin(w->source->file, line),
		.flags = flags_of(w, entry),
	};

	item.key = index_cut_key(fold(w, entry->key));
	buf_rewind(&w->item, 0);
	load_item_add_entry(&w->item, &item);
	assert(!w->item.overflowed);
	sorter_add(w->entries, buf_span(&w->item));

	item.sorts_by = item.key;
	buf_rewind(&w->item, 0);
	load_item_add_key(&w->item, &item);
	sorter_add(w->keys, buf_span(&w->item));
}

static enum err
convert_ldif_row(struct worker *w, const struct load_row *row,
    struct converted *entry, struct fault *fault)
{
	struct ldif_entry ldif = { .line = row->number,
		.dn = row->fields[0], .count = (row->count - 1) / 2 };

	if (ldif.count > w->attribute_capacity) {
		w->attribute_capacity = ldif.count * 2;
		w->attributes = realloc(w->attributes,
		    w->attribute_capacity * sizeof w->attributes[0]);
		assert(w->attributes != NULL);
	}
	for (unsigned i = 0; i < ldif.count; i++)
		w->attributes[i] = (struct ldif_attribute){
			.type = row->fields[1 + 2 * i],
			.value = row->fields[2 + 2 * i],
		};
	ldif.attributes = w->attributes;
	if (ldif_entry_is_person(&ldif))
		return convert_ldif(w->converter, &ldif, entry, fault);
	atomic_fetch_add(&w->job->not_people, 1);
	entry->record.length = 0;
	return ERR_NONE;
}

static enum err
convert_csv_row(struct worker *w, const struct load_row *row,
    struct converted *entry, struct fault *fault)
{
	struct csv_row csv;

	csv.line = row->number;
	csv.count = row->count;
	for (unsigned i = 0; i < row->count; i++)
		csv.fields[i] = row->fields[i];
	return convert_csv(w->converter, &csv, entry, fault);
}

static void
convert_row(struct worker *w, const struct load_row *row)
{
	struct converted entry;
	struct fault fault;
	enum err err = w->source->is_ldif ?
	    convert_ldif_row(w, row, &entry, &fault) :
	    convert_csv_row(w, row, &entry, &fault);

	if (err != ERR_NONE)
		bad_row(w, row->number, &fault);
	else if (entry.record.length > 0)
		add_entry(w, &entry, row->number);
}

/* The reader has tried the header before it sent any row. */
static void
bind_source(struct worker *w, const struct load_source *source)
{
	struct fault fault;
	enum err err = ERR_NONE;

	if (w->source == source)
		return;
	w->source = source;
	if (source->header != NULL)
		err = converter_set_header(w->converter, source->header,
		    &fault);
	assert(err == ERR_NONE);
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct load_batch *batch;

	while ((batch = load_pipe_receive(w->pipe)) != NULL) {
		bind_source(w, load_batch_context(batch));
		for (size_t i = 0; i < load_batch_count(batch); i++) {
			struct load_row row = load_batch_row(batch, i);

			convert_row(w, &row);
		}
		if (sorter_failed(w->entries) || sorter_failed(w->keys))
			atomic_store(&w->job->stopped, true);
		load_pipe_give_back(w->pipe, &batch);
	}
	w->err = sorter_finish(w->entries, &w->fault);
	if (w->err == ERR_NONE)
		w->err = sorter_finish(w->keys, &w->fault);
	return NULL;
}

/* An eighth of the worker's memory is for keys. */
static void
start(struct worker *w, struct load_job *job, unsigned nth)
{
	size_t bytes = job->worker_bytes < SORTED_BYTES_MAX ?
	    job->worker_bytes : SORTED_BYTES_MAX;
	size_t key_bytes = bytes / 8;
	char *memory = job->memory[nth];
	enum err err;

	w->job = job;
	w->converter = converter_new(job->schema);
	w->entries = job->entries[nth] =
	    sorter_new(job->folder, memory + key_bytes,
	    bytes - key_bytes);
	w->keys = job->keys[nth] = sorter_new(job->folder, memory, key_bytes);
	w->memory = malloc(2 * FOLDED_MAX + ITEM_MAX);
	assert(w->memory != NULL);
	buf_init(&w->folded, w->memory, FOLDED_MAX);
	buf_init(&w->collation, w->memory + FOLDED_MAX, FOLDED_MAX);
	buf_init(&w->item, w->memory + 2 * FOLDED_MAX, ITEM_MAX);
	err = load_thread_start(&w->thread, work, w, &w->fault);
	if (err != ERR_NONE) {
		w->err = err;
		atomic_store(&job->stopped, true);
	}
}

struct load_convert *
load_convert_start(struct load_job *job, struct load_pipe *pipe)
{
	struct load_convert *c = calloc(1, sizeof *c +
	    job->workers * sizeof c->workers[0]);

	assert(c != NULL);
	c->count = job->workers;
	for (unsigned i = 0; i < c->count; i++) {
		c->workers[i].pipe = pipe;
		start(&c->workers[i], job, i);
	}
	return c;
}

enum err
load_convert_join(struct load_convert **convert, struct fault *fault)
{
	struct load_convert *c = *convert;
	enum err err = ERR_NONE;

	*convert = NULL;
	for (unsigned i = 0; i < c->count; i++) {
		struct worker *w = &c->workers[i];

		load_thread_join(&w->thread);
		if (err == ERR_NONE && w->err != ERR_NONE) {
			err = w->err;
			*fault = w->fault;
		}
		converter_free(&w->converter);
		free(w->attributes);
		free(w->memory);
	}
	free(c);
	return err;
}
