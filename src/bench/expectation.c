#include <config.h>

#include "bench/expectation.h"

#include "bench/questions.h"

#include <assert.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

struct expectation {
	bool has_regex;
	regex_t regex;
};

enum err
expectation_new(struct expectation **expectation, const char *regex,
    struct fault *fault)
{
	struct expectation *e = calloc(1, sizeof *e);
	char why[128];
	int rc;

	assert(e != NULL);
	*expectation = e;
	if (regex == NULL)
		return ERR_NONE;
	rc = regcomp(&e->regex, regex, REG_EXTENDED | REG_NEWLINE);
	e->has_regex = rc == 0;
	if (rc == 0)
		return ERR_NONE;
	regerror(rc, &e->regex, why, sizeof why);
	expectation_free(expectation);
	return fault_set(fault, ERR_USAGE, "\"%s\" is not a regular"
	    " expression: %s", regex, why);
}

void
expectation_free(struct expectation **expectation)
{
	struct expectation *e = *expectation;

	*expectation = NULL;
	if (e == NULL)
		return;
	if (e->has_regex)
		regfree(&e->regex);
	free(e);
}

bool
expectation_wants(const struct expectation *expectation,
    const struct question *question)
{
	return expectation->has_regex ||
	    question->expects != QUESTION_EXPECTS_ANYTHING;
}

static bool
is_as_question_expects(const struct question *question, struct span answer)
{
	struct span expected = question->expected;

	switch (question->expects) {
	case QUESTION_EXPECTS_ANYTHING:
		return true;
	case QUESTION_EXPECTS_TO_HOLD:
		return memmem(answer.data, answer.length, expected.data,
		    expected.length) != NULL;
	case QUESTION_EXPECTS_TO_BE:
		return span_equal(answer, expected);
	}
	assert(false && "a question that expects something else");
}

/* Returns the new length. */
static size_t
make_line_ends_plain(char *text, size_t length)
{
	size_t kept = 0;

	for (size_t i = 0; i < length; i++)
		if (text[i] != '\r' || i + 1 == length || text[i + 1] != '\n')
			text[kept++] = text[i];
	return kept;
}

static bool
matches(const regex_t *regex, char *answer, size_t length)
{
	size_t kept = make_line_ends_plain(answer, length);
	regmatch_t range = { 0, (regoff_t)kept };

	/* Not needed to find the end, for the answer may hold others. */
	answer[kept] = '\0';
	return regexec(regex, answer, 1, &range, REG_STARTEND) == 0;
}

bool
expectation_is_met(const struct expectation *expectation,
    const struct question *question, char *answer, size_t length)
{
	return is_as_question_expects(question,
		   (struct span){ answer, length }) &&
	    (!expectation->has_regex ||
		matches(&expectation->regex, answer, length));
}
