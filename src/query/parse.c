#include "query/query.h"

#include "base/arena.h"
#include "base/buf.h"
#include "query/grammar.h"
#include "query/idn.h"
#include "text/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct parser {
	struct query *query;
	struct span line;  /* what columns count in */
	const char *where; /* start of the part being read, in `line` */
	struct arena *arena;
	struct query_error *error;
};

static bool PRINTF_LIKE(2, 3)
fail(struct parser *p, const char *format, ...)
{
	va_list values;

	p->error->column = (unsigned)(p->where - p->line.data) + 1;
	va_start(values, format);
	vsnprintf(p->error->text, sizeof p->error->text, format, values);
	va_end(values);
	return false;
}

/* So much of a span as a sentence can hold, for %.*s. */
static int
shown_length(struct span text)
{
	enum { SHOWN_MAX = 60 };

	return (int)utf8_cut(text, SHOWN_MAX).length;
}

static bool
add_clause(struct parser *p, struct query_clause clause)
{
	struct query *query = p->query;
	struct span decoded;

	if (query->count == QUERY_CLAUSES_MAX)
		return fail(p, "The query has too many conditions; "
		    "%d are the most.", QUERY_CLAUSES_MAX);
	if (idn_decode_words(clause.text, p->arena, &decoded)) {
		clause.raw = clause.text;
		clause.text = decoded;
	}
	if (arena_exhausted(p->arena))
		return fail(p, "The query is too long to be read.");
	query->clauses[query->count++] = clause;
	return true;
}

/* Words whose only wildcard is a mark at their end. */
static bool
add_words(struct parser *p, struct query_clause clause)
{
	struct span whole = clause.text;

	if (grammar_drop_marks(&clause.text))
		clause.match = QUERY_PREFIX;
	if (clause.text.length == 0)
		return fail(p, "\"%.*s\" has nothing before it; write the "
		    "beginning of a word, as in \"smith*\".",
		    shown_length(whole), whole.data);
	if (memchr(clause.text.data, '*', clause.text.length) != NULL)
		return fail(p, "An asterisk has its place at the end, as in "
		    "\"john smi*\", not inside \"%.*s\".",
		    shown_length(whole), whole.data);
	return add_clause(p, clause);
}

/* A key is one thing; a pattern of keys would only serve to list them all. */
static bool
add_key(struct parser *p, struct span key)
{
	struct span word = key;

	grammar_drop_marks(&word);
	if (memchr(key.data, '*', key.length) != NULL ||
	    word.length + 1 < key.length)
		return fail(p, "A key is looked up whole, as in "
		    "\"key 481800\"; write \"%.*s\" without wildcards.",
		    shown_length(key), key.data);
	return add_clause(p, (struct query_clause){
	    .field = QUERY_KEY, .text = word });
}

/* The full stop that may end a host name in full is not a mark. */
static bool
add_mail(struct parser *p, struct span word)
{
	struct query_clause clause = { .field = QUERY_MAIL, .text = word };
	struct span stem = word;

	if (word.data[word.length - 1] == '.' &&
	    word.data[word.length - 2] != '.')
		clause.text.length--;
	stem = clause.text;
	grammar_drop_marks(&stem);
	if (span_is(stem, "@"))
		return fail(p, "\"%.*s\" is no address; write user@host, "
		    "user@ or @host without blanks.", shown_length(word),
		    word.data);
	/* Any host at all is what `user@` means. */
	if (stem.length > 0 && stem.data[stem.length - 1] == '@')
		clause.text = stem;
	return add_words(p, clause);
}

static bool
add_field(struct parser *p, const struct grammar_verb *verb, struct span words)
{
	if (words.length == 0)
		return fail(p, "Something is missing behind \"%c\"; write it "
		    "as in \"%s\".", verb->sign, verb->example);
	if (verb->field == QUERY_KEY)
		return add_key(p, words);
	return add_words(p, (struct query_clause){
	    .field = verb->field, .text = words });
}

/* Signs open other forms of a query when they come first. */
static bool
is_mail(struct span word)
{
	return memchr(word.data, '@', word.length) != NULL &&
	    word.data[0] != '?' && word.data[0] != '!' &&
	    word.data[0] != '.' && word.data[0] != '*';
}

/*
 * Words, and addresses among them: each address is a condition of its own,
 * before the words.
 */
static bool
parse_words(struct parser *p, struct span head)
{
	struct span rest = head, word;
	char *memory = arena_alloc(p->arena, head.length);
	struct buf words;

	if (memory == NULL)
		return fail(p, "The query is too long to be read.");
	buf_init(&words, memory, head.length);
	while ((word = span_next_word(&rest)).length > 0) {
		if (!is_mail(word)) {
			if (words.length > 0)
				buf_add_char(&words, ' ');
			buf_add(&words, word);
			continue;
		}
		p->where = word.data;
		if (!add_mail(p, word))
			return false;
	}
	p->where = head.data;
	return words.length == 0 ||
	    add_words(p, (struct query_clause){ .text = buf_span(&words) });
}

/*
 * The verb at the start of `text` if something follows it: standing alone it is
 * a name.  A sign is never a name, and RFC 954 combines them: !*X and .*X are
 * the members of X too.  `*rest` is what follows.
 */
static const struct grammar_verb *
find_verb(struct span text, struct span *rest)
{
	for (const struct grammar_verb *v = grammar_verbs; v->example; v++) {
		if (v->sign != 0 && text.data[0] == v->sign) {
			*rest = span_trim(span_skip(text, 1));
			return v->word && rest->length > 0 &&
			    rest->data[0] == '*' ? find_verb(*rest, rest) : v;
		}
		*rest = text;
		if (v->word == NULL ||
		    !span_is_nocase(span_next_word(rest), v->word))
			continue;
		*rest = span_trim(*rest);
		if (rest->length > 0)
			return v;
	}
	return NULL;
}

/* `key481800`, as gateways to the seed system wrote it. */
static bool
take_key_digits(struct span head, struct span *digits)
{
	static const struct span key = SPAN_LITERAL("key");

	*digits = span_skip(head, key.length);
	if (digits->length == 0 ||
	    !span_equal_nocase((struct span){ head.data, key.length }, key))
		return false;
	for (size_t i = 0; i < digits->length; i++)
		if (digits->data[i] < '0' || digits->data[i] > '9')
			return false;
	return true;
}

static bool
parse_head(struct parser *p, struct span head)
{
	struct span rest, digits;
	const struct grammar_verb *verb = find_verb(head, &rest);

	if (verb != NULL)
		return add_field(p, verb, rest);
	if (take_key_digits(head, &digits))
		return add_key(p, digits);
	return parse_words(p, head);
}

/* Words in quotes are as they stand: no mark, no selector. */
static bool
unquote(struct span *text)
{
	size_t length = text->length;

	if (length < 2 || text->data[0] != '"' ||
	    memchr(text->data + 1, '"', length - 1) !=
	    text->data + length - 1)
		return false;
	*text = span_trim((struct span){ text->data + 1, length - 2 });
	return true;
}

/*
 * How much of `text`, which stands directly behind the sign, cannot begin the
 * next selector: its first byte, and what is in quotes.
 */
static size_t
closed_length(struct span text)
{
	const char *end = NULL;
	size_t start = text.length > 0 && text.data[0] == ' ';
	struct span value = span_skip(text, start);

	if (value.length > 0 && value.data[0] == '"')
		end = memchr(value.data + 1, '"', value.length - 1);
	return end ? (size_t)(end + 1 - text.data) : 1;
}

static bool
add_selector(struct parser *p, struct span attribute, struct span value)
{
	struct query_clause clause = {
		.field = QUERY_SELECTOR, .selector = attribute, .text = value
	};
	struct span bare = value;
	bool marked = grammar_drop_marks(&bare);

	if (unquote(&bare) && bare.length > 0) {
		clause.match = marked ? QUERY_PREFIX : QUERY_EXACT;
		clause.text = bare;
		return add_clause(p, clause);
	}
	if (value.length == 0 || (bare.length == 0 && !marked))
		return fail(p, "\"%.*s\" has no value; write it behind the "
		    "sign, as in \"name=smith\".", shown_length(attribute),
		    attribute.data);
	return add_words(p, clause);
}

static bool
parse_selectors(struct parser *p, struct span text,
    struct grammar_selector selector)
{
	struct grammar_selector next;
	struct span attribute, value;
	bool more;

	do {
		attribute = selector.attribute;
		p->where = attribute.data;
		text = span_skip(text, selector.value);
		more = grammar_find_selector(text, closed_length(text), &next);
		value = text;
		if (more)
			value.length = next.start;
		if (!add_selector(p, attribute, span_trim(value)))
			return false;
		selector = next;
	} while (more);
	return true;
}

/* `full` and `sum` come before the query; alone they are names. */
static struct span
take_forms(struct query *query, struct span text)
{
	const struct grammar_form *form = grammar_forms;

	while (form->word != NULL) {
		struct span rest = text;
		struct span word = span_next_word(&rest);

		rest = span_trim(rest);
		if (rest.length == 0 || !span_is_nocase(word, form->word)) {
			form++;
			continue;
		}
		query->form = form->form;
		text = rest;
		form = grammar_forms;
	}
	return text;
}

/* `help` is never a name, nor is a question mark by itself. */
static bool
take_help(struct query *query, struct span line)
{
	struct span rest = line;
	struct span word = span_next_word(&rest);

	if (!span_is_nocase(word, "help") && !span_is(word, "?"))
		return false;
	query->verb = QUERY_HELP;
	query->topic = span_trim(rest);
	return true;
}

static bool
parse_find(struct parser *p, struct span text)
{
	struct query *query = p->query;
	struct grammar_selector selector;
	struct span head = take_forms(query, text);
	bool selects = grammar_find_selector(head, 0, &selector);

	text = head;
	if (selects)
		head.length = selector.start;
	head = span_trim(head);
	p->where = text.data;
	if (head.length > 0 && !parse_head(p, head))
		return false;
	if (selects && !parse_selectors(p, text, selector))
		return false;
	query->ladder = query->count == 1 &&
	    query->clauses[0].field == QUERY_ANYWHERE &&
	    query->clauses[0].match == QUERY_EXACT;
	return true;
}

bool
query_parse(struct query *query, struct span line, struct arena *arena,
    struct query_error *error)
{
	struct parser p = { .query = query, .arena = arena, .error = error };
	struct span decoded;

	memset(query, 0, sizeof *query);
	query->verb = QUERY_FIND;
	line = span_trim(line);
	if (idn_decode_line(line, arena, &decoded))
		line = decoded;
	p.line = line;
	p.where = line.data;
	if (line.length == 0)
		return fail(&p, "The query is empty; "
		    "write a name, or \"help\".");
	return take_help(query, line) || parse_find(&p, line);
}
