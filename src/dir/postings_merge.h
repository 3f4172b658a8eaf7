/*
 * The runs of several inverters (dir/invert) read term by term.
 *
 * Their lists of one term overlap, since entries are dealt out to them, and are
 * merged by id: common terms have long lists but are few, and most terms have
 * one id.
 */

#ifndef DIR_POSTINGS_MERGE_H
#define DIR_POSTINGS_MERGE_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct inverter;
struct postings_merge;

/*
 * The inverters are finished and outlive the merge, and are merged once.  Share
 * out `memory_bytes` for reading.
 */
struct postings_merge *postings_merge_open(struct inverter *const *inverters,
    unsigned count, size_t memory_bytes);

/*
 * The next term in ascending order, valid until the next call.  What was not
 * taken of the last one's ids is passed over.  False: the end, or a failure.
 */
bool postings_merge_next(struct postings_merge *merge, struct span *term);

/* Up to `max` more ids of this term, ascending; how many.  0: no more. */
size_t postings_merge_take(struct postings_merge *merge, uint32_t *ids,
    size_t max);

/* Whether all of it could be read. */
enum err postings_merge_close(struct postings_merge **merge,
    struct fault *fault) MUST_CHECK;

#endif
