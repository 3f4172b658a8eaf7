/*
 * Words that people put before or behind a name and leave out as easily: Dr,
 * Prof, Jr, III.
 */

#ifndef TEXT_TITLE_H
#define TEXT_TITLE_H

#include "base/span.h"

#include <stdbool.h>

enum { TITLE_BYTES_MAX = 16 }; /* a longer word is none */

/* `word` is folded and has no punctuation. */
bool title_is(struct span word);

#endif
