/*
 * Looking at a whole generation: is it sound, and what is in it.
 *
 * Both read everything once, in the order of the file, so they are as fast as
 * the disk allows and need no memory to speak of.
 */

#ifndef DIR_INSPECT_H
#define DIR_INSPECT_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

struct entry_walk;
struct reader;

enum { INSPECT_LISTED_MAX = 20, INSPECT_SENTENCE_MAX = 256 };

/* What was found.  Nothing is wrong when `wrong` is 0. */
struct inspection {
	uint64_t entries, keys, terms, postings;
	uint64_t wrong;  /* how many things, of which the first are listed: */
	unsigned listed;
	char sentences[INSPECT_LISTED_MAX][INSPECT_SENTENCE_MAX];
};

/*
 * Between reader_begin() and reader_end().  Checks that every record is well
 * formed and fits the schema; that the key table has the Index Key of each
 * entry that is not hidden, and no other; that the term table lists each entry
 * under each of its terms, in ascending order, and under no other; that the
 * vocabulary has each word of a name, with all it is found by, and no other;
 * and that the counts in `meta` are right.
 *
 * The terms are compared as sums over all (term, id) pairs, once made from the
 * records and once from the lists.  Only when the sums differ are the pairs
 * looked up one by one, which takes much longer.
 *
 * An error is one of the store's; what is wrong with the contents is no error.
 */
enum err inspect_verify(struct reader *reader, struct inspection *inspection,
    struct fault *fault) MUST_CHECK;

/*
 * All entries by ascending id, between reader_begin() and reader_end().  The
 * record is valid until reader_end().  _close says whether the walk came to the
 * end.
 */
struct entry_walk *entry_walk_open(struct reader *reader);
bool entry_walk_next(struct entry_walk *walk, uint32_t *id,
    struct span *record) MUST_CHECK;
enum err entry_walk_close(struct entry_walk **walk, struct fault *fault)
    MUST_CHECK;

#endif
