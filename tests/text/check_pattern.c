#include "unit.h"

#include "base/buf.h"
#include "text/pattern.h"
#include "text/token.h"

#include <string.h>

static struct pattern pattern;

static bool
split(struct span text)
{
	static char memory[1 << 12];
	struct buf joined;

	buf_init(&joined, memory, sizeof memory);
	return pattern_split(&pattern, text, &joined);
}

/* The words, a blank between them; those with a wildcard in braces. */
static const char *
draw(void)
{
	static char text[1 << 12];
	struct buf out;

	buf_init(&out, text, sizeof text - 1);
	for (unsigned i = 0; i < pattern.count; i++) {
		const struct pattern_word *word = &pattern.words[i];

		if (i > 0)
			buf_add_char(&out, ' ');
		buf_add_string(&out, word->has_wildcard ? "{" : "");
		buf_add(&out, word->text);
		buf_add_string(&out, word->has_wildcard ? "}" : "");
	}
	text[out.length] = '\0';
	return text;
}

START_TEST(cuts_words_as_text_is_cut)
{
	static const struct {
		const char *text, *words;
	} rows[] = {
		{ "", "" }, { " , ;.-'", "" },
		{ "smith", "smith" }, { "smith, j.", "smith j" },
		{ "sm[iy]th* jo?n", "{sm[iy]th*} {jo?n}" },
		{ "smith-jones", "smithjones" }, { "smith-j*", "{smithj*}" },
		{ "-o'br*-", "{obr*}" }, { "a--b'", "ab" },
		{ "reg.quin*@uwo.ca", "reg {quin*} uwo ca" },
		{ "679-2111x(6026)", "6792111x 6026" },
		{ "a-[b-d]e", "{a[b-d]e}" },
		{ "* + ?", "{*} {+} {?}" },
		{ "+1 519* x+1", "1 {519*} {x+1}" },
		{ "a[b c]d", "a b c d" }, { "a[]b", "a b" },
		{ "a[-]b", "a b" }, { "a[b", "a b" },
		{ "a[b'c]", "a bc" }, { "[[ab]]", "{[ab]}" },
		{ "\u674e* \u00abx\u00bb", "{\u674e*} x" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ck_assert_msg(split(span_from(rows[i].text)), "%s",
		    rows[i].text);
		ck_assert_msg(strcmp(draw(), rows[i].words) == 0,
		    "%s: %s instead of %s", rows[i].text, draw(),
		    rows[i].words);
	}
}
END_TEST

START_TEST(refuses_more_than_anybody_asks)
{
	char text[2 * PATTERN_BYTES_MAX];

	for (size_t i = 0; i < sizeof text; i++)
		text[i] = i % 2 == 0 ? 'a' : ' ';
	ck_assert(split((struct span){ text, 2 * PATTERN_WORDS_MAX }));
	ck_assert_uint_eq(pattern.count, PATTERN_WORDS_MAX);
	ck_assert(!split((struct span){ text, 2 * PATTERN_WORDS_MAX + 1 }));
	memset(text, '?', sizeof text);
	ck_assert(split((struct span){ text, PATTERN_BYTES_MAX }));
	ck_assert(!split((struct span){ text, PATTERN_BYTES_MAX + 1 }));
}
END_TEST

START_TEST(long_words_without_wildcards_are_cut_like_those_of_text)
{
	char text[PATTERN_BYTES_MAX];

	memset(text, 'a', sizeof text);
	ck_assert(split((struct span){ text, sizeof text }));
	ck_assert_uint_eq(pattern.words[0].text.length, TOKEN_BYTES_MAX);
}
END_TEST

START_TEST(knows_how_it_begins)
{
	static const struct {
		const char *pattern, *literal;
	} rows[] = {
		{ "", "" }, { "smith", "smith" }, { "sm*th", "sm" },
		{ "*son", "" }, { "m[ae]yer", "m" }, { "+x", "" },
		{ "m[yer", "m[yer" }, { "a]b", "a]b" },
		{ "\u674e?", "\u674e" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_msg(span_is(pattern_literal(span_from(
		    rows[i].pattern)), rows[i].literal), "%s",
		    rows[i].pattern);
}
END_TEST

START_TEST(matches_all_of_a_text_and_nothing_else)
{
	static const struct {
		const char *pattern, *matched, *others; /* blanks part them */
	} rows[] = {
		{ "smith", "smith", "smit smiths asmith xmith" },
		{ "sm*th", "smth smith smooth smthth", "smithe asmith sm th" },
		{ "*th", "th smith thth", "smithe t h" },
		{ "smi*", "smi smith", "smx sm" },
		{ "*mit*", "mit smith mitmi", "mi mt" },
		{ "*", "a smith \u674e", "" },
		{ "+", "a smith \u674e", "" },
		{ "sm+th", "smith smooth smthth", "smth" },
		{ "smith+", "smiths smithers", "smith" },
		{ "+th", "ith thth", "th" },
		{ "sm?th", "smith smyth sm\u674eth", "smth smooth" },
		{ "???", "abc \u674e\u5c0f\u9f99", "ab abcd \u674e" },
		{ "?*?", "ab abc", "a" }, { "++", "ab abc", "a" },
		{ "sm[iy]th", "smith smyth", "smth smoth smiyth sm[iy]th" },
		{ "[a-e]x", "ax cx ex", "fx -x x" },
		{ "[a-]x", "ax", "-x ]x" }, { "[-a]x", "ax", "-x" },
		{ "[e-a]x", "", "ax cx ex" },
		{ "[a--c]x", "ax cx", "bx -x" }, { "[a--]x", "ax", "-x" },
		{ "[a-c-e]x", "ax bx cx ex", "dx -x" },
		{ "[a-cx-z0-9]", "a c y 5", "d w - a5" },
		{ "[\u674e\u5c0f]*", "\u674e \u5c0f\u9f99", "\u9f99" },
		{ "a[b", "a[b", "ab a" }, { "[]", "[]", "[ x" },
		{ "a*b*c", "abc aabbcc axbxbxc", "ab acb" },
		{ "*a*b?[cd]*", "abcd xaxbbxdz", "abc abxx" },
		{ "reggers@*", "reggers@uwo.ca", "reggers reggersx@uwo.ca" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct span pattern_text = span_from(rows[i].pattern), word,
			yes = span_from(rows[i].matched),
			no = span_from(rows[i].others);

		while ((word = span_next_word(&yes)).length > 0)
			ck_assert_msg(pattern_matches(pattern_text, word),
			    "%s is not %.*s", rows[i].pattern,
			    (int)word.length, word.data);
		while ((word = span_next_word(&no)).length > 0)
			ck_assert_msg(!pattern_matches(pattern_text, word),
			    "%s is %.*s", rows[i].pattern,
			    (int)word.length, word.data);
	}
}
END_TEST

START_TEST(nothing_at_all_is_matched_by_what_may_be_nothing)
{
	static const struct span empty = { "", 0 };

	ck_assert(pattern_matches(empty, empty));
	ck_assert(pattern_matches(span_from("**"), empty));
	ck_assert(!pattern_matches(span_from("+"), empty));
	ck_assert(!pattern_matches(span_from("?"), empty));
	ck_assert(!pattern_matches(span_from("[a]"), empty));
	ck_assert(!pattern_matches(empty, span_from("a")));
}
END_TEST

/* A matcher that tries everything would not come to an end. */
START_TEST(many_wildcards_cost_no_more_than_the_bytes_multiplied)
{
	char text[1 << 12], stars[PATTERN_BYTES_MAX];

	memset(text, 'a', sizeof text);
	for (size_t i = 0; i < sizeof stars; i++)
		stars[i] = i % 2 == 0 ? '*' : 'a';
	stars[sizeof stars - 1] = 'b';
	ck_assert(!pattern_matches((struct span){ stars, sizeof stars },
	    (struct span){ text, sizeof text }));
}
END_TEST

UNIT_MAIN("text/pattern", cuts_words_as_text_is_cut,
    refuses_more_than_anybody_asks,
    long_words_without_wildcards_are_cut_like_those_of_text,
    knows_how_it_begins, matches_all_of_a_text_and_nothing_else,
    nothing_at_all_is_matched_by_what_may_be_nothing,
    many_wildcards_cost_no_more_than_the_bytes_multiplied)
