#include "query/query.h"

#include "base/buf.h"
#include "query/grammar.h"

#include <assert.h>
#include <string.h>

/* Whether an unquoted value would be read as something else. */
static bool
needs_quotes(struct span value)
{
	struct grammar_selector selector;
	struct span bare = value;

	if (memchr(value.data, '"', value.length) != NULL)
		return false; /* it was none in quotes */
	return memchr(value.data, '*', value.length) != NULL ||
	    grammar_drop_marks(&bare) ||
	    grammar_find_selector(value, 1, &selector);
}

static void
print_selector(struct buf *out, struct span attribute, struct span value)
{
	buf_add(out, attribute);
	buf_add_char(out, '=');
	if (needs_quotes(value)) {
		buf_add_char(out, '"');
		buf_add(out, value);
		buf_add_char(out, '"');
	} else {
		buf_add(out, value);
	}
}

/* The sign, where there is one: behind it nothing is taken for a selector. */
static void
print_field(struct buf *out, enum query_field field)
{
	const struct grammar_verb *verb = grammar_verbs;

	while (verb->example != NULL && verb->field != field)
		verb++;
	if (verb->example == NULL)
		return;
	if (verb->sign != 0) {
		buf_add_char(out, verb->sign);
	} else {
		buf_add_string(out, verb->word);
		buf_add_char(out, ' ');
	}
}

static void
print_clause(struct buf *out, const struct query_clause *clause)
{
	struct span text = clause->raw.length ? clause->raw : clause->text;

	if (clause->field == QUERY_SELECTOR) {
		print_selector(out, clause->selector, text);
	} else {
		print_field(out, clause->field);
		buf_add(out, text);
	}
	if (clause->match == QUERY_PREFIX)
		buf_add_char(out, '*');
}

static void
print_form(struct buf *out, enum query_form wanted)
{
	for (const struct grammar_form *f = grammar_forms; f->word; f++) {
		if (f->form != wanted)
			continue;
		buf_add_string(out, f->word);
		buf_add_char(out, ' ');
	}
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
