#include "query/query.h"

#include "base/arena.h"
#include "base/buf.h"
#include "query/grammar.h"
#include "query/idn.h"
#include "text/fold.h"
#include "text/token.h"
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

static const char too_long[] = "The query is too long to be read.";

/* So much of a span as a sentence can hold, for %.*s. */
static int
shown_length(struct span text)
{
	enum { SHOWN_MAX = 40 };

	return (int)utf8_cut(text, SHOWN_MAX).length;
}

/* In characters; of the part being read when `at` is a copy of the line. */
static unsigned
column_of(const struct parser *p, const char *at)
{
	unsigned column = 1;

	if (at < p->line.data || at > p->line.data + p->line.length)
		at = p->where;
	for (const char *c = p->line.data; c < at; c++)
		column += (*c & 0xC0) != 0x80;
	return column;
}

/* "At column 4, "*th", " and a clause that goes on in lower case. */
static bool PRINTF_LIKE(3, 4)
fail(struct parser *p, struct span at, const char *format, ...)
{
	struct query_error *error = p->error;
	size_t length;
	va_list values;

	error->column = column_of(p, at.data);
	snprintf(error->text, sizeof error->text, "At column %u, \"%.*s\", ",
	    error->column, shown_length(at), at.data);
	length = strlen(error->text);
	va_start(values, format);
	vsnprintf(error->text + length, sizeof error->text - length, format,
	    values);
	va_end(values);
	return false;
}

static bool
fail_whole(struct parser *p, const char *sentence)
{
	p->error->column = 1;
	snprintf(p->error->text, sizeof p->error->text, "%s", sentence);
	return false;
}

static bool
add_clause(struct parser *p, struct query_clause clause)
{
	struct query *query = p->query;
	struct span decoded;

	if (query->count == QUERY_CLAUSES_MAX)
		return fail(p, clause.selector.length > 0 ? clause.selector :
		    clause.text, "there are too many conditions; %d are the"
		    " most.", QUERY_CLAUSES_MAX);
	if (idn_decode_words(clause.text, p->arena, &decoded)) {
		clause.raw = clause.text;
		clause.text = decoded;
	}
	if (arena_exhausted(p->arena))
		return fail_whole(p, too_long);
	query->clauses[query->count++] = clause;
	return true;
}

/* From the first asterisk on; empty when there is none. */
static struct span
find_asterisk(struct span text)
{
	const char *at = text.length > 0 ?
	    memchr(text.data, '*', text.length) : NULL;

	return at == NULL ? (struct span){ text.data, 0 } :
	    span_skip(text, (size_t)(at - text.data));
}

/* Words whose only wildcard is a mark at their end. */
static bool
add_marked(struct parser *p, struct query_clause clause)
{
	struct span whole = clause.text, asterisk;

	clause.match = grammar_take_marks(&clause.text, &clause.more);
	if (clause.text.length == 0)
		return fail(p, whole, "a wildcard has nothing before it;"
		    " write the beginning of a word, as in \"smith*\".");
	asterisk = find_asterisk(clause.text);
	if (asterisk.length > 0)
		return fail(p, asterisk, "an asterisk stands inside; its place"
		    " is at the end, as in \"john smi*\".");
	return add_clause(p, clause);
}

/* Cut `text` into words as an index does.  False: the arena is used up. */
static bool
split_words(struct parser *p, struct span text, struct token_list *words)
{
	size_t capacity = FOLD_GROWTH_MAX * text.length;
	char *memory = arena_alloc(p->arena, capacity);
	struct buf folded;

	if (words == NULL || memory == NULL)
		return false;
	buf_init(&folded, memory, capacity);
	fold_add(&folded, text);
	token_split(words, buf_span(&folded));
	return true;
}

/* How many words a part has, and characters the first.  False as above. */
static bool
measure_part(struct parser *p, struct span part, unsigned *words,
    size_t *chars)
{
	size_t scratch = arena_mark(p->arena);
	struct token_list *list = arena_alloc(p->arena, sizeof *list);
	struct span decoded;
	bool fits;

	if (!idn_decode_words(part, p->arena, &decoded))
		decoded = part;
	fits = split_words(p, decoded, list);
	if (fits) {
		*words = list->words;
		*chars = list->count > 0 ?
		    utf8_count(list->tokens[0].text) : 0;
	}
	arena_return(p->arena, scratch);
	return fits;
}

/* A part is looked for in words, and a short one is in nearly every name. */
static bool
check_part(struct parser *p, struct span part)
{
	enum { CHARS_MIN = 3 };
	struct span marked = { part.data - 1, part.length + 2 };
	unsigned words;
	size_t chars;

	if (!measure_part(p, part, &words, &chars))
		return fail_whole(p, too_long);
	if (words > 1 || find_asterisk(part).length > 0 ||
	    memchr(part.data, ' ', part.length) != NULL)
		return fail(p, marked, "a part is one word, as in"
		    " \"john *mit*\"; the beginning of a unit is"
		    " \"expand phys*\".");
	if (chars < CHARS_MIN)
		return fail(p, marked, "a part of a word needs three letters"
		    " or more; a beginning does not, as in \"sm*\" or"
		    " \"expand in*\".");
	return true;
}

/* `john *mit*`: the last word, without its asterisks, is a part of one. */
static bool
add_part(struct parser *p, struct query_clause clause, struct span part)
{
	struct span before = clause.text;
	char *memory = arena_alloc(p->arena, clause.text.length);
	struct buf text;

	if (!check_part(p, part))
		return false;
	if (memory == NULL)
		return fail_whole(p, too_long);
	before.length = (size_t)(part.data - 1 - before.data);
	buf_init(&text, memory, clause.text.length);
	buf_add(&text, before);
	buf_add(&text, part);
	clause.text = buf_span(&text);
	clause.match = QUERY_WITHIN;
	if (before.length == 0 && clause.field == QUERY_ANYWHERE)
		clause.field = QUERY_NAME;
	return add_clause(p, clause);
}

static bool
add_words(struct parser *p, struct query_clause clause)
{
	struct span part;

	return grammar_find_part(clause.text, &part) ?
	    add_part(p, clause, part) : add_marked(p, clause);
}

/* Behind `begins`, `exact` ... words are as they stand, but for *. */
static bool
add_matched(struct parser *p, struct query_clause clause)
{
	struct span stem = clause.text, asterisk;
	unsigned more;

	if (clause.match == QUERY_PREFIX &&
	    grammar_take_marks(&stem, &more) == QUERY_PREFIX)
		return add_marked(p, clause);
	asterisk = find_asterisk(clause.text);
	if (asterisk.length > 0)
		return fail(p, asterisk, "an asterisk stands where words are"
		    " taken as they are; leave it out.");
	return add_clause(p, clause);
}

/* A key is one thing; a pattern of keys would only serve to list them all. */
static bool
add_key(struct parser *p, struct span key)
{
	struct span word = key;
	unsigned more;

	if ((grammar_take_marks(&word, &more) != QUERY_EXACT &&
	    word.length + 1 < key.length) || more > 0 ||
	    find_asterisk(key).length > 0)
		return fail(p, key, "a key has a wildcard; it is looked up"
		    " whole, as in \"key 481800\".");
	return add_clause(p, (struct query_clause){
	    .field = QUERY_KEY, .text = word });
}

/* The full stop that may end a host name in full is not a mark. */
static bool
add_mail(struct parser *p, struct span word)
{
	struct query_clause clause = { .field = QUERY_MAIL, .text = word };
	struct span stem;
	unsigned more;

	if (memchr(word.data, ' ', word.length) != NULL)
		return fail(p, word, "an address has a blank; write"
		    " user@host, user@ or @host.");
	if (word.length > 1 && word.data[word.length - 1] == '.' &&
	    word.data[word.length - 2] != '.')
		clause.text.length--;
	stem = clause.text;
	grammar_take_marks(&stem, &more);
	if (more > 0)
		return fail(p, word, "an address has a question mark; write it"
		    " whole, or smi* for its beginning.");
	if (span_is(stem, "@"))
		return fail(p, word, "an address is missing; write user@host,"
		    " user@ or @host without blanks.");
	/* Any host at all is what `user@` means. */
	if (stem.length > 0 && stem.data[stem.length - 1] == '@')
		clause.text = stem;
	return add_marked(p, clause);
}

static bool
has_digit(struct span text)
{
	for (size_t i = 0; i < text.length; i++)
		if (text.data[i] >= '0' && text.data[i] <= '9')
			return true;
	return false;
}

static bool
add_phone(struct parser *p, struct span number)
{
	struct span asterisk = find_asterisk(number);

	if (!has_digit(number))
		return fail(p, number, "a telephone number has no digits;"
		    " write its last ones, as in \"phone 6026\".");
	if (asterisk.length > 0)
		return fail(p, asterisk, "a telephone number has a wildcard;"
		    " its last digits are enough.");
	return add_clause(p, (struct query_clause){
	    .field = QUERY_PHONE, .text = number });
}

static bool
add_head(struct parser *p, struct query_clause clause)
{
	if (clause.field == QUERY_KEY)
		return add_key(p, clause.text);
	if (clause.field == QUERY_MAIL)
		return add_mail(p, clause.text);
	if (clause.field == QUERY_PHONE)
		return add_phone(p, clause.text);
	if (clause.field == QUERY_MEMBERS)
		return add_marked(p, clause);
	return clause.match == QUERY_EXACT ? add_words(p, clause) :
	    add_matched(p, clause);
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
		return fail_whole(p, too_long);
	buf_init(&words, memory, head.length);
	while ((word = span_next_word(&rest)).length > 0) {
		if (grammar_is_address(word)) {
			if (!add_mail(p, word))
				return false;
			continue;
		}
		if (words.length > 0)
			buf_add_char(&words, ' ');
		buf_add(&words, word);
	}
	if (p->query->count > 0)
		head = buf_span(&words);
	return words.length == 0 ||
	    add_words(p, (struct query_clause){ .text = head });
}

/*
 * The place at the start of `text`; `*rest` is what follows.  A word is one
 * only if something does: standing alone it is a name.  A sign is never a name,
 * and RFC 954 combines them: !*X and .*X are the members of X too.
 */
static const struct grammar_place *
find_place(struct span text, struct span *rest)
{
	const struct grammar_place *place = grammar_places;
	struct span behind = text;
	struct span word = span_next_word(&behind);

	behind = span_trim(behind);
	for (; place->example != NULL; place++) {
		if (place->sign != 0 && text.data[0] == place->sign) {
			*rest = span_trim(span_skip(text, 1));
			return place->word != NULL && rest->length > 0 &&
			    rest->data[0] == '*' ? find_place(*rest, rest) :
			    place;
		}
		*rest = behind;
		if (place->word != NULL && behind.length > 0 &&
		    span_is_nocase(word, place->word))
			return place;
	}
	return NULL;
}

/* `begins`, `exact` ... at the start of `*text`, if something follows it. */
static enum query_match
take_match(struct span *text)
{
	struct span rest = *text, word = span_next_word(&rest);
	const struct grammar_match *match;

	rest = span_trim(rest);
	if (rest.length == 0)
		return QUERY_EXACT;
	match = grammar_find_match(word);
	if (match == NULL)
		return QUERY_EXACT;
	*text = rest;
	return match->match;
}

/* Only a name as a whole can be given exactly. */
static bool
parse_place(struct parser *p, const struct grammar_place *place,
    struct span head, struct span rest)
{
	struct query_clause clause = { .field = place->field, .text = rest };

	if (rest.length == 0)
		return fail(p, head, "something is missing behind the sign;"
		    " write it as in \"%s\".", place->example);
	if (place->takes_match && head.data[0] != place->sign)
		clause.match = take_match(&clause.text);
	if (clause.match == QUERY_WHOLE && place->field != QUERY_NAME) {
		clause.match = QUERY_EXACT;
		clause.text = rest;
	}
	return add_head(p, clause);
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

/* `*mit*` begins with the sign for members, but is none. */
static bool
parse_head(struct parser *p, struct span head)
{
	struct query_clause clause = { .field = QUERY_NAME, .text = head };
	struct span rest, digits, part;
	const struct grammar_place *place = find_place(head, &rest);

	if (head.data[0] == '*' && grammar_find_part(head, &part))
		return add_part(p, clause, part);
	if (place != NULL)
		return parse_place(p, place, head, rest);
	if (take_key_digits(head, &digits))
		return add_key(p, digits);
	clause.match = take_match(&clause.text);
	return clause.match != QUERY_EXACT ? add_head(p, clause) :
	    parse_words(p, head);
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
fail_without_value(struct parser *p, struct span attribute)
{
	return fail(p, attribute, "a value is missing; write it behind"
	    " the sign, as in \"name=smith\".");
}

static bool
add_pattern(struct parser *p, struct span attribute, struct span value)
{
	struct query_clause clause = { .field = QUERY_SELECTOR,
		.match = QUERY_PATTERN, .selector = attribute, .text = value };

	if (unquote(&clause.text))
		clause.match = QUERY_PHRASE;
	return clause.text.length > 0 ? add_clause(p, clause) :
	    fail_without_value(p, attribute);
}

static bool
add_selector(struct parser *p, struct span attribute, struct span value)
{
	struct query_clause clause = {
		.field = QUERY_SELECTOR, .selector = attribute, .text = value
	};
	struct span bare = value;
	unsigned more;
	enum query_match marked = grammar_take_marks(&bare, &more);

	if (unquote(&bare) && bare.length > 0) {
		clause.match = marked;
		clause.more = more;
		clause.text = bare;
		return add_clause(p, clause);
	}
	if (value.length == 0 || (bare.length == 0 && marked == QUERY_EXACT))
		return fail_without_value(p, attribute);
	return add_words(p, clause);
}

static bool
parse_selectors(struct parser *p, struct span text,
    struct grammar_selector selector)
{
	struct grammar_selector next;
	struct span value;
	bool more;

	do {
		p->where = selector.attribute.data;
		text = span_skip(text, selector.value);
		more = grammar_find_selector(text, closed_length(text), &next);
		value = text;
		if (more)
			value.length = next.start;
		value = span_trim(value);
		if (selector.is_pattern ?
		    !add_pattern(p, selector.attribute, value) :
		    !add_selector(p, selector.attribute, value))
			return false;
		selector = next;
	} while (more);
	return true;
}

/* `full` and `sum` come before the query; alone they are names. */
static struct span
take_forms(struct query *query, struct span text)
{
	for (;;) {
		const struct grammar_form *form = grammar_forms;
		struct span rest = text;
		struct span word = span_next_word(&rest);

		rest = span_trim(rest);
		while (form->word != NULL && !span_is_nocase(word, form->word))
			form++;
		if (rest.length == 0 || form->word == NULL)
			return text;
		query->form = form->form;
		text = rest;
	}
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
		return fail_whole(&p, "The query is empty;"
		    " write a name, or \"help\".");
	return take_help(query, line) || parse_find(&p, line);
}
