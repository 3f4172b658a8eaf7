#include "unit.h"

#include "text/fold.h"
#include "text/utf8.h"

#include <string.h>

static struct span
fold(struct span text)
{
	static char memory[1 << 16];
	struct buf b;

	buf_init(&b, memory, sizeof memory);
	fold_add(&b, text);
	ck_assert(!b.overflowed);
	return buf_span(&b);
}

/* Empty: fold_add_expanded() says that there is nothing to expand. */
static struct span
expand(struct span text)
{
	static char memory[1 << 10];
	struct buf b;

	buf_init(&b, memory, sizeof memory);
	if (!fold_add_expanded(&b, text))
		ck_assert_uint_eq(b.length, 0);
	ck_assert(!b.overflowed);
	return buf_span(&b);
}

static void
check_rows(const char *const (*rows)[2], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct span folded = fold(span_from(rows[i][0]));

		ck_assert_msg(span_is(folded, rows[i][1]), "%s -> %.*s",
		    rows[i][0], (int)folded.length, folded.data);
	}
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof rows / sizeof rows[0])

START_TEST(drops_case_and_accents)
{
	static const char *const rows[][2] = {
		{ "Quinton, Reg", "quinton, reg" },
		{ "Müller-Lüdenscheidt, Jürgen",
		    "muller-ludenscheidt, jurgen" },
		{ "Mu\xcc\x88ller", "muller" },
		{ "José", "jose" },
		{ "İstanbul", "istanbul" },
		{ "Nguyễn Thị Ánh", "nguyen thi anh" },
		{ "ΣΊΣΥΦΟΣ", "σισυφοσ" },
		{ "Ёлкин", "елкин" },
		{ "محمَّد", "محمد" },
		{ "שָׁלוֹם", "שלום" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(spells_out_letters_that_do_not_decompose)
{
	static const char *const rows[][2] = {
		{ "Ærø", "aero" }, { "Œuvre", "oeuvre" },
		{ "Øystein Øyvind", "oystein oyvind" },
		{ "Guðmundur", "gudmundur" }, { "Þór", "thor" },
		{ "Đặng", "dang" }, { "Ħal Għaxaq", "hal ghaxaq" },
		{ "Ilgın", "ilgin" }, { "Łukasz", "lukasz" },
		{ "Ŋŧĸŉ", "ntkn" }, { "Straße", "strasse" },
		{ "ǿ", "o" }, { "ǽ", "ae" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(takes_compatible_forms_for_one)
{
	static const char *const rows[][2] = {
		{ "ﬁsher", "fisher" }, { "Ｓｍｉｔｈ，", "smith," },
		{ "ｶﾞ", "ガ" }, { "か\xe3\x82\x99", "が" },
		{ "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", "각" },
		{ "ſ", "s" }, { "\xe2\x84\xaa", "k" },
		{ "soft\xc2\xadhyphen", "softhyphen" },
		{ "zero\xe2\x80\x8bwidth", "zerowidth" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(keeps_the_vowels_that_are_marks)
{
	static const char *const rows[][2] = {
		{ "गीता", "गीता" }, { "สมชาย วงศ์สวัสดิ์", "สมชาย วงศ์สวัสดิ์" },
		{ "が", "が" }, { "か", "か" }, { "李小龙", "李小龙" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(knows_one_apostrophe_one_hyphen_one_blank)
{
	static const char *const rows[][2] = {
		{ "O’Brien", "o'brien" }, { "O‘Brien", "o'brien" },
		{ "OʼBrien", "o'brien" }, { "O`Brien", "o'brien" },
		{ "O´Brien", "o'brien" }, { "O＇Brien", "o'brien" },
		{ "L’Écuyer ´", "l'ecuyer '" },
		{ "a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h" },
		{ "  two \t\r\n words  ", "two words" },
		{ "no\xc2\xa0""break\xe3\x80\x80wide", "no break wide" },
		{ " \t ", "" }, { "", "" }, { "\xc2\xa0", "" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(keeps_what_was_in_the_buffer)
{
	char memory[64];
	struct buf b;

	buf_init(&b, memory, sizeof memory);
	buf_add_string(&b, "x ");
	fold_add(&b, span_from(" Smith "));
	buf_add_string(&b, " ");
	fold_add(&b, span_from("\xc2\xa0\xe6\x9d\x8e\xc2\xa0"));
	ck_assert(span_is(buf_span(&b), "x smith 李"));
}
END_TEST

START_TEST(says_when_it_does_not_fit)
{
	static const char *const texts[] = { "Quinton", "M\xc3\xbcller",
		"\xe6\x9d\x8e\xe6\x9d\x8e", "\xef\xb7\xba" };
	char memory[5];

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct buf b;

		buf_init(&b, memory, sizeof memory);
		fold_add(&b, span_from(texts[i]));
		ck_assert_msg(b.overflowed, "%s", texts[i]);
		ck_assert_uint_le(b.length, sizeof memory);
	}
}
END_TEST

/* A Han character sends the text the long way. */
START_TEST(short_cut_agrees_with_the_long_way)
{
	char text[16], expected[64];

	for (uint32_t point = 1; point < 0x250; point++) {
		struct buf b;
		struct span folded;

		buf_init(&b, text, sizeof text);
		buf_add_string(&b, "x");
		utf8_encode(&b, point);
		folded = fold(buf_span(&b));
		memcpy(expected, folded.data, folded.length);
		memcpy(expected + folded.length, "李", 3);
		if (span_equal(folded, (struct span){ "x", 1 }))
			continue;
		buf_add_string(&b, "李");
		ck_assert_msg(span_equal(fold(buf_span(&b)),
		    (struct span){ expected, folded.length + 3 }),
		    "U+%04X", point);
	}
}
END_TEST

/*
 * Text of whatever ASCII and Latin letters, with and without a Han character
 * that sends it the long way: folded each time by `add`.
 */
static void
check_short_cut(void (*add)(struct buf *, struct span))
{
	uint32_t random = 1;

	for (unsigned i = 0; i < 20000; i++) {
		char text[64], shorter[256], longer[256];
		struct buf b, brief, whole;

		buf_init(&b, text, sizeof text);
		for (unsigned k = 0; k < i % 24; k++) {
			random = random * 1664525 + 1013904223;
			utf8_encode(&b, random >> 24 & 1 ?
			    1 + (random >> 8) % 0x7F :
			    0xC0 + (random >> 8) % 0xC0);
		}
		buf_init(&brief, shorter, sizeof shorter);
		add(&brief, buf_span(&b));
		buf_add_string(&brief, brief.length > 0 ? " 李" : "李");
		buf_add_string(&b, " 李");
		buf_init(&whole, longer, sizeof longer);
		add(&whole, buf_span(&b));
		ck_assert_msg(span_equal(buf_span(&brief), buf_span(&whole)),
		    "text %u: %.*s", i, (int)b.length, b.data);
	}
}

START_TEST(short_cut_agrees_with_the_long_way_on_any_text)
{
	check_short_cut(fold_add);
	check_short_cut(fold_add_accented);
}
END_TEST

START_TEST(folding_twice_changes_nothing)
{
	char text[16], once[256];

	for (uint32_t point = 1; point <= 0x10FFFF; point++) {
		struct span folded;
		struct buf b;

		if (point >= 0xD800 && point <= 0xDFFF)
			continue;
		buf_init(&b, text, sizeof text);
		buf_add_char(&b, 'x');
		utf8_encode(&b, point);
		folded = fold(buf_span(&b));
		ck_assert(utf8_is_valid(folded));
		memcpy(once, folded.data, folded.length);
		folded.data = once;
		ck_assert_msg(span_equal(fold(folded), folded), "U+%04X",
		    point);
	}
}
END_TEST

/* Decomposed Hangul, whose characters must not be cut apart. */
START_TEST(folds_long_text_as_its_parts)
{
	enum { COUNT = 2000 };
	static const char decomposed[] =
	    "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8";
	static char text[COUNT * sizeof decomposed];
	struct span folded;
	struct buf b;

	buf_init(&b, text, sizeof text);
	for (int i = 0; i < COUNT; i++)
		buf_add_string(&b, decomposed);
	folded = fold(buf_span(&b));
	ck_assert_uint_eq(folded.length, COUNT * strlen("각"));
	for (size_t i = 0; i < folded.length; i += 3)
		ck_assert_mem_eq(folded.data + i, "각", 3);
}
END_TEST

/* Compatible forms that combine, wherever long text happens to be cut. */
START_TEST(cuts_nothing_that_combines)
{
	static const char *const rows[][2] = {
		{ "ｶﾞ", "ガ" }, { "ㄱㅏ", "가" }, { "ﾡￂ", "가" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		for (size_t before = 0; before < 130; before++) {
			char text[160];
			struct buf b;
			struct span folded;

			buf_init(&b, text, sizeof text);
			buf_add_repeat(&b, '.', before);
			buf_add_string(&b, rows[i][0]);
			folded = span_skip(fold(buf_span(&b)), before);
			ck_assert_msg(span_is(folded, rows[i][1]), "%s at %zu",
			    rows[i][0], before);
		}
}
END_TEST

START_TEST(grows_no_more_than_it_says)
{
	for (uint32_t point = 1; point <= 0x10FFFF; point++) {
		char memory[4];
		struct buf text;

		if (point == 0xD800)
			point = 0xE000; /* surrogates are no text */
		buf_init(&text, memory, sizeof memory);
		utf8_encode(&text, point);
		ck_assert_uint_le(fold(buf_span(&text)).length,
		    text.length * FOLD_GROWTH_MAX);
	}
}
END_TEST

START_TEST(spells_as_two_what_passports_do)
{
	static const char *const rows[][2] = {
		{ "Müller, Jürgen", "mueller, juergen" },
		{ "ÄÖÜ äöü ÅØ åø", "aeoeue aeoeue aaoe aaoe" },
		{ "Mu\xcc\x88ller A\xcc\x8angstro\xcc\x88m",
		    "mueller aangstroem" },
		{ "\xe2\x84\xabngstrom", "aangstrom" },
		{ "Ｕ\xcc\x88""ber", "ueber" },
		{ "Lǚ Ǻ Ǿ Ȫ", "lue aa oe oe" },
		{ "u\xcc\xa3\xcc\x88", "ue" },
		{ "  Bjørn  O’Brien-José ", "bjoern o'brien-jose" },
		{ "Jörg 李小龙", "joerg 李小龙" },
		{ "Þórður Gößwein", "thordur goesswein" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct span folded = expand(span_from(rows[i][0]));

		ck_assert_msg(span_is(folded, rows[i][1]), "%s -> %.*s",
		    rows[i][0], (int)folded.length, folded.data);
	}
}
END_TEST

START_TEST(expands_no_other_letter)
{
	static const char *const texts[] = { "", "Quinton, Reg", "José",
		"Nguyễn", "Þór", "Ægir", "e\xcc\x88", "\xcc\x88", "Ёлкин",
		"O’Brien", "u\xcc\x8a", "1\xcc\x88", "李", "™" };

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		ck_assert_msg(expand(span_from(texts[i])).length == 0, "%s",
		    texts[i]);
}
END_TEST

START_TEST(expanding_keeps_what_was_in_the_buffer)
{
	char memory[12];
	struct buf b;

	buf_init(&b, memory, sizeof memory);
	buf_add_string(&b, "x ");
	ck_assert(!fold_add_expanded(&b, span_from("Ǎ and too long to fit")));
	ck_assert(!b.overflowed);
	ck_assert(fold_add_expanded(&b, span_from(" Jörg ")));
	ck_assert(span_is(buf_span(&b), "x joerg"));
	ck_assert(fold_add_expanded(&b, span_from("Müller")));
	ck_assert(b.overflowed);
	ck_assert(!fold_add_expanded(&b, span_from("Ǎ")));
	ck_assert(b.overflowed);
}
END_TEST

/*
 * Behind a letter that is expanded the others are looked at closely.  Planes 0
 * and 1: the rest are ideographs.
 */
START_TEST(no_letter_is_overlooked)
{
	for (uint32_t point = 0x80; point <= 0x1FFFF; point++) {
		char text[16], plain[16], memory[128];
		struct span folded;
		struct buf with, without, expected;

		if (point == 0xD800)
			point = 0xE000; /* surrogates are no text */
		buf_init(&with, text, sizeof text);
		buf_add_string(&with, "ö-");
		utf8_encode(&with, point);
		buf_init(&without, plain, sizeof plain);
		buf_add_string(&without, "oe-");
		utf8_encode(&without, point);
		buf_init(&expected, memory, sizeof memory);
		if (!fold_add_expanded(&expected, buf_span(&without)))
			fold_add(&expected, buf_span(&without));
		folded = expand(buf_span(&with));
		ck_assert(utf8_is_valid(folded));
		ck_assert_msg(span_equal(folded, buf_span(&expected)),
		    "U+%04X", point);
		ck_assert_msg(span_equal(fold(folded), folded), "U+%04X",
		    point);
	}
}
END_TEST

/* As fold(), with accents. */
static struct span
fold_accented(struct span text)
{
	static char memory[1 << 10];
	struct buf b;

	buf_init(&b, memory, sizeof memory);
	fold_add_accented(&b, text);
	ck_assert(!b.overflowed);
	return buf_span(&b);
}

START_TEST(keeps_accents_where_they_are_asked_for)
{
	static const char *const rows[][2] = {
		{ "", "" },
		{ "  Quinton,  Reg ", "quinton, reg" },
		{ "José", "josé" },
		{ "JOSÉ Ñandú", "josé ñandú" },
		{ "Jose\xcc\x81", "josé" },
		{ "Mu\xcc\x88ller", "müller" },
		{ "Łukasz Ødegård Þór", "łukasz ødegård þór" },
		{ "Ærø", "ærø" },
		/* these are no accents */
		{ "O’Brien – Smith", "o'brien - smith" },
		{ "Ｓｍｉｔｈ", "smith" },
		{ "李小龙", "李小龙" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct span folded = fold_accented(span_from(rows[i][0]));

		ck_assert_msg(span_is(folded, rows[i][1]), "%s -> %.*s",
		    rows[i][0], (int)folded.length, folded.data);
	}
}
END_TEST

START_TEST(without_its_accents_it_is_folded_as_ever)
{
	/* no letter lies beyond */
	for (uint32_t point = 1; point <= 0x1FFFF; point++) {
		char text[8], memory[64];
		struct buf with, expected;
		struct span folded;

		if (point == 0xD800)
			point = 0xE000; /* surrogates are no text */
		buf_init(&with, text, sizeof text);
		buf_add_char(&with, 'n');
		utf8_encode(&with, point);
		buf_init(&expected, memory, sizeof memory);
		fold_add(&expected, buf_span(&with));
		folded = fold_accented(buf_span(&with));
		ck_assert(utf8_is_valid(folded));
		ck_assert_msg(span_equal(fold(folded), buf_span(&expected)),
		    "U+%04X", point);
	}
}
END_TEST

START_TEST(keeping_accents_keeps_what_was_in_the_buffer)
{
	char memory[32];
	struct buf b;

	buf_init(&b, memory, sizeof memory);
	buf_add_string(&b, "x ");
	fold_add_accented(&b, span_from(" É "));
	ck_assert(span_is(buf_span(&b), "x é"));
}
END_TEST

UNIT_MAIN("text/fold", drops_case_and_accents,
    spells_out_letters_that_do_not_decompose, takes_compatible_forms_for_one,
    keeps_the_vowels_that_are_marks, knows_one_apostrophe_one_hyphen_one_blank,
    keeps_what_was_in_the_buffer, says_when_it_does_not_fit,
    short_cut_agrees_with_the_long_way,
    short_cut_agrees_with_the_long_way_on_any_text, folding_twice_changes_nothing,
    folds_long_text_as_its_parts, cuts_nothing_that_combines,
    grows_no_more_than_it_says, spells_as_two_what_passports_do,
    expands_no_other_letter, expanding_keeps_what_was_in_the_buffer,
    no_letter_is_overlooked, keeps_accents_where_they_are_asked_for,
    without_its_accents_it_is_folded_as_ever,
    keeping_accents_keeps_what_was_in_the_buffer)
