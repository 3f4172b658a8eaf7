/*
 * The text of terms that takes more than a word: made by the same code when a
 * record is indexed and when a query looks for it, so that the two always meet.
 */

#ifndef DIR_TERM_H
#define DIR_TERM_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>

struct buf;
struct token_list;

/*
 * TERM_WHOLE of a name: its words sorted bytewise, one blank between them.  A
 * word with a hyphen or apostrophe counts joined ("mary smithjones") or, in
 * the second form of such a name, as its parts ("jones mary smith").
 */
enum term_whole { TERM_WHOLE_JOINED, TERM_WHOLE_PARTS };

void term_add_whole(struct buf *out, const struct token_list *name,
    enum term_whole form);

/* Whether the two forms differ. */
bool term_has_parts(const struct token_list *name);

/*
 * TERM_DIGITS of a telephone value: each number in it, digits reversed, so that
 * an ending is a prefix.  Signs inside a number do not count; a letter, a comma
 * or the like begins the next: "679-2111x(6026)" is 1112976 and 6206.
 */
enum { TERM_NUMBERS_MAX = 8, TERM_NUMBER_DIGITS_MAX = 32 };

struct term_numbers {
	unsigned count;
	struct {
		unsigned length;
		char digits[TERM_NUMBER_DIGITS_MAX];
	} numbers[TERM_NUMBERS_MAX];
};

/* `folded` as by text/fold.  What goes beyond the limits is left out. */
void term_split_numbers(struct term_numbers *numbers, struct span folded);

/* Borrows from `numbers`. */
struct span term_number(const struct term_numbers *numbers, unsigned nth);

#endif
