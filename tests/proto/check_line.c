#include "unit.h"

#include "proto/line.h"

#include <string.h>

enum { MAX = 100 };

struct row {
	const char *input;
	size_t input_length;
	bool ended;
	enum face_frame frame;
	size_t length; /* of a whole request */
};

#define ROW(text, ...) { text, sizeof(text) - 1, __VA_ARGS__ }

static void
check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct row *row = &rows[i];
		struct span input = { row->input, row->input_length };
		size_t length = 0;

		ck_assert_msg(line_frame(input, row->ended, MAX,
		    &length) == row->frame, "row %zu", i);
		if (row->frame == FACE_FRAME_WHOLE)
			ck_assert_msg(length == row->length, "row %zu", i);
	}
}

START_TEST(request_ends_at_lf_or_at_the_end_of_the_input)
{
	static const struct row rows[] = {
		ROW("smith\r\n", false, FACE_FRAME_WHOLE, 7),
		ROW("smith\n", false, FACE_FRAME_WHOLE, 6),
		ROW("smith\nmore", false, FACE_FRAME_WHOLE, 6),
		ROW("smith\nmore", true, FACE_FRAME_WHOLE, 6),
		ROW("smith", false, FACE_FRAME_MORE, 0),
		ROW("smith\r", false, FACE_FRAME_MORE, 0),
		ROW("smith", true, FACE_FRAME_WHOLE, 5),
		ROW("smith\r", true, FACE_FRAME_WHOLE, 6),
		ROW("s\0\n", false, FACE_FRAME_WHOLE, 3),
	};

	check_rows(rows, sizeof rows / sizeof rows[0]);
}
END_TEST

START_TEST(empty_line_is_a_request_but_blanks_and_the_end_are_not)
{
	static const struct row rows[] = {
		ROW("\n", false, FACE_FRAME_WHOLE, 1),
		ROW("\r\n", false, FACE_FRAME_WHOLE, 2),
		ROW(" \t\r\n", true, FACE_FRAME_WHOLE, 4),
		ROW("", false, FACE_FRAME_MORE, 0),
		ROW("", true, FACE_FRAME_EMPTY, 0),
		ROW("  \t", true, FACE_FRAME_EMPTY, 0),
		ROW("\r", true, FACE_FRAME_EMPTY, 0),
	};

	check_rows(rows, sizeof rows / sizeof rows[0]);
}
END_TEST

START_TEST(lf_inside_a_telnet_negotiation_ends_nothing)
{
	static const struct row rows[] = {
		/* DO, option 10 */
		ROW("\xff\xfd\n", false, FACE_FRAME_MORE, 0),
		ROW("\xff\xfd\nsmith\r\n", false, FACE_FRAME_WHOLE, 10),
		ROW("\xff\xfd\n", true, FACE_FRAME_EMPTY, 0),
		/* cut short */
		ROW("\xff", false, FACE_FRAME_MORE, 0),
		ROW("\xff\xfb", false, FACE_FRAME_MORE, 0),
		ROW("\xff\xfb", true, FACE_FRAME_EMPTY, 0),
		/* subnegotiation, NOP, and a doubled 255 */
		ROW("\xff\xfa\x18\n\xff\xf0me\n", false, FACE_FRAME_WHOLE, 9),
		ROW("\xff\xfa\xff\xff\xf0\n\xff\xf0me\n", false,
		    FACE_FRAME_WHOLE, 11),
		ROW("\xff\xfa\x18\n", false, FACE_FRAME_MORE, 0),
		ROW("\xff\xfa\x18\n", true, FACE_FRAME_EMPTY, 0),
		ROW("\xff\xf1\n", false, FACE_FRAME_WHOLE, 3),
		ROW("\xff\xff\n", false, FACE_FRAME_WHOLE, 3),
		/* an ISO-8859-1 letter is no command */
		ROW("Lo\xff\n", false, FACE_FRAME_WHOLE, 4),
	};

	check_rows(rows, sizeof rows / sizeof rows[0]);
}
END_TEST

START_TEST(line_with_more_than_the_most_bytes_is_too_long)
{
	static char line[MAX + 1];
	struct row rows[] = {
		{ line, MAX - 1, false, FACE_FRAME_MORE, 0 },
		{ line, MAX, false, FACE_FRAME_TOO_LONG, 0 },
		{ line, MAX, true, FACE_FRAME_WHOLE, MAX },
		{ line, MAX + 1, true, FACE_FRAME_TOO_LONG, 0 },
	};
	struct row ended[] = {
		{ line, MAX, false, FACE_FRAME_WHOLE, MAX },
	};

	memset(line, 'x', sizeof line);
	check_rows(rows, 4);
	line[MAX] = '\n';
	check_rows(rows + 3, 1);
	line[MAX - 1] = '\n';
	check_rows(ended, 1);
}
END_TEST

UNIT_MAIN("proto/line",
    request_ends_at_lf_or_at_the_end_of_the_input,
    empty_line_is_a_request_but_blanks_and_the_end_are_not,
    lf_inside_a_telnet_negotiation_ends_nothing,
    line_with_more_than_the_most_bytes_is_too_long)
