/*
 * Slips of the finger: a letter too many, one missing, the wrong one, or two
 * the wrong way round.  Half of the letters that come in are neighbours on the
 * keyboard, half are any.
 */

#ifndef QUALITY_TYPO_H
#define QUALITY_TYPO_H

#include <stdbool.h>

struct chance;
struct text;

enum typo { TYPO_INSERT, TYPO_DELETE, TYPO_REPLACE, TYPO_TRANSPOSE, TYPOS };

/*
 * Each is in a word of four letters or more.  False: there is no place for it,
 * or it would change nothing but capitals and accents.
 */

/* In the longest word, if none has four letters. */
bool typo_make(struct text *text, enum typo typo, struct chance *chance);

/* Two of any kind, apart from each other, in one word of eight or more. */
bool typo_make_two_in_word(struct text *text, struct chance *chance);

/* Two of any kind, apart from each other, in names of eight or more. */
bool typo_make_two_in_name(struct text *text, struct chance *chance);

#endif
