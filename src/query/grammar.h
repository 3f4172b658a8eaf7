/*
 * What parser and printer must agree on.
 *
 *   line     := help [topic] | form* head? selector*
 *   form     := full | sum
 *   head     := verb words | sign words | keyN | words
 *   selector := attribute (= | :) value
 *   value    := words mark? | "words" mark?       up to the next selector
 *   mark     := * | ... | . behind a word of two letters or more
 */

#ifndef QUERY_GRAMMAR_H
#define QUERY_GRAMMAR_H

#include "base/span.h"
#include "query/query.h"

#include <stdbool.h>

/* How an answer is asked for: a word before the query proper. */
struct grammar_form {
	const char *word;
	enum query_form form;
};

/*
 * How a place to look in is named: by a word, a sign, or either.  A new verb is
 * a line in grammar_verbs.
 */
struct grammar_verb {
	const char *word;    /* NULL: there is only the sign */
	char sign;           /* 0: there is only the word */
	enum query_field field;
	const char *example; /* for the sentence that says what is missing */
};

/* Ended by a NULL example, and by a NULL word. */
extern const struct grammar_verb grammar_verbs[];
extern const struct grammar_form grammar_forms[];

/* `attribute=` or `attribute:` in a text. */
struct grammar_selector {
	size_t start;  /* of the attribute */
	size_t value;  /* what is behind the sign */
	struct span attribute;
};

/*
 * The first selector of `text` at or behind `from` that begins a word.  A colon
 * before a slash or another colon is no sign: http://x, fe80::1.
 */
bool grammar_find_selector(struct span text, size_t from,
    struct grammar_selector *selector);

/* Take the marks of a prefix off the end.  Whether there were any. */
bool grammar_drop_marks(struct span *text);

#endif
