/*
 * UTF-8 as it comes in and as it goes out (RFC 3629, RFC 5198).
 *
 * What is stored and sent is valid UTF-8 in NFC without control characters.
 * What comes in may be anything.
 */

#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool utf8_is_ascii(struct span text);
bool utf8_is_valid(struct span text);

/* Only printable ASCII: fit to be sent, and as wide as it is long. */
bool utf8_is_plain(struct span text);

/*
 * The code point at the start of `text`, its length in bytes through
 * `*length`.  A malformed byte gives U+FFFD and a length of 1.  `text` must
 * not be empty.
 */
uint32_t utf8_decode(struct span text, size_t *length);
void utf8_encode(struct buf *out, uint32_t code_point);

/* Append ISO-8859-1 bytes as UTF-8: at most twice as long. */
void utf8_add_latin1(struct buf *out, struct span latin1);

/* Append valid UTF-8 in NFC (UAX #15); ASCII passes untouched. */
void utf8_add_nfc(struct buf *out, struct span text);

/* How many characters there are in valid text. */
size_t utf8_count(struct span text);

/* The first `chars` characters of valid text, or all there are. */
struct span utf8_start(struct span text, size_t chars);

/* The longest beginning of whole characters with at most `bytes_max` bytes. */
struct span utf8_cut(struct span text, size_t bytes_max);

/*
 * Take a piece off valid text that can be normalised by itself, of at most
 * `chars_max` (above 0) characters: what is left never combines with it.  Only
 * inside a run of marks longer than that is the cut arbitrary.
 */
struct span utf8_cut_piece(struct span *rest, unsigned chars_max);

/*
 * C0, DEL, C1, line and paragraph separator, and the bidirectional overrides
 * that can reorder a terminal line.
 */
bool utf8_is_control(uint32_t code_point);

/* White space of every kind, line ends too. */
bool utf8_is_blank(uint32_t code_point);

/*
 * Append `text` with each control character and each malformed byte replaced
 * by U+FFFD.
 */
void utf8_add_sanitised(struct buf *out, struct span text);

/*
 * True: utf8_add_sanitised() would change nothing of this valid text.  False:
 * it might.
 */
bool utf8_is_surely_clean(struct span text);

/* Columns on a terminal: 0 for marks, 2 for wide characters. */
size_t utf8_width(struct span text);

#endif
