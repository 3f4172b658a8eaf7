#include "query/query.h"

static bool
clauses_equal(const struct query_clause *a, const struct query_clause *b)
{
	return a->field == b->field && a->match == b->match &&
	    a->more == b->more &&
	    span_equal(a->selector, b->selector) &&
	    span_equal(a->text, b->text) && span_equal(a->raw, b->raw);
}

bool
query_equal(const struct query *a, const struct query *b)
{
	if (a->verb != b->verb || a->form != b->form ||
	    a->ladder != b->ladder || a->count != b->count ||
	    !span_equal(a->topic, b->topic))
		return false;
	for (unsigned i = 0; i < a->count; i++)
		if (!clauses_equal(&a->clauses[i], &b->clauses[i]))
			return false;
	return true;
}
