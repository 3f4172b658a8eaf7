#include "unit.h"

#include "text/charset.h"
#include "text/utf8.h"

#include <string.h>

START_TEST(finds_charsets_by_every_name_they_have)
{
	static const struct {
		const char *name;
		enum charset charset;
	} rows[] = {
	    {"utf-8", CHARSET_UTF_8},
	    {"UTF8", CHARSET_UTF_8},
	    {"iso-8859-1", CHARSET_ISO_8859_1},
	    {"ISO-8859-1", CHARSET_ISO_8859_1},
	    {"Latin1", CHARSET_ISO_8859_1},
	    {"us-ascii", CHARSET_US_ASCII},
	    {"ascii", CHARSET_US_ASCII},
	};
	enum charset charset;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ck_assert(charset_find(span_from(rows[i].name), &charset));
		ck_assert_int_eq(charset, rows[i].charset);
	}
	ck_assert(!charset_find(span_from("klingon"), &charset));
	ck_assert(!charset_find(span_from(""), &charset));
}
END_TEST

START_TEST(each_charset_is_found_by_the_name_it_gives)
{
	for (unsigned i = 0; i < CHARSETS; i++) {
		enum charset charset;

		ck_assert(charset_find(
		    span_from(charset_name((enum charset)i)), &charset));
		ck_assert_uint_eq(charset, i);
	}
}
END_TEST

START_TEST(quotes_only_what_cannot_be_written)
{
	static const struct {
		enum charset charset;
		const char *text, *written;
	} rows[] = {
	    {CHARSET_UTF_8, "M\xc3\xbcller = a", "M\xc3\xbcller = a"},
	    {CHARSET_ISO_8859_1, "M\xc3\xbcller", "M\xfcller"},
	    {CHARSET_ISO_8859_1, "\xc3\xbf=", "\xff="},
	    {CHARSET_ISO_8859_1, "M\xc3\xbcller \xe9\xbe\x8d",
		"M=C3=BCller =E9=BE=8D"},
	    {CHARSET_US_ASCII, "plain = text", "plain = text"},
	    {CHARSET_US_ASCII, "M\xc3\xbcller", "M=C3=BCller"},
	    {CHARSET_US_ASCII, "\xc3\xbc=\xc3\xbc", "=C3=BC=3D=C3=BC"},
	    {CHARSET_US_ASCII, "a \xc3\xbc b ", "a =C3=BC b=20"},
	    {CHARSET_US_ASCII, "", ""},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char memory[64];
		struct buf out;

		buf_init(&out, memory, sizeof memory);
		charset_add(&out, rows[i].charset, span_from(rows[i].text));
		ck_assert_msg(span_is(buf_span(&out), rows[i].written),
		    "row %zu: %.*s", i, (int)out.length, out.data);
	}
}
END_TEST

START_TEST(keeps_what_overflowed_before)
{
	struct span text = span_from("\xe9\xbe\x8d");
	char memory[9];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	charset_add(&out, CHARSET_ISO_8859_1, text);
	ck_assert(!out.overflowed);
	ck_assert_uint_eq(out.length, CHARSET_QUOTED_BYTES * text.length);
	buf_add_char(&out, 'x');
	charset_add(&out, CHARSET_ISO_8859_1, (struct span){text.data, 0});
	ck_assert(out.overflowed);
	charset_add(&out, CHARSET_ISO_8859_1, text);
	ck_assert(out.overflowed);
}
END_TEST

START_TEST(reads_any_bytes_as_valid_text)
{
	static const struct {
		enum charset charset;
		const char *bytes, *text;
	} rows[] = {
	    {CHARSET_UTF_8, "M\xc3\xbcller", "M\xc3\xbcller"},
	    {CHARSET_UTF_8, "M\xfcller", "M\xc3\xbcller"},
	    {CHARSET_US_ASCII, "M\xc3\xbcller", "M\xc3\xbcller"},
	    {CHARSET_US_ASCII, "M\xfcller", "M\xc3\xbcller"},
	    {CHARSET_ISO_8859_1, "M\xfcller", "M\xc3\xbcller"},
	    {CHARSET_ISO_8859_1, "\xc3\xbc", "\xc3\x83\xc2\xbc"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char memory[64];
		struct buf out;

		buf_init(&out, memory, sizeof memory);
		charset_read(&out, rows[i].charset, span_from(rows[i].bytes));
		ck_assert_msg(
		    span_is(buf_span(&out), rows[i].text), "row %zu", i);
		ck_assert(utf8_is_valid(buf_span(&out)));
	}
}
END_TEST

UNIT_MAIN("text/charset", finds_charsets_by_every_name_they_have,
    each_charset_is_found_by_the_name_it_gives,
    quotes_only_what_cannot_be_written, keeps_what_overflowed_before,
    reads_any_bytes_as_valid_text)
