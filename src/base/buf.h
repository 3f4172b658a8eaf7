/*
 * Bounded output.
 *
 * A buf writes into memory somebody else owns and never past its end.  What
 * does not fit is left out whole and `overflowed` stays true, so a sequence
 * of additions is checked once, at its end.
 */

#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf {
	char *data;
	size_t length;
	size_t capacity;
	bool overflowed;
};

/* The memory stays the caller's and must outlive the buf. */
void buf_init(struct buf *buf, char *memory, size_t capacity);

static inline void
buf_add(struct buf *buf, struct span bytes)
{
	if (bytes.length > buf->capacity - buf->length) {
		buf->overflowed = true;
		return;
	}
	if (bytes.length > 0)
		memcpy(buf->data + buf->length, bytes.data, bytes.length);
	buf->length += bytes.length;
}

static inline void
buf_add_string(struct buf *buf, const char *text)
{
	buf_add(buf, span_from(text));
}

static inline void
buf_add_char(struct buf *buf, char c)
{
	buf_add(buf, (struct span){ &c, 1 });
}

void buf_add_repeat(struct buf *buf, char c, size_t count);
void buf_add_number(struct buf *buf, uint64_t number);
void buf_add_format(struct buf *buf, const char *format, ...)
    PRINTF_LIKE(2, 3);

/*
 * Bytes that are safe in a log line or a message: printable ASCII as it
 * stands but for `"` and `\`, all else as \xNN.
 */
void buf_add_escaped(struct buf *buf, struct span bytes);

/* What was written so far; valid until the next addition or reset. */
static inline struct span
buf_span(const struct buf *buf)
{
	return (struct span){ buf->data, buf->length };
}

/* Back to `length` bytes; overflow is forgotten. */
void buf_rewind(struct buf *buf, size_t length);

#endif
