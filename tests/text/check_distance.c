#include "unit.h"

#include "text/distance.h"

#include <string.h>

enum { LETTERS_MAX = 12, WORDS_RANDOM = 200000 };

static unsigned
distance(const char *a, const char *b, unsigned limit)
{
	unsigned forth = distance_between(span_from(a), span_from(b), limit);
	unsigned back = distance_between(span_from(b), span_from(a), limit);

	ck_assert_msg(forth == back, "%s, %s: %u, %u", a, b, forth, back);
	return forth;
}

START_TEST(counts_each_slip_once)
{
	static const struct {
		const char *a, *b;
		unsigned edits;
	} rows[] = {
		{ "", "", 0 }, { "", "abc", 3 }, { "smith", "smith", 0 },
		{ "smith", "smiths", 1 }, { "smith", "smth", 1 },
		{ "smith", "smyth", 1 }, { "smith", "simth", 1 },
		{ "smith", "msiht", 2 }, { "ab", "ba", 1 },
		{ "abcd", "badc", 2 }, { "kitten", "sitting", 3 },
		{ "saturday", "sunday", 3 }, { "aaaa", "aa", 2 },
		{ "smith", "jones", 5 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_msg(distance(rows[i].a, rows[i].b, 9) ==
		    rows[i].edits, "%s, %s", rows[i].a, rows[i].b);
}
END_TEST

START_TEST(edits_no_part_of_a_word_twice)
{
	ck_assert_uint_eq(distance("ca", "abc", 9), 3);
}
END_TEST

START_TEST(counts_characters_and_not_bytes)
{
	ck_assert_uint_eq(distance("иванов", "иванив", 9), 1);
	ck_assert_uint_eq(distance("иванов", "иавнов", 9), 1);
	ck_assert_uint_eq(distance("иванов", "ivanov", 9), 6);
	ck_assert_uint_eq(distance("李", "李小", 9), 1);
	ck_assert_uint_eq(distance("山田", "田山", 9), 1);
	ck_assert_uint_eq(distance("a\xf0\x9f\x98\x80z", "az", 9), 1);
}
END_TEST

START_TEST(beyond_the_limit_is_limit_and_one)
{
	static const unsigned limits[] = { 0, 1, 2, 3, 4, 5, 63, 64, 65, -1u };

	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
		unsigned more = limits[i] + 1;

		ck_assert_uint_eq(distance("smith", "jones", limits[i]),
		    limits[i] < 5 ? more : 5);
		ck_assert_uint_eq(distance("иван", "и", limits[i]),
		    limits[i] < 3 ? more : 3);
		ck_assert_uint_eq(distance("same", "same", limits[i]), 0);
	}
}
END_TEST

START_TEST(compares_long_words_on_their_beginning)
{
	char a[DISTANCE_CHARS_MAX + 10], b[DISTANCE_CHARS_MAX + 10];
	struct span first = { a, sizeof a }, second = { b, sizeof b };

	memset(a, 'a', sizeof a);
	memset(b, 'b', sizeof b);
	ck_assert_uint_eq(distance_between(first, second, 99),
	    DISTANCE_CHARS_MAX);
	memset(b, 'a', DISTANCE_CHARS_MAX);
	ck_assert_uint_eq(distance_between(first, second, 99), 0);
	memcpy(b, "\xd0\xb8", 2); /* one character less in as many bytes */
	ck_assert_uint_eq(distance_between(first, second, 99), 2);
}
END_TEST

START_TEST(takes_two_long_words_without_a_character_in_common)
{
	char a[2 * DISTANCE_CHARS_MAX], b[3 * DISTANCE_CHARS_MAX];

	for (unsigned i = 0; i < DISTANCE_CHARS_MAX; i++) {
		memcpy(a + 2 * i, (char[]){ '\xd0', (char)(0x80 + i) }, 2);
		memcpy(b + 3 * i,
		    (char[]){ '\xe4', '\xb8', (char)(0x80 + i) }, 3);
	}
	ck_assert_uint_eq(distance_between((struct span){ a, sizeof a },
	    (struct span){ b, sizeof b }, 99), DISTANCE_CHARS_MAX);
}
END_TEST

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* The definition, cell by cell. */
static unsigned
naive(const char *a, const char *b)
{
	unsigned cells[LETTERS_MAX + 1][LETTERS_MAX + 1];
	size_t height = strlen(a), width = strlen(b);

	for (size_t i = 0; i <= height; i++)
		for (size_t j = 0; j <= width; j++) {
			unsigned *cell = &cells[i][j];

			*cell = (unsigned)(i + j);
			if (i == 0 || j == 0)
				continue;
			*cell = least(cells[i - 1][j], cells[i][j - 1]) + 1;
			*cell = least(*cell, cells[i - 1][j - 1] +
			    (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				*cell = least(*cell, cells[i - 2][j - 2] + 1);
		}
	return cells[height][width];
}

/* Few letters, so that words have many in common. */
static void
make_word(char word[LETTERS_MAX + 1], unsigned *random)
{
	unsigned length;

	*random = *random * 1664525 + 1013904223;
	length = (*random >> 16) % (LETTERS_MAX + 1);
	for (unsigned i = 0; i < length; i++) {
		*random = *random * 1664525 + 1013904223;
		word[i] = (char)('a' + (*random >> 16) % 4);
	}
	word[length] = '\0';
}

START_TEST(agrees_with_the_definition_on_random_words)
{
	char a[LETTERS_MAX + 1], b[LETTERS_MAX + 1];
	unsigned random = 1;

	for (unsigned i = 0; i < WORDS_RANDOM; i++) {
		unsigned limit = i % (LETTERS_MAX + 2), edits;

		make_word(a, &random);
		make_word(b, &random);
		edits = distance(a, b, limit);
		ck_assert_msg(edits == least(naive(a, b), limit + 1),
		    "%s, %s within %u: %u", a, b, limit, edits);
	}
}
END_TEST

UNIT_MAIN("text/distance", counts_each_slip_once,
    edits_no_part_of_a_word_twice, counts_characters_and_not_bytes,
    beyond_the_limit_is_limit_and_one,
    compares_long_words_on_their_beginning,
    takes_two_long_words_without_a_character_in_common,
    agrees_with_the_definition_on_random_words)
