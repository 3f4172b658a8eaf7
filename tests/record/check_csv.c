#include "unit.h"

#include "base/buf.h"
#include "record/csv.h"

#include <stdio.h>
#include <string.h>

enum { ROW_MAX = 64 };

/*
 * Everything read from `input` fed in pieces of `step` bytes, as text: "LINE:"
 * and the fields in brackets, or "!" and the complaint, one a line.
 */
static const char *
read_all(struct span input, size_t step)
{
	static char memory[8192];
	static struct csv_row row;
	struct csv_reader *reader = csv_reader_new(ROW_MAX);
	enum csv_result result;
	struct fault fault;
	struct buf out;
	bool at_end;

	buf_init(&out, memory, sizeof memory - 1);
	do {
		struct span piece = { input.data,
			input.length < step ? input.length : step };

		at_end = piece.length == 0;
		input = span_skip(input, piece.length);
		while ((result = csv_reader_next(reader, &piece, &row,
		    &fault)) != CSV_MORE || piece.length > 0) {
			if (result == CSV_ERROR)
				buf_add_format(&out, "!%s\n", fault.text);
			if (result != CSV_ROW)
				continue;
			buf_add_format(&out, "%lu:", row.line);
			for (unsigned i = 0; i < row.count; i++)
				buf_add_format(&out, "[%.*s]",
				    (int)row.fields[i].length,
				    row.fields[i].data);
			buf_add_char(&out, '\n');
		}
	} while (!at_end);
	ck_assert(!out.overflowed);
	memory[out.length] = '\0';
	csv_reader_free(&reader);
	ck_assert_ptr_null(reader);
	return memory;
}

/* In one piece, and in pieces of every size up to ten bytes. */
static void
expect(struct span input, const char *expected)
{
	for (size_t step = 1; step < 10; step++)
		ck_assert_str_eq(read_all(input, step), expected);
	ck_assert_str_eq(read_all(input, input.length + 1), expected);
}

START_TEST(reads_rows_however_they_are_cut_into_pieces)
{
	static const struct {
		const char *input, *expected;
	} rows[] = {
		{ "", "" },
		{ "\n\r\n \n", "" },
		{ "a,b\nc,d\n", "1:[a][b]\n2:[c][d]\n" },
		{ "a,b\r\nc,d", "1:[a][b]\n2:[c][d]\n" },
		{ "a,,\n,\n", "1:[a][][]\n2:[][]\n" },
		{ "a,", "1:[a][]\n" },
		{ "\xef\xbb\xbf" "a\nb", "1:[a]\n2:[b]\n" },
		{ "\xef\xbb\xbf\"a\",b", "1:[a][b]\n" },
		{ "\xef\xbb", "1:[\xef\xbb]\n" },
		{ "\xef\xbb,x", "1:[\xef\xbb][x]\n" },
		{ "\"Quinton, Reg\",x\n", "1:[Quinton, Reg][x]\n" },
		{ "\"a \"\"b\"\" c\",\"\"\"\"\n", "1:[a \"b\" c][\"]\n" },
		{ "\"\"\"x\"\"\",\"\",y", "1:[\"x\"][][y]\n" },
		{ "\n\n\"a\nb\",\"c\r\n\r\nd\"\ne\n",
		    "3:[a\nb][c\r\n\r\nd]\n7:[e]\n" },
		{ " a b , \"c\" \t,d\r\n", "1:[a b][c][d]\n" },
		{ "\" a \"\n", "1:[ a ]\n" },
		{ "a\n\n\nb\n", "1:[a]\n4:[b]\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		expect(span_from(rows[i].input), rows[i].expected);
}
END_TEST

START_TEST(says_where_it_is_wrong_and_goes_on_at_the_next_line)
{
	static const struct {
		const char *input, *expected;
	} rows[] = {
		{ "a\nb\"c,d\ne\n", "1:[a]\n"
		    "!line 2: a quote stands inside a field; put the whole "
		    "field in quotes and double those inside\n3:[e]\n" },
		{ "\"a\"b\nc\n", "!line 1: text follows a closing quote; "
		    "quotes inside a field are doubled\n2:[c]\n" },
		{ "\"a\" \"b\"\nc", "!line 1: text follows a closing quote; "
		    "quotes inside a field are doubled\n2:[c]\n" },
		{ "a\n\"b\nc\"d\ne\n", "1:[a]\n!line 2: text follows a "
		    "closing quote; quotes inside a field are doubled (seen "
		    "on line 3)\n4:[e]\n" },
		{ "a\nb,\"c\nd\n", "1:[a]\n!line 2: a quote opened in this "
		    "row is never closed\n" },
		{ "\"", "!line 1: a quote opened in this row is never "
		    "closed\n" },
		{ "x\"", "!line 1: a quote stands inside a field; put the "
		    "whole field in quotes and double those inside\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		expect(span_from(rows[i].input), rows[i].expected);
}
END_TEST

START_TEST(bounds_a_row)
{
	char input[4 * ROW_MAX];
	char expected[sizeof input];
	char *at;

	/* A row of just the bound is taken. */
	memset(input, 'x', sizeof input);
	strcpy(input + ROW_MAX, "\ny\n");
	sprintf(expected, "1:[%.*s]\n2:[y]\n", ROW_MAX, input);
	expect(span_from(input), expected);

	memset(input, 'x', sizeof input);
	strcpy(input + ROW_MAX + 1, "\ny\n");
	strcpy(expected, "!line 1: the row is too long; is the quote that "
	    "closes a field missing?\n2:[y]\n");
	expect(span_from(input), expected);
	memset(input, 'x', sizeof input);
	strcpy(input + 3 * ROW_MAX, "\ny\n");
	expect(span_from(input), expected);

	/* A quote never closed: what it swallowed is lost, not what follows. */
	at = input + sprintf(input, "a\n\"b\n");
	for (size_t i = 0; i < ROW_MAX / 2; i++)
		at += sprintf(at, "c\n");
	strcpy(at, "d\n");
	sprintf(expected, "1:[a]\n!line 2: the row is too long; is the quote "
	    "that closes a field missing? (seen on line 34)\n"
	    "34:[c]\n35:[d]\n");
	expect(span_from(input), expected);
}
END_TEST

START_TEST(takes_a_nul_for_a_byte_like_any_other)
{
	static const char input[] = "a\0b,\"\0\"\n\0\n";
	static struct csv_row row;
	struct span rest = { input, sizeof input - 1 };
	struct csv_reader *reader = csv_reader_new(ROW_MAX);
	struct fault fault;

	ck_assert_int_eq(csv_reader_next(reader, &rest, &row, &fault),
	    CSV_ROW);
	ck_assert_uint_eq(row.count, 2);
	ck_assert_uint_eq(row.fields[0].length, 3);
	ck_assert_mem_eq(row.fields[0].data, "a\0b", 3);
	ck_assert_uint_eq(row.fields[1].length, 1);
	ck_assert_int_eq(csv_reader_next(reader, &rest, &row, &fault),
	    CSV_ROW);
	ck_assert_uint_eq(row.line, 2);
	csv_reader_free(&reader);
}
END_TEST

START_TEST(refuses_more_fields_than_it_can_give)
{
	enum { FIELDS = CSV_FIELDS_MAX + 1 };
	static struct csv_row row;
	char input[FIELDS + 2];
	struct span rest = { input, FIELDS + 1 };
	struct csv_reader *reader = csv_reader_new(sizeof input);
	struct fault fault;

	memset(input, ',', sizeof input);
	input[FIELDS - 1] = '\n';
	input[FIELDS] = 'x';
	ck_assert_int_eq(csv_reader_next(reader, &rest, &row, &fault),
	    CSV_ERROR);
	ck_assert_str_eq(fault.text,
	    "line 1: the row has 257 fields; at most 256 are read");
	ck_assert_int_eq(csv_reader_next(reader, &rest, &row, &fault),
	    CSV_MORE);
	ck_assert_int_eq(csv_reader_next(reader, &rest, &row, &fault),
	    CSV_ROW);
	ck_assert_uint_eq(row.line, 2);
	csv_reader_free(&reader);
}
END_TEST

/* Behind any number of bytes, and behind those that differ in one bit. */
START_TEST(finds_the_end_of_a_field_wherever_it_is)
{
	static const char fillers[] = { 'x', '!', '#', '-', '.', '\x0b',
		'\xa2', '\xac', '\x8a', '\xff' };

	for (size_t i = 0; i < 20 * sizeof fillers; i++) {
		char text[64], expected[64];
		size_t length = i / sizeof fillers;
		struct span input = { text, length + 4 };

		memset(text, fillers[i % sizeof fillers], length);
		memcpy(text + length, ",y\nz", 4);
		snprintf(expected, sizeof expected, "1:[%.*s][y]\n2:[z]\n",
		    (int)length, text);
		ck_assert_str_eq(read_all(input, input.length), expected);
		text[length] = '"';
		ck_assert_int_eq(read_all(input, input.length)[0], '!');
	}
}
END_TEST

UNIT_MAIN("record/csv", reads_rows_however_they_are_cut_into_pieces,
    says_where_it_is_wrong_and_goes_on_at_the_next_line, bounds_a_row,
    takes_a_nul_for_a_byte_like_any_other,
    refuses_more_fields_than_it_can_give,
    finds_the_end_of_a_field_wherever_it_is)
