/*
 * On which side of a comma words stand.
 *
 * A whole name has its words sorted, so it does not tell "John, Smith" from
 * "Smith, John".  The entries do.  People of one name are neighbours: entries
 * are in order of their names.  So of a hundred John Smiths few are read, and
 * the lists of all Smiths and of all Johns need not be looked at.
 */

#ifndef DIR_FIND_SIDED_H
#define DIR_FIND_SIDED_H

#include <stdint.h>

struct find;
struct postings;
struct wanted;

/* Larger sets are better intersected with the sets of their words. */
enum { FIND_SIDED_MAX = 1024 };

/* Which of the words that are wanted matter. */
enum find_sides {
	FIND_BOTH_SIDES,
	FIND_LAST_NAME, /* what stands before the comma, but parts of words */
};

/*
 * Those of a set whose words stand where the comma that is wanted says.  The
 * set has FIND_SIDED_MAX members at most, who all have these words in their
 * names and no others.
 */
struct postings *find_sided(struct find *find, struct postings *set,
    const struct wanted *wanted, enum find_sides sides);

#endif
