/*
 * Sort byte strings in memory: bytewise, a prefix before what it begins.
 *
 * Most significant byte first.  Beside its place each item carries a window of
 * eight of its bytes, so that most steps never touch the string itself, which
 * with millions of strings would miss the cache each time.
 * Time grows with the bytes that tell the items apart and no input is worse
 * than that.
 */

#ifndef DIR_RADIX_H
#define DIR_RADIX_H

#include "base/span.h"

#include <stddef.h>
#include <stdint.h>

enum { RADIX_LENGTH_BITS = 24, RADIX_LENGTH_MAX = (1 << 24) - 1 };

struct radix_item {
	uint64_t window;
	uint64_t place; /* offset from `base`, length in the low 24 bits */
};

/* The string of `length` bytes, at most RADIX_LENGTH_MAX, at base + offset. */
struct radix_item radix_item(const char *base, size_t offset, size_t length);

struct span radix_span(const struct radix_item *item, const char *base);

/*
 * All items are relative to the same `base`.  `scratch` has room for as many
 * and what it holds does not matter.
 */
void radix_sort(struct radix_item *items, struct radix_item *scratch,
    size_t count, const char *base);

#endif
