/*
 * What parser and printer must agree on; whoisd-query(7) has the whole.
 *
 *   line     := help [topic] | form* head? selector*
 *   form     := full | sum
 *   head     := place match? text | sign text | match text | keyN | text
 *   selector := attribute (= | :) value | attribute ~ pattern
 *   value    := text | "words" mark?              up to the next selector
 *   pattern  := words | "words"                   as typed, up to the same
 *   text     := words mark? | words? *part*       the latter in names, values
 *   mark     := * | ... | . behind a word of two letters or more | ?...
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
 * How a place to look in is named: by a word, a sign, or either.  A new one is
 * a line in grammar_places; the first line of a field is how it is printed.
 */
struct grammar_place {
	const char *word;    /* NULL: there is only the sign */
	char sign;           /* 0: there is only the word */
	enum query_field field;
	bool takes_match;    /* the word, not the sign, by one of these ... */
	const char *example; /* for the sentence that says what is missing */
};

/* ... which by themselves are about names. */
struct grammar_match {
	const char *word;
	enum query_match match;
};

/* Ended by a NULL example, and by a NULL word. */
extern const struct grammar_place grammar_places[];
extern const struct grammar_match grammar_matches[];
extern const struct grammar_form grammar_forms[];

/* NULL: `word` is none. */
const struct grammar_match *grammar_find_match(struct span word);

/* Whether a word is an address wherever it stands among plain words. */
bool grammar_is_address(struct span word);

/* `attribute=`, `attribute:` or `attribute~` in a text. */
struct grammar_selector {
	size_t start;  /* of the attribute */
	size_t value;  /* what is behind the sign */
	struct span attribute;
	bool is_pattern; /* behind a tilde */
};

/*
 * The first selector of `text` at or behind `from` that begins a word.  A colon
 * before a slash or another colon is no sign: http://x, fe80::1.
 */
bool grammar_find_selector(struct span text, size_t from,
    struct grammar_selector *selector);

/*
 * A part of a word at the end of `text`: what stands between its first
 * asterisk, which begins a word, and its last byte.  That may be more than one
 * word.  False: there is none; an asterisk beside a blank or another encloses
 * nothing.
 */
bool grammar_find_part(struct span text, struct span *part);

/*
 * Take the marks of a prefix, or the question marks, off the end: the match
 * they stand for, QUERY_EXACT where there were none.
 */
enum query_match grammar_take_marks(struct span *text, unsigned *more);

#endif
