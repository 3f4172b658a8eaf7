/*
 * Slips of the finger: a letter too many, one missing, the wrong one, or two
 * the wrong way round.  Half of the letters that come in are neighbours on the
 * keyboard, half are any; all are a to z.
 *
 * It is a slip only if the comparable form (text/fold) is another: who leaves
 * out a capital or an accent is not mistaken.
 */

#ifndef SAMPLE_TYPO_H
#define SAMPLE_TYPO_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>

struct buf;
struct random;

enum typo { TYPO_INSERT, TYPO_DELETE, TYPO_REPLACE, TYPO_TRANSPOSE, TYPOS };

/* What a name has beyond these is not looked at, and left out. */
enum { TYPO_CHARS_MAX = 256 };

/*
 * Append a name, valid UTF-8, with a slip in a word of four letters or more.
 * False, and nothing is appended: there is no place for it.
 */

/* In the longest word, if none has four letters. */
bool typo_add(struct buf *out, struct span name, enum typo typo,
    struct random *random) MUST_CHECK;

/* Two of any kind, apart from each other, in one word of eight or more. */
bool typo_add_two_in_word(struct buf *out, struct span name,
    struct random *random) MUST_CHECK;

/* Two of any kind, apart from each other, in names of eight or more. */
bool typo_add_two_in_name(struct buf *out, struct span name,
    struct random *random) MUST_CHECK;

#endif
