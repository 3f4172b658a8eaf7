#include "proto/ph_line.h"

#include "base/arena.h"
#include "base/buf.h"
#include "query/telnet.h"
#include "text/utf8.h"

#include <stdint.h>

/* Bytes at the start of `text` that count as not sent, or 0. */
static size_t
unseen_length(struct span text)
{
	if (text.data[0] == '\r' || text.data[0] == '\0')
		return 1;
	return telnet_command_length(text);
}

enum face_frame
ph_line_frame(struct span input, bool ended, size_t *length)
{
	bool is_escaped = false, asked = false;
	size_t at = 0;

	while (at < input.length) {
		size_t unseen = unseen_length(span_skip(input, at));
		char c = input.data[at];

		at += unseen > 0 ? unseen : 1;
		if (unseen > 0)
			continue;
		if (c == '\n' && !is_escaped) {
			*length = at;
			return at <= PH_LINE_MAX ? FACE_FRAME_WHOLE :
			    FACE_FRAME_TOO_LONG;
		}
		is_escaped = c == '\\' && !is_escaped;
		asked |= c != ' ' && c != '\t' && c != '\n';
	}
	if (ended && input.length <= PH_LINE_MAX) {
		*length = input.length;
		return asked ? FACE_FRAME_WHOLE : FACE_FRAME_EMPTY;
	}
	return input.length < PH_LINE_MAX ? FACE_FRAME_MORE :
	    FACE_FRAME_TOO_LONG;
}

/* What was seen of the request, its lines joined. */
static void
add_joined(struct buf *joined, struct span request)
{
	bool is_escaped = false;

	while (request.length > 0) {
		size_t unseen = unseen_length(request);
		char c = request.data[0];

		request = span_skip(request, unseen > 0 ? unseen : 1);
		if (unseen > 0)
			continue;
		if (c == '\n' && is_escaped)
			buf_rewind(joined, joined->length - 1);
		buf_add_char(joined, c == '\n' ? ' ' : c);
		is_escaped = c == '\\' && !is_escaped;
	}
}

/* White space of every kind is a blank, other controls are left out. */
static void
add_clean(struct buf *clean, struct span text)
{
	while (text.length > 0) {
		size_t length;
		uint32_t point = utf8_decode(text, &length);

		if (utf8_is_blank(point))
			buf_add_char(clean, ' ');
		else if (!utf8_is_control(point))
			buf_add(clean, (struct span){ text.data, length });
		text = span_skip(text, length);
	}
}

/*
 * Most lines are as they should be.  Telnet's 255 is no byte of a plain one, nor
 * is anything else unseen; what was continued by the end of the input is not.
 */
static bool
is_clean(struct span text)
{
	return utf8_is_plain(text) &&
	    (text.length == 0 || text.data[text.length - 1] != '\\');
}

static bool
clean_line(struct span request, enum charset charset, struct arena *arena,
    struct span *text)
{
	struct buf joined, read, clean;

	if (is_clean(span_trim(request)))
		return arena_copy(arena, span_trim(request), text);
	if (!arena_take_buf(arena, &joined, request.length) ||
	    !arena_take_buf(arena, &read, CHARSET_READ_BYTES * request.length) ||
	    !arena_take_buf(arena, &clean, CHARSET_READ_BYTES * request.length))
		return false;
	add_joined(&joined, request);
	charset_read(&read, charset, buf_span(&joined));
	add_clean(&clean, buf_span(&read));
	*text = span_trim(buf_span(&clean));
	return true;
}

bool
ph_line_begin(struct ph_line *line, struct span request, enum charset charset,
    struct arena *arena)
{
	struct span rest;

	line->count = 0;
	if (!clean_line(request, charset, arena, &line->text))
		return false;
	rest = line->text;
	line->command = span_cut(&rest, ' ');
	return true;
}

/* Words being read. */
struct reading {
	struct ph_line *line;
	struct arena *arena;
	struct span rest;
	bool wants_value; /* the last argument ends in its `=` */
};

/* Characters at the start of `text` that are none of `ends`. */
static size_t
length_before(struct span text, const char *ends)
{
	size_t at = 0;

	while (at < text.length && strchr(ends, text.data[at]) == NULL)
		at++;
	return at;
}

/* Where the quote ends that `text` is behind; its length: nowhere. */
static size_t
quoted_length(struct span text)
{
	size_t at = 0;

	while (at < text.length && text.data[at] != '"')
		at += text.data[at] == '\\' ? 2 : 1;
	return at < text.length ? at : text.length;
}

static void
add_unescaped(struct buf *out, struct span quoted)
{
	while (quoted.length > 0) {
		char c = quoted.data[0];

		quoted = span_skip(quoted, 1);
		if (c == '\\' && quoted.length > 0) {
			c = quoted.data[0];
			quoted = span_skip(quoted, 1);
			c = c == 'n' || c == 't' ? ' ' : c;
		}
		buf_add_char(out, c);
	}
}

static enum ph_line_read
read_quoted(struct reading *r, struct span *value)
{
	struct span text = span_skip(r->rest, 1);
	struct span quoted = { text.data, quoted_length(text) };
	struct buf unescaped;

	if (quoted.length == text.length)
		return PH_LINE_NO_QUOTE;
	r->rest = span_skip(text, quoted.length + 1);
	*value = quoted;
	if (memchr(quoted.data, '\\', quoted.length) == NULL)
		return PH_LINE_READ;
	if (!arena_take_buf(r->arena, &unescaped, quoted.length))
		return PH_LINE_NO_ROOM;
	add_unescaped(&unescaped, quoted);
	*value = buf_span(&unescaped);
	return PH_LINE_READ;
}

/* Only what follows `=` at once may hold another. */
static enum ph_line_read
read_value(struct reading *r, bool is_behind_equals,
    struct ph_argument *argument)
{
	size_t length;

	*argument = (struct ph_argument){ .kind = PH_VALUE,
		.field = { "", 0 } };
	if (r->rest.data[0] == '"') {
		argument->is_quoted = true;
		return read_quoted(r, &argument->value);
	}
	length = length_before(r->rest, is_behind_equals ? " \"" : " \"=");
	argument->value = (struct span){ r->rest.data, length };
	r->rest = span_skip(r->rest, length);
	if (!is_behind_equals && (span_is(argument->value, "return") ||
	    span_is(argument->value, "make") ||
	    span_is(argument->value, "force")))
		argument->kind = PH_KEYWORD;
	return PH_LINE_READ;
}

/* The last value was the name of a field. */
static enum ph_line_read
read_equals(struct reading *r)
{
	struct ph_argument *last = r->line->count > 0 ?
	    &r->line->arguments[r->line->count - 1] : NULL;

	if (last == NULL || last->kind != PH_VALUE || last->value.length == 0)
		return PH_LINE_NO_FIELD;
	*last = (struct ph_argument){ .kind = PH_PAIR, .field = last->value,
		.value = { "", 0 } };
	r->wants_value = true;
	r->rest = span_skip(r->rest, 1);
	return PH_LINE_READ;
}

static enum ph_line_read
read_argument(struct reading *r, bool is_behind_equals)
{
	struct ph_line *line = r->line;
	struct ph_argument argument;
	enum ph_line_read outcome =
	    read_value(r, is_behind_equals, &argument);

	if (outcome != PH_LINE_READ)
		return outcome;
	if (r->wants_value && argument.kind == PH_VALUE) {
		line->arguments[line->count - 1].value = argument.value;
		line->arguments[line->count - 1].is_quoted =
		    argument.is_quoted;
	} else if (line->count == PH_ARGUMENTS_MAX) {
		return PH_LINE_TOO_MANY;
	} else {
		line->arguments[line->count++] = argument;
	}
	r->wants_value = false;
	return PH_LINE_READ;
}

enum ph_line_read
ph_line_read(struct ph_line *line, struct arena *arena)
{
	struct reading r = { .line = line, .arena = arena,
		.rest = span_skip(line->text, line->command.length) };
	enum ph_line_read outcome = PH_LINE_READ;

	line->count = 0;
	while (outcome == PH_LINE_READ && r.rest.length > 0) {
		bool is_behind_equals = r.wants_value &&
		    r.rest.data[-1] == '=';

		if (r.rest.data[0] == ' ')
			r.rest = span_skip(r.rest, 1);
		else if (r.rest.data[0] == '=' && !is_behind_equals)
			outcome = read_equals(&r);
		else
			outcome = read_argument(&r, is_behind_equals);
	}
	return outcome;
}
