#include "bench/expectation.h"

#include "bench/questions.h"

#include "unit.h"

#include <string.h>

static bool
is_met(const char *regex, const struct question *question, const char *answer)
{
	struct expectation *expectation;
	struct fault fault;
	char copy[256];
	bool met;

	strcpy(copy, answer);
	ck_assert_msg(expectation_new(&expectation, regex, &fault) == ERR_NONE,
	    "%s", fault.text);
	ck_assert_int_eq(expectation_wants(expectation, question),
	    regex != NULL || question->expects != QUESTION_EXPECTS_ANYTHING);
	met = expectation_is_met(expectation, question, copy, strlen(copy));
	expectation_free(&expectation);
	ck_assert_ptr_null(expectation);
	return met;
}

START_TEST(holds_the_whole_answer_against_the_expression)
{
	static const struct {
		const char *regex, *answer;
		bool met;
	} cases[] = {
		{ "Smith", "Full Name: Smith, John\r\n", true },
		{ "smith", "Full Name: Smith, John\r\n", false },
		{ "^Room: [0-9]+$", "Name: x\r\nRoom: 12\r\nPhone: 3\r\n", true },
		{ "^Room: [0-9]+$", "Name: x\r\nRoom: 12b\r\n", false },
		{ "^Room: [0-9]+$", "Name: x\nRoom: 12", true },
		{ "(one|two) matches", "There were two matches", true },
		{ "a.b", "a\nb", false },
		{ "^$", "a\r\n\r\nb", true },
		{ "b$", "a\r\nb\r\n", true },
	};
	const struct question any = { .expects = QUESTION_EXPECTS_ANYTHING };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_msg(is_met(cases[i].regex, &any, cases[i].answer) ==
		    cases[i].met, "\"%s\"", cases[i].regex);
}
END_TEST

START_TEST(knows_what_the_question_expects)
{
	static const struct {
		enum question_expects expects;
		const char *expected, *answer;
		bool met;
	} cases[] = {
		{ QUESTION_EXPECTS_ANYTHING, "", "", true },
		{ QUESTION_EXPECTS_ANYTHING, "x", "abc", true },
		{ QUESTION_EXPECTS_TO_HOLD, "bc", "abcd", true },
		{ QUESTION_EXPECTS_TO_HOLD, "bd", "abcd", false },
		{ QUESTION_EXPECTS_TO_HOLD, "abcde", "abcd", false },
		{ QUESTION_EXPECTS_TO_BE, "abcd", "abcd", true },
		{ QUESTION_EXPECTS_TO_BE, "abc", "abcd", false },
		{ QUESTION_EXPECTS_TO_BE, "a\nb", "a\r\nb", false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct question question = {
			.expected = span_from(cases[i].expected),
			.expects = cases[i].expects,
		};

		ck_assert_msg(is_met(NULL, &question, cases[i].answer) ==
		    cases[i].met, "case %zu", i);
	}
}
END_TEST

START_TEST(wants_both_to_be_met)
{
	const struct question question = {
		.expected = SPAN_LITERAL("one"),
		.expects = QUESTION_EXPECTS_TO_HOLD,
	};

	ck_assert(is_met("two", &question, "one two"));
	ck_assert(!is_met("two", &question, "one"));
	ck_assert(!is_met("two", &question, "two"));
}
END_TEST

START_TEST(says_what_is_wrong_with_an_expression)
{
	struct expectation *expectation;
	struct fault fault;

	ck_assert_int_eq(expectation_new(&expectation, "a(b", &fault),
	    ERR_USAGE);
	ck_assert_ptr_null(expectation);
	ck_assert_ptr_nonnull(strstr(fault.text, "\"a(b\""));
}
END_TEST

UNIT_MAIN("expectation", holds_the_whole_answer_against_the_expression,
    knows_what_the_question_expects, wants_both_to_be_met,
    says_what_is_wrong_with_an_expression)
