#include <config.h>

#include "net/buffers.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

/*
 * Buffers that are not out but kept, on two shelves: one of a size which the
 * lines of one question fit into, the other for the input of sessions.  What
 * would waste half of a large one takes none.  A request takes one and gives it
 * back from another thread, and that is what malloc() does worst.  Under a
 * sanitizer none is kept, so that it sees who uses what was given back.
 */
enum { SMALL_BYTES = 1024, LARGE_BYTES = 8192 };
#ifdef WITH_SANITIZER
enum { SPARES = 1, KEEPS_SPARES = 0 };
#else
enum { SPARES = 32, KEEPS_SPARES = 1 };
#endif

struct shelf {
	_Atomic(char *) spares[SPARES]; /* or NULL */
};

struct buffers {
	size_t limit_bytes;
	atomic_size_t used[BUFFERS_KINDS];
	struct shelf small;
	struct shelf large;
};

struct buffers *
buffers_new(size_t limit_bytes)
{
	struct buffers *b = calloc(1, sizeof *b);

	assert(b != NULL);
	b->limit_bytes = limit_bytes;
	return b;
}

static void
clear_shelf(struct shelf *shelf)
{
	for (unsigned i = 0; i < SPARES; i++)
		free(atomic_load(&shelf->spares[i]));
}

void
buffers_free(struct buffers **buffers)
{
	struct buffers *b = *buffers;

	*buffers = NULL;
	for (unsigned i = 0; i < BUFFERS_KINDS; i++)
		assert(atomic_load(&b->used[i]) == 0);
	clear_shelf(&b->small);
	clear_shelf(&b->large);
	free(b);
}

/* What `bytes` come from and return to.  NULL: neither. */
static struct shelf *
find_shelf(struct buffers *b, size_t bytes)
{
	if (!KEEPS_SPARES)
		return NULL;
	if (bytes <= SMALL_BYTES)
		return &b->small;
	return bytes > LARGE_BYTES / 2 && bytes <= LARGE_BYTES ? &b->large :
	    NULL;
}

/* NULL: there is none. */
static char *
take_spare(struct shelf *shelf)
{
	for (unsigned i = 0; i < SPARES; i++) {
		char *memory = atomic_load_explicit(&shelf->spares[i],
		    memory_order_relaxed);

		if (memory != NULL)
			memory = atomic_exchange_explicit(&shelf->spares[i],
			    NULL, memory_order_acquire);
		if (memory != NULL)
			return memory;
	}
	return NULL;
}

/* False: there are enough. */
static bool
keep_spare(struct shelf *shelf, char *memory)
{
	for (unsigned i = 0; i < SPARES; i++) {
		char *none = NULL;

		if (atomic_load_explicit(&shelf->spares[i],
			memory_order_relaxed) == NULL &&
		    atomic_compare_exchange_strong_explicit(&shelf->spares[i],
			&none, memory, memory_order_release,
			memory_order_relaxed))
			return true;
	}
	return false;
}

static char *
take_memory(struct buffers *b, size_t bytes)
{
	struct shelf *shelf = find_shelf(b, bytes);
	char *memory = shelf != NULL ? take_spare(shelf) : NULL;

	if (memory != NULL)
		return memory;
	if (shelf != NULL)
		bytes = shelf == &b->small ? SMALL_BYTES : LARGE_BYTES;
	return malloc(bytes);
}

/* The counts say how much there is, and guard nothing: no order is needed. */
char *
buffers_take(struct buffers *b, enum buffers_kind kind, size_t bytes)
{
	char *memory;

	assert(bytes > 0);
	memory = take_memory(b, bytes);
	if (memory != NULL)
		atomic_fetch_add_explicit(&b->used[kind], bytes,
		    memory_order_relaxed);
	return memory;
}

void
buffers_give(struct buffers *b, enum buffers_kind kind, char *memory,
    size_t bytes)
{
	struct shelf *shelf = find_shelf(b, bytes);
	size_t used = atomic_fetch_sub_explicit(&b->used[kind], bytes,
	    memory_order_relaxed);

	assert(memory != NULL && used >= bytes);
	if (shelf == NULL || !keep_spare(shelf, memory))
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
