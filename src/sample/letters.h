/*
 * A letter model of order 3: makes up words that look like those it has read.
 *
 * The next letter depends on the three before it.  No list has the long tail of
 * surnames; words that are made this way have one, because some are far
 * likelier than others.
 */

#ifndef SAMPLE_LETTERS_H
#define SAMPLE_LETTERS_H

#include "base/buf.h"
#include "base/span.h"

struct letters;
struct random;

struct letters *letters_new(void);
void letters_free(struct letters **letters);

/*
 * Learn from a word, valid UTF-8.  Words that are too long or have too many
 * different letters together with those before are passed over.
 */
void letters_read(struct letters *letters, struct span word);

/*
 * After the last letters_read(), before the first letters_add_word().  At least
 * one word of three letters must have been read.
 */
void letters_finish(struct letters *letters);

/*
 * Append a made-up word to `word` and its comparable form (text/fold) to
 * `ascii`.  At most LETTERS_WORD_BYTES each.
 */
enum { LETTERS_WORD_BYTES = 64 };
void letters_add_word(const struct letters *letters, struct random *random,
    struct buf *word, struct buf *ascii);

#endif
