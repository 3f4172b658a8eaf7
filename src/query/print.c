#include "query/query.h"

#include "base/buf.h"
#include "query/grammar.h"

#include <assert.h>
#include <string.h>

/* Whether the end of the value would be taken for marks, or for more. */
static bool
ends_in_marks(const struct query_clause *clause, struct span value)
{
	unsigned more;
	char last = value.data[value.length - 1];
	enum query_match marked = grammar_take_marks(&value, &more);

	switch (clause->match) {
	case QUERY_PREFIX:
		return marked == QUERY_PREFIX;
	case QUERY_MORE:
		return last == '?';
	default:
		return marked != QUERY_EXACT;
	}
}

/*
 * Whether an unquoted value would be read as something else.  Where there were
 * no quotes there must be none: they might end a quotation that was left open.
 */
static bool
needs_quotes(const struct query_clause *clause, struct span value)
{
	struct grammar_selector selector;

	if (memchr(value.data, '"', value.length) != NULL ||
	    clause->match == QUERY_WITHIN)
		return false; /* it was none in quotes */
	return memchr(value.data, '*', value.length) != NULL ||
	    ends_in_marks(clause, value) ||
	    grammar_find_selector(value, 1, &selector);
}

/* The words, the last one between asterisks where it is a part. */
static void
print_words(struct buf *out, const struct query_clause *clause,
    struct span text)
{
	size_t start = text.length;

	if (clause->match != QUERY_WITHIN) {
		buf_add(out, text);
		return;
	}
	while (start > 0 && text.data[start - 1] != ' ')
		start--;
	buf_add(out, (struct span){ text.data, start });
	buf_add_char(out, '*');
	buf_add(out, span_skip(text, start));
	buf_add_char(out, '*');
}

static void
print_quoted(struct buf *out, struct span value)
{
	buf_add_char(out, '"');
	buf_add(out, value);
	buf_add_char(out, '"');
}

static bool
is_pattern(const struct query_clause *clause)
{
	return clause->match == QUERY_PATTERN || clause->match == QUERY_PHRASE;
}

static void
print_selector(struct buf *out, const struct query_clause *clause,
    struct span value)
{
	buf_add(out, clause->selector);
	buf_add_char(out, is_pattern(clause) ? '~' : '=');
	if (clause->match == QUERY_PHRASE ||
	    (clause->match != QUERY_PATTERN && needs_quotes(clause, value)))
		print_quoted(out, value);
	else
		print_words(out, clause, value);
}

static void
print_word(struct buf *out, const char *word)
{
	buf_add_string(out, word);
	buf_add_char(out, ' ');
}

/* The sign, where there is one: behind it nothing is taken for a selector. */
static void
print_field(struct buf *out, enum query_field field)
{
	const struct grammar_place *place = grammar_places;

	while (place->example != NULL && place->field != field)
		place++;
	if (place->example == NULL)
		return;
	if (place->sign != 0)
		buf_add_char(out, place->sign);
	else
		print_word(out, place->word);
}

/* `*phys*` would be a part of a word. */
static void
print_unit_start(struct buf *out, struct span text)
{
	struct grammar_selector selector;

	buf_add_string(out, grammar_find_selector(text, 0, &selector) ?
	    ".*" : "expand ");
}

/* An address and a part of a word by itself are known for what they are. */
static bool
says_its_place(const struct query_clause *clause, struct span text)
{
	if (clause->field == QUERY_MAIL)
		return grammar_is_address(text);
	return clause->field == QUERY_NAME && clause->match == QUERY_WITHIN &&
	    memchr(text.data, ' ', text.length) == NULL;
}

static void
print_place(struct buf *out, const struct query_clause *clause,
    struct span text)
{
	if (clause->field == QUERY_MEMBERS && clause->match == QUERY_PREFIX)
		print_unit_start(out, text);
	else if (!says_its_place(clause, text))
		print_field(out, clause->field);
}

static void
print_match(struct buf *out, enum query_match wanted)
{
	const struct grammar_match *match = grammar_matches;

	while (match->match != wanted)
		match++;
	print_word(out, match->word);
}

/* `first begins begins*`: without the first one the second would be it. */
static bool
reads_as_match(const struct query_clause *clause)
{
	struct span rest = clause->text;

	return clause->field == QUERY_FIRST &&
	    clause->match == QUERY_PREFIX &&
	    grammar_find_match(span_next_word(&rest)) != NULL;
}

/* Matches without a mark. */
static bool
is_said_by_word(enum query_match match)
{
	return match == QUERY_WHOLE || match == QUERY_ENDS ||
	    match == QUERY_ALIKE;
}

/* By itself the word is about names, and behind a sign it would be one. */
static void
print_head(struct buf *out, const struct query_clause *clause,
    struct span text)
{
	bool has_word = is_said_by_word(clause->match);

	if (!has_word || clause->field != QUERY_NAME)
		print_place(out, clause, text);
	if (has_word || reads_as_match(clause))
		print_match(out, clause->match);
	print_words(out, clause, text);
}

static void
print_clause(struct buf *out, const struct query_clause *clause)
{
	struct span text = clause->raw.length ? clause->raw : clause->text;

	if (clause->field == QUERY_SELECTOR)
		print_selector(out, clause, text);
	else
		print_head(out, clause, text);
	if (clause->match == QUERY_PREFIX)
		buf_add_char(out, '*');
	buf_add_repeat(out, '?', clause->more);
}

static void
print_form(struct buf *out, enum query_form wanted)
{
	const struct grammar_form *form = grammar_forms;

	while (form->word != NULL && form->form != wanted)
		form++;
	if (form->word != NULL)
		print_word(out, form->word);
}

void
query_print(struct buf *out, const struct query *query)
{
	if (query->verb == QUERY_HELP) {
		buf_add_string(out, query->topic.length ? "help " : "help");
		buf_add(out, query->topic);
		return;
	}
	print_form(out, query->form);
	for (unsigned i = 0; i < query->count; i++) {
		if (i > 0)
			buf_add_char(out, ' ');
		print_clause(out, &query->clauses[i]);
	}
}
