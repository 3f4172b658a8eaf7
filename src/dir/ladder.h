/*
 * Plain words: looked for in one way after another, until somebody is found.
 *
 * The ways are a table; the names of the rungs are those of dir/search.  Those
 * who may be meant as well are added behind the hits where there is room: a
 * nickname or an initial behind those who are called exactly so, and near
 * spellings behind a few beginnings, as a letter that was left out often makes
 * a beginning of somebody else's name.
 */

#ifndef DIR_LADDER_H
#define DIR_LADDER_H

#include <stdbool.h>
#include <stdint.h>

struct find;
struct query_clause;
struct search_hits;

/*
 * Fills rung, count, shown, named_too and related of the hits, and `ids`, which
 * has `max` places.  False: there is nothing to look for, or no memory (then
 * find->scope.full).
 */
bool ladder_run(struct find *find, const struct query_clause *clause,
    struct search_hits *hits, uint32_t *ids, unsigned max);

#endif
