#include "proto/ph_select.h"

#include "base/arena.h"
#include "base/buf.h"
#include "proto/answer.h"
#include "proto/ph.h"
#include "proto/ph_fields.h"
#include "proto/ph_reply.h"
#include "query/query.h"
#include "record/schema.h"

#include <string.h>

struct selecting {
	struct ph *ph;
	const struct answer *answer;
	struct query *query;
	bool failed;
	bool has_key; /* an indexed value that is not only wildcards ... */
	bool has_driven_key; /* ... and does not begin with one */
};

static void
refuse(struct selecting *s, struct span field, const char *why)
{
	ph_say_of(s->ph, -PH_SYNTAX, field, why);
	s->failed = true;
}

static bool
is_margin(char c)
{
	return c == ' ' || c == '"';
}

/*
 * Blanks collapsed, and none at the ends, nor the quotes that an escaped one
 * leaves there.  False: the arena is used up.
 */
static bool
tidy(struct arena *arena, struct span value, struct span *text)
{
	char *memory = arena_alloc(arena, value.length + 1);
	struct span word;
	struct buf buf;

	if (memory == NULL)
		return false;
	buf_init(&buf, memory, value.length + 1);
	while ((word = span_next_word(&value)).length > 0) {
		if (buf.length > 0)
			buf_add_char(&buf, ' ');
		buf_add(&buf, word);
	}
	*text = buf_span(&buf);
	while (text->length > 0 && is_margin(text->data[0]))
		*text = span_skip(*text, 1);
	while (text->length > 0 && is_margin(text->data[text->length - 1]))
		text->length--;
	return true;
}

/* As in text/pattern, where a + before a digit begins a telephone number. */
static bool
is_wildcard(struct span text)
{
	bool is_number = text.length > 1 && text.data[0] == '+' &&
			 text.data[1] >= '0' && text.data[1] <= '9';

	return strchr("*+?[]", text.data[0]) != NULL && !is_number;
}

static void
note_key(
    struct selecting *s, const struct attribute *attribute, struct span text)
{
	size_t at = 0;

	while (at < text.length && is_wildcard(span_skip(text, at)))
		at++;
	/* of bytes, as an ideograph is a whole word */
	if (attribute->index == INDEX_NONE || text.length < 2 ||
	    at == text.length)
		return;
	s->has_key = true;
	if (at == 0)
		s->has_driven_key = true;
}

static void
add_clause(struct selecting *s, const struct attribute *attribute,
    struct span text, bool is_phrase)
{
	struct query *query = s->query;

	if (query->count == QUERY_CLAUSES_MAX) {
		refuse(s, attribute->ph_name, "too many selections.");
		return;
	}
	query->clauses[query->count++] = (struct query_clause){
	    .field = QUERY_SELECTOR,
	    .match = is_phrase ? QUERY_PHRASE : QUERY_PATTERN,
	    .selector = attribute->name,
	    .text = text,
	    .raw = {"", 0},
	};
	note_key(s, attribute, text);
}

/* The words that part a change are no more than words here. */
static void
select_one(struct selecting *s, const struct ph_argument *argument)
{
	const struct schema *schema = s->answer->schema;
	const struct attribute *attribute =
	    argument->kind == PH_PAIR
		? ph_find_field(s->answer, argument->field)
		: &schema->attributes[schema->name_id];
	struct span text;

	if (attribute == NULL) {
		ph_refuse_field(s->ph, argument->field);
		s->failed = true;
	} else if (!tidy(s->ph->worker->arena, argument->value, &text)) {
		s->ph->too_large = true;
		s->failed = true;
	} else if (text.length > QUERY_LINE_MAX) {
		refuse(s, attribute->ph_name, "value is too long.");
	} else {
		add_clause(s, attribute, text, argument->is_quoted);
	}
}

void
ph_refuse_keyless(struct ph *ph)
{
	ph_say(ph, -PH_NO_KEY, "no non-null key field in query.");
}

bool
ph_select(struct ph *ph, const struct answer *answer, unsigned count,
    struct query *query)
{
	struct selecting s = {.ph = ph, .answer = answer, .query = query};

	query->verb = QUERY_FIND;
	query->form = QUERY_FORM_AUTO;
	query->ladder = false;
	query->topic = (struct span){"", 0};
	query->count = 0;
	for (unsigned i = 0; i < count; i++)
		select_one(&s, &ph->line.arguments[i]);
	if (!s.has_key)
		ph_refuse_keyless(ph);
	if (!s.has_driven_key)
		ph_say(ph, -PH_NO_KEY,
		    "Initial metas may be used as qualifiers only.");
	return !s.failed && s.has_driven_key;
}
