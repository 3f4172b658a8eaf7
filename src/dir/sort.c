#include "dir/sort.h"

#include "dir/heap.h"
#include "dir/radix.h"
#include "dir/spill.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * One block: bytes of the items from the left, radix items from the right, and
 * before those as much room to sort them.
 *
 *   | item item item ... ->  <- scratch <- ... radix radix radix |
 *   0                used              tail                   size
 */
struct sorter {
	struct spill *spill;
	size_t size; /* a multiple of a radix item */
	size_t used;
	size_t count;
	char *block; /* the caller's */
};

/* A run being read: a 32-bit length and the item, again and again. */
struct run {
	struct heap_key key;
	struct spill_reader *reader;
};

struct sort_merge {
	struct sorter *const *sorters;
	unsigned sorter_count;
	struct heap *heap;
	struct run *last; /* whose item was given out last */
	unsigned run_count;
	struct run runs[];
};

enum {
	SOON = 8,         /* items asked for before their turn, */
	SOON_BYTES = 256, /* and so much of each; most are shorter */
	LINE_BYTES = 64,  /* of the cache, about */
};

struct sorter *
sorter_new(const char *folder, void *memory, size_t memory_bytes)
{
	struct sorter *s = calloc(1, sizeof *s);

	assert(s != NULL);
	s->spill = spill_new(folder);
	s->block = memory;
	s->size = memory_bytes / sizeof(struct radix_item) *
	    sizeof(struct radix_item);
	return s;
}

void
sorter_free(struct sorter **sorter)
{
	struct sorter *s = *sorter;

	*sorter = NULL;
	if (s == NULL)
		return;
	spill_free(&s->spill);
	free(s);
}

/* The radix items, in the reverse of the order in which they were added. */
static struct radix_item *
tail_of(const struct sorter *s)
{
	return (struct radix_item *)(void *)(s->block + s->size) - s->count;
}

static void
ask_for(struct span item)
{
	for (size_t at = 0; at < item.length && at < SOON_BYTES;
	    at += LINE_BYTES)
		__builtin_prefetch(item.data + at);
}

static void
spill_items(struct sorter *s)
{
	struct radix_item *items = tail_of(s);

	radix_sort(items, items - s->count, s->count, s->block);
	spill_begin(s->spill);
	for (size_t i = 0; i < s->count; i++) {
		struct span item = radix_span(&items[i], s->block);
		uint32_t length = (uint32_t)item.length;

		if (i + SOON < s->count)
			ask_for(radix_span(&items[i + SOON], s->block));
		spill_write(s->spill, &length, sizeof length);
		spill_write(s->spill, item.data, item.length);
	}
	spill_end(s->spill);
	s->used = 0;
	s->count = 0;
}

static bool
has_room(const struct sorter *s, size_t length)
{
	return s->used + length +
	    (s->count + 1) * 2 * sizeof(struct radix_item) <= s->size;
}

void
sorter_add(struct sorter *s, struct span item)
{
	if (!has_room(s, item.length)) {
		spill_items(s);
		assert(has_room(s, item.length));
	}
	memcpy(s->block + s->used, item.data, item.length);
	s->count++;
	*tail_of(s) = radix_item(s->block, s->used, item.length);
	s->used += item.length;
}

bool
sorter_failed(const struct sorter *s)
{
	return spill_failed(s->spill);
}

enum err
sorter_finish(struct sorter *s, struct fault *fault)
{
	if (s->count > 0)
		spill_items(s);
	return spill_check(s->spill, fault);
}

/* False: the run is at its end. */
static bool
next_item(struct run *run)
{
	const char *bytes = spill_take(run->reader, sizeof(uint32_t));
	uint32_t length;

	if (bytes == NULL)
		return false;
	memcpy(&length, bytes, sizeof length);
	bytes = spill_take(run->reader, length);
	if (bytes == NULL)
		return false;
	heap_key_set(&run->key, (struct span){ bytes, length });
	return true;
}

static void
open_runs(struct sort_merge *m, size_t memory_bytes)
{
	size_t share = spill_share(memory_bytes, m->run_count);
	unsigned opened = 0;

	for (unsigned i = 0; i < m->sorter_count; i++) {
		struct spill *spill = m->sorters[i]->spill;

		for (unsigned n = 0; n < spill_runs(spill); n++) {
			struct run *run = &m->runs[opened++];

			run->reader = spill_reader_new(spill, n, share);
			if (next_item(run))
				heap_push(m->heap, &run->key);
		}
	}
}

struct sort_merge *
sort_merge_open(struct sorter *const *sorters, unsigned count,
    size_t memory_bytes)
{
	struct sort_merge *m;
	unsigned runs = 0;

	for (unsigned i = 0; i < count; i++)
		runs += spill_runs(sorters[i]->spill);
	m = calloc(1, sizeof *m + runs * sizeof m->runs[0]);
	assert(m != NULL);
	m->sorters = sorters;
	m->sorter_count = count;
	m->run_count = runs;
	m->heap = heap_new(runs);
	open_runs(m, memory_bytes);
	return m;
}

bool
sort_merge_next(struct sort_merge *m, struct span *item)
{
	if (m->last != NULL) {
		if (next_item(m->last))
			heap_sink(m->heap);
		else
			heap_pop(m->heap);
	}
	m->last = (struct run *)(void *)heap_top(m->heap);
	if (m->last != NULL)
		*item = m->last->key.bytes;
	return m->last != NULL;
}

enum err
sort_merge_close(struct sort_merge **merge, struct fault *fault)
{
	struct sort_merge *m = *merge;
	enum err err = ERR_NONE;

	*merge = NULL;
	for (unsigned i = 0; i < m->run_count; i++)
		spill_reader_free(&m->runs[i].reader);
	for (unsigned i = 0; i < m->sorter_count && err == ERR_NONE; i++)
		err = spill_check(m->sorters[i]->spill, fault);
	heap_free(&m->heap);
	free(m);
	return err;
}
