/*
 * External sort of byte strings in bounded memory.
 *
 * The order is bytewise (a prefix before what it begins) and so a function of
 * what was added, never of the order in which it was: threads may collect in
 * a sorter each and read all of them as one sequence.
 *
 *   sorter        collects; when its memory is full it sorts what it has and
 *                 spills it as a run
 *   sort_merge    reads the runs of several sorters in one order
 *
 * The last run is spilled like the others.  That costs a copy through the page
 * cache and leaves the memory to the next phase of a load.
 */

#ifndef DIR_SORT_H
#define DIR_SORT_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct sorter;
struct sort_merge;

/*
 * Runs go to an unlinked file in `folder`.  The memory stays the caller's, is
 * aligned for uint64_t and touched from both ends as it is needed.
 */
struct sorter *sorter_new(const char *folder, void *memory,
    size_t memory_bytes);
void sorter_free(struct sorter **sorter);

/* Copies the item, at most 16 MiB and less than the memory. */
void sorter_add(struct sorter *sorter, struct span item);

/* Whether a run could not be written: what is added from now on is lost. */
bool sorter_failed(const struct sorter *sorter);

/*
 * No more items: spill the last ones, say what failed.  The memory is not used
 * any more.
 */
enum err sorter_finish(struct sorter *sorter, struct fault *fault) MUST_CHECK;

/*
 * The finished sorters must outlive the merge and are merged once, as their
 * runs are given back when they are read.  `memory_bytes` is shared out among
 * the buffers of the runs, but each gets 64 KiB at the least.
 */
struct sort_merge *sort_merge_open(struct sorter *const *sorters,
    unsigned count, size_t memory_bytes);

/* The item is valid until the next call.  False: the end, or a failure. */
bool sort_merge_next(struct sort_merge *merge, struct span *item);

/* Whether all of it could be read. */
enum err sort_merge_close(struct sort_merge **merge, struct fault *fault)
    MUST_CHECK;

#endif
