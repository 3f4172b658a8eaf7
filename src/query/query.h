/*
 * A query as a tree; one grammar for every face, whoisd-query(7).
 *
 * query_parse() turns a line into a tree, query_print() turns a tree into the
 * line that parses to the same tree.  The tree knows nothing of the schema:
 * selectors are names until dir/search resolves them.
 */

#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>

struct arena;
struct buf;

enum { QUERY_CLAUSES_MAX = 16, QUERY_LINE_MAX = 1024 };

enum query_verb {
	QUERY_HELP, /* `topic` may be empty */
	QUERY_FIND, /* every clause must hold */
};

/* Which forms of the answer the user asked for. */
enum query_form {
	QUERY_FORM_AUTO, /* long for one hit, short for several */
	QUERY_FORM_FULL,
	QUERY_FORM_SUMMARY,
};

/* Where a clause looks. */
enum query_field {
	QUERY_ANYWHERE, /* plain words: name, key, uid, mailbox, by a ladder */
	QUERY_NAME,     /* `name X`, `.X`: the name only */
	QUERY_FIRST,    /* `first X`: the first names */
	QUERY_KEY,      /* `key N`, `keyN`, `!X`: always QUERY_EXACT */
	QUERY_PHONE,    /* `phone N`: always QUERY_EXACT */
	QUERY_MAIL,     /* user@, @host, user@host, `mail user` */
	QUERY_MEMBERS,  /* `*X`, `expand X`: the people of unit X */
	QUERY_SELECTOR, /* attribute=value */
};

enum query_match {
	QUERY_EXACT,  /* the words as given, in any order */
	QUERY_PREFIX, /* the last word begins so: smith*, smith..., mack. */
	QUERY_MORE,   /* it has at most `more` letters more: smith?? */
	QUERY_WHOLE,  /* `exact X`: these words and no others, in this order */
	QUERY_ENDS,   /* `ends X`: the last word ends so */
	QUERY_ALIKE,  /* `sounds X`, `fuzzy X`: sounds or is spelled like it */
	QUERY_WITHIN, /* the last word is part of a word: *mit* */
	QUERY_PATTERN, /* attribute~words: all of them, in any order */
	QUERY_PHRASE, /* attribute~"words": side by side, in this order */
};

/*
 * One condition.  For names `text` may hold "Last, First": the comma is kept
 * for dir/search, which binds the sides.  Wildcards and the quotes around
 * a value are taken off; an initial keeps its full stop ("j.").  The last word
 * of QUERY_WITHIN is one word to token_split() too, and folds to three
 * characters or more.
 *
 * QUERY_PATTERN and _PHRASE go with QUERY_SELECTOR only, and keep what is in
 * `text` as it was typed: the wildcards of text/pattern in any word.  Words
 * mean exactly themselves, and there are no initials and no last names: a comma
 * only parts them.  Whoever makes such a tree without query_parse() gives it no
 * quotes around the text and no more than QUERY_LINE_MAX bytes of it.
 *
 * Words that came as punycode ("xn--mller-kva") are decoded in `text`, and
 * `raw` is what was sent: a search looks for both.  A whole line that came as
 * one label ("xn--rene mller-d7a5u") is decoded before it is read, and nobody
 * would look for that label: it leaves no `raw`.
 */
struct query_clause {
	enum query_field field;
	enum query_match match;
	unsigned more;        /* QUERY_MORE: at least 1; else 0 */
	struct span selector; /* QUERY_SELECTOR: the attribute as typed */
	struct span text;     /* trimmed, white space collapsed, not folded */
	struct span raw;      /* as sent, where `text` is decoded; else empty */
};

/*
 * Clauses come in a fixed order: addresses among plain words (each a clause of
 * QUERY_MAIL), then the plain words or what the verb says, then selectors.
 */
struct query {
	enum query_verb verb;
	enum query_form form;
	bool ladder; /* plain words only: may descend to weaker rungs */
	struct span topic;
	unsigned count;
	struct query_clause clauses[QUERY_CLAUSES_MAX];
};

/*
 * What was wrong and where, for "% error: <sentence>" (without a newline).  It
 * may quote the client's own bytes.
 */
struct query_error {
	char text[256];
	unsigned column; /* character where it went wrong, 1 first */
};

/*
 * Parse a line as query_clean() leaves it.  All spans borrow from `line` or
 * `arena`.  False: `error` says what to do about it.
 */
bool query_parse(struct query *query, struct span line, struct arena *arena,
    struct query_error *error) MUST_CHECK;

/* The line that parses to this tree, one that query_parse() could make. */
void query_print(struct buf *out, const struct query *query);

/* The same tree, wherever its bytes are. */
bool query_equal(const struct query *a, const struct query *b) MUST_CHECK;

/*
 * What every server must do to a line that people may have typed before it
 * reads it: telnet negotiation and backspaces taken out, NUL and control
 * characters dropped, invalid UTF-8 taken as ISO-8859-1, white space collapsed.
 * The result lives in `arena`; its data is NULL when the arena is used up.
 */
struct span query_clean(struct span line, struct arena *arena) MUST_CHECK;

#endif
