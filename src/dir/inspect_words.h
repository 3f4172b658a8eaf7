/*
 * Looking at the vocabulary of a generation: internal to dir/inspect.
 *
 * Words are looked up one by one as the terms go by, so as long as there are no
 * more of them, none is a stray; clues and near forms are compared as sums.
 */

#ifndef DIR_INSPECT_WORDS_H
#define DIR_INSPECT_WORDS_H

#include "base/attr.h"
#include "dir/pairs.h"

#include <stdbool.h>
#include <stdint.h>

struct store_reader;
struct term;

struct word_check {
	struct store_reader *store;
	uint32_t count;           /* words so far */
	struct pairs clues, near; /* that they must have */
};

/*
 * The next word in the order of the terms.  False: the vocabulary has another
 * one of this number, or none.
 */
bool word_check_next(struct word_check *check, const struct term *word)
    MUST_CHECK;

/* When all words have gone by: whether their tables hold this and no more. */
bool word_check_clues(const struct word_check *check) MUST_CHECK;
bool word_check_near(const struct word_check *check) MUST_CHECK;

#endif
