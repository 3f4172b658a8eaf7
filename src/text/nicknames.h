/*
 * The list data/names/nicknames.csv as a table, made by nicknames.awk during
 * the build.  Every name is one word of the letters a to z.
 */

#ifndef TEXT_NICKNAMES_H
#define TEXT_NICKNAMES_H

#include "base/span.h"

struct nickname {
	struct span name;
	unsigned first; /* of its relatives, which reach up to the next one's */
};

/* Ascending; behind the last of `nicknames_count` stands one without a name. */
extern const struct nickname nicknames[];
extern const unsigned nicknames_count;

/* Of each name in turn, ascending. */
extern const struct span nickname_relatives[];

#endif
