#include "record/value.h"

#include "text/eight.h"
#include "text/utf8.h"

enum { WINDOW = sizeof(uint64_t) };

/* What makes some of the eight bytes unfit; `blank`: one is before them. */
static uint64_t
unfit(uint64_t eight, bool blank)
{
	uint64_t blanks = eight_equal(eight, ' ');
	uint64_t behind = blanks << 8 | (blank ? 0x80 : 0);

	return eight_unprintable(eight) | (blanks & behind);
}

static bool
is_short_plain(struct span raw)
{
	char previous = ' ';

	for (size_t i = 0; i < raw.length; i++) {
		char c = raw.data[i];

		if (c < ' ' || c > '~' || (c == ' ' && previous == ' '))
			return false;
		previous = c;
	}
	return previous != ' ';
}

/* Each eight bytes begin with the last of those before, for blanks in a row. */
bool
value_is_plain(struct span raw)
{
	const char *at, *last;
	uint64_t found;

	if (raw.length < WINDOW)
		return is_short_plain(raw);
	found = unfit(eight_load(raw.data), true);
	last = raw.data + raw.length - WINDOW;
	for (at = raw.data + WINDOW - 1; at < last; at += WINDOW - 1)
		found |= unfit(eight_load(at), false);
	found |= unfit(eight_load(last), false);
	return found == 0 && raw.data[raw.length - 1] != ' ';
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
