#include "dir/postings_merge.h"

#include "dir/heap.h"
#include "dir/invert.h"
#include "dir/postings_run.h"
#include "dir/spill.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ID = sizeof(uint32_t), PAGE = 256 /* ids read at once of one run */ };

/*
 * A run being read.  In the heap it stands behind a term, which is still in the
 * reader's buffer, and before its ids.
 */
struct run {
	struct heap_key key; /* the term */
	struct spill_reader *reader;
	uint32_t unread;     /* ids of the term that are still in the reader */
	bool is_ahead;       /* `ids` are all, and it is at the next term */
	unsigned at, filled; /* in `ids` */
	uint32_t ids[PAGE];
};

struct postings_merge {
	struct inverter *const *inverters;
	unsigned inverter_count;
	struct heap *heap;
	unsigned sharing_count;
	struct run **sharing; /* the runs that have more ids of this term */
	uint32_t last_id;     /* of this term; UINT32_MAX: none yet */
	char term[INVERT_TERM_MAX];
	unsigned run_count;
	struct run runs[];
};

/* False: the run is at its end. */
static bool
next_term(struct run *run)
{
	const char *bytes = spill_take(run->reader, POSTINGS_RUN_HEAD);
	struct postings_run_head head;

	if (bytes == NULL)
		return false;
	head = postings_run_read(bytes);
	run->unread = head.count;
	bytes = spill_take(run->reader, head.length);
	if (bytes == NULL)
		return false;
	heap_key_set(&run->key, (struct span){ bytes, head.length });
	return true;
}

/* False: the term has no more ids in this run. */
static bool
read_ids(struct run *run)
{
	unsigned count = run->unread < PAGE ? run->unread : PAGE;
	const char *bytes;

	run->at = 0;
	run->filled = 0;
	if (count == 0)
		return false;
	bytes = spill_take(run->reader, count * ID);
	if (bytes == NULL)
		return false;
	memcpy(run->ids, bytes, count * ID);
	run->unread -= count;
	run->filled = count;
	return true;
}

static void
open_runs(struct postings_merge *m, size_t memory_bytes)
{
	size_t share = spill_share(memory_bytes, m->run_count);
	unsigned opened = 0;

	for (unsigned i = 0; i < m->inverter_count; i++) {
		struct spill *spill = inverter_spill(m->inverters[i]);

		for (unsigned n = 0; n < spill_runs(spill); n++) {
			struct run *run = &m->runs[opened++];

			run->reader = spill_reader_new(spill, n, share);
			if (next_term(run))
				heap_push(m->heap, &run->key);
		}
	}
}

struct postings_merge *
postings_merge_open(struct inverter *const *inverters, unsigned count,
    size_t memory_bytes)
{
	struct postings_merge *m;
	unsigned runs = 0;

	for (unsigned i = 0; i < count; i++)
		runs += spill_runs(inverter_spill(inverters[i]));
	m = calloc(1, sizeof *m + runs * sizeof m->runs[0]);
	assert(m != NULL);
	m->inverters = inverters;
	m->inverter_count = count;
	m->run_count = runs;
	m->heap = heap_new(runs);
	m->sharing = calloc(runs + 1, sizeof(struct run *));
	assert(m->sharing != NULL);
	open_runs(m, memory_bytes);
	return m;
}

/*
 * The run on top of the heap takes part in this term.  Nearly always all of its
 * ids are at hand, and it goes on to its next term at once; with more of them
 * it leaves the heap until they have been taken.
 */
static void
share(struct postings_merge *m, struct run *run)
{
	if (read_ids(run))
		m->sharing[m->sharing_count++] = run;
	run->is_ahead = run->unread == 0;
	if (run->is_ahead && next_term(run))
		heap_sink(m->heap);
	else
		heap_pop(m->heap);
}

bool
postings_merge_next(struct postings_merge *m, struct span *term)
{
	uint32_t passed_over[PAGE];
	struct run *run;

	while (m->sharing_count > 0)
		postings_merge_take(m, passed_over, PAGE);
	m->last_id = UINT32_MAX;
	run = (struct run *)(void *)heap_top(m->heap);
	if (run == NULL)
		return false;
	*term = (struct span){ m->term, run->key.bytes.length };
	memcpy(m->term, run->key.bytes.data, term->length);
	do {
		share(m, run);
		run = (struct run *)(void *)heap_top(m->heap);
	} while (run != NULL && span_equal(run->key.bytes, *term));
	return true;
}

/*
 * The run with the smallest id, and through `bound` the smallest id of the
 * others: up to there this run's ids may be taken in one piece.
 */
static unsigned
lowest_run(const struct postings_merge *m, uint32_t *bound)
{
	uint32_t smallest = UINT32_MAX;
	unsigned lowest = 0;

	*bound = UINT32_MAX;
	for (unsigned i = 0; i < m->sharing_count; i++) {
		uint32_t id = m->sharing[i]->ids[m->sharing[i]->at];

		if (id < smallest) {
			*bound = smallest;
			smallest = id;
			lowest = i;
		} else if (id < *bound) {
			*bound = id;
		}
	}
	return lowest;
}

/* All ids that were read of it are taken: read more, or it is done. */
static void
go_on(struct postings_merge *m, unsigned nth)
{
	struct run *run = m->sharing[nth];

	if (!run->is_ahead && read_ids(run))
		return;
	m->sharing[nth] = m->sharing[--m->sharing_count];
	if (!run->is_ahead && next_term(run))
		heap_push(m->heap, &run->key);
}

/*
 * Where those ids of the run end that come before all others: the first does,
 * and then what is below `bound`.
 */
static unsigned
ids_end(const struct run *run, uint32_t bound, size_t max)
{
	unsigned left = run->filled - run->at, end = run->at + 1;
	unsigned last = left < max ? run->filled : run->at + (unsigned)max;

	if (bound == UINT32_MAX)
		return last;
	while (end < last && run->ids[end] < bound)
		end++;
	return end;
}

/*
 * Two runs have the same id of a term where an entry that names it twice was
 * cut in two by the end of a run: so the first id is passed over when it was
 * there already.
 */
size_t
postings_merge_take(struct postings_merge *m, uint32_t *ids, size_t max)
{
	size_t count = 0;

	while (count < max && m->sharing_count > 0) {
		uint32_t bound;
		unsigned lowest = lowest_run(m, &bound), end;
		struct run *run = m->sharing[lowest];

		end = ids_end(run, bound, max - count);
		run->at += run->ids[run->at] == m->last_id;
		memcpy(ids + count, run->ids + run->at,
		    (end - run->at) * ID);
		count += end - run->at;
		m->last_id = run->ids[end - 1];
		run->at = end;
		if (run->at == run->filled)
			go_on(m, lowest);
	}
	return count;
}

enum err
postings_merge_close(struct postings_merge **merge, struct fault *fault)
{
	struct postings_merge *m = *merge;
	enum err err = ERR_NONE;

	*merge = NULL;
	for (unsigned i = 0; i < m->run_count; i++)
		spill_reader_free(&m->runs[i].reader);
	for (unsigned i = 0; i < m->inverter_count && err == ERR_NONE; i++)
		err = spill_check(inverter_spill(m->inverters[i]), fault);
	heap_free(&m->heap);
	free(m->sharing);
	free(m);
	return err;
}
