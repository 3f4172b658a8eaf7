#include "dir/invert.h"
#include "dir/load_job.h"
#include "dir/load_pipe.h"
#include "dir/load_terms.h"
#include "dir/load_thread.h"
#include "dir/load_words.h"
#include "dir/postings_merge.h"
#include "dir/store.h"

enum {
	IDS_MAX = 4096, /* in one row */
	BATCHES = 8,
};

/* Merges the runs in a thread of its own, as appending keeps one busy. */
struct merging {
	struct load_job *job;
	struct load_pipe *pipe;
	enum err err;
	struct fault fault;
};

/*
 * A row is a term and some of its ids; a long list is several rows, numbered
 * from 0.
 */
static void *
merge(void *arg)
{
	struct merging *m = arg;
	struct postings_merge *postings = postings_merge_open(
	    m->job->inverters, m->job->workers,
	    m->job->settings->memory_bytes / 2);
	uint32_t ids[IDS_MAX];
	struct span fields[2];

	while (!atomic_load_explicit(&m->job->stopped, memory_order_relaxed) &&
	    postings_merge_next(postings, &fields[0])) {
		struct load_row row = { .fields = fields, .count = 2 };
		size_t count;

		while ((count = postings_merge_take(postings, ids,
		    IDS_MAX)) > 0) {
			fields[1] = (struct span){ (const char *)ids,
				count * sizeof ids[0] };
			load_pipe_write(m->pipe, &row);
			row.number++;
		}
	}
	m->err = postings_merge_close(&postings, &m->fault);
	load_pipe_close(m->pipe);
	return NULL;
}

/*
 * No two entries were given one key.  Generated ones may still meet: by an
 * accident of the hash, or when somebody uses a key that is being generated.
 */
static enum err
append_key(struct load_job *job, struct span key, struct span ids,
    struct fault *fault)
{
	if (ids.length != sizeof(uint32_t))
		return fault_set(fault, ERR_REFUSED, "Index Key %.*s was made "
		    "for an entry without one and belongs to another entry: "
		    "give the first one a key", (int)key.length, key.data);
	store_append(job->writer, STORE_KEY, key, ids);
	return ERR_NONE;
}

static enum err
append_row(struct load_job *job, struct load_words *words,
    const struct load_row *row, struct fault *fault)
{
	struct span term = row->fields[0], ids = row->fields[1], key;

	if (load_terms_read_key(term, &key))
		return append_key(job, key, ids, fault);
	if (row->number == 0) {
		job->summary->terms++;
		load_words_offer(words, term);
	}
	store_append_postings(job->writer, STORE_TERM, term,
	    (const uint32_t *)(const void *)ids.data,
	    ids.length / sizeof(uint32_t));
	return ERR_NONE;
}

/* After a failure the batches are only given back. */
static enum err
append_all(struct load_job *job, struct load_pipe *pipe, struct fault *fault)
{
	struct load_words *words = load_words_start(job);
	struct load_batch *batch;
	struct fault late;
	enum err err = ERR_NONE, late_err;

	while ((batch = load_pipe_receive(pipe)) != NULL) {
		for (size_t i = 0; i < load_batch_count(batch) &&
		    err == ERR_NONE; i++) {
			struct load_row row = load_batch_row(batch, i);

			err = append_row(job, words, &row, fault);
		}
		if (err != ERR_NONE)
			atomic_store(&job->stopped, true);
		load_pipe_give_back(pipe, &batch);
		load_progress_show(&job->progress, job->summary->terms);
	}
	late_err = load_words_finish(&words, &late);
	if (err == ERR_NONE && late_err != ERR_NONE) {
		*fault = late;
		err = late_err;
	}
	return err;
}

enum err
load_write(struct load_job *job, struct fault *fault)
{
	struct merging merging = { .job = job };
	struct load_thread thread;
	enum err err;

	load_progress_begin(&job->progress, "writing", "terms");
	merging.pipe = load_pipe_new(BATCHES, LOAD_BATCH_BYTES);
	err = load_thread_start(&thread, merge, &merging, fault);
	if (err == ERR_NONE)
		err = append_all(job, merging.pipe, fault);
	else
		load_pipe_close(merging.pipe);
	load_thread_join(&thread);
	load_pipe_free(&merging.pipe);
	for (unsigned i = 0; i < job->workers; i++)
		inverter_free(&job->inverters[i]);
	if (err == ERR_NONE && merging.err != ERR_NONE) {
		*fault = merging.fault;
		err = merging.err;
	}
	return err;
}
