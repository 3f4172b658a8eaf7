/*
 * How many slips of the pen lie between two words.
 *
 * Inserting, leaving out or replacing a character and swapping two neighbours
 * cost 1 each, and no part of a word is edited twice: the optimal string
 * alignment distance.  It tells which of the words that share a key with a
 * misspelt one were meant, so it is called some thousand times a query.
 */

#ifndef TEXT_DISTANCE_H
#define TEXT_DISTANCE_H

#include "base/attr.h"
#include "base/span.h"

/* Longer words are compared on so many characters. */
enum { DISTANCE_CHARS_MAX = 64 };

/*
 * The distance of two words, both folded (text/fold) and valid UTF-8, in
 * characters.  limit + 1: it is more than `limit`, whatever it is, which is
 * soon seen when `limit` is small.
 */
unsigned distance_between(struct span a, struct span b, unsigned limit);

#endif
