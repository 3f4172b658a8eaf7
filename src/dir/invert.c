#include "dir/invert.h"

#include "base/hash.h"
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

struct spill *
inverter_spill(const struct inverter *v)
{
	return v->spill;
}
