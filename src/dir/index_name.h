/*
 * What the words of a name are put together to: the last name, whole names,
 * words that stand side by side written as one.
 *
 * dir/index makes terms of these, and whoever searches makes the same of what
 * is asked for.
 */

#ifndef DIR_INDEX_NAME_H
#define DIR_INDEX_NAME_H

#include "base/attr.h"
#include "base/span.h"
#include "text/token.h"

#include <stdbool.h>

struct buf;

/*
 * Which of a name's words are its last name: those before the comma.  Without a
 * comma the last word that is neither a bare number nor a suffix such as jr or
 * iii, with its parts; `is_last` has TOKENS_MAX places.
 */
void index_mark_last(const struct token_list *words, bool *is_last);

/*
 * The whole-name term: the words sorted bytewise and joined by one blank.
 * `words` may come back in that order.
 */
void index_add_whole(struct buf *out, struct span *words, unsigned count);

/* Which words of a name a whole-name term has. */
enum index_whole {
	INDEX_WHOLE_JOINED = 0, /* a word with a hyphen as it is, without it */
	INDEX_WHOLE_PARTS = 1,  /* ... or as its parts */
	INDEX_WHOLE_BARE = 2,   /* without titles */
	INDEX_WHOLE_RUN = 4,    /* the last name as one word, never in parts */
	INDEX_WHOLES = 8,
};

/* What of the last three makes any difference to this name. */
unsigned index_whole_differences(const struct token_list *words);

/*
 * The words of one of these sets to `list`, which has TOKENS_MAX places; how
 * many there are.  A run is put together in `memory`.
 */
enum { INDEX_RUN_MAX = TOKENS_MAX * TOKEN_BYTES_MAX };
unsigned index_list_whole(const struct token_list *words, unsigned whole,
    struct span *list, char memory[INDEX_RUN_MAX]);

/* The last name before a comma as one word; how many words it has. */
unsigned index_add_last(struct buf *out, const struct token_list *words);

/*
 * The words from `first` up to `last`, numbers as in struct token, written as
 * one.  False: there are several, and they are on different sides of a comma,
 * but for ideographs, or one of them is a letter or a title.
 */
bool index_add_run(struct buf *out, const struct token_list *words,
    unsigned first, unsigned last) MUST_CHECK;

#endif
