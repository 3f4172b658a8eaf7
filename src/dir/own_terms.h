/*
 * Terms that are hardly ever those of two entries: keys, logins, mailboxes.
 *
 * Nearly all terms of a directory are such.  To look each up only to find that
 * it is new costs a cache miss and fills the table of those that do come again.
 * So (term, id) pairs are only collected, and where an entry has the term of
 * another after all the two meet when the pairs are sorted.
 */

#ifndef DIR_OWN_TERMS_H
#define DIR_OWN_TERMS_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct spill;

struct own_terms {
	char *block; /* the caller's */
	size_t size;
	size_t used;
	size_t count;
};

/*
 * The memory stays the caller's, is aligned for uint64_t and touched from both
 * ends as it is needed.
 */
void own_terms_init(struct own_terms *own, void *memory, size_t memory_bytes);

/*
 * Copies the term.  Ids must not descend.  False: there is no room for it until
 * all are spilled.
 */
bool own_terms_add(struct own_terms *own, uint32_t id, struct span term)
    MUST_CHECK;

/* Write all as a run of postings (dir/postings_run) and forget them. */
void own_terms_spill(struct own_terms *own, struct spill *spill);

#endif
