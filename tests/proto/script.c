#include "config.h"

#include "script.h"

#include "contains.h"

#include "base/buf.h"
#include "text/utf8.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 4096, TEXT_MAX = 1 << 20, LINE_MAX_BYTES = 8192 };

enum kind { SEND_LINE, SEND_BYTES, HANG_UP, EXPECT_EXACT, EXPECT_REGEX, EXPECT_ANY };

struct line {
	enum kind kind;
	unsigned number;
	struct span text;
};

/* One file at a time. */
static struct line lines[LINES_MAX];
static size_t line_count;
static char texts[TEXT_MAX];
static char file_bytes[TEXT_MAX];

static bool
read_file(const char *path, struct span *bytes)
{
	FILE *file = fopen(path, "rb");

	if (file == NULL)
		return false;
	*bytes = (struct span){ file_bytes,
		fread(file_bytes, 1, sizeof file_bytes, file) };
	fclose(file);
	return bytes->length < sizeof file_bytes;
}

static char
unescape_one(struct span *rest)
{
	char hex[3] = { 0 };
	char c = rest->data[0];

	*rest = span_skip(*rest, 1);
	if (c == 'x' && rest->length >= 2) {
		memcpy(hex, rest->data, 2);
		*rest = span_skip(*rest, 2);
		return (char)strtoul(hex, NULL, 16);
	}
	return c == 'r' ? '\r' : c == 'n' ? '\n' : c == 't' ? '\t' : c;
}

static struct span
unescape(struct buf *out, struct span text, const char *tail)
{
	size_t start = out->length;

	while (text.length > 0) {
		char c = text.data[0];

		text = span_skip(text, 1);
		buf_add_char(out,
		    c == '\\' && text.length > 0 ? unescape_one(&text) : c);
	}
	buf_add_string(out, tail);
	return span_skip(buf_span(out), start);
}

static bool
read_line(struct buf *out, struct span text, struct line *line)
{
	static const struct {
		const char *mark;
		enum kind kind;
		const char *tail;
	} marks[] = {
		{ "C: ", SEND_LINE, "\r\n" },
		{ "C| ", SEND_BYTES, "" },
		{ "S: ", EXPECT_EXACT, "" },
	};

	if (span_is(text, "S..."))
		line->kind = EXPECT_ANY;
	else if (span_is(text, "--"))
		line->kind = HANG_UP;
	else if (span_is(text, "S:"))
		line->kind = EXPECT_EXACT;
	else if (span_starts_with(text, span_from("S~ ")))
		*line = (struct line){ EXPECT_REGEX, line->number,
			span_skip(text, 3) };
	else
		for (size_t i = 0;; i++) {
			if (i == sizeof marks / sizeof marks[0])
				return false;
			if (!span_starts_with(text, span_from(marks[i].mark)))
				continue;
			line->kind = marks[i].kind;
			line->text = unescape(out, span_skip(text, 3),
			    marks[i].tail);
			break;
		}
	return true;
}

static bool
read_script(const char *path)
{
	struct span rest;
	struct buf out;

	line_count = 0;
	buf_init(&out, texts, sizeof texts);
	if (!read_file(path, &rest)) {
		fprintf(stderr, "%s: cannot be read\n", path);
		return false;
	}
	for (unsigned number = 1; rest.length > 0; number++) {
		struct span text = span_cut(&rest, '\n');
		struct line line = { .number = number, .text = { "", 0 } };

		if (text.length == 0 || text.data[0] == '#')
			continue;
		if (line_count == LINES_MAX ||
		    !read_line(&out, text, &line)) {
			fprintf(stderr, "%s:%u: not a line of a transcript\n",
			    path, number);
			return false;
		}
		lines[line_count++] = line;
	}
	return !out.overflowed && line_count > 0;
}

static bool
matches_regex(struct span pattern, struct span text)
{
	char c_pattern[LINE_MAX_BYTES];
	char c_text[LINE_MAX_BYTES];
	regex_t regex;
	bool matches;

	if (pattern.length >= sizeof c_pattern || text.length >= sizeof c_text)
		return false;
	snprintf(c_pattern, sizeof c_pattern, "%.*s", (int)pattern.length,
	    pattern.data);
	snprintf(c_text, sizeof c_text, "%.*s", (int)text.length, text.data);
	if (regcomp(&regex, c_pattern, REG_EXTENDED | REG_NOSUB) != 0) {
		fprintf(stderr, "not an expression: %s\n", c_pattern);
		return false;
	}
	matches = regexec(&regex, c_text, 0, NULL, 0) == 0;
	regfree(&regex);
	return matches;
}

/* `*worst` is moved to the furthest expected line that did not match. */
static bool
matches(const struct line *expected, size_t count, struct span answer,
    const struct line **worst)
{
	struct span text;

	if (expected > *worst)
		*worst = expected;
	if (count == 0)
		return answer.length == 0;
	if (expected->kind == EXPECT_ANY) {
		if (matches(expected + 1, count - 1, answer, worst))
			return true;
		if (answer.length == 0)
			return false;
		span_cut(&answer, '\n');
		return matches(expected, count, answer, worst);
	}
	if (answer.length == 0)
		return false;
	text = span_cut(&answer, '\n');
	if (text.length > 0 && text.data[text.length - 1] == '\r')
		text.length--;
	if (expected->kind == EXPECT_REGEX ?
		!matches_regex(expected->text, text) :
		!span_equal(expected->text, text))
		return false;
	return matches(expected + 1, count - 1, answer, worst);
}

static bool
is_clean_text(struct span text)
{
	char memory[4 * LINE_MAX_BYTES];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	utf8_add_sanitised(&out, text);
	return utf8_is_valid(text) && span_equal(buf_span(&out), text);
}

static bool
is_clean_latin1(struct span text)
{
	char memory[2 * LINE_MAX_BYTES];
	struct buf read;

	buf_init(&read, memory, sizeof memory);
	utf8_add_latin1(&read, text);
	return !read.overflowed && is_clean_text(buf_span(&read));
}

static bool
is_line(struct span line, bool has_codes)
{
	if (!has_codes)
		return is_clean_text(line);
	return (is_clean_text(line) || is_clean_latin1(line)) &&
	    matches_regex(span_from("^-?[1-5][0-9][0-9]:"), line);
}

/* What is wrong with the answer whatever the question was, or NULL. */
static const char *
find_fault(struct span answer, const struct script_server *server)
{
	struct span error = span_from("% error: ");
	const char *closing = server->closing;
	struct span rest = answer;

	if (answer.length == 0)
		return NULL;
	if (contains(answer, "HIDDEN"))
		return "shows what is for nobody";
	while (rest.length > 0) {
		struct span line = span_cut(&rest, '\n');

		if (line.length == 0 || line.data[--line.length] != '\r')
			return "a line does not end in CR LF";
		if (!is_line(line, server->has_codes))
			return "bytes that should not be sent";
		if (span_is(line, "-- "))
			return "a line that ends the answer for some clients";
	}
	if (answer.data[answer.length - 1] != '\n')
		return "the last line has no end";
	if (closing != NULL && !span_starts_with(answer, error) &&
	    !span_cut_suffix(&answer, closing))
		return "no closing sentence";
	return NULL;
}

static bool
run_exchange(const char *path, const struct line *sent, size_t expected,
    const struct script_server *server)
{
	struct span answer = server->ask(server->context, sent->text,
	    sent->kind == SEND_BYTES);
	const struct line *worst = sent + 1;
	const char *fault = find_fault(answer, server);

	if (fault == NULL && matches(sent + 1, expected, answer, &worst))
		return true;
	if (fault == NULL)
		fault = worst <= sent + expected ? "another line expected" :
		    "more lines than expected";
	fprintf(stderr, "%s:%u: %s in answer to line %u, which was\n%.*s",
	    path, worst <= sent + expected ? worst->number :
	    worst[-1].number, fault, sent->number, (int)answer.length,
	    answer.data);
	return false;
}

void
script_run(const char *path, const struct script_server *server,
    struct script_result *result)
{
	size_t at = 0;

	if (!read_script(path) || lines[0].kind > HANG_UP) {
		fprintf(stderr, "%s: no transcript\n", path);
		result->failed++;
		return;
	}
	while (at < line_count) {
		const struct line *sent = &lines[at];
		size_t expected = 0;

		while (at + 1 + expected < line_count &&
		    sent[1 + expected].kind > HANG_UP)
			expected++;
		if (sent->kind == HANG_UP)
			server->hang_up(server->context);
		else if (run_exchange(path, sent, expected, server))
			result->passed++;
		else
			result->failed++;
		at += 1 + expected;
	}
	server->hang_up(server->context);
}
