/*
 * What a word of the vocabulary can be found by when it is not known exactly.
 *
 * Both halves of a look-up are here, so that they cannot drift apart: what is
 * stored for a word, and what is asked for.  All of it is a pure function of
 * the word, so that verify can compare and a later change can remove what was
 * added.
 *
 *   clue     its sounds (text/sound), its ending, its parts
 *   near     the word with 0, 1 and 2 letters left out, as a hash.  Two words
 *            that lie within so many edits of each other have a form in common
 *            when as many letters are left out of both (Mor and Braunschweig,
 *            1982): an edit is a letter left out of one, of the other, or of
 *            both.
 *
 * Only the first CLUE_LETTERS letters count for near, and short words are
 * never far from anything: two letters are left out from CLUE_FAR_LETTERS on.
 */

#ifndef DIR_CLUE_H
#define DIR_CLUE_H

#include "base/span.h"
#include "record/key.h"
#include "text/sound.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CLUE_LETTERS = 10,
	CLUE_FAR_LETTERS = 5,
	/* the word, without one of its letters, without two of them */
	CLUE_NEAR_MAX = 1 + CLUE_LETTERS +
	    CLUE_LETTERS * (CLUE_LETTERS - 1) / 2,
	CLUE_LIST_MAX = CLUE_BYTES_MAX + SOUND_CODES_MAX + 1,
};

/* Forms with letters left out; each once, in no order. */
struct clue_near {
	unsigned count;
	struct near forms[CLUE_NEAR_MAX]; /* `word` is 0 */
};

/*
 * At most `left_out_max` letters, of words shorter than CLUE_FAR_LETTERS at
 * most one, are left out.  An empty word has no form.
 */
void clue_make_near(struct clue_near *near, uint8_t group, struct span word,
    unsigned left_out_max);

struct clue_list {
	unsigned count;
	struct clue clues[CLUE_LIST_MAX];
	struct sound sound;
	char ending[CLUE_BYTES_MAX];
};

/*
 * Each adds to a list, empty at first, the clues of one kind, each once, of a
 * word of at most CLUE_BYTES_MAX bytes; they borrow from the word and the list.
 * The clue of an ending is the beginning of those of the words that end so.
 */
void clue_add_sounds(struct clue_list *list, uint8_t group, struct span word);
void clue_add_ending(struct clue_list *list, uint8_t group,
    struct span ending);
void clue_add_parts(struct clue_list *list, uint8_t group, struct span word);

/* All of them. */
void clue_add_all(struct clue_list *list, uint8_t group, struct span word);

#endif
