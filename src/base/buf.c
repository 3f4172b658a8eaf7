#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
buf_init(struct buf *buf, char *memory, size_t capacity)
{
	*buf = (struct buf){ .data = memory, .capacity = capacity };
}

void
buf_add_repeat(struct buf *buf, char c, size_t count)
{
	if (count > buf->capacity - buf->length) {
		buf->overflowed = true;
		return;
	}
	memset(buf->data + buf->length, c, count);
	buf->length += count;
}

void
buf_add_number(struct buf *buf, uint64_t number)
{
	char digits[20];
	size_t at = sizeof digits;

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	buf_add(buf, (struct span){ digits + at, sizeof digits - at });
}

void
buf_add_format(struct buf *buf, const char *format, ...)
{
	size_t room = buf->capacity - buf->length;
	va_list values;
	int length;

	va_start(values, format);
	length = vsnprintf(buf->data + buf->length, room, format, values);
	va_end(values);
	assert(length >= 0);
	/* vsnprintf() wants a byte for its NUL, which is not kept. */
	if ((size_t)length >= room)
		buf->overflowed = true;
	else
		buf->length += (size_t)length;
}

void
buf_add_escaped(struct buf *buf, struct span bytes)
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < bytes.length; i++) {
		unsigned char c = (unsigned char)bytes.data[i];
		const char code[] = { '\\', 'x', hex[c >> 4], hex[c & 15] };

		if (c >= ' ' && c <= '~' && c != '"' && c != '\\')
			buf_add_char(buf, (char)c);
		else
			buf_add(buf, (struct span){ code, sizeof code });
	}
}

void
buf_rewind(struct buf *buf, size_t length)
{
	assert(length <= buf->length);
	buf->length = length;
	buf->overflowed = false;
}
