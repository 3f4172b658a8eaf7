/* Who of those that are found is shown first (dir/rank). */

#ifndef DIR_FIND_PREFER_H
#define DIR_FIND_PREFER_H

#include "base/span.h"

struct find;
struct postings;
struct wanted;

/*
 * Those whose last name is the last word, titles apart, of what is wanted, or
 * begins so; nobody where a comma has said which it is.
 */
struct postings *find_last_name(struct find *find,
    const struct wanted *wanted);
struct postings *find_last_beginning(struct find *find,
    const struct wanted *wanted);

/* Those who have all words with accents of `text` with them; NULL: none has. */
struct postings *find_accented(struct find *find, struct span text);

#endif
