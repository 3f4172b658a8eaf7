#include "unit.h"

#include "text/token.h"

#include <string.h>

static struct token_list list;

static bool
is_token(unsigned i, const char *text, enum token_form form, unsigned word)
{
	return i < list.count && span_is(list.tokens[i].text, text) &&
	    list.tokens[i].form == form && list.tokens[i].word == word;
}

START_TEST(separates_at_blanks_and_punctuation)
{
	static const char *const texts[] = { "ab cd", "ab,cd", "ab;cd:",
		"ab.cd.", "(ab)/cd", "[ab]{cd}", "ab&cd", "ab|cd", "\"ab\"cd\"",
		"ab\\cd", "ab!?cd", "ab*+cd", "ab=cd", "<ab>cd", "#ab%cd",
		"ab@cd", "ab_cd", "~ab^cd$", "ab…cd",
		"«ab»cd", "ab・cd",
		"  ab -- cd '" };

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		token_split(&list, span_from(texts[i]));
		ck_assert_msg(list.count == 2 && list.words == 2 &&
		    is_token(0, "ab", TOKEN_PLAIN, 0) &&
		    is_token(1, "cd", TOKEN_PLAIN, 1), "%s", texts[i]);
	}
}
END_TEST

START_TEST(nothing_but_punctuation_is_no_word)
{
	static const char *const texts[] = { "", " ", "...", "-", "'", "-'-",
		"\xe2\x80\xa6", "!@#$%^&*()" };

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		token_split(&list, span_from(texts[i]));
		ck_assert_msg(list.count == 0 && list.words == 0 &&
		    !list.has_comma, "%s", texts[i]);
	}
}
END_TEST

START_TEST(words_of_every_script_are_plain)
{
	token_split(&list, span_from("李小龙 محمد иванов สมชาย 4711 गीता"));
	ck_assert_uint_eq(list.count, 6);
	for (unsigned i = 0; i < list.count; i++) {
		ck_assert_int_eq(list.tokens[i].form, TOKEN_PLAIN);
		ck_assert_uint_eq(list.tokens[i].word, i);
	}
	ck_assert(span_is(list.tokens[5].text, "गीता"));
}
END_TEST

START_TEST(joins_and_parts_at_hyphen_and_apostrophe)
{
	token_split(&list, span_from("x smith-jones o'brien jean--luc-'marc-"));
	ck_assert_uint_eq(list.count, 11);
	ck_assert_uint_eq(list.words, 4);
	ck_assert(is_token(0, "x", TOKEN_PLAIN, 0));
	ck_assert(is_token(1, "smithjones", TOKEN_JOINED, 1));
	ck_assert(is_token(2, "smith", TOKEN_PART, 1));
	ck_assert(is_token(3, "jones", TOKEN_PART, 1));
	ck_assert(is_token(4, "obrien", TOKEN_JOINED, 2));
	ck_assert(is_token(5, "o", TOKEN_PART, 2));
	ck_assert(is_token(6, "brien", TOKEN_PART, 2));
	ck_assert(is_token(7, "jeanlucmarc", TOKEN_JOINED, 3));
	ck_assert(is_token(8, "jean", TOKEN_PART, 3));
	ck_assert(is_token(9, "luc", TOKEN_PART, 3));
	ck_assert(is_token(10, "marc", TOKEN_PART, 3));
}
END_TEST

START_TEST(what_stands_before_the_first_comma_is_the_last_name)
{
	token_split(&list, span_from("van dyke-smith, dick, jr"));
	ck_assert(list.has_comma);
	ck_assert_uint_eq(list.count, 6);
	for (unsigned i = 0; i < list.count; i++)
		ck_assert(list.tokens[i].before_comma == (i < 4));
	token_split(&list, span_from("smith,"));
	ck_assert(list.has_comma && list.tokens[0].before_comma);
	token_split(&list, span_from(", smith"));
	ck_assert(!list.has_comma && !list.tokens[0].before_comma);
	token_split(&list, span_from("john smith"));
	ck_assert(!list.has_comma && !list.tokens[0].before_comma);
}
END_TEST

START_TEST(a_full_stop_marks_the_word_before_it)
{
	token_split(&list, span_from("j. r smith-x. .jr"));
	ck_assert_uint_eq(list.count, 6);
	ck_assert(list.tokens[0].dotted);
	ck_assert(!list.tokens[1].dotted);
	ck_assert(list.tokens[2].dotted && list.tokens[4].dotted);
	ck_assert(!list.tokens[5].dotted);
}
END_TEST

START_TEST(cuts_long_words_at_a_character)
{
	char text[4 * TOKEN_BYTES_MAX];
	const size_t odd = TOKEN_BYTES_MAX + 1;

	memset(text, 'a', sizeof text);
	token_split(&list, (struct span){ text, sizeof text });
	ck_assert_uint_eq(list.count, 1);
	ck_assert_uint_eq(list.tokens[0].text.length, TOKEN_BYTES_MAX);

	/* A two-byte character across the limit, plain and joined. */
	memcpy(text + TOKEN_BYTES_MAX - 1, "\xd0\xb8", 2);
	token_split(&list, (struct span){ text, odd });
	ck_assert_uint_eq(list.tokens[0].text.length, TOKEN_BYTES_MAX - 1);
	memcpy(text, "a-", 2);
	memcpy(text + TOKEN_BYTES_MAX - 1, "a\xd0\xb8", 3);
	token_split(&list, (struct span){ text, odd + 1 });
	ck_assert_int_eq(list.tokens[0].form, TOKEN_JOINED);
	ck_assert_uint_eq(list.tokens[0].text.length, TOKEN_BYTES_MAX - 1);
	ck_assert_int_eq(list.tokens[2].form, TOKEN_PART);
	ck_assert_uint_eq(list.tokens[2].text.length, TOKEN_BYTES_MAX);
}
END_TEST

START_TEST(leaves_out_what_is_too_much)
{
	char text[TOKENS_MAX * 8];
	size_t length = 0;

	for (unsigned i = 0; i < TOKENS_MAX + 10; i++) {
		memcpy(text + length, "a-b ", 4);
		length += 4;
	}
	token_split(&list, (struct span){ text, length });
	ck_assert_uint_eq(list.count, TOKENS_MAX);
	ck_assert_uint_eq(list.words, (TOKENS_MAX + 2) / 3);
	ck_assert(is_token(TOKENS_MAX - 1, "ab", TOKEN_JOINED, 21));
}
END_TEST

START_TEST(has_every_token_and_nothing_else)
{
	static const char *const there[] = { "smithjones", "smith", "jones",
		"mary", "j" };
	static const char *const absent[] = { "", "smith-jones", "mar",
		"maryj", "jr" };

	token_split(&list, span_from("smith-jones, mary j."));
	for (size_t i = 0; i < sizeof there / sizeof there[0]; i++)
		ck_assert_msg(token_list_has(&list, span_from(there[i])),
		    "%s", there[i]);
	for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
		ck_assert_msg(!token_list_has(&list, span_from(absent[i])),
		    "'%s'", absent[i]);
	token_split(&list, span_from(""));
	ck_assert(!token_list_has(&list, span_from("mary")));
}
END_TEST

UNIT_MAIN("text/token", separates_at_blanks_and_punctuation,
    nothing_but_punctuation_is_no_word, words_of_every_script_are_plain,
    joins_and_parts_at_hyphen_and_apostrophe,
    what_stands_before_the_first_comma_is_the_last_name,
    a_full_stop_marks_the_word_before_it, cuts_long_words_at_a_character,
    leaves_out_what_is_too_much, has_every_token_and_nothing_else)
