/*
 * Memory of one request: taken piece by piece, given back all at once.
 *
 * An arena is one block of fixed size, so it can never grow beyond what the
 * administrator allowed.  When it is used up arena_alloc() returns NULL and
 * arena_exhausted() stays true until the next reset: a sequence of allocations
 * may be checked once, at its end, as long as nobody writes through a NULL.
 */

#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;

/* Dies when there is no memory: arenas are made at start-up. */
struct arena *arena_new(size_t size_bytes);
void arena_free(struct arena **arena);

/* Everything taken since arena_new() or the last reset becomes invalid. */
void arena_reset(struct arena *arena);

/* Aligned for any type, not cleared.  NULL: used up. */
void *arena_alloc(struct arena *arena, size_t size_bytes) MUST_CHECK;

/* `count` elements of `size_bytes`, cleared.  NULL: used up, or too many. */
void *arena_calloc(struct arena *arena, size_t count, size_t size_bytes)
    MUST_CHECK;

/* A copy that lives until the reset.  False: used up, `*copy` is empty. */
bool arena_copy(struct arena *arena, struct span bytes, struct span *copy)
    MUST_CHECK;

/* A buf of `capacity` bytes that live until the reset.  False: used up. */
bool arena_take_buf(struct arena *arena, struct buf *buf, size_t capacity)
    MUST_CHECK;

bool arena_exhausted(const struct arena *arena);

/*
 * A mark and the way back to it: what was taken since becomes invalid.  For
 * scratch memory inside a longer request.  Exhaustion is forgotten too.
 */
size_t arena_mark(const struct arena *arena);
void arena_return(struct arena *arena, size_t mark);

#endif
