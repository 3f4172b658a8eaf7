#include "dir/heap.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct heap {
	unsigned count, capacity;
	struct heap_key *keys[];
};

void
heap_key_set(struct heap_key *key, struct span bytes)
{
	uint64_t window = 0;

	if (bytes.length >= sizeof window)
		memcpy(&window, bytes.data, sizeof window);
	else
		memcpy(&window, bytes.data, bytes.length);
	key->window = __builtin_bswap64(window);
	key->bytes = bytes;
}

static bool
is_less(const struct heap_key *a, const struct heap_key *b)
{
	if (a->window != b->window)
		return a->window < b->window;
	return span_compare(a->bytes, b->bytes) < 0;
}

struct heap *
heap_new(unsigned capacity)
{
	struct heap *h = calloc(1, sizeof *h + capacity * sizeof h->keys[0]);

	assert(h != NULL);
	h->capacity = capacity;
	return h;
}

void
heap_free(struct heap **heap)
{
	free(*heap);
	*heap = NULL;
}

void
heap_push(struct heap *h, struct heap_key *key)
{
	unsigned at = h->count++;

	assert(h->count <= h->capacity);
	while (at > 0 && is_less(key, h->keys[(at - 1) / 2])) {
		h->keys[at] = h->keys[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	h->keys[at] = key;
}

struct heap_key *
heap_top(const struct heap *h)
{
	return h->count > 0 ? h->keys[0] : NULL;
}

void
heap_pop(struct heap *h)
{
	assert(h->count > 0);
	h->keys[0] = h->keys[--h->count];
	heap_sink(h);
}

void
heap_sink(struct heap *h)
{
	struct heap_key *key = h->keys[0];
	unsigned at = 0;

	for (;;) {
		unsigned child = 2 * at + 1;

		if (child + 1 < h->count &&
		    is_less(h->keys[child + 1], h->keys[child]))
			child++;
		if (child >= h->count || !is_less(h->keys[child], key))
			break;
		h->keys[at] = h->keys[child];
		at = child;
	}
	if (h->count > 0)
		h->keys[at] = key;
}
