#include "query/query.h"

#include "base/arena.h"
#include "base/buf.h"
#include "query/telnet.h"
#include "text/utf8.h"

#include <string.h>

enum { BACKSPACE = 0x08, DELETE = 0x7F, BYTE_ORDER_MARK = 0xFEFF };

/* The last character is a whole UTF-8 sequence, or else one byte. */
static void
erase_character(struct buf *typed)
{
	size_t length = 1, decoded;
	struct span tail;

	if (typed->length == 0)
		return;
	while (length < 4 && length < typed->length &&
	    (typed->data[typed->length - length] & 0xC0) == 0x80)
		length++;
	tail = span_skip(buf_span(typed), typed->length - length);
	utf8_decode(tail, &decoded);
	buf_rewind(typed, typed->length - (decoded == length ? length : 1));
}

static void
add_key(struct buf *typed, unsigned char key)
{
	if (key == BACKSPACE || key == DELETE)
		erase_character(typed);
	else if (key >= ' ')
		buf_add_char(typed, (char)key);
	else if (utf8_is_blank(key))
		buf_add_char(typed, ' ');
}

/*
 * What begins with IAC: a telnet command, carried out, or else a letter of
 * ISO-8859-1.  How long it is, at most.
 */
static size_t
add_command(struct buf *typed, struct span line)
{
	size_t length = telnet_command_length(line);
	unsigned char command = 0;

	if (line.length > 1)
		command = (unsigned char)line.data[1];
	if (length == 0 || command == TELNET_IAC)
		add_key(typed, TELNET_IAC);
	else if (command == TELNET_EC)
		erase_character(typed);
	return length > 0 ? length : 1;
}

/* The line as its author saw it: negotiation and corrections carried out. */
static void
add_typed(struct buf *typed, struct span line)
{
	while (line.length > 0) {
		unsigned char key = (unsigned char)line.data[0];
		size_t length = 1;

		if (key == TELNET_IAC)
			length = add_command(typed, line);
		else
			add_key(typed, key);
		line = span_skip(line, length);
	}
}

/* White space collapsed, none at the ends, other controls left out. */
static void
add_collapsed(struct buf *out, struct span text)
{
	bool blank = false;

	while (text.length > 0) {
		size_t length;
		uint32_t point = utf8_decode(text, &length);
		struct span character = { text.data, length };

		text = span_skip(text, length);
		if (utf8_is_blank(point)) {
			blank = true;
			continue;
		}
		if (utf8_is_control(point) || point == BYTE_ORDER_MARK)
			continue;
		if (blank && out->length > 0)
			buf_add_char(out, ' ');
		blank = false;
		buf_add(out, character);
	}
}

/* Printable ASCII without blanks to collapse. */
static bool
is_clean(struct span text)
{
	const char *blank = text.data, *end = text.data + text.length;

	if (text.length == 0 || !utf8_is_plain(text))
		return false;
	while ((blank = memchr(blank, ' ', (size_t)(end - blank))) != NULL)
		if (*++blank == ' ')
			return false;
	return true;
}

struct span
query_clean(struct span line, struct arena *arena)
{
	struct span nothing = { NULL, 0 }, copy;
	struct buf typed, text, clean;

	if (is_clean(span_trim(line)))
		return arena_copy(arena, span_trim(line), &copy) ? copy :
		    nothing;
	if (!arena_take_buf(arena, &typed, line.length))
		return nothing;
	add_typed(&typed, line);
	if (utf8_is_valid(buf_span(&typed))) {
		text = typed;
	} else {
		if (!arena_take_buf(arena, &text, 2 * typed.length))
			return nothing;
		utf8_add_latin1(&text, buf_span(&typed));
	}
	if (!arena_take_buf(arena, &clean, text.length))
		return nothing;
	add_collapsed(&clean, buf_span(&text));
	return buf_span(&clean);
}
