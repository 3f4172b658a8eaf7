#include "net/buffers.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

struct buffers {
	size_t limit_bytes;
	atomic_size_t used[BUFFERS_KINDS];
};

struct buffers *
buffers_new(size_t limit_bytes)
{
	struct buffers *b = calloc(1, sizeof *b);

	assert(b != NULL);
	b->limit_bytes = limit_bytes;
	return b;
}

void
buffers_free(struct buffers **buffers)
{
	struct buffers *b = *buffers;

	*buffers = NULL;
	for (unsigned i = 0; i < BUFFERS_KINDS; i++)
		assert(atomic_load(&b->used[i]) == 0);
	free(b);
}

/* The counts say how much there is, and guard nothing: no order is needed. */
char *
buffers_take(struct buffers *b, enum buffers_kind kind, size_t bytes)
{
	char *memory;

	assert(bytes > 0);
	memory = malloc(bytes);
	if (memory != NULL)
		atomic_fetch_add_explicit(&b->used[kind], bytes,
		    memory_order_relaxed);
	return memory;
}

void
buffers_give(struct buffers *b, enum buffers_kind kind, char *memory,
    size_t bytes)
{
	size_t used = atomic_fetch_sub_explicit(&b->used[kind], bytes,
	    memory_order_relaxed);

	assert(memory != NULL && used >= bytes);
	free(memory);
}

size_t
buffers_used(const struct buffers *b, enum buffers_kind kind)
{
	return atomic_load_explicit(&b->used[kind], memory_order_relaxed);
}

bool
buffers_are_overdrawn(const struct buffers *b)
{
	size_t input = buffers_used(b, BUFFERS_INPUT);
	size_t unsent = buffers_used(b, BUFFERS_UNSENT);

	return input + unsent > b->limit_bytes;
}
