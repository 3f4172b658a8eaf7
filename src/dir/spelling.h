/*
 * What a clause asks for, in every spelling in which it may be stored: as it
 * was typed, with letters that ICAO 9303 writes as two spelled so, and as it
 * was sent where a client has encoded it, as far as these differ.
 */

#ifndef DIR_SPELLING_H
#define DIR_SPELLING_H

#include "base/attr.h"
#include "base/span.h"
#include "dir/find.h"

#include <stdbool.h>

struct query_clause;

enum { SPELLINGS_MAX = 3 };

struct spellings {
	unsigned count;
	struct wanted wanted[SPELLINGS_MAX]; /* as it was typed first */
};

/* `text` is the clause's, or a part of it.  False: there is no word in it. */
bool spellings_init(struct spellings *spellings,
    const struct query_clause *clause, struct span text) MUST_CHECK;

/* What is found in any spelling. */
typedef struct postings *wanted_function(struct find *find,
    const struct wanted *wanted);
struct postings *spellings_find(const struct spellings *spellings,
    struct find *find, wanted_function *function);

#endif
