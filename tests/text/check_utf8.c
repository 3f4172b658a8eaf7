#include "unit.h"

#include "text/utf8.h"

#include <string.h>
#include <utf8proc.h>

START_TEST(tells_valid_from_malformed)
{
	static const char *const valid[] = { "", "plain ascii, long enough",
		"M\xc3\xbcller", "\xe6\x9d\x8e\xe5\xb0\x8f", "\xf0\x9f\x98\x80",
		"\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xef\xbf\xbf",
		"\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "\xef\xbf\xbd",
		"\xed\x9f\xbf", "\xee\x80\x80" };
	static const char *const malformed[] = {
		"\x80", "12345678\xbf", "\xc0\x80", "\xc1\xbf", "\xc3",
		"\xc3(", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe6\x9d",
		"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
		"\xff", "M\xfcller", "abcdefg\xf0\x9f\x98" };

	for (size_t i = 0; i < sizeof valid / sizeof valid[0]; i++)
		ck_assert_msg(utf8_is_valid(span_from(valid[i])), "%zu", i);
	for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++)
		ck_assert_msg(!utf8_is_valid(span_from(malformed[i])), "%zu",
		    i);
}
END_TEST

START_TEST(sees_the_one_byte_that_is_not_ascii)
{
	char text[40];

	for (size_t length = 0; length < sizeof text; length++) {
		memset(text, 'a', sizeof text);
		ck_assert(utf8_is_ascii((struct span){ text, length }));
		for (size_t at = 0; at < length; at++) {
			text[at] = '\x80';
			ck_assert(!utf8_is_ascii(
			    (struct span){ text, length }));
			text[at] = 'a';
		}
	}
}
END_TEST

START_TEST(finds_an_unprintable_byte_anywhere)
{
	char text[32];

	for (size_t length = 0; length < sizeof text; length++) {
		memset(text, '~', sizeof text);
		ck_assert(utf8_is_plain((struct span){ text, length }));
		for (size_t at = 0; at < length; at++)
			for (unsigned byte = 0; byte < 256; byte++) {
				text[at] = (char)byte;
				ck_assert_int_eq(utf8_is_plain(
				    (struct span){ text, length }),
				    byte >= ' ' && byte <= '~');
				text[at] = ' ';
			}
	}
}
END_TEST

START_TEST(is_sure_only_of_what_sanitising_leaves_alone)
{
	char memory[4], clean[16];
	struct buf b, out;
	unsigned sure = 0;

	for (uint32_t point = 0; point <= 0x10FFFF; point++) {
		if (point >= 0xD800 && point <= 0xDFFF)
			continue;
		buf_init(&b, memory, sizeof memory);
		utf8_encode(&b, point);
		if (!utf8_is_surely_clean(buf_span(&b)))
			continue;
		sure++;
		buf_init(&out, clean, sizeof clean);
		utf8_add_sanitised(&out, buf_span(&b));
		ck_assert(span_equal(buf_span(&b), buf_span(&out)));
	}
	ck_assert_uint_gt(sure, 0x100000);
}
END_TEST

START_TEST(decodes_what_it_encodes)
{
	char memory[4];
	struct buf b;
	size_t length;

	for (uint32_t point = 0; point <= 0x10FFFF; point++) {
		if (point >= 0xD800 && point <= 0xDFFF)
			continue;
		buf_init(&b, memory, sizeof memory);
		utf8_encode(&b, point);
		ck_assert_uint_eq(utf8_decode(buf_span(&b), &length), point);
		ck_assert_uint_eq(length, b.length);
	}
	ck_assert_uint_eq(utf8_decode(span_from("\xe6\x9d!"), &length),
	    0xFFFD);
	ck_assert_uint_eq(length, 1);
}
END_TEST

START_TEST(takes_latin1_byte_for_character)
{
	char memory[64];
	struct buf b;

	buf_init(&b, memory, sizeof memory);
	utf8_add_latin1(&b, span_from("Ren\xe9""e M\xfcller\xff"));
	ck_assert(span_is(buf_span(&b),
	    "Ren\xc3\xa9""e M\xc3\xbcller\xc3\xbf"));
}
END_TEST

START_TEST(composes_and_leaves_ascii_alone)
{
	static const struct {
		const char *text, *nfc;
	} rows[] = {
		{ "Smith", "Smith" },
		{ "Mu\xcc\x88ller", "M\xc3\xbcller" },
		{ "M\xc3\xbcller", "M\xc3\xbcller" },
		{ "\xe2\x84\xab", "\xc3\x85" },         /* Angstrom sign */
		{ "a\xcc\xa3\xcc\x82", "\xe1\xba\xad" },
		{ "a\xcc\x82\xcc\xa3", "\xe1\xba\xad" }, /* order of marks */
		{ "\xe1\x84\x80\xe1\x85\xa1", "\xea\xb0\x80" }, /* Hangul */
		{ "\xef\xac\x81", "\xef\xac\x81" },     /* fi stays: not NFKC */
	};
	char memory[64];
	struct buf b;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		buf_init(&b, memory, sizeof memory);
		utf8_add_nfc(&b, span_from(rows[i].text));
		ck_assert_msg(span_is(buf_span(&b), rows[i].nfc), "%s",
		    rows[i].text);
	}
}
END_TEST

START_TEST(composes_across_the_pieces_of_long_text)
{
	enum { COUNT = 3000 };
	static char text[COUNT * 3], memory[COUNT * 3];
	struct buf in, out;

	buf_init(&in, text, sizeof text);
	for (int i = 0; i < COUNT; i++)
		buf_add_string(&in, "u\xcc\x88");
	buf_init(&out, memory, sizeof memory);
	utf8_add_nfc(&out, buf_span(&in));
	ck_assert_uint_eq(out.length, COUNT * 2);
	for (size_t i = 0; i < out.length; i += 2)
		ck_assert_mem_eq(memory + i, "\xc3\xbc", 2);
}
END_TEST

START_TEST(counts_characters_and_takes_the_first)
{
	static const struct {
		const char *text;
		size_t count;
		size_t lengths[5]; /* in bytes, of the first 0 to 4 */
	} rows[] = {
		{ "", 0, { 0, 0, 0, 0, 0 } },
		{ "ab", 2, { 0, 1, 2, 2, 2 } },
		{ "Smith", 5, { 0, 1, 2, 3, 4 } },
		{ "a\xc3\xa9\xe2\x82\xac" "b", 4, { 0, 1, 3, 6, 7 } },
		{ "\xf0\x9f\x98\x80\xe6\x9d\x8e", 2,
		    { 0, 4, 7, 7, 7 } },
		{ "u\xcc\x88", 2, { 0, 1, 3, 3, 3 } },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct span text = span_from(rows[i].text);

		ck_assert_uint_eq(utf8_count(text), rows[i].count);
		for (size_t chars = 0; chars < 5; chars++) {
			struct span start = utf8_start(text, chars);

			ck_assert_ptr_eq(start.data, text.data);
			ck_assert_msg(start.length == rows[i].lengths[chars],
			    "row %zu, %zu characters", i, chars);
		}
		ck_assert(span_equal(utf8_start(text, SIZE_MAX), text));
	}
}
END_TEST

START_TEST(counts_no_further_than_the_text_goes)
{
	/* a character of two bytes stands behind the end */
	const struct span text = { "ab\xc3\xa9", 2 };

	ck_assert_uint_eq(utf8_count(text), 2);
	ck_assert_uint_eq(utf8_start(text, 3).length, 2);
}
END_TEST

START_TEST(cuts_between_characters)
{
	const struct span text = span_from("a\xc3\xa9\xe2\x82\xac" "b");
	static const size_t kept[] = { 0, 1, 1, 3, 3, 3, 6, 7, 7 };

	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		ck_assert_uint_eq(utf8_cut(text, i).length, kept[i]);
}
END_TEST

START_TEST(cuts_pieces_only_where_nothing_combines)
{
	struct span rest = span_from("abe\xcc\x81""d");

	ck_assert(span_is(utf8_cut_piece(&rest, 3), "ab"));
	ck_assert(span_is(utf8_cut_piece(&rest, 3), "e\xcc\x81""d"));
	ck_assert_uint_eq(rest.length, 0);
	rest = span_from("\xcc\x81\xcc\x81\xcc\x81");
	ck_assert_uint_eq(utf8_cut_piece(&rest, 2).length, 4);
	ck_assert_uint_eq(utf8_cut_piece(&rest, 2).length, 2);
}
END_TEST

START_TEST(replaces_what_could_harm_a_terminal)
{
	static const struct {
		const char *text, *clean;
	} rows[] = {
		{ "plain", "plain" },
		{ "\x1b[2J", "\xef\xbf\xbd[2J" },
		{ "a\tb\x7f", "a\xef\xbf\xbd""b\xef\xbf\xbd" },
		{ "\xc2\x9b""31m", "\xef\xbf\xbd""31m" },
		{ "\xe2\x80\xa8", "\xef\xbf\xbd" },
		{ "\xe2\x80\xae""moc", "\xef\xbf\xbdmoc" },
		{ "\xe2\x81\xa7", "\xef\xbf\xbd" },
		{ "M\xfcller", "M\xef\xbf\xbdller" },
		{ "\xef\xbf\xbd", "\xef\xbf\xbd" },
	};
	char memory[64];
	struct buf b;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		buf_init(&b, memory, sizeof memory);
		utf8_add_sanitised(&b, span_from(rows[i].text));
		ck_assert_msg(span_is(buf_span(&b), rows[i].clean), "%zu", i);
	}
}
END_TEST

/* Against the table, where one has to be looked at. */
START_TEST(every_character_has_the_width_of_the_table)
{
	char memory[4];
	struct buf b;

	for (uint32_t point = 1; point <= 0x10FFFF; point++) {
		if (point >= 0xD800 && point <= 0xDFFF)
			continue;
		buf_init(&b, memory, sizeof memory);
		utf8_encode(&b, point);
		ck_assert_int_eq((int)utf8_width(buf_span(&b)),
		    utf8proc_charwidth((utf8proc_int32_t)point));
	}
}
END_TEST

START_TEST(counts_columns_and_not_bytes)
{
	ck_assert_uint_eq(utf8_width(span_from("")), 0);
	ck_assert_uint_eq(utf8_width(span_from("Smith")), 5);
	ck_assert_uint_eq(utf8_width(span_from("M\xc3\xbcller")), 6);
	ck_assert_uint_eq(utf8_width(span_from("Mu\xcc\x88ller")), 6);
	ck_assert_uint_eq(utf8_width(span_from("\xe6\x9d\x8e\xe5\xb0\x8f")), 4);
}
END_TEST

/* The property White_Space of Unicode. */
START_TEST(knows_white_space_of_every_kind)
{
	static const struct {
		uint32_t first, last;
	} rows[] = {
		{ 0x09, 0x0D }, { 0x20, 0x20 }, { 0x85, 0x85 },
		{ 0xA0, 0xA0 }, { 0x1680, 0x1680 }, { 0x2000, 0x200A },
		{ 0x2028, 0x2029 }, { 0x202F, 0x202F }, { 0x205F, 0x205F },
		{ 0x3000, 0x3000 }, { 0x110000, 0x110000 },
	};
	size_t row = 0;

	for (uint32_t point = 0; point < 0x110000; point++) {
		ck_assert_msg(utf8_is_blank(point) ==
		    (point >= rows[row].first), "U+%04X", point);
		row += point == rows[row].last;
	}
}
END_TEST

UNIT_MAIN("text/utf8", tells_valid_from_malformed,
    sees_the_one_byte_that_is_not_ascii,
    finds_an_unprintable_byte_anywhere,
    is_sure_only_of_what_sanitising_leaves_alone, decodes_what_it_encodes,
    takes_latin1_byte_for_character, composes_and_leaves_ascii_alone,
    composes_across_the_pieces_of_long_text,
    counts_characters_and_takes_the_first,
    counts_no_further_than_the_text_goes,
    cuts_between_characters,
    cuts_pieces_only_where_nothing_combines,
    replaces_what_could_harm_a_terminal, knows_white_space_of_every_kind,
    counts_columns_and_not_bytes,
    every_character_has_the_width_of_the_table)
