#include "unit.h"

#include "record/key.h"

#include <string.h>

START_TEST(term_comes_back_as_it_went)
{
	const struct term term = { .group = 3, .attribute = 200,
		.form = TERM_WHOLE, .text = SPAN_LITERAL("john smith") };
	char memory[TERM_KEY_MAX];
	struct term back;
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	key_add_term(&out, &term);
	ck_assert(span_equal(buf_span(&out),
	    (struct span)SPAN_LITERAL("\x03\xc8\x04john smith")));
	ck_assert(key_read_term(buf_span(&out), &back));
	ck_assert_uint_eq(back.group, term.group);
	ck_assert_uint_eq(back.attribute, term.attribute);
	ck_assert_int_eq(back.form, term.form);
	ck_assert(span_equal(back.text, term.text));
}
END_TEST

START_TEST(cuts_a_long_term_at_a_character)
{
	char text[TERM_BYTES_MAX + 8], memory[TERM_KEY_MAX];
	struct term term = { .form = TERM_WORD,
		.text = { text, sizeof text } };
	struct buf out;

	memset(text, 'x', sizeof text);
	buf_init(&out, memory, sizeof memory);
	key_add_term(&out, &term);
	ck_assert_uint_eq(out.length, TERM_KEY_MAX);
	/* Four bytes of one character that begins two before the end. */
	memcpy(text + TERM_BYTES_MAX - 2, "\xf0\x9f\x98\x80", 4);
	buf_init(&out, memory, sizeof memory);
	key_add_term(&out, &term);
	ck_assert_uint_eq(out.length, TERM_KEY_MAX - 2);
	ck_assert(!out.overflowed);
}
END_TEST

START_TEST(refuses_keys_of_no_term)
{
	static const struct span bad[] = { SPAN_LITERAL(""),
		SPAN_LITERAL("\0\0\1"), SPAN_LITERAL("\0\0\0x"),
		SPAN_LITERAL("\0\0\10x") };
	char longest[TERM_KEY_MAX + 1] = { 0, 0, TERM_WORD };
	struct term term;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ck_assert_msg(!key_read_term(bad[i], &term), "row %zu", i);
	ck_assert(!key_read_term((struct span){ longest, sizeof longest },
	    &term));
	ck_assert(key_read_term((struct span){ longest, sizeof longest - 1 },
	    &term));
}
END_TEST

START_TEST(reads_no_id_where_there_is_none)
{
	const uint32_t id = 4711;
	struct span bytes = { (const char *)&id, sizeof id };

	ck_assert_uint_eq(key_read_id(bytes), 4711);
	ck_assert_uint_eq(key_read_id(span_skip(bytes, 1)), 0);
	ck_assert_uint_eq(key_read_id(span_from("12345")), 0);
}
END_TEST

UNIT_MAIN("record/key", term_comes_back_as_it_went,
    cuts_a_long_term_at_a_character, refuses_keys_of_no_term,
    reads_no_id_where_there_is_none)
