/*
 * Borrowed bytes.
 *
 * A span owns nothing: whoever makes one says whose bytes they are and how
 * long they live.  The bytes need not end in NUL and may hold NULs.
 *
 * What is a few instructions is here, so that it costs no more than those: a
 * request takes hundreds of these steps, and most of the texts are constants.
 */

#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
	const char *data;
	size_t length;
};

/* For initialisers of constant tables. */
#define SPAN_LITERAL(text) { (text), sizeof(text) - 1 }

/* The bytes of a C string, without its NUL; lives as long as the string. */
static inline struct span
span_from(const char *text)
{
	return (struct span){ text, strlen(text) };
}

static inline bool
span_equal(struct span a, struct span b)
{
	return a.length == b.length &&
	    (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Equal when A to Z are taken for a to z; other bytes must be the same. */
bool span_equal_nocase(struct span a, struct span b);

static inline bool
span_is(struct span span, const char *text)
{
	return span_equal(span, span_from(text));
}

static inline bool
span_is_nocase(struct span span, const char *text)
{
	return span.length == strlen(text) &&
	    span_equal_nocase(span, span_from(text));
}

static inline bool
span_starts_with(struct span span, struct span prefix)
{
	return span.length >= prefix.length &&
	    span_equal((struct span){ span.data, prefix.length }, prefix);
}

/* Negative, zero, positive as memcmp; a prefix sorts before what it begins. */
int span_compare(struct span a, struct span b);

/* Without the blanks and tabs (and CR, LF) at both ends. */
struct span span_trim(struct span span);

/* What is left after the first `count` bytes, empty when there are fewer. */
static inline struct span
span_skip(struct span span, size_t count)
{
	if (count > span.length)
		count = span.length;
	return (struct span){ span.data + count, span.length - count };
}

/*
 * Cut `*rest` at the first `separator`: the part before it is returned, the
 * part behind it stays in `*rest`.  Without a separator everything is returned
 * and `*rest` becomes empty.
 */
struct span span_cut(struct span *rest, char separator);

/* Whether `*span` ended in `suffix`, which is then cut off. */
bool span_cut_suffix(struct span *span, const char *suffix);

/*
 * Digits and nothing else, as the number that they are; leading zeros are
 * digits like others.  False: there is none, or something else, or it is more
 * than `most`, which is at most INT_MAX.
 */
bool span_read_number(struct span span, unsigned most, unsigned *number);

/* The next word of `*rest`, which is moved past it; empty: no more words. */
struct span span_next_word(struct span *rest);

#endif
