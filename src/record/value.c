#include "record/value.h"

#include "text/utf8.h"

bool
value_is_plain(struct span raw)
{
	unsigned char previous = ' ';

	for (size_t i = 0; i < raw.length; i++) {
		unsigned char c = (unsigned char)raw.data[i];

		if (c < ' ' || c > '~' || (c == ' ' && previous == ' '))
			return false;
		previous = c;
	}
	return previous != ' ';
}

static bool
is_blank(uint32_t c)
{
	return utf8_is_blank(c) || utf8_is_control(c);
}

/* Append the words of `text`, one blank between them. */
static void
add_words(struct buf *out, struct span text)
{
	bool blank = false, begun = false;
	size_t length;

	for (; text.length > 0; text = span_skip(text, length)) {
		if (is_blank(utf8_decode(text, &length))) {
			blank = begun;
			continue;
		}
		if (blank)
			buf_add_char(out, ' ');
		buf_add(out, (struct span){ text.data, length });
		blank = false;
		begun = true;
	}
}

void
value_add(struct buf *out, struct span raw, struct buf *scratch,
    bool *was_latin1)
{
	size_t start;

	if (value_is_plain(raw)) {
		buf_add(out, raw);
		return;
	}
	buf_rewind(scratch, 0);
	if (!utf8_is_valid(raw)) {
		*was_latin1 = true;
		utf8_add_latin1(scratch, raw);
		raw = buf_span(scratch);
	}
	start = scratch->length;
	utf8_add_nfc(scratch, raw);
	if (scratch->overflowed)
		out->overflowed = true;
	add_words(out, span_skip(buf_span(scratch), start));
}
