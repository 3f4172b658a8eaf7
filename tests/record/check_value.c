#include "unit.h"

#include "record/value.h"

static char out_bytes[256], scratch_bytes[1024];
static struct buf out, scratch;

static struct span
made_fit(struct span raw, bool *was_latin1)
{
	*was_latin1 = false;
	buf_init(&out, out_bytes, sizeof out_bytes);
	buf_init(&scratch, scratch_bytes, sizeof scratch_bytes);
	value_add(&out, raw, &scratch, was_latin1);
	ck_assert(!out.overflowed);
	return buf_span(&out);
}

START_TEST(makes_any_bytes_fit_to_be_stored)
{
	static const struct {
		struct span raw;
		const char *fit;
		bool latin1;
	} rows[] = {
		{ SPAN_LITERAL("Quinton, Reg"), "Quinton, Reg", false },
		{ SPAN_LITERAL("  a \t b\r\n c  "), "a b c", false },
		{ SPAN_LITERAL("a\0b\x7f"), "a b", false },
		{ SPAN_LITERAL(" \n\t\0"), "", false },
		{ SPAN_LITERAL(""), "", false },
		{ SPAN_LITERAL("caf\xe9"), "caf\xc3\xa9", true },
		{ SPAN_LITERAL("\xc3\xa9 \xe9"), "\xc3\x83\xc2\xa9 \xc3\xa9",
		    true },
		{ SPAN_LITERAL("e\xcc\x81"), "\xc3\xa9", false },
		{ SPAN_LITERAL("\xe2\x84\xab"), "\xc3\x85", false },
		{ SPAN_LITERAL("a\xc2\x85" "b"), "a b", false },
		{ SPAN_LITERAL("a\xc2\xa0\xe3\x80\x80" "b"), "a b", false },
		{ SPAN_LITERAL("\xe2\x80\xae" "a\xe2\x81\xa6" "b"), "a b",
		    false },
		{ SPAN_LITERAL("a\xe2\x80\x8d" "b"), "a\xe2\x80\x8d" "b",
		    false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		bool latin1;
		struct span fit = made_fit(rows[i].raw, &latin1);

		ck_assert_msg(span_is(fit, rows[i].fit), "row %zu: %.*s", i,
		    (int)fit.length, fit.data);
		ck_assert_msg(latin1 == rows[i].latin1, "row %zu", i);
	}
}
END_TEST

START_TEST(knows_what_is_fit_as_it_stands)
{
	static const struct {
		struct span raw;
		bool plain;
	} rows[] = {
		{ SPAN_LITERAL("a"), true }, { SPAN_LITERAL("a b~!"), true },
		{ SPAN_LITERAL(""), false }, { SPAN_LITERAL(" a"), false },
		{ SPAN_LITERAL("a "), false }, { SPAN_LITERAL("a  b"), false },
		{ SPAN_LITERAL("a\tb"), false },
		{ SPAN_LITERAL("a\x7f"), false },
		{ SPAN_LITERAL("\xc3\xa9"), false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_msg(value_is_plain(rows[i].raw) == rows[i].plain,
		    "row %zu", i);
}
END_TEST

/* As the header has it, a byte at a time. */
static bool
is_plain(struct span raw)
{
	bool blank = true;

	for (size_t i = 0; i < raw.length; i++) {
		if (raw.data[i] < ' ' || raw.data[i] > '~' ||
		    (blank && raw.data[i] == ' '))
			return false;
		blank = raw.data[i] == ' ';
	}
	return !blank;
}

START_TEST(sees_what_is_unfit_wherever_it_stands)
{
	static const char unfit[] = " \t\n\x1f\x7f\x80\xa0\xc3\xff";
	char text[40];

	for (size_t length = 1; length <= sizeof text; length++) {
		for (size_t i = 0; i < length * (sizeof unfit - 1); i++) {
			struct span raw = { text, length };

			memset(text, 'a', length);
			ck_assert(value_is_plain(raw));
			memset(text, ' ', i % 3 == 0 ? length / 2 : 0);
			text[i % length] = unfit[i / length];
			text[length / 3] = i % 2 == 0 ? ' ' : 'b';
			ck_assert_msg(value_is_plain(raw) == is_plain(raw),
			    "length %zu, %zu", length, i);
		}
	}
}
END_TEST

UNIT_MAIN("record/value", makes_any_bytes_fit_to_be_stored,
    knows_what_is_fit_as_it_stands, sees_what_is_unfit_wherever_it_stands)
