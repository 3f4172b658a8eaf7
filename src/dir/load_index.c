#include "dir/load_job.h"

#include "base/buf.h"
#include "dir/index.h"
#include "dir/invert.h"
#include "dir/load_item.h"
#include "dir/load_known.h"
#include "dir/load_pipe.h"
#include "dir/load_terms.h"
#include "dir/load_thread.h"
#include "dir/sort.h"
#include "dir/store.h"
#include "record/convert.h"
#include "record/hidden.h"
#include "record/key.h"
#include "record/record.h"
#include "record/schema.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/*
 * The larger an inverter, the more its look-ups miss the cache: beyond this,
 * merging more runs costs less.
 */
enum { INVERTER_BYTES_MAX = 64 << 20, SHOW_EVERY = 1 << 12 };

/* Turns records into terms and fills an inverter. */
struct worker {
	struct load_job *job;
	struct load_pipe *pipe;
	struct load_thread thread;
	struct indexer *indexer;
	struct inverter *inverter;
	struct load_known *known;
	enum err err;
	struct fault fault;
};

/* Numbers the entries. */
struct numbering {
	struct load_job *job;
	struct load_pipe *pipe;
	uint32_t last_id;
	struct buf last;     /* key that was generated */
	uint32_t occurrence; /* of the same key */
	struct buf identity, changed;
	char *memory;        /* of the three */
};

/*
 * Keys, logins, mailboxes and nearly all telephone numbers are everybody's own,
 * and not worth keeping.  An attribute with many values could lose one to the
 * next before its record is done.
 */
static bool
may_come_again(const struct worker *w, const struct record_field *field)
{
	const struct attribute *attribute =
	    &w->job->schema->attributes[field->attribute];

	switch (attribute->index) {
	case INDEX_NAME:
	case INDEX_ALIAS:
	case INDEX_WORDS:
		return !attribute->many;
	default:
		return false;
	}
}

/* A field whose terms were added, to be known when it comes again. */
struct new_field {
	struct inverter_found *found;
	size_t first, count; /* its terms among those of the record */
};

/* The new fields of a record: at most one of each attribute. */
struct new_fields {
	size_t count, terms;
	struct new_field fields[SCHEMA_ATTRIBUTES_MAX];
};

/*
 * Terms that are known are added at once, the others gathered: the more are
 * looked up together, the less the processor waits for its memory.
 */
static void
index_field(struct worker *w, uint32_t id, const struct record_field *field,
    struct new_fields *new)
{
	struct inverter_found *found = may_come_again(w, field)
	    ? load_known_find(w->known, field) : NULL;
	size_t first = new->terms, count;

	if (found != NULL && inverter_add_found(w->inverter, id, found))
		return;
	count = indexer_add(w->indexer, field);
	new->terms += count;
	if (found != NULL)
		new->fields[new->count++] =
		    (struct new_field){ found, first, count };
}

static void
add_own(struct worker *w, uint32_t id)
{
	size_t count;
	const struct span *terms = indexer_take_own(w->indexer, &count);

	for (size_t i = 0; i < count; i++)
		inverter_add_own(w->inverter, id, terms[i]);
}

static void
add_shared(struct worker *w, uint32_t id, const struct new_fields *new)
{
	size_t count;
	const struct span *terms = indexer_take(w->indexer, &count);

	inverter_add(w->inverter, id, terms, count);
	for (size_t i = 0; i < new->count; i++)
		inverter_note_found(w->inverter, new->fields[i].first,
		    new->fields[i].count, new->fields[i].found);
}

static void
add_key(struct worker *w, uint32_t id, struct span value)
{
	struct span key = indexer_fold_key(w->indexer, value);
	char memory[TERM_KEY_MAX];
	struct buf out;

	if (key.length == 0)
		return;
	buf_init(&out, memory, sizeof memory);
	load_terms_add_key(&out, key);
	inverter_add_own(w->inverter, id, buf_span(&out));
}

static void
index_record(struct worker *w, uint32_t id, struct span record)
{
	const struct hidden hidden = hidden_read(w->job->schema, record);
	struct new_fields new;
	struct record_field field;

	if (hidden.whole)
		return;
	new.count = new.terms = 0; /* all of it is too much for each record */
	indexer_begin(w->indexer);
	while (record_next(&record, &field)) {
		if (field.attribute == w->job->schema->key_id)
			add_key(w, id, field.value);
		else if (!hidden_has(&hidden, field.attribute))
			index_field(w, id, &field, &new);
	}
	add_shared(w, id, &new);
	add_own(w, id);
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct load_batch *batch;

	while ((batch = load_pipe_receive(w->pipe)) != NULL) {
		for (size_t i = 0; i < load_batch_count(batch); i++) {
			struct load_row row = load_batch_row(batch, i);

			index_record(w, (uint32_t)row.number, row.fields[0]);
		}
		if (inverter_failed(w->inverter))
			atomic_store(&w->job->stopped, true);
		load_pipe_give_back(w->pipe, &batch);
	}
	w->err = inverter_finish(w->inverter, &w->fault);
	return NULL;
}

/* The set of origins that are left out is sorted. */
static bool
is_dropped(const struct load_job *job, uint64_t origin)
{
	size_t low = 0, high = job->dropped_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (job->dropped[middle] == origin)
			return true;
		if (job->dropped[middle] < origin)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/*
 * Rows without a key that everyone sees alike are neighbours and have been
 * given the same one.  The first keeps it; the others get one made with their
 * number, so that the same input gives the same keys whatever the order of its
 * rows.
 */
static struct span
tell_apart(struct numbering *n, const struct load_item *item)
{
	const struct schema *schema = n->job->schema;
	char digits[CONVERT_KEY_DIGITS + 1];
	bool whole;

	if (!span_equal(buf_span(&n->last), item->key)) {
		buf_rewind(&n->last, 0);
		buf_add(&n->last, item->key);
		n->occurrence = 0;
		return item->record;
	}
	n->occurrence++;
	buf_rewind(&n->identity, 0);
	convert_add_identity(&n->identity, schema, item->record);
	convert_generate_key(buf_span(&n->identity), n->occurrence, digits);
	buf_rewind(&n->changed, 0);
	whole = record_set_key(&n->changed, schema, item->record,
	    span_from(digits));
	assert(whole);
	return buf_span(&n->changed);
}

static void
number_entry(struct numbering *n, const struct load_item *item)
{
	struct span record = item->record;
	struct load_row row = { .fields = &record, .count = 1 };

	if (item->flags & LOAD_MAY_REPEAT)
		record = tell_apart(n, item);
	n->job->summary->generated_keys +=
	    (item->flags & LOAD_KEY_GENERATED) != 0;
	n->job->summary->latin1 += (item->flags & LOAD_LATIN1) != 0;
	n->job->summary->hides_unknown +=
	    (item->flags & LOAD_HIDES_UNKNOWN) != 0;
	row.number = ++n->last_id;
	store_append_entry(n->job->writer, n->last_id, record);
	load_pipe_write(n->pipe, &row);
	if (n->last_id % SHOW_EVERY == 0)
		load_progress_show(&n->job->progress, n->last_id);
}

static enum err
number_entries(struct numbering *n, struct fault *fault)
{
	struct load_job *job = n->job;
	struct sort_merge *merge = sort_merge_open(job->entries, job->workers,
	    job->settings->memory_bytes / 16);
	bool too_many = false;
	struct span bytes;
	enum err err;

	while (!too_many && !atomic_load(&job->stopped) &&
	    sort_merge_next(merge, &bytes)) {
		struct load_item item = load_item_read_entry(bytes);

		too_many = n->last_id == UINT32_MAX - 1;
		if (!too_many && !is_dropped(job, item.origin))
			number_entry(n, &item);
	}
	err = sort_merge_close(&merge, fault);
	if (err == ERR_NONE && too_many)
		err = fault_set(fault, ERR_REFUSED, "a directory holds no more "
		    "than %u entries", UINT32_MAX - 1);
	return err;
}

static void
begin_numbering(struct numbering *n, struct load_job *job,
    struct load_pipe *pipe)
{
	size_t room = RECORD_BYTES_MAX + CONVERT_KEY_DIGITS;

	*n = (struct numbering){ .job = job, .pipe = pipe };
	n->memory = malloc(3 * room);
	assert(n->memory != NULL);
	buf_init(&n->last, n->memory, room);
	buf_init(&n->identity, n->memory + room, room);
	buf_init(&n->changed, n->memory + 2 * room, room);
}

static void
start(struct worker *w, struct load_job *job, unsigned nth)
{
	size_t bytes = job->worker_bytes < INVERTER_BYTES_MAX ?
	    job->worker_bytes : INVERTER_BYTES_MAX;
	enum err err;

	w->job = job;
	w->indexer = indexer_new(job->schema);
	w->known = load_known_new();
	w->inverter = job->inverters[nth] =
	    inverter_new(job->folder, job->memory[nth], bytes);
	err = load_thread_start(&w->thread, work, w, &w->fault);
	if (err != ERR_NONE) {
		w->err = err;
		atomic_store(&job->stopped, true);
	}
}

static enum err
join(struct worker *workers, unsigned count, struct fault *fault)
{
	enum err err = ERR_NONE;

	for (unsigned i = 0; i < count; i++) {
		struct worker *w = &workers[i];

		load_thread_join(&w->thread);
		load_known_free(&w->known);
		indexer_free(&w->indexer);
		if (err == ERR_NONE && w->err != ERR_NONE) {
			err = w->err;
			*fault = w->fault;
		}
	}
	return err;
}

enum err
load_index(struct load_job *job, struct fault *fault)
{
	struct load_pipe *pipe = load_pipe_new(2 * job->workers + 2,
	    LOAD_BATCH_BYTES);
	struct worker workers[LOAD_WORKERS_MAX] = { 0 };
	struct numbering numbering;
	struct fault late;
	enum err err, late_err;

	load_progress_begin(&job->progress, "indexing", "entries");
	for (unsigned i = 0; i < job->workers; i++) {
		workers[i].pipe = pipe;
		start(&workers[i], job, i);
	}
	begin_numbering(&numbering, job, pipe);
	err = number_entries(&numbering, fault);
	load_pipe_close(pipe);
	job->summary->entries = numbering.last_id;
	free(numbering.memory);
	for (unsigned i = 0; i < job->workers; i++)
		sorter_free(&job->entries[i]);
	late_err = join(workers, job->workers, &late);
	load_pipe_free(&pipe);
	if (err == ERR_NONE && late_err != ERR_NONE) {
		*fault = late;
		err = late_err;
	}
	return err;
}
