/*
 * The words of a name, each looked for in its place: internal to dir/find_*.
 *
 * The rarest word is looked for first.  Where only few entries are left, they
 * are asked whether a word of theirs begins so; else every word is a set, and
 * the sets are intersected.
 */

#ifndef DIR_FIND_PLACE_H
#define DIR_FIND_PLACE_H

#include "dir/find.h"

#include <stdbool.h>

struct name_choices;

/* How the words asked for may differ from those that are there. */
struct manner {
	bool first_only; /* all are first names */
	bool beginnings; /* every word may go on */
	const struct name_choices *choices; /* NULL: no word is another */
	unsigned cost;   /* of one choice at most */
};

/* All words of what is wanted. */
struct postings *find_in_manner(struct find *find,
    const struct wanted *wanted, const struct manner *manner);

/* Which part of a name a word is looked for in, and how far it may go on. */
struct word find_place_word(const struct wanted *wanted,
    const struct token *token, const struct manner *manner);

/* A word of the name, and where in it. */
struct placed {
	struct word word;
	const struct token *token;
	bool letter_is_word; /* it may be a whole name, "Sandra O", as well */
};

/* One word by itself. */
struct postings *find_placed(struct find *find, const struct wanted *wanted,
    const struct manner *manner, const struct placed *placed);

#endif
