/*
 * First names that stand for each other, well known in English.
 */

#ifndef QUALITY_NICKNAMES_H
#define QUALITY_NICKNAMES_H

struct random;

/* One of the names that `first` is called by, or short for; NULL: none. */
const char *nickname_pick(const char *first, struct random *random);

#endif
