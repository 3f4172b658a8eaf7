#include "text/charset.h"

#include "text/utf8.h"

#include <stddef.h>
#include <stdint.h>

enum { LATIN1_LAST = 0xFF };

static const struct {
	const char *name;
	enum charset charset;
} names[] = {
	{ "utf-8", CHARSET_UTF_8 },
	{ "iso-8859-1", CHARSET_ISO_8859_1 },
	{ "us-ascii", CHARSET_US_ASCII },
	{ "utf8", CHARSET_UTF_8 },
	{ "latin1", CHARSET_ISO_8859_1 },
	{ "ascii", CHARSET_US_ASCII },
};

const char *
charset_name(enum charset charset)
{
	size_t i = 0;

	while (names[i].charset != charset)
		i++;
	return names[i].name;
}

bool
charset_find(struct span name, enum charset *charset)
{
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (span_is_nocase(name, names[i].name)) {
			*charset = names[i].charset;
			return true;
		}
	return false;
}

/* False: it holds a character that ISO-8859-1 has not. */
static bool
add_latin1(struct buf *out, struct span text)
{
	while (text.length > 0) {
		size_t length;
		uint32_t point = utf8_decode(text, &length);

		if (point > LATIN1_LAST)
			return false;
		buf_add_char(out, (char)point);
		text = span_skip(text, length);
	}
	return true;
}

static void
add_quoted(struct buf *out, struct span text)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.data[i];
		bool is_last = i + 1 == text.length;
		const char code[] = { '=', digits[c >> 4], digits[c & 15] };

		if (c >= ' ' && c <= '~' && c != '=' && !(c == ' ' && is_last))
			buf_add_char(out, (char)c);
		else
			buf_add(out, (struct span){ code, sizeof code });
	}
}

void
charset_add(struct buf *out, enum charset charset, struct span text)
{
	size_t start = out->length;
	bool had_overflowed = out->overflowed;

	if (charset == CHARSET_UTF_8 || utf8_is_ascii(text)) {
		buf_add(out, text);
		return;
	}
	if (charset == CHARSET_ISO_8859_1 && add_latin1(out, text))
		return;
	buf_rewind(out, start);
	add_quoted(out, text);
	out->overflowed |= had_overflowed;
}

void
charset_read(struct buf *out, enum charset charset, struct span bytes)
{
	if (charset != CHARSET_ISO_8859_1 && utf8_is_valid(bytes))
		buf_add(out, bytes);
	else
		utf8_add_latin1(out, bytes);
}
