/*
 * Sets of entries: posting lists, and what is made of them.
 *
 * A set is walked in ascending order of ids, document at a time: everything
 * rests on postings_seek(), "the first member at or after this id".  An
 * intersection drives with its rarest member and lets the others seek; a union
 * takes the smallest of its members.  Only what begins alike, often
 * thousands of lists, is copied.
 *
 * The empty set is NULL, so it needs no special treatment: the functions take
 * and give it.
 */

#ifndef DIR_POSTINGS_H
#define DIR_POSTINGS_H

#include "base/attr.h"
#include "base/span.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct postings;
struct store_reader;

/* Behind the last member.  No entry has this id. */
#define POSTINGS_END UINT32_MAX

/* For postings_prefix(): of any length. */
#define POSTINGS_ANY_MORE UINT_MAX

/*
 * What the sets of one search share.  `budget` is the number of postings that
 * may still be looked at; when it is used up every set ends early and `cut` is
 * true.  `full`: the arena is used up and sets are missing.  Both are looked
 * at once, at the end.
 */
struct postings_scope {
	struct store_reader *store;
	struct arena *arena;
	uint64_t budget;
	bool cut;
	bool full;
	struct postings *opened; /* those that hold a cursor */
};

void postings_begin(struct postings_scope *scope, struct store_reader *store,
    struct arena *arena, uint64_t budget);

/* Gives back the cursors: the sets are invalid. */
void postings_end(struct postings_scope *scope);

/*
 * The same for the sets made since the mark, and their memory with them: what
 * one attempt took is there for the next.
 */
struct postings_mark {
	struct postings *opened;
	size_t arena;
};
struct postings_mark postings_mark(const struct postings_scope *scope);
void postings_return(struct postings_scope *scope,
    struct postings_mark mark);

/* What it costs to come to an entry, in postings. */
enum { POSTINGS_ENTRY_COST = 16 };

/* False: the budget is used up, and the search is cut. */
bool postings_spend(struct postings_scope *scope, uint64_t postings);

/* The posting list of a term key (record/key). */
struct postings *postings_term(struct postings_scope *scope, struct span key);

/*
 * Of all terms that begin so and go on for at most `more` characters, or as
 * many as the limits allow (then `cut`).
 */
struct postings *postings_prefix(struct postings_scope *scope,
    struct span key, unsigned more);

/*
 * Of all terms that begin so and pass the test, which is shown their keys: each
 * that is looked at costs.  The filter need not stay.
 */
typedef bool postings_key_test(void *context, struct span key);
struct postings_filter {
	postings_key_test *test;
	void *context;
};
struct postings *postings_matching(struct postings_scope *scope,
    struct span key, const struct postings_filter *filter);

/* These ids, ascending, which must stay. */
struct postings *postings_ids(struct postings_scope *scope,
    const uint32_t *ids, size_t count);

/*
 * Words of the vocabulary instead of entries: those that have this clue, and
 * those that have one that begins so (record/key).
 */
struct postings *postings_clue(struct postings_scope *scope, struct span key);
struct postings *postings_clue_prefix(struct postings_scope *scope,
    struct span key);

/*
 * The union of many terms, one after the other, which need not stay: of any
 * number of lists it makes one that is as cheap to walk.  NULL of _begin: the
 * arena is used up; the others take it.
 */
struct postings_union;
struct postings_union *postings_union_begin(struct postings_scope *scope);
/* False: the limits are reached (then `cut`), no more need be added. */
bool postings_union_add(struct postings_union *many, struct span key);
struct postings *postings_union_end(struct postings_union *many);

/* From the key table: the entry, and those whose keys begin so. */
struct postings *postings_key(struct postings_scope *scope, struct span key);
struct postings *postings_key_prefix(struct postings_scope *scope,
    struct span key, unsigned more);

/* ... and pass the test. */
struct postings *postings_key_matching(struct postings_scope *scope,
    struct span key, const struct postings_filter *filter);

/* The arrays are scratch: they may come back in another order. */
struct postings *postings_all(struct postings_scope *scope,
    struct postings **sets, size_t count);
struct postings *postings_any(struct postings_scope *scope,
    struct postings **sets, size_t count);

/* Order of ids, for sort_in_place(). */
int postings_compare_ids(const void *a, const void *b);

/* The same set, to be walked from its beginning whoever has walked it. */
struct postings *postings_again(struct postings_scope *scope,
    const struct postings *set);

/*
 * The first `max` members to `ids`, which must stay, of a set that was not
 * walked before; their number to `*taken`.  Returns the same set, to be walked:
 * when there are fewer these are it, so that it is found only once.  NULL: it
 * is empty.
 */
struct postings *postings_peek(struct postings_scope *scope,
    struct postings *set, uint32_t *ids, size_t max, size_t *taken);

/* At most so many members; of one list, and of NULL, exactly so many. */
uint64_t postings_length(const struct postings *set);
bool postings_length_is_exact(const struct postings *set);

/*
 * Those members for which `keep` holds.  It is asked once for each member that
 * the walk comes to, and must give the same answer for the same id.
 */
typedef bool postings_test(void *context, uint32_t id);
struct postings *postings_keep(struct postings_scope *scope,
    struct postings *set, postings_test *keep, void *context);

/* The first member >= `id`, or POSTINGS_END.  A set never goes back. */
uint32_t postings_seek(struct postings_scope *scope, struct postings *set,
    uint32_t id);

/*
 * Walk a set that was not walked before: the first `max` members go to `ids`,
 * their number to `*taken`.  Returns how many members there are, at once where
 * the length of one list says it.
 */
uint64_t postings_take(struct postings_scope *scope, struct postings *set,
    uint32_t *ids, size_t max, size_t *taken);

#endif
