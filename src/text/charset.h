/*
 * The charsets that a client may ask for, and text in them.
 *
 * Text is UTF-8 inside; only what a client sends and is sent may be something
 * else.  What ISO-8859-1 or US-ASCII cannot write is not lost: the whole piece
 * of text it stands in goes out as quoted-printable (RFC 2045, section 6.7) of
 * its UTF-8 bytes.  In such a piece each byte that is not printable ASCII, each
 * `=`, and a blank at the end are =XX in capital digits; there are no soft line
 * breaks.  Text that can be written is never changed, so what goes out is
 * always valid in the charset.
 */

#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/span.h"

#include <stdbool.h>

enum charset {
	CHARSET_UTF_8,
	CHARSET_ISO_8859_1,
	CHARSET_US_ASCII,
	CHARSETS,
};

/* A quoted byte is this many, a byte read as ISO-8859-1 at most so many. */
enum { CHARSET_QUOTED_BYTES = 3, CHARSET_READ_BYTES = 2 };

/* "utf-8", "iso-8859-1", "us-ascii". */
const char *charset_name(enum charset charset);

/* By that name, or latin1, ascii, utf8; case ignored.  False: none of them. */
bool charset_find(struct span name, enum charset *charset) MUST_CHECK;

/* Append valid text: at most CHARSET_QUOTED_BYTES for each of its bytes. */
void charset_add(struct buf *out, enum charset charset, struct span text);

/*
 * Append what a client sent, as valid text.  Bytes that are not valid in UTF-8
 * or US-ASCII are taken as ISO-8859-1: that is what clients mean by them.
 */
void charset_read(struct buf *out, enum charset charset, struct span bytes);

#endif
