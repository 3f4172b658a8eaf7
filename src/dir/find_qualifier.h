/*
 * Entries that were found in some way, asked whether they are as patterns say
 * (dir/find_pattern) in what the viewer may see and the owner does not hide.
 */

#ifndef DIR_FIND_QUALIFIER_H
#define DIR_FIND_QUALIFIER_H

#include <stdbool.h>

struct find;
struct find_pattern;
struct postings;

/* Patterns that must all hold. */
struct qualifiers {
	const struct find_pattern *const *patterns; /* which must stay */
	unsigned count;
};

/*
 * Those members of the set for which they do.  Values cost by their length,
 * and by the words that they are held against.
 */
struct postings *find_qualified(struct find *find, struct postings *set,
    const struct qualifiers *qualifiers);

#endif
