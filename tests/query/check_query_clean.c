#include "unit.h"

#include "base/arena.h"
#include "query/query.h"

#include <string.h>

struct row {
	struct span line;
	const char *clean;
};

#define ROW(line, clean) { SPAN_LITERAL(line), clean }

static void
check_rows(const struct row *rows, size_t count)
{
	struct arena *arena = arena_new(1 << 14);

	for (size_t i = 0; i < count; i++) {
		struct span clean;

		arena_reset(arena);
		clean = query_clean(rows[i].line, arena);
		ck_assert_ptr_nonnull(clean.data);
		ck_assert_msg(span_is(clean, rows[i].clean),
		    "row %zu: \"%.*s\" instead of \"%s\"", i,
		    (int)clean.length, clean.data, rows[i].clean);
	}
	arena_free(&arena);
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof rows / sizeof rows[0])

START_TEST(takes_telnet_negotiation_out)
{
	static const struct row rows[] = {
		ROW("\xff\xfd\x01smith", "smith"),           /* DO ECHO */
		ROW("\xff\xfb\x1f\xff\xfe\x03smi\xff\xfc\x18th", "smith"),
		ROW("\xff\xfa\x1f\x00\x50\x00\x18\xff\xf0smith", "smith"),
		ROW("\xff\xfa\x1f\xff\xff\xff\xf0smith", "smith"),
		ROW("smith\xff\xfa\x18\x00xterm", "smith"), /* never ends */
		ROW("smi\xff\xf1th", "smith"),              /* NOP */
		ROW("smix\xff\xf7th", "smith"),            /* erase character */
		ROW("smith\xff", "smith"),
		ROW("smith\xff\xfd", "smith"),
		ROW("a\xff\xff""b", "a\xc3\xbf""b"),        /* a byte 255 */
		ROW("L\xff""n", "L\xc3\xbfn"),              /* ISO-8859-1 */
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(carries_out_corrections)
{
	static const struct row rows[] = {
		ROW("smiht\b\bth", "smith"),
		ROW("smix\x7fth", "smith"),
		ROW("\b\b\bsmith", "smith"),
		ROW("M\xc3\xbc\buller", "Muller"),
		ROW("\xe6\x9d\x8e\b\xe5\xb0\x8f", "\xe5\xb0\x8f"),
		ROW("M\xfc\buller", "Muller"),
		ROW("x\xc3\xbc\xbc\b\b\by", "y"),
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(drops_controls_and_collapses_white_space)
{
	static const struct row rows[] = {
		ROW("", ""),
		ROW(" \t\r\n", ""),
		ROW("  Quinton,\t Reg \r\n", "Quinton, Reg"),
		ROW("smi\0th\x01\x1f", "smith"),
		ROW("smi\xc2\x9bth", "smith"),
		ROW("a\xc2\xa0\xe3\x80\x80\xc2\x85\xe2\x80\xa8""b", "a b"),
		ROW("\xef\xbb\xbfsmith", "smith"),
		ROW("\xe2\x80\xaesmith", "smith"),
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(takes_invalid_utf8_for_latin1)
{
	static const struct row rows[] = {
		ROW("M\xfcller", "M\xc3\xbcller"),
		ROW("M\xc3\xbcller", "M\xc3\xbcller"),
		ROW("M\xfcller \x9b\x85x", "M\xc3\xbcller x"),
		ROW("M\xfcller M\xc3\xbcller",
		    "M\xc3\xbcller M\xc3\x83\xc2\xbcller"),
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(says_when_the_arena_is_used_up)
{
	for (size_t size = 0; size < 40; size++) {
		struct arena *arena = arena_new(size);

		ck_assert_ptr_null(query_clean(
		    span_from("M\xfcller, J\xfcrgen"), arena).data);
		arena_free(&arena);
	}
}
END_TEST

UNIT_MAIN("query/clean", takes_telnet_negotiation_out, carries_out_corrections,
    drops_controls_and_collapses_white_space, takes_invalid_utf8_for_latin1,
    says_when_the_arena_is_used_up)
