#include "unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "proto/ph_line.h"

#include <string.h>

static struct arena *arena;
static struct ph_line line;

static void
set_up(void)
{
	arena = arena_new(1 << 20);
}

static void
tear_down(void)
{
	arena_free(&arena);
}

#define BYTES(text)                                                            \
	{                                                                      \
		(text), sizeof(text) - 1                                       \
	}

START_TEST(frame_ends_at_a_line_end_that_no_backslash_stands_before)
{
	static const struct {
		struct span input;
		bool ended;
		enum face_frame frame;
		size_t length;
	} rows[] = {
	    {BYTES("id x\n"), false, FACE_FRAME_WHOLE, 5},
	    {BYTES("id x\r\nid"), false, FACE_FRAME_WHOLE, 6},
	    {BYTES("\n"), false, FACE_FRAME_WHOLE, 1},
	    {BYTES(" \r\n"), true, FACE_FRAME_WHOLE, 3},
	    {BYTES("id x"), false, FACE_FRAME_MORE, 0},
	    {BYTES("id x"), true, FACE_FRAME_WHOLE, 4},
	    {BYTES(" \t\r"), true, FACE_FRAME_EMPTY, 0},
	    {BYTES(""), false, FACE_FRAME_MORE, 0},
	    {BYTES(""), true, FACE_FRAME_EMPTY, 0},
	    {BYTES("id \\\nx\n"), false, FACE_FRAME_WHOLE, 7},
	    {BYTES("id \\\r\0\nx"), false, FACE_FRAME_MORE, 0},
	    {BYTES("id \\\\\nx"), false, FACE_FRAME_WHOLE, 6},
	    {BYTES("id \\x\nx"), false, FACE_FRAME_WHOLE, 6},
	    {BYTES("id \"\nx"), false, FACE_FRAME_WHOLE, 5},
	    {BYTES("\\\n"), false, FACE_FRAME_MORE, 0},
	    {BYTES("\\\n"), true, FACE_FRAME_WHOLE, 2},
	    /* a telnet command may hold anything */
	    {BYTES("\xff\xfd\n"), false, FACE_FRAME_MORE, 0},
	    {BYTES("\xff\xfd\nid\n"), false, FACE_FRAME_WHOLE, 6},
	    {BYTES("\\\xff\xfd\n\nid"), false, FACE_FRAME_MORE, 0},
	    {BYTES("\xff"), false, FACE_FRAME_MORE, 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t length = 0;

		ck_assert_msg(ph_line_frame(rows[i].input, rows[i].ended,
				  &length) == rows[i].frame,
		    "row %zu", i);
		if (rows[i].frame == FACE_FRAME_WHOLE)
			ck_assert_msg(length == rows[i].length, "row %zu", i);
	}
}
END_TEST

START_TEST(frame_is_too_long_beyond_the_bytes_of_a_line)
{
	static char bytes[PH_LINE_MAX + 1];
	struct span whole = {bytes, PH_LINE_MAX};
	size_t length;

	memset(bytes, 'x', sizeof bytes);
	ck_assert_int_eq(ph_line_frame((struct span){bytes, PH_LINE_MAX - 1},
			     false, &length),
	    FACE_FRAME_MORE);
	ck_assert_int_eq(
	    ph_line_frame(whole, false, &length), FACE_FRAME_TOO_LONG);
	ck_assert_int_eq(ph_line_frame(whole, true, &length), FACE_FRAME_WHOLE);
	bytes[PH_LINE_MAX - 1] = '\n';
	ck_assert_int_eq(
	    ph_line_frame(whole, false, &length), FACE_FRAME_WHOLE);
	bytes[PH_LINE_MAX - 1] = 'x';
	bytes[PH_LINE_MAX] = '\n';
	ck_assert_int_eq(
	    ph_line_frame((struct span){bytes, sizeof bytes}, false, &length),
	    FACE_FRAME_TOO_LONG);
}
END_TEST

START_TEST(takes_the_command_off_a_clean_line)
{
	static const struct {
		struct span request;
		enum charset charset;
		const char *text, *command;
	} rows[] = {
	    {BYTES("id x\r\n"), CHARSET_UTF_8, "id x", "id"},
	    {BYTES("  id\n"), CHARSET_UTF_8, "id", "id"},
	    {BYTES("\r\n"), CHARSET_UTF_8, "", ""},
	    {BYTES(""), CHARSET_UTF_8, "", ""},
	    {BYTES("id\tx\n"), CHARSET_UTF_8, "id x", "id"},
	    {BYTES("i\0d\r x\n"), CHARSET_UTF_8, "id x", "id"},
	    {BYTES("i\x1b"
		   "d\x7f x\n"),
		CHARSET_UTF_8, "id x", "id"},
	    {BYTES("id \\\r\nx\n"), CHARSET_UTF_8, "id  x", "id"},
	    {BYTES("\\\nid\n"), CHARSET_UTF_8, "id", "id"},
	    {BYTES("id\\\n"), CHARSET_UTF_8, "id", "id"},
	    {BYTES("id x\\"), CHARSET_UTF_8, "id x\\", "id"},
	    {BYTES("\xff\xfd\x01id\n"), CHARSET_UTF_8, "id", "id"},
	    {BYTES("id\xe3\x80\x80x\n"), CHARSET_UTF_8, "id x", "id"},
	    {BYTES("id \xfc\n"), CHARSET_UTF_8, "id \xc3\xbc", "id"},
	    {BYTES("id \xc3\xbc\n"), CHARSET_UTF_8, "id \xc3\xbc", "id"},
	    {BYTES("id \xc3\xbc\n"), CHARSET_ISO_8859_1, "id \xc3\x83\xc2\xbc",
		"id"},
	    {BYTES("id=x y\n"), CHARSET_UTF_8, "id=x y", "id=x"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ck_assert(ph_line_begin(
		    &line, rows[i].request, rows[i].charset, arena));
		ck_assert_msg(span_is(line.text, rows[i].text) &&
				  span_is(line.command, rows[i].command),
		    "row %zu: %.*s", i, (int)line.text.length, line.text.data);
	}
}
END_TEST

/* The arguments written so that nothing about them is left out. */
static struct span
describe(struct buf *out)
{
	for (unsigned i = 0; i < line.count; i++) {
		const struct ph_argument *argument = &line.arguments[i];

		buf_add_char(out, argument->kind == PH_KEYWORD ? '<' : '[');
		buf_add(out, argument->field);
		if (argument->kind == PH_PAIR)
			buf_add_char(out, '=');
		buf_add_string(out, argument->is_quoted ? "'" : "");
		buf_add(out, argument->value);
		buf_add_char(out, argument->kind == PH_KEYWORD ? '>' : ']');
	}
	return buf_span(out);
}

START_TEST(reads_words_as_qi_does)
{
	static const struct {
		const char *request, *arguments;
	} rows[] = {
	    {"q", ""},
	    {"q reg  quinton ", "[reg][quinton]"},
	    {"q name=reg", "[name=reg]"},
	    {"q name = reg quinton", "[name=reg][quinton]"},
	    {"q name= reg", "[name=reg]"},
	    {"q name=", "[name=]"},
	    {"q name=\"\"", "[name=']"},
	    {"q name=\"reg quinton\" x", "[name='reg quinton][x]"},
	    {"q \"name\"=reg", "[name=reg]"},
	    {"q url=http://a/?b=c", "[url=http://a/?b=c]"},
	    {"q a==b", "[a==b]"},
	    {"q a=b=c d=e", "[a=b=c][d=e]"},
	    {"q \"reg\"quinton", "['reg][quinton]"},
	    {"q reg\"quinton\"", "[reg]['quinton]"},
	    {"q a=reg\"quinton\"", "[a=reg]['quinton]"},
	    {"q \"a \\\"b\\\" \\\\ c\\nd\\te\\f\"", "['a \"b\" \\ c d ef]"},
	    {"q a\\b", "[a\\b]"},
	    {"q smith return name phone", "[smith]<return>[name][phone]"},
	    {"q x make y force z", "[x]<make>[y]<force>[z]"},
	    {"q Return returns", "[Return][returns]"},
	    {"q \"return\" x=return", "['return][x=return]"},
	    {"q name= return x", "[name=]<return>[x]"},
	    {"q sm[iy]th* ~x", "[sm[iy]th*][~x]"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char memory[256];
		struct buf out;
		struct span found;

		buf_init(&out, memory, sizeof memory);
		ck_assert(ph_line_begin(
		    &line, span_from(rows[i].request), CHARSET_UTF_8, arena));
		ck_assert_int_eq(ph_line_read(&line, arena), PH_LINE_READ);
		found = describe(&out);
		ck_assert_msg(span_is(found, rows[i].arguments), "%s: %.*s",
		    rows[i].request, (int)found.length, found.data);
	}
}
END_TEST

START_TEST(says_what_cannot_be_read)
{
	static const struct {
		const char *request;
		enum ph_line_read outcome;
	} rows[] = {
	    {"q \"reg", PH_LINE_NO_QUOTE},
	    {"q name=\"reg\\\"", PH_LINE_NO_QUOTE},
	    {"q \"", PH_LINE_NO_QUOTE},
	    {"q \"\\", PH_LINE_NO_QUOTE},
	    {"q =x", PH_LINE_NO_FIELD},
	    {"q a=b =c", PH_LINE_NO_FIELD},
	    {"q \"\"=c", PH_LINE_NO_FIELD},
	    {"q return =c", PH_LINE_NO_FIELD},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ck_assert(ph_line_begin(
		    &line, span_from(rows[i].request), CHARSET_UTF_8, arena));
		ck_assert_msg(ph_line_read(&line, arena) == rows[i].outcome,
		    "%s", rows[i].request);
	}
}
END_TEST

START_TEST(holds_so_many_words_and_no_more)
{
	char request[2 * PH_ARGUMENTS_MAX + 4];
	struct buf words;

	buf_init(&words, request, sizeof request);
	buf_add_char(&words, 'q');
	for (unsigned i = 0; i < PH_ARGUMENTS_MAX; i++)
		buf_add_string(&words, " a");
	ck_assert(ph_line_begin(&line, buf_span(&words), CHARSET_UTF_8, arena));
	ck_assert_int_eq(ph_line_read(&line, arena), PH_LINE_READ);
	ck_assert_uint_eq(line.count, PH_ARGUMENTS_MAX);
	buf_add_string(&words, " a");
	ck_assert(ph_line_begin(&line, buf_span(&words), CHARSET_UTF_8, arena));
	ck_assert_int_eq(ph_line_read(&line, arena), PH_LINE_TOO_MANY);
}
END_TEST

START_TEST(says_when_the_arena_is_used_up)
{
	struct arena *small = arena_new(16);

	ck_assert(!ph_line_begin(
	    &line, span_from("query a longer line"), CHARSET_UTF_8, small));
	arena_reset(small);
	ck_assert(!ph_line_begin(
	    &line, span_from("query\ta line"), CHARSET_UTF_8, small));
	arena_free(&small);
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){set_up, tear_down}),
    "proto/ph_line", frame_ends_at_a_line_end_that_no_backslash_stands_before,
    frame_is_too_long_beyond_the_bytes_of_a_line,
    takes_the_command_off_a_clean_line, reads_words_as_qi_does,
    says_what_cannot_be_read, holds_so_many_words_and_no_more,
    says_when_the_arena_is_used_up)
