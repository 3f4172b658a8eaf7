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
		SPAN_LITERAL("\0\0\15x"), SPAN_LITERAL("\0\0\377x") };
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

START_TEST(reads_every_form_and_no_other)
{
	for (unsigned form = 0; form <= UINT8_MAX; form++) {
		const char key[] = { 7, 9, (char)form, 'x' };
		struct term term;
		bool read = key_read_term((struct span){ key, sizeof key },
		    &term);

		ck_assert_msg(read == (form >= TERM_WORD &&
		    form <= TERM_FORM_LAST), "form %u", form);
		if (read)
			ck_assert_uint_eq(term.form, form);
	}
}
END_TEST

START_TEST(clue_is_as_it_is_drawn)
{
	static const struct {
		struct clue clue;
		struct span key;
	} rows[] = {
		{ { 0, CLUE_SOUND, SPAN_LITERAL("SMT") },
		    SPAN_LITERAL("\0\1SMT") },
		{ { 3, CLUE_ENDING, SPAN_LITERAL("htims") },
		    SPAN_LITERAL("\3\2htims") },
		{ { 255, CLUE_PART, SPAN_LITERAL("m\xc3\xbcl") },
		    SPAN_LITERAL("\377\3m\xc3\xbcl") },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char memory[CLUE_KEY_MAX];
		struct buf out;

		buf_init(&out, memory, sizeof memory);
		key_add_clue(&out, &rows[i].clue);
		ck_assert(span_equal(buf_span(&out), rows[i].key));
	}
}
END_TEST

START_TEST(holds_a_clue_of_the_greatest_length)
{
	char text[CLUE_BYTES_MAX], memory[CLUE_KEY_MAX];
	const struct clue clue = { .kind = CLUE_ENDING,
		.text = { text, sizeof text } };
	struct buf out;

	memset(text, 'x', sizeof text);
	buf_init(&out, memory, sizeof memory);
	key_add_clue(&out, &clue);
	ck_assert(!out.overflowed);
	ck_assert_uint_eq(out.length, CLUE_KEY_MAX);
}
END_TEST

/* Ascending by tag, then letters left out, then word. */
static const struct near nears[] = {
	{ .tag = 0, .left_out = 0, .word = 0 },
	{ .tag = 0, .left_out = 0, .word = 1 },
	{ .tag = 0, .left_out = 0, .word = 256 },
	{ .tag = 0, .left_out = 0, .word = NEAR_WORD_MAX },
	{ .tag = 0, .left_out = 1, .word = 1 },
	{ .tag = 0, .left_out = 2, .word = 1 },
	{ .tag = 1, .left_out = 0, .word = 1 },
	{ .tag = 255, .left_out = 2, .word = NEAR_WORD_MAX },
	{ .tag = 256, .left_out = 0, .word = 7 },
	{ .tag = UINT16_MAX, .left_out = NEAR_LEFT_OUT_MAX,
	    .word = NEAR_WORD_MAX },
};

START_TEST(near_comes_back_as_it_went_and_sorts_by_its_bytes)
{
	char last[NEAR_BYTES] = { 0 };

	for (size_t i = 0; i < sizeof nears / sizeof nears[0]; i++) {
		char memory[NEAR_BYTES + 1];
		struct near back;
		struct buf out;

		buf_init(&out, memory, sizeof memory);
		key_add_near(&out, &nears[i]);
		ck_assert_uint_eq(out.length, NEAR_BYTES);
		back = key_read_near(memory);
		ck_assert_uint_eq(back.tag, nears[i].tag);
		ck_assert_uint_eq(back.left_out, nears[i].left_out);
		ck_assert_uint_eq(back.word, nears[i].word);
		ck_assert_msg(i == 0 || memcmp(last, memory, NEAR_BYTES) < 0,
		    "row %zu", i);
		memcpy(last, memory, NEAR_BYTES);
	}
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
    reads_every_form_and_no_other, clue_is_as_it_is_drawn,
    holds_a_clue_of_the_greatest_length,
    near_comes_back_as_it_went_and_sorts_by_its_bytes,
    reads_no_id_where_there_is_none)
