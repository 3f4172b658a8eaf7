/*
 * A pattern or a phrase (QUERY_PATTERN, QUERY_PHRASE) in one attribute.
 *
 * Whole words are looked up, and of those that begin without a wildcard all
 * terms that begin so are gone through.  What no term can say is asked of the
 * entries that were found so, or by another clause (dir/find_qualifier): words
 * that begin with a wildcard, the order of a phrase, and all of an attribute
 * without an index.
 *
 *   kind                 what a pattern is compared with
 *   name, alias, words   each word of it with the words of a value
 *   key, exact           the whole of it with a value
 *   mail                 the whole of it with a mailbox or its user part;
 *                        what begins with "@", with its host
 *   digits, none         words, but never by an index; in digits what has no
 *                        wildcard is the ending of a number, as it always is
 *
 * A word is compared with all that token_split() makes of a value: plain words,
 * joined ones and their parts.
 */

#ifndef DIR_FIND_PATTERN_H
#define DIR_FIND_PATTERN_H

#include "base/attr.h"
#include "base/span.h"
#include "dir/spelling.h"
#include "text/pattern.h"

#include <stdbool.h>

struct attribute;
struct find;
struct postings;
struct query_clause;

/* One spelling of it; its bytes are in the arena. */
struct pattern_spelling {
	struct span folded;
	struct pattern words;
};

struct find_pattern {
	const struct query_clause *clause;
	const struct attribute *attribute;
	bool has_wildcard; /* in any word */
	unsigned count;
	struct pattern_spelling spellings[SPELLINGS_MAX];
};

enum find_pattern_made {
	FIND_PATTERN_MADE,
	FIND_PATTERN_EMPTY,    /* only punctuation */
	FIND_PATTERN_TOO_LONG,
	FIND_PATTERN_NO_ROOM,  /* in the arena; the scope is full */
};

/* `attribute` is the clause's, and the viewer may see it. */
enum find_pattern_made find_pattern_make(struct find *find,
    const struct query_clause *clause, const struct attribute *attribute,
    struct find_pattern **pattern) MUST_CHECK;

/*
 * The function of a selector that says the same.  NULL: the pattern needs what
 * is below.
 */
find_function *find_pattern_plainly(const struct find_pattern *pattern);

/* Whether there is anything to look up. */
bool find_pattern_is_key(const struct find_pattern *pattern);

/*
 * All who are as a pattern that is a key says.  `*is_exact` is false where
 * others may be among them, so that each has to be asked.
 */
struct postings *find_pattern_lookup(struct find *find,
    const struct find_pattern *pattern, bool *is_exact);

/*
 * Whether the whole of a folded value, or a part that stands for it by the
 * attribute's kind, is as a folded pattern says.
 */
bool find_pattern_is_value(const struct attribute *attribute,
    struct span pattern, struct span value);

/* Whether values of this kind are compared as a whole. */
bool find_pattern_is_of_values(const struct find_pattern *pattern);

#endif
