#include "dir/invert.h"

#include "base/hash.h"
#include "dir/heap.h"
#include "dir/own_terms.h"
#include "dir/postings_run.h"
#include "dir/radix.h"
#include "dir/spill.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/*
 * The second half of the memory, in words of 32 bits; own terms have the first:
 *
 *   | slots | nodes and chunks ... ->  <- scratch <- radix items |
 *   0       slots                 used                          size
 *
 * A slot is empty (node 0) or holds the word where a node begins, beside the
 * upper half of the term's hash, so that a look-up touches a node only when it
 * is the right one.
 */
struct slot {
	uint32_t node;
	uint32_t tag;
};

/*
 * The first id lives in `head`.  With the second one a list of chunks begins:
 * `head` and `next` are words, a chunk is the word of the next chunk and then
 * ids.  Chunks double up to CHUNK_WORDS_MAX.
 */
struct node {
	uint32_t head;
	uint32_t next;   /* where the next id goes */
	uint32_t count;
	uint16_t length; /* of the term, which follows */
	uint8_t left;    /* ids that still fit in the last chunk */
	uint8_t words;   /* of the last chunk */
	char term[];
};

enum {
	WORD = sizeof(uint32_t),
	CHUNK_WORDS_MIN = 4,
	CHUNK_WORDS_MAX = 128,
	NODE_WORDS_MAX = (sizeof(struct node) + INVERT_TERM_MAX) / WORD + 1,
	AHEAD = 32, /* terms whose slots are asked for at once */
	SOON = 8,   /* nodes asked for before their turn */
	PAGE = 256, /* ids read at once of one run */
};

struct inverter {
	struct spill *spill;
	size_t size, used; /* words */
	size_t slot_count; /* a power of two */
	size_t term_count;
	uint32_t *block;
	uint32_t spilled;  /* tables before this one */
	struct own_terms own;

	/* of the last inverter_add() */
	uint32_t last_table;
	size_t last_count;
	uint32_t *last;
	size_t last_capacity;
};

static size_t
slots_for(size_t memory_bytes)
{
	size_t slots = 512;

	while (slots * 2 * sizeof(struct slot) <= memory_bytes / 5)
		slots *= 2;
	return slots;
}

static void
start(struct inverter *v)
{
	size_t bytes = v->slot_count * sizeof(struct slot);

	memset(v->block, 0, bytes);
	v->used = bytes / WORD;
	v->term_count = 0;
}

static void
begin_last(struct inverter *v, size_t count)
{
	if (count > v->last_capacity) {
		free(v->last);
		v->last_capacity = 2 * count;
		v->last = malloc(v->last_capacity * sizeof v->last[0]);
		assert(v->last != NULL);
	}
	v->last_count = 0;
	v->last_table = v->spilled;
}

struct inverter *
inverter_new(const char *folder, void *memory, size_t memory_bytes)
{
	struct inverter *v = calloc(1, sizeof *v);
	size_t half = memory_bytes / 2 / sizeof(struct radix_item) *
	    sizeof(struct radix_item);

	assert(v != NULL && memory_bytes >= INVERT_MEMORY_MIN);
	v->spill = spill_new(folder);
	own_terms_init(&v->own, memory, half);
	v->slot_count = slots_for(half);
	v->size = half / WORD;
	if (v->size > UINT32_MAX) /* words are named by 32 bits */
		v->size = UINT32_MAX / 4 * 4;
	v->block = (uint32_t *)(void *)((char *)memory + half);
	begin_last(v, AHEAD);
	start(v);
	return v;
}

void
inverter_free(struct inverter **inverter)
{
	struct inverter *v = *inverter;

	*inverter = NULL;
	if (v == NULL)
		return;
	spill_free(&v->spill);
	free(v->last);
	free(v);
}

static struct slot *
slots_of(const struct inverter *v)
{
	return (struct slot *)(void *)v->block;
}

static struct node *
node_at(const struct inverter *v, uint32_t word)
{
	return (struct node *)(void *)(v->block + word);
}

/* One item for each term, written as the term is, in reverse. */
static struct radix_item *
items_of(const struct inverter *v)
{
	return (struct radix_item *)(void *)(v->block + v->size) -
	    v->term_count;
}

static void
spill_node(const struct inverter *v, const struct node *node)
{
	uint32_t left = node->count, chunk = node->head;
	uint32_t ids = CHUNK_WORDS_MIN - 1;
	char head[POSTINGS_RUN_HEAD];

	postings_run_write(head,
	    (struct postings_run_head){ node->count, node->length });
	spill_write(v->spill, head, sizeof head);
	spill_write(v->spill, node->term, node->length);
	if (left == 1) {
		spill_write(v->spill, &node->head, WORD);
		return;
	}
	while (left > 0) {
		uint32_t part = left < ids ? left : ids;

		spill_write(v->spill, v->block + chunk + 1, part * WORD);
		left -= part;
		chunk = v->block[chunk];
		ids = 2 * (ids + 1) < CHUNK_WORDS_MAX ? 2 * ids + 1 :
		    CHUNK_WORDS_MAX - 1;
	}
}

static const struct node *
node_of(const struct inverter *v, const struct radix_item *item)
{
	const char *term = radix_span(item, (const char *)v->block).data;

	return (const struct node *)(const void *)(term - sizeof(struct node));
}

static void
spill_terms(struct inverter *v)
{
	struct radix_item *items = items_of(v);

	radix_sort(items, items - v->term_count, v->term_count,
	    (const char *)v->block);
	spill_begin(v->spill);
	for (size_t i = 0; i < v->term_count; i++) {
		if (i + SOON < v->term_count)
			__builtin_prefetch(node_of(v, &items[i + SOON]));
		spill_node(v, node_of(v, &items[i]));
	}
	spill_end(v->spill);
	v->spilled++;
}

/* Room for so many terms, all of them new and as long as can be? */
static bool
has_room(const struct inverter *v, size_t count)
{
	size_t terms = v->term_count + count;

	return terms <= v->slot_count / 4 * 3 &&
	    v->used + count * (NODE_WORDS_MAX + CHUNK_WORDS_MAX) +
	    terms * 2 * (sizeof(struct radix_item) / WORD) <= v->size;
}

/* The slot of the term, or the empty one where it belongs. */
static struct slot *
find(const struct inverter *v, struct span term, uint64_t hash)
{
	size_t at = hash & (v->slot_count - 1);

	for (;; at = (at + 1) & (v->slot_count - 1)) {
		struct slot *slot = &slots_of(v)[at];
		const struct node *node = node_at(v, slot->node);

		if (slot->node == 0)
			return slot;
		if (slot->tag == (uint32_t)(hash >> 32) &&
		    node->length == term.length &&
		    memcmp(node->term, term.data, term.length) == 0)
			return slot;
	}
}

static void
add_node(struct inverter *v, struct slot *slot, uint64_t hash,
    struct span term)
{
	struct node *node = node_at(v, (uint32_t)v->used);

	slot->node = (uint32_t)v->used;
	slot->tag = (uint32_t)(hash >> 32);
	*node = (struct node){ .length = (uint16_t)term.length };
	memcpy(node->term, term.data, term.length);
	v->term_count++;
	*items_of(v) = radix_item((const char *)v->block,
	    v->used * WORD + sizeof *node, term.length);
	v->used += (sizeof *node + term.length + WORD - 1) / WORD;
}

static uint32_t
add_chunk(struct inverter *v, struct node *node, uint8_t words)
{
	uint32_t chunk = (uint32_t)v->used;

	v->block[chunk] = 0;
	v->used += words;
	node->words = words;
	node->left = (uint8_t)(words - 1);
	node->next = chunk + 1;
	return chunk;
}

static void
put_id(struct inverter *v, struct node *node, uint32_t id)
{
	v->block[node->next++] = id;
	node->left--;
}

/* A node without any has no last one. */
static bool
is_last_id(const struct inverter *v, const struct node *node, uint32_t id)
{
	if (node->count < 2)
		return node->count == 1 && node->head == id;
	return v->block[node->next - 1] == id;
}

static void
add_id(struct inverter *v, struct node *node, uint32_t id)
{
	if (is_last_id(v, node, id))
		return;
	node->count++;
	if (node->count == 1) {
		node->head = id;
		return;
	}
	if (node->count == 2) {
		uint32_t first = node->head;

		node->head = add_chunk(v, node, CHUNK_WORDS_MIN);
		put_id(v, node, first);
	} else if (node->left == 0) {
		uint32_t last = node->next - node->words;

		v->block[last] = add_chunk(v, node,
		    node->words < CHUNK_WORDS_MAX ?
		    (uint8_t)(2 * node->words) : CHUNK_WORDS_MAX);
	}
	put_id(v, node, id);
}

/*
 * All slots are asked for before the first is needed, then the nodes they most
 * likely name, then where those put their next id: each is a cache miss, and
 * misses can wait together.
 */
static void
add_some(struct inverter *v, uint32_t id, const struct span *terms,
    size_t count)
{
	size_t mask = v->slot_count - 1;
	uint64_t hashes[AHEAD];

	for (size_t i = 0; i < count; i++) {
		hashes[i] = hash_bytes(terms[i]);
		__builtin_prefetch(&slots_of(v)[hashes[i] & mask]);
	}
	for (size_t i = 0; i < count; i++)
		__builtin_prefetch(node_at(v,
		    slots_of(v)[hashes[i] & mask].node));
	for (size_t i = 0; i < count; i++)
		__builtin_prefetch(v->block + node_at(v,
		    slots_of(v)[hashes[i] & mask].node)->next);
	for (size_t i = 0; i < count; i++) {
		struct slot *slot = find(v, terms[i], hashes[i]);

		if (slot->node == 0)
			add_node(v, slot, hashes[i], terms[i]);
		add_id(v, node_at(v, slot->node), id);
		v->last[v->last_count++] = slot->node;
	}
}

void
inverter_add(struct inverter *v, uint32_t id, const struct span *terms,
    size_t count)
{
	begin_last(v, count);
	while (count > 0) {
		size_t part = count < AHEAD ? count : AHEAD;

		if (!has_room(v, part)) {
			spill_terms(v);
			start(v);
		}
		add_some(v, id, terms, part);
		terms += part;
		count -= part;
	}
}

void
inverter_add_own(struct inverter *v, uint32_t id, struct span term)
{
	bool added;

	if (own_terms_add(&v->own, id, term))
		return;
	own_terms_spill(&v->own, v->spill);
	added = own_terms_add(&v->own, id, term);
	assert(added);
}

/* When a table ended on the way, `last_table` makes all of them out of date. */
void
inverter_note_found(const struct inverter *v, size_t first, size_t count,
    struct inverter_found *found)
{
	assert(first + count <= v->last_count);
	found->table = v->last_table;
	found->count = count <= INVERTER_FOUND_MAX ? (uint32_t)count : 0;
	memcpy(found->nodes, v->last + first, found->count * WORD);
}

bool
inverter_add_found(struct inverter *v, uint32_t id,
    const struct inverter_found *found)
{
	if (found->count == 0 || found->table != v->spilled ||
	    !has_room(v, found->count))
		return false;
	for (uint32_t i = 0; i < found->count; i++)
		__builtin_prefetch(node_at(v, found->nodes[i]));
	for (uint32_t i = 0; i < found->count; i++)
		__builtin_prefetch(v->block +
		    node_at(v, found->nodes[i])->next);
	for (uint32_t i = 0; i < found->count; i++)
		add_id(v, node_at(v, found->nodes[i]), id);
	return true;
}

bool
inverter_failed(const struct inverter *v)
{
	return spill_failed(v->spill);
}

enum err
inverter_finish(struct inverter *v, struct fault *fault)
{
	if (v->term_count > 0)
		spill_terms(v);
	if (v->own.count > 0)
		own_terms_spill(&v->own, v->spill);
	return spill_check(v->spill, fault);
}

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
	bytes = spill_take(run->reader, count * WORD);
	if (bytes == NULL)
		return false;
	memcpy(run->ids, bytes, count * WORD);
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
		struct spill *spill = m->inverters[i]->spill;

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
		runs += spill_runs(inverters[i]->spill);
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
		    (end - run->at) * WORD);
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
		err = spill_check(m->inverters[i]->spill, fault);
	heap_free(&m->heap);
	free(m->sharing);
	free(m);
	return err;
}
