#include "base/arena.h"

#include "base/buf.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = _Alignof(max_align_t) };

struct arena {
	size_t size;
	size_t used;
	bool exhausted;
	_Alignas(max_align_t) char block[];
};

struct arena *
arena_new(size_t size_bytes)
{
	struct arena *a = malloc(sizeof *a + size_bytes);

	assert(a != NULL);
	a->size = size_bytes;
	arena_reset(a);
	return a;
}

void
arena_free(struct arena **arena)
{
	free(*arena);
	*arena = NULL;
}

void
arena_reset(struct arena *a)
{
	arena_return(a, 0);
}

void *
arena_alloc(struct arena *a, size_t size_bytes)
{
	size_t start = (a->used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

	if (start > a->size || size_bytes > a->size - start) {
		a->exhausted = true;
		return NULL;
	}
	a->used = start + size_bytes;
	return a->block + start;
}

void *
arena_calloc(struct arena *a, size_t count, size_t size_bytes)
{
	size_t total;
	void *memory;

	if (__builtin_mul_overflow(count, size_bytes, &total)) {
		a->exhausted = true;
		return NULL;
	}
	memory = arena_alloc(a, total);
	return memory ? memset(memory, 0, total) : NULL;
}

bool
arena_copy(struct arena *a, struct span bytes, struct span *copy)
{
	char *memory = arena_alloc(a, bytes.length);

	*copy = (struct span){ memory, memory ? bytes.length : 0 };
	if (memory != NULL && bytes.length > 0)
		memcpy(memory, bytes.data, bytes.length);
	return memory != NULL;
}

bool
arena_take_buf(struct arena *a, struct buf *buf, size_t capacity)
{
	char *memory = arena_alloc(a, capacity);

	if (memory == NULL)
		return false;
	buf_init(buf, memory, capacity);
	return true;
}

bool
arena_exhausted(const struct arena *a)
{
	return a->exhausted;
}

size_t
arena_mark(const struct arena *a)
{
	return a->used;
}

void
arena_return(struct arena *a, size_t mark)
{
	assert(mark <= a->size);
	a->used = mark;
	a->exhausted = false;
}
