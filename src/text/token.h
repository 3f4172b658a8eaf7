/*
 * Folded text cut into words (protocols: "Tokens").
 *
 * Words are separated by blanks and by punctuation.  An apostrophe or a hyphen
 * inside a word joins: "smith-jones" is the word smithjones (joined) and the
 * words smith and jones (its parts); "o'brien" is obrien, o and brien.
 */

#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* Longer words are cut here, at a character: well below LMDB's 511 bytes. */
enum { TOKEN_BYTES_MAX = 120, TOKENS_MAX = 64 };

enum token_form {
	TOKEN_PLAIN,  /* a word without an inner hyphen or apostrophe */
	TOKEN_JOINED, /* the word without its hyphens and apostrophes */
	TOKEN_PART,   /* a piece between them */
};

struct token {
	struct span text;
	enum token_form form;
	unsigned word;      /* 0, 1, ...: the same for a word and its parts */
	bool before_comma;  /* in a name "Last, First": the last name */
	bool dotted;        /* followed by a full stop, as in "j." */
};

struct token_list {
	struct token tokens[TOKENS_MAX];
	unsigned count;
	unsigned words;
	bool has_comma;
	char joined[TOKENS_MAX * (TOKEN_BYTES_MAX + 1)]; /* the joined words */
};

/*
 * Cut `folded` (text/fold) into words, in order.  Tokens borrow from `folded`
 * and from the list itself, which is why a list is never copied.  What goes
 * beyond TOKENS_MAX is left out.
 */
void token_split(struct token_list *list, struct span folded);

/*
 * Bytes of the character at the start of `text`, which is not empty, where it
 * is one of a word: a letter, a digit, a mark or a joiner, which are hyphen and
 * apostrophe.  0: it separates words.
 */
size_t token_char_length(struct span text);

static inline bool
token_is_joiner(char c)
{
	return c == '\'' || c == '-';
}

bool token_list_has(const struct token_list *list, struct span text);

#endif
