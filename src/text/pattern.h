/*
 * Words with wildcards in any place: sm[iy]th*.
 *
 *   *      any characters, or none
 *   +      any characters, one at least
 *   ?      one character
 *   [ae]   one of these letters and digits; [a-e] is the same as [abcde], and
 *          a hyphen that stands for no range is none of them
 *
 * Pattern and text are folded (text/fold), so that capitals, accents and the
 * width of letters make no difference here either.  What folds to two letters,
 * as æ does, is both of them in brackets: [æ] is [ae].  A bracket that encloses
 * nothing but letters and digits of one word, one at least, is a wildcard; any
 * other is punctuation, and so is a + before a digit at the start of a word, as
 * telephone numbers have it.
 */

#ifndef TEXT_PATTERN_H
#define TEXT_PATTERN_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Of one pattern: its words, and the bytes of each that has a wildcard. */
enum { PATTERN_WORDS_MAX = 32, PATTERN_BYTES_MAX = 240 };

struct pattern_word {
	struct span text;
	bool has_wildcard;
};

struct pattern {
	struct pattern_word words[PATTERN_WORDS_MAX];
	unsigned count;
};

/*
 * Cut a folded pattern into words, as token_split() cuts text, wildcards being
 * letters.  Hyphens and apostrophes inside a word are left out, so "smith-j*"
 * is smithj*, which the joined form of Smith-Jones is like.  Words borrow from
 * `folded`, or from `joined`, to which as many bytes as `folded` has are added
 * at most.  False: it has more than the limits allow.
 */
bool pattern_split(struct pattern *pattern, struct span folded,
    struct buf *joined) MUST_CHECK;

/* The beginning that has no wildcard: all of it where there is none. */
struct span pattern_literal(struct span pattern);

/*
 * Whether all of `text` is as the pattern says.  Takes no more steps than their
 * lengths multiplied, whatever they are.
 */
bool pattern_matches(struct span pattern, struct span text);

#endif
