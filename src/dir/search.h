/*
 * A query answered from the index.
 *
 * Plain words go down a ladder of rungs and stop at the first with hits
 * (dir/ladder); everything else is run exactly as given.  Of the hits, the
 * nearest come first, among them names with the accents that were asked for,
 * then those whose last name it is, and all else is in collation order
 * (dir/rank).
 *
 * QUERY_PATTERN and QUERY_PHRASE look in any attribute that the viewer may see.
 * They find by an index where the attribute has one and a word of theirs begins
 * with a letter or digit; otherwise they are qualifiers, which only test what
 * the other clauses find, and cannot stand alone.  Attributes in digits are an
 * index only for what has no wildcard.
 */

#ifndef DIR_SEARCH_H
#define DIR_SEARCH_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct query;
struct query_clause;
struct reader;

/*
 * How the hits were found; plain words try these in this order, but for names
 * of which only initials are stored: _NICKNAMES, tried before _ONE_WORD.
 */
enum rung {
	RUNG_NONE,
	RUNG_HANDLE,   /* Index Key, uid or mailbox exactly */
	RUNG_WHOLE,    /* the full name */
	RUNG_WORDS,    /* all words, in any order */
	RUNG_NICKNAMES, /* a nickname or an initial for a first name */
	RUNG_BEGINNINGS, /* all words, as beginnings */
	RUNG_MISSPELT, /* a letter or two are wrong */
	RUNG_SOUNDING, /* words that sound alike */
	RUNG_ONE_WORD, /* one of several */
	RUNG_AS_GIVEN, /* keyword, selector or wildcard: no ladder */
};

struct search_limits {
	uint32_t groups;         /* bit i: the viewer may read group i */
	unsigned shown_max;      /* ids handed back */
	uint64_t postings_max;   /* budget of one search */

	/*
	 * Where more match none is handed back, and they are not counted any
	 * further.  Not for the ladder.
	 */
	bool all_or_none;
};

enum search_outcome {
	SEARCH_DONE,            /* hits are filled, perhaps none */
	SEARCH_UNKNOWN_SELECTOR, /* `clause` names no attribute */
	SEARCH_NOT_INDEXED,     /* ... or one that cannot be searched so */
	SEARCH_EMPTY,           /* nothing to look for: only punctuation */
	SEARCH_NO_KEY,          /* every clause only tests: see above */
	SEARCH_TOO_LONG,        /* a pattern, for text/pattern */
	SEARCH_ARENA_FULL,
	SEARCH_FAILED,          /* the store: `fault` */
};

/*
 * Those who may be meant as well come behind the hits of a rung: of RUNG_WHOLE
 * and _WORDS with a nickname or an initial, of _NICKNAMES and _BEGINNINGS
 * spelled nearly so.  They are counted, and found by no rung of their own.
 */
struct search_hits {
	enum rung rung;
	const uint32_t *ids;  /* in the arena, the best first */
	unsigned shown;
	uint64_t count;       /* how many match in all ... */
	bool count_is_exact;  /* ... or at least so many: see the limits */
	uint64_t named_too;   /* RUNG_HANDLE: others who have it as a name */
	unsigned related;     /* the last so many of those shown, see below */
	const struct query_clause *clause; /* the one at fault */
};

/*
 * Between reader_begin() and reader_end().  The outcome is that of a directory
 * which never had what the viewer may not read, nor what owners hide: not even
 * the clauses at fault and the counts tell the two apart.
 */
enum search_outcome search_run(struct reader *reader,
    const struct query *query, const struct search_limits *limits,
    struct arena *arena, struct search_hits *hits, struct fault *fault)
    MUST_CHECK;

/* The entry's record, borrowed until reader_end().  False: no such id. */
bool search_fetch(struct reader *reader, uint32_t id, struct span *record)
    MUST_CHECK;

#endif
