#include "bench/reply.h"

#include <string.h>

enum {
	CODE_LEAST_LAST = 200, /* of a line that can end an answer */
	CODE_DIGITS_FULL = 100, /* from here on a code has all its digits */
};

static void
begin_line(struct reply *reply)
{
	reply->place = REPLY_IN_CODE;
	reply->goes_on = false;
	reply->code = 0;
}

/* The next byte before the text of a line. */
static void
take_code(struct reply *reply, char c)
{
	bool is_first = reply->place == REPLY_AT_START;

	if (is_first)
		begin_line(reply);
	if (is_first && c == '-')
		reply->goes_on = true;
	else if (c >= '0' && c <= '9' && reply->code < CODE_DIGITS_FULL)
		reply->code = 10 * reply->code + (unsigned)(c - '0');
	else {
		reply->place = REPLY_IN_TEXT;
		if (c != ':')
			reply->code = 0;
	}
}

/* The rest of a line, up to its end. */
static size_t
measure_text(struct span bytes)
{
	const char *end = memchr(bytes.data, '\n', bytes.length);

	return end == NULL ? bytes.length : (size_t)(end - bytes.data);
}

/* The line has come to its end. */
static bool
ends_answer(struct reply *reply)
{
	bool has_code = reply->place == REPLY_IN_TEXT;

	reply->place = REPLY_AT_START;
	return has_code && !reply->goes_on && reply->code >= CODE_LEAST_LAST;
}

bool
reply_cut(struct reply *reply, struct span *bytes, struct span *piece)
{
	struct span rest = *bytes;
	bool is_whole = false;

	while (rest.length > 0 && !is_whole) {
		if (reply->place == REPLY_IN_TEXT)
			rest = span_skip(rest, measure_text(rest));
		else if (*rest.data != '\n') {
			take_code(reply, *rest.data);
			rest = span_skip(rest, 1);
		}
		if (rest.length > 0 && *rest.data == '\n') {
			is_whole = ends_answer(reply);
			rest = span_skip(rest, 1);
		}
	}
	*piece = (struct span){ bytes->data, bytes->length - rest.length };
	*bytes = rest;
	return is_whole;
}
