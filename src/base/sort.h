/*
 * Sorting where the items are.
 *
 * qsort() takes memory from malloc() for more than a kilobyte, and a request
 * takes memory from its arena only.  This is Shell's sort: for the hundreds of
 * items that a request has to sort it is as fast, and what is in order
 * already, as parts of them usually are, costs least.
 */

#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <assert.h>
#include <stddef.h>
#include <string.h>

enum { SORT_ITEM_BYTES_MAX = 64 };

static inline void
sort_swap(char *a, char *b, size_t size)
{
	char kept[SORT_ITEM_BYTES_MAX];

	memcpy(kept, a, size);
	memcpy(a, b, size);
	memcpy(b, kept, size);
}

/*
 * `count` items of `size` bytes each, ascending by `compare`, which is that of
 * qsort().  Items that compare equal come in any order.  Inline, so that the
 * compiler sees both.
 */
static inline void
sort_in_place(void *items, size_t count, size_t size,
    int (*compare)(const void *a, const void *b))
{
	char *bytes = items;
	size_t step = size;

	assert(size <= SORT_ITEM_BYTES_MAX);
	while (step < count * size / 3)
		step = 3 * step + size;
	for (; step > 0; step = step / size / 3 * size)
		for (size_t i = step; i < count * size; i += size)
			for (size_t at = i; at >= step &&
			    compare(bytes + at - step, bytes + at) > 0;
			    at -= step)
				sort_swap(bytes + at - step, bytes + at, size);
}

#endif
