/*
 * External sort of numbers in bounded memory: dir/sort for what fits in 64
 * bits, many times as fast, as nothing is compared and nothing pointed to.
 *
 *   number_sorter  collects; when its memory is full it sorts what it has and
 *                  spills it as a run
 *   number_merge   reads its runs in one order
 */

#ifndef DIR_SORT_NUMBERS_H
#define DIR_SORT_NUMBERS_H

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct number_sorter;
struct number_merge;

/*
 * Numbers that differ in their lowest `sorted_bits` only must be added in
 * ascending order; others in any.  Runs go to an unlinked file in `folder`.
 * The memory stays the caller's, is aligned for uint64_t, holds two numbers at
 * the least and is touched as it is needed.
 */
struct number_sorter_settings {
	const char *folder;
	void *memory;
	size_t memory_bytes;
	unsigned sorted_bits;
};
struct number_sorter *number_sorter_new(
    const struct number_sorter_settings *settings);
void number_sorter_free(struct number_sorter **sorter);

void number_sorter_add(struct number_sorter *sorter, uint64_t number);

/* Whether a run could not be written: what is added from now on is lost. */
bool number_sorter_failed(const struct number_sorter *sorter);

/*
 * No more numbers: spill the last ones, say what failed.  The memory is not
 * used any more.
 */
enum err number_sorter_finish(struct number_sorter *sorter,
    struct fault *fault) MUST_CHECK;

/* As sort_merge_open(). */
struct number_merge *number_merge_open(struct number_sorter *sorter,
    size_t memory_bytes);

/* False: the end, or a failure. */
bool number_merge_next(struct number_merge *merge, uint64_t *number);

/* Whether all of it could be read. */
enum err number_merge_close(struct number_merge **merge, struct fault *fault)
    MUST_CHECK;

#endif
