/*
 * The smallest of several keys: what a merge of sorted runs asks for.
 *
 * A heap_key is the first member of whatever the caller merges.  The heap
 * holds pointers; keys and their bytes are the caller's and may change only as
 * the functions say.
 */

#ifndef DIR_HEAP_H
#define DIR_HEAP_H

#include "base/span.h"

#include <stdint.h>

struct heap;

struct heap_key {
	struct span bytes;
	uint64_t window; /* the first eight: most compares look no further */
};

void heap_key_set(struct heap_key *key, struct span bytes);

struct heap *heap_new(unsigned capacity);
void heap_free(struct heap **heap);

void heap_push(struct heap *heap, struct heap_key *key);

/* The smallest key, bytewise; of equal ones any.  NULL: the heap is empty. */
struct heap_key *heap_top(const struct heap *heap);

/* Take the top off. */
void heap_pop(struct heap *heap);

/* Find a place for the top, whose key was set anew. */
void heap_sink(struct heap *heap);

#endif
