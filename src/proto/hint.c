#include "proto/hint.h"

#include "base/buf.h"
#include "proto/answer.h"
#include "query/query.h"
#include "record/schema.h"
#include "text/utf8.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { EXAMPLE_MAX = 120, EXTENSION_DIGITS = 4, BEGINNING_LETTERS = 4 };

static const char no_key[] = "No entry has this Index Key; try a name";

/* A question to propose; `tail` is put behind what query_print() makes. */
struct example {
	struct query query;
	const char *tail;
};

/* The question itself, in letters rather than in the punycode it came in. */
static struct example
example_from(const struct query *query)
{
	struct example example = { .query = *query, .tail = "" };

	for (unsigned i = 0; i < query->count; i++)
		example.query.clauses[i].raw = (struct span){ "", 0 };
	return example;
}

static bool
is_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	    (byte >= '0' && byte <= '9') || (unsigned char)byte >= 0x80;
}

static bool
has_letter(struct span text)
{
	for (size_t i = 0; i < text.length; i++)
		if (is_letter(text.data[i]))
			return true;
	return false;
}

static void
add_example(struct buf *out, const char *before, const struct example *example)
{
	char memory[EXAMPLE_MAX];
	struct buf text;

	buf_init(&text, memory, sizeof memory);
	query_print(&text, &example->query);
	buf_add_string(&text, example->tail);
	/* Cut short or without its colon it would ask something else. */
	if (text.overflowed || memchr(memory, ':', text.length) != NULL ||
	    !has_letter(buf_span(&text)))
		return;
	buf_add_string(out, before);
	buf_add_char(out, '"');
	utf8_add_sanitised(out, buf_span(&text));
	buf_add_char(out, '"');
}

/* Of a word that nobody bears, what may be right: few err in the beginning. */
static struct span
beginning_of(struct span word)
{
	size_t last = 0, at = 0, length;
	int letters = 0;

	while (at < word.length && letters < BEGINNING_LETTERS) {
		utf8_decode(span_skip(word, at), &length);
		if (is_letter(word.data[at])) {
			letters++;
			last = at;
		}
		at += length;
	}
	if (letters < BEGINNING_LETTERS)
		return word;
	/* The word itself was looked for. */
	return (struct span){ word.data, at < word.length ? at : last };
}

static struct span
last_word(struct span text)
{
	struct span word, last = { "", 0 };

	while ((word = span_next_word(&text)).length > 0)
		last = word;
	return last;
}

/* Where "Last, First" has its last name; ", First" has but the first. */
static struct span
last_name(struct span text)
{
	struct span part = { "", 0 };

	if (memchr(text.data, ',', text.length) == NULL)
		return last_word(text);
	while (text.length > 0 && span_trim(part).length == 0)
		part = span_cut(&text, ',');
	return span_next_word(&part);
}

/* The first clause alone, looking for what begins as `word` does. */
static struct example
example_prefix(const struct query *query, struct span word)
{
	struct example example = example_from(query);
	struct query_clause *clause = &example.query.clauses[0];

	clause->text = beginning_of(word);
	clause->match = QUERY_PREFIX;
	clause->more = 0;
	example.query.count = 1;
	example.query.ladder = false;
	return example;
}

static struct example
example_selector(const struct query *query, const struct attribute *attribute)
{
	struct span text = query->clauses[0].text;
	struct example example = example_prefix(query, span_next_word(&text));
	struct query_clause *clause = &example.query.clauses[0];

	clause->field = QUERY_SELECTOR;
	clause->selector = attribute->name;
	return example;
}

static bool
all_digits(struct span text)
{
	for (size_t i = 0; i < text.length; i++)
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
	return text.length > 0;
}

/* A telephone number as people write it. */
static bool
is_number(struct span text)
{
	static const char signs[] = "0123456789 -+()./";
	bool has_digit = false;

	for (size_t i = 0; i < text.length; i++) {
		if (memchr(signs, text.data[i], sizeof signs - 1) == NULL)
			return false;
		has_digit |= text.data[i] >= '0' && text.data[i] <= '9';
	}
	return has_digit;
}

static bool
is_one_word(struct span text)
{
	span_next_word(&text);
	return span_trim(text).length == 0;
}

/* Of plain words beginnings were tried, and each of several by itself. */
static void
add_none_begins(struct buf *out, const struct query_clause *asked,
    const struct example *example)
{
	bool one = is_one_word(asked->text);

	buf_add_string(out, one ?
	    "Nobody is called so or nearly so; try fewer letters" :
	    "No entry has any of these words; try how one begins");
	if (!one || example->query.clauses[0].text.length < asked->text.length)
		add_example(out, ", for example ", example);
}

static void
add_no_name(struct buf *out, const struct answer *answer,
    const struct query *query)
{
	const struct query_clause *clause = &query->clauses[0];
	const struct attribute *phone =
	    answer_find_indexed(answer, INDEX_DIGITS);
	struct example example = example_prefix(query, last_name(clause->text));

	if (is_number(clause->text) && phone != NULL) {
		buf_add_string(out, all_digits(clause->text) ?
		    "No entry has this Index Key" : "Nobody is called so");
		example = example_from(query);
		example.query.clauses[0].field = QUERY_PHONE;
		add_example(out, "; for a telephone number ask ", &example);
	} else if (query->ladder && all_digits(clause->text)) {
		buf_add_string(out, no_key);
	} else if (query->ladder) {
		add_none_begins(out, clause, &example);
	} else if (is_one_word(clause->text)) {
		buf_add_string(out, "Nobody is called so; try how the name"
		    " begins");
		add_example(out, ", for example ", &example);
	} else {
		buf_add_string(out, "No entry has all of these words; try"
		    " fewer, or how one begins");
		add_example(out, ", for example ", &example);
	}
}

static void
add_no_mailbox(struct buf *out, const struct query *query)
{
	struct example example = example_from(query);
	struct query_clause *clause = &example.query.clauses[0];
	const char *at = clause->text.length > 0 ?
	    memchr(clause->text.data, '@', clause->text.length) : NULL;
	size_t user = at != NULL ? (size_t)(at - clause->text.data) : 0;

	buf_add_string(out, "No entry has such a mailbox; try a name");
	if (user == 0 || user + 1 == clause->text.length)
		return;
	clause->text.length = user + 1;
	add_example(out, ", or the user on any host, ", &example);
}

static void
add_no_member(struct buf *out, const struct answer *answer,
    const struct query *query)
{
	const struct attribute *unit =
	    answer_find_indexed(answer, INDEX_WORDS);
	struct example example;

	buf_add_string(out, "Nothing of this name has members");
	if (unit == NULL)
		return;
	example = example_selector(query, unit);
	add_example(out, "; try ", &example);
}

static void
add_no_number(struct buf *out, const struct query *query)
{
	struct example example = example_from(query);
	struct span *digits = &example.query.clauses[0].text;

	buf_add_string(out, "No entry has this number; its last digits are"
	    " enough");
	if (!all_digits(*digits) || digits->length <= EXTENSION_DIGITS)
		return;
	*digits = span_skip(*digits, digits->length - EXTENSION_DIGITS);
	add_example(out, ", for example ", &example);
}

static bool
is_bare_word(struct span word)
{
	for (size_t i = 0; i < word.length; i++)
		if (!is_letter(word.data[i]))
			return false;
	return word.length > 0;
}

/* Perhaps the end of the value was meant as a name. */
static void
add_name_first(struct buf *out, const struct query *query)
{
	struct example example = example_from(query);
	struct query_clause *clauses = example.query.clauses;
	struct span text = clauses[0].text;
	struct span name = last_word(text);
	struct span value = span_trim((struct span){ text.data,
	    (size_t)(name.data - text.data) });

	if (value.length == 0 || !is_bare_word(name))
		return;
	clauses[1] = clauses[0];
	clauses[1].text = value;
	clauses[0] = (struct query_clause){ .text = name };
	example.query.count = 2;
	add_example(out, "; a name goes before it, as in ", &example);
}

static void
add_no_value(struct buf *out, const struct answer *answer,
    const struct query *query)
{
	const struct attribute *attribute = schema_find(answer->schema,
	    query->clauses[0].selector);
	struct span text = query->clauses[0].text;
	struct example example = example_prefix(query, span_next_word(&text));

	if (attribute != NULL && attribute->index == INDEX_DIGITS) {
		add_no_number(out, query);
		return;
	}
	buf_add_string(out, "No entry has this value; try how a word of it"
	    " begins");
	add_example(out, ", for example ", &example);
	if (attribute != NULL && attribute->index == INDEX_WORDS)
		add_name_first(out, query);
}

/* What the hits of a rung have in common; NULL: there is no need to say. */
static const struct {
	const char *one, *several; /* and not exactly what was asked for */
	const char *related;
} remarks[] = {
	[RUNG_NONE] = { NULL, NULL, NULL },
	[RUNG_HANDLE] = { NULL, NULL, NULL },
	[RUNG_WHOLE] = { NULL, NULL, "have the initial or a nickname" },
	[RUNG_WORDS] = { NULL, NULL, "have the initial or a nickname" },
	[RUNG_NICKNAMES] = { "has the initial or a nickname",
	    "have the initial or a nickname", "are spelled nearly so" },
	[RUNG_BEGINNINGS] = { "begins so", "begin so",
	    "are spelled nearly so" },
	[RUNG_MISSPELT] = { NULL, "are spelled nearly so", NULL },
	[RUNG_SOUNDING] = { NULL, "sound alike", NULL },
	[RUNG_ONE_WORD] = { NULL, NULL, NULL },
	[RUNG_AS_GIVEN] = { NULL, NULL, NULL },
};

/* "The first 3 match exactly; the others have the initial or a nickname." */
static void
add_related(struct buf *out, const struct search_hits *hits)
{
	const char *one = remarks[hits->rung].one;
	const char *several = remarks[hits->rung].several;
	unsigned first = hits->shown - hits->related;

	buf_add_string(out, several == NULL ? "The first" :
	    "None matches exactly; the first");
	if (first > 1)
		buf_add_format(out, " %u", first);
	buf_add_char(out, ' ');
	if (first == 1)
		buf_add_string(out, one != NULL ? one : "matches exactly");
	else
		buf_add_string(out, several != NULL ? several :
		    "match exactly");
	buf_add_string(out, "; the others ");
	buf_add_string(out, remarks[hits->rung].related);
}

void
hint_add_rung(struct buf *out, const struct answer *answer)
{
	const struct search_hits *hits = &answer->hits;
	const char *several = remarks[hits->rung].several;

	if (hits->rung == RUNG_ONE_WORD) {
		buf_add_string(out, "% No entry matches every word; these"
		    " match one.\r\n");
		return;
	}
	if (several == NULL && hits->related == 0)
		return;
	buf_add_string(out, "% ");
	if (hits->related > 0) {
		add_related(out, hits);
	} else {
		buf_add_string(out, "None matches exactly; these ");
		buf_add_string(out, several);
	}
	buf_add_string(out, ".\r\n");
}

/* Of what is looked for in one way only. */
static const char *const no_match[] = {
	[QUERY_PREFIX] = "Nothing begins so; try fewer letters",
	[QUERY_MORE] = "Nothing begins so; try fewer letters",
	[QUERY_ENDS] = "Nothing ends so; try fewer letters",
	[QUERY_ALIKE] = "No name sounds or is spelled like this; try fewer"
	    " words",
	[QUERY_WITHIN] = "No word has this part; try a shorter one",
	[QUERY_PATTERN] = "Nothing is like this pattern; try one with fewer"
	    " letters",
	[QUERY_PHRASE] = "These words stand nowhere side by side; try them"
	    " without the quotes",
};

void
hint_add_none(struct buf *out, const struct answer *answer,
    const struct query *query)
{
	struct example first = example_from(query);

	buf_add_string(out, "% ");
	first.query.count = 1;
	if (query->count > 1) {
		buf_add_string(out, "No entry meets every condition; leave"
		    " one out");
		add_example(out, ", for example ", &first);
	} else if (query->clauses[0].match == QUERY_WHOLE) {
		first.query.clauses[0].match = QUERY_EXACT;
		buf_add_string(out, "No name is exactly this; try its words in"
		    " any order");
		add_example(out, ", for example ", &first);
	} else if (query->clauses[0].match != QUERY_EXACT) {
		buf_add_string(out, no_match[query->clauses[0].match]);
	} else {
		switch (query->clauses[0].field) {
		case QUERY_ANYWHERE:
		case QUERY_NAME:
		case QUERY_FIRST:
			add_no_name(out, answer, query);
			break;
		case QUERY_KEY:
			buf_add_string(out, no_key);
			break;
		case QUERY_PHONE:
			add_no_number(out, query);
			break;
		case QUERY_MAIL:
			add_no_mailbox(out, query);
			break;
		case QUERY_MEMBERS:
			add_no_member(out, answer, query);
			break;
		case QUERY_SELECTOR:
			add_no_value(out, answer, query);
			break;
		}
	}
	buf_add_string(out, ".\r\n");
}

static bool
asks_for_name(const struct answer *answer, const struct query *query)
{
	const struct schema *schema = answer->schema;

	for (unsigned i = 0; i < query->count; i++) {
		const struct query_clause *clause = &query->clauses[i];
		const struct attribute *attribute;

		if (clause->field == QUERY_ANYWHERE ||
		    clause->field == QUERY_NAME ||
		    clause->field == QUERY_FIRST)
			return true;
		if (clause->field != QUERY_SELECTOR)
			continue;
		attribute = schema_find(schema, clause->selector);
		if (attribute == &schema->attributes[schema->name_id])
			return true;
	}
	return false;
}

/* A single word where "Last, First" may stand. */
static bool
is_lone_name(const struct query *query)
{
	const struct query_clause *clause = &query->clauses[0];

	return query->count == 1 && clause->match == QUERY_EXACT &&
	    (clause->field == QUERY_ANYWHERE || clause->field == QUERY_NAME) &&
	    is_one_word(clause->text) &&
	    memchr(clause->text.data, ',', clause->text.length) == NULL;
}

void
hint_add_count(struct buf *out, const struct answer *answer)
{
	const struct search_hits *hits = &answer->hits;

	if (hits->count == 0) {
		buf_add_string(out, "% The search was too wide and was given"
		    " up.\r\n");
		return;
	}
	buf_add_string(out, hits->count_is_exact ? "% " : "% At least ");
	buf_add_number(out, hits->count);
	buf_add_string(out, " match");
	if (hits->count > hits->shown) {
		buf_add_string(out, "; the first ");
		buf_add_number(out, hits->shown);
		buf_add_string(out, " are shown");
	}
	buf_add_string(out, ".\r\n");
}

void
hint_add_narrow(struct buf *out, const struct answer *answer,
    const struct query *query)
{
	struct example example = example_from(query);

	hint_add_count(out, answer);
	if (!asks_for_name(answer, query)) {
		buf_add_string(out, "% Add a name");
		example.tail = " name=s*";
	} else if (is_lone_name(query)) {
		buf_add_string(out, "% Add a first name or an initial");
		example.tail = ", j";
	} else {
		buf_add_string(out, "% Use more words or more letters (help"
		    " selectors).\r\n");
		return;
	}
	add_example(out, ", for example ", &example);
	buf_add_string(out, ".\r\n");
}

void
hint_add_named_too(struct buf *out, const struct answer *answer,
    const struct query *query)
{
	uint64_t others = answer->hits.named_too;
	struct example example = example_from(query);

	example.query.ladder = false;
	example.query.clauses[0].field = QUERY_NAME;
	buf_add_string(out, "% ");
	buf_add_number(out, others);
	buf_add_string(out, others == 1 ? " other bears" : " others bear");
	buf_add_string(out, " this name");
	add_example(out, "; to see them ask ", &example);
	buf_add_string(out, ".\r\n");
}
