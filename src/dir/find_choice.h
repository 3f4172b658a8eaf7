/*
 * What else each word of a name may be: nicknames, other spellings, what sounds
 * alike.
 *
 * A choice has a cost, 0 for the word as it was asked for.  Names are tried in
 * the order of their total cost.
 */

#ifndef DIR_FIND_CHOICE_H
#define DIR_FIND_CHOICE_H

#include "base/span.h"

struct find;
struct token;
struct wanted;

/* Longer names are only looked for as they are. */
enum { CHOICE_WORDS_MAX = 8 };

struct choice {
	struct span text;
	unsigned cost;
};

/* By ascending cost. */
struct choices {
	const struct choice *list;
	unsigned count;
};

struct name_choices {
	const struct wanted *wanted;
	unsigned count;
	const struct token *tokens[CHOICE_WORDS_MAX]; /* no parts */
	struct choices choices[CHOICE_WORDS_MAX]; /* none yet */
};

/*
 * The words of what is wanted, in the arena, as sets are made of them that are
 * walked later; `wanted` must stay as long as they.  NULL: there are too many,
 * or no memory.
 */
struct name_choices *name_choices_new(struct find *find,
    const struct wanted *wanted);

/* Those of `word`, a number as in struct token; NULL: it has none. */
const struct choices *name_choices_find(const struct name_choices *choices,
    unsigned word);

/* Those that cost no more. */
unsigned choices_within(const struct choices *choices, unsigned cost);

#endif
