/*
 * On which side of a comma words stand.
 *
 * A whole name has its words sorted, so it does not tell "John, Smith" from
 * "Smith, John".  The entries do.  People of one name are neighbours, because
 * entries are in order of their folded names: who stands between two of one
 * name is called the same but for case and accents.  So of a hundred John
 * Smiths few are read, and the lists of all Smiths and of all Johns need not be
 * looked at.
 *
 * Of a damaged entry only the name must be readable.  As in every search by
 * terms alone it is a hit then, of which the answer says that it is damaged;
 * that tells nothing that is hidden, since what is hidden has no terms.
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
	FIND_LAST_NAME, /* those before the comma, each as a whole */
};

/*
 * Those of a set whose words stand where the comma that is wanted says.  The
 * set was not walked before and has FIND_SIDED_MAX members at most, who all
 * have the same words in their names.
 */
struct postings *find_sided(struct find *find, struct postings *set,
    const struct wanted *wanted, enum find_sides sides);

#endif
