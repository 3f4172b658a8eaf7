#include "dir/search.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/generation.h"
#include "dir/index.h"
#include "dir/postings.h"
#include "dir/store.h"
#include "query/query.h"
#include "record/key.h"
#include "record/schema.h"
#include "text/fold.h"
#include "text/token.h"
#include "text/utf8.h"

#include <assert.h>
#include <string.h>

enum {
	FOLDED_MAX = QUERY_LINE_MAX * FOLD_GROWTH_MAX,
	SPELLINGS = 2,
	NUMBERS_MAX = 8,
	NUMBER_DIGITS_MIN = 2, /* a tenth of all numbers is no answer */
};

/* What a clause looks for, made comparable. */
struct wanted {
	bool is_prefix; /* the last word begins so */
	struct span folded;
	struct token_list words;
	char memory[FOLDED_MAX];
};

struct search {
	const struct schema *schema;
	struct postings_scope scope;
	const struct search_limits *limits;
	struct search_hits *hits;

	/* the clause in hand: as typed and, where it differs, as sent */
	struct wanted wanted[SPELLINGS];
	unsigned spellings;
};

/* A way to look for something in one attribute. */
typedef struct postings *find_function(struct search *search,
    const struct attribute *attribute, const struct wanted *wanted);

/* One term, or all that begin as it does. */
static struct postings *
find_term(struct search *s, const struct term *term, bool is_prefix)
{
	char memory[TERM_KEY_MAX];
	struct buf key;

	if (term->text.length == 0)
		return NULL;
	buf_init(&key, memory, sizeof memory);
	key_add_term(&key, term);
	return is_prefix ? postings_prefix(&s->scope, buf_span(&key))
			 : postings_term(&s->scope, buf_span(&key));
}

static struct term
make_term(const struct attribute *attribute, enum term_form form,
    struct span text)
{
	return (struct term){ .group = KEY_GROUP_EVERYONE,
		.attribute = (uint8_t)attribute->id, .form = form,
		.text = text };
}

/* Words. */

struct word {
	unsigned number; /* of its tokens */
	enum term_form form;
	bool is_prefix;
};

/* The word as it is, or joined, or all its parts: "smith-jones". */
static struct postings *
find_word(struct search *s, const struct attribute *attribute,
    const struct wanted *wanted, const struct word *word)
{
	struct postings *parts[TOKENS_MAX];
	struct postings *ways[2] = { NULL, NULL };
	unsigned count = 0;

	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];
		const struct term term =
		    make_term(attribute, word->form, token->text);
		bool is_last = i + 1 == wanted->words.count ||
		    token[1].word != word->number;

		if (token->word != word->number)
			continue;
		if (token->form == TOKEN_PART)
			parts[count++] = find_term(s, &term,
			    word->is_prefix && is_last);
		else
			ways[0] = find_term(s, &term, word->is_prefix);
	}
	ways[1] = postings_all(&s->scope, parts, count);
	return postings_any(&s->scope, ways, 2);
}

/* All words, in any order. */
static struct postings *
find_words(struct search *s, const struct attribute *attribute,
    const struct wanted *wanted)
{
	struct postings *sets[TOKENS_MAX];
	unsigned count = wanted->words.words;

	for (unsigned i = 0; i < count; i++) {
		const struct word word = { .number = i, .form = TERM_WORD,
			.is_prefix = wanted->is_prefix && i + 1 == count };

		sets[i] = find_word(s, attribute, wanted, &word);
	}
	return postings_all(&s->scope, sets, count);
}

/* A single letter; an ideograph is a whole name. */
static bool
is_letter(struct span text)
{
	size_t length;

	return utf8_decode(text, &length) < 0x2e80 && length == text.length;
}

/*
 * Which part of a name a word is looked for in.  A comma binds the sides; a
 * single letter behind it, or one with a full stop anywhere ("j. smith"), is an
 * initial of the first names.
 */
static struct word
place_word(const struct wanted *wanted, const struct token *token)
{
	const struct token_list *words = &wanted->words;
	bool is_first = words->has_comma && !token->before_comma;
	struct word word = { .number = token->word, .form = TERM_WORD,
		.is_prefix = wanted->is_prefix &&
		    token->word + 1 == words->words };

	if ((is_first || token->dotted) && is_letter(token->text)) {
		word.form = TERM_FIRST;
		word.is_prefix = true;
	} else if (words->has_comma) {
		word.form = is_first ? TERM_FIRST : TERM_LAST;
	}
	return word;
}

static struct postings *
find_name(struct search *s, const struct attribute *attribute,
    const struct wanted *wanted)
{
	struct postings *sets[TOKENS_MAX];
	unsigned count = 0;

	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];
		struct word word;

		if (token->form == TOKEN_PART)
			continue;
		word = place_word(wanted, token);
		sets[count++] = find_word(s, attribute, wanted, &word);
	}
	return postings_all(&s->scope, sets, count);
}

static struct postings *
find_whole_as(struct search *s, const struct attribute *attribute,
    const struct wanted *wanted, bool in_parts)
{
	char memory[TOKENS_MAX * (TOKEN_BYTES_MAX + 1)];
	struct buf whole;
	struct term term;

	buf_init(&whole, memory, sizeof memory);
	index_add_whole(&whole, &wanted->words, in_parts);
	term = make_term(attribute, TERM_WHOLE, buf_span(&whole));
	return find_term(s, &term, false);
}

static struct postings *
find_whole(struct search *s, const struct attribute *attribute,
    const struct wanted *wanted)
{
	struct postings *ways[2] = { NULL, NULL };

	ways[0] = find_whole_as(s, attribute, wanted, false);
	if (index_has_parts(&wanted->words))
		ways[1] = find_whole_as(s, attribute, wanted, true);
	return postings_any(&s->scope, ways, 2);
}

/* Handles. */

static struct postings *
find_exact(struct search *s, const struct attribute *attribute,
    const struct wanted *wanted)
{
	const struct term term =
	    make_term(attribute, TERM_EXACT, wanted->folded);

	return find_term(s, &term, wanted->is_prefix);
}

static struct postings *
find_key(struct search *s, const struct attribute *attribute,
    const struct wanted *wanted)
{
	struct span key = index_cut_key(wanted->folded);

	(void)attribute; /* it has a table to itself */
	return wanted->is_prefix ? postings_key_prefix(&s->scope, key)
				 : postings_key(&s->scope, key);
}

/* user@host, @host, and the user part alone with or without its "@". */
static struct postings *
find_mail(struct search *s, const struct attribute *attribute,
    const struct wanted *wanted)
{
	struct span text = wanted->folded;
	struct term term = make_term(attribute, TERM_EXACT, text);
	bool is_prefix = wanted->is_prefix;
	const char *at = memchr(text.data, '@', text.length);
	char memory[TERM_BYTES_MAX];
	struct buf user;

	buf_init(&user, memory, sizeof memory);
	if (at == text.data) {
		term.form = TERM_HOST;
		term.text = span_skip(text, 1);
	} else if (at != NULL) {
		is_prefix |= at == text.data + text.length - 1;
	} else if (!is_prefix) {
		buf_add(&user, text);
		buf_add_char(&user, '@');
		term.text = user.overflowed ? text : buf_span(&user);
		is_prefix = true;
	}
	return find_term(s, &term, is_prefix);
}

/* Each number is the ending of one there. */
static struct postings *
find_digits(struct search *s, const struct attribute *attribute,
    const struct wanted *wanted)
{
	struct postings *sets[NUMBERS_MAX];
	struct span rest = wanted->folded;
	char memory[TERM_BYTES_MAX];
	struct buf number;
	unsigned count = 0;

	buf_init(&number, memory, sizeof memory);
	while (count < NUMBERS_MAX && index_next_number(&rest, &number)) {
		const struct term term = make_term(attribute, TERM_DIGITS,
		    buf_span(&number));

		if (number.length >= NUMBER_DIGITS_MIN)
			sets[count++] = find_term(s, &term, true);
		buf_rewind(&number, 0);
	}
	return postings_all(&s->scope, sets, count);
}

/* What a selector means.  NULL: such an attribute cannot be searched. */
static const struct {
	find_function *find;
	bool has_beginnings; /* "selector=x*" can be told */
} selectors[INDEX_KINDS] = {
	[INDEX_NAME] = { find_name, true },
	[INDEX_ALIAS] = { find_words, true },
	[INDEX_WORDS] = { find_words, true },
	[INDEX_DIGITS] = { find_digits, false },
	[INDEX_KEY] = { find_key, true },
	[INDEX_EXACT] = { find_exact, true },
	[INDEX_MAIL] = { find_mail, true },
};

/* What plain words meet that are no name. */
static find_function *const handle_finders[INDEX_KINDS] = {
	[INDEX_KEY] = find_key,
	[INDEX_EXACT] = find_exact,
	[INDEX_MAIL] = find_mail,
};

static find_function *const mail_finders[INDEX_KINDS] = {
	[INDEX_MAIL] = find_mail,
};

/* What is found in any attribute whose kind of index has a finder there. */
static struct postings *
find_anywhere(struct search *s, find_function *const table[INDEX_KINDS],
    const struct wanted *wanted)
{
	struct postings *sets[SCHEMA_ATTRIBUTES_MAX];
	unsigned count = 0;

	for (unsigned i = 0; i < s->schema->count; i++) {
		const struct attribute *attribute = &s->schema->attributes[i];
		find_function *find = table[attribute->index];

		if (find != NULL && attribute_is_public(attribute))
			sets[count++] = find(s, attribute, wanted);
	}
	return postings_any(&s->scope, sets, count);
}

static const struct attribute *
name_attribute(const struct search *s)
{
	return &s->schema->attributes[s->schema->name_id];
}

/* Clauses: each is tried in every spelling. */

static struct postings *
rung_handle(struct search *s, const struct wanted *wanted)
{
	if (memchr(wanted->folded.data, ' ', wanted->folded.length) != NULL)
		return NULL;
	return find_anywhere(s, handle_finders, wanted);
}

static struct postings *
rung_words(struct search *s, const struct wanted *wanted)
{
	return find_name(s, name_attribute(s), wanted);
}

static bool
has_initial(const struct wanted *wanted)
{
	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];

		if (token->form != TOKEN_PART &&
		    place_word(wanted, token).is_prefix)
			return true;
	}
	return false;
}

/*
 * A single word is left to the next rung, one Madonna is not all of them, and
 * so is "smith, j": it means John as well as somebody named just J.  The whole
 * name does not tell "John, Smith" from "Smith, John"; a comma does.
 */
static struct postings *
rung_whole(struct search *s, const struct wanted *wanted)
{
	struct postings *sets[2];

	if (wanted->words.words < 2 || has_initial(wanted))
		return NULL;
	sets[0] = find_whole(s, name_attribute(s), wanted);
	if (!wanted->words.has_comma || sets[0] == NULL)
		return sets[0];
	sets[1] = find_name(s, name_attribute(s), wanted);
	return postings_all(&s->scope, sets, 2);
}

static struct postings *
either_handle_or_name(struct search *s, const struct wanted *wanted)
{
	struct postings *ways[2] = { rung_handle(s, wanted),
		rung_words(s, wanted) };

	return postings_any(&s->scope, ways, 2);
}

static struct postings *
find_mailboxes(struct search *s, const struct wanted *wanted)
{
	return find_anywhere(s, mail_finders, wanted);
}

static struct postings *
find_entry_by_key(struct search *s, const struct wanted *wanted)
{
	return find_key(s, &s->schema->attributes[s->schema->key_id], wanted);
}

/* The people of a unit: of whatever attribute in words the answers show. */
static struct postings *
find_members(struct search *s, const struct wanted *wanted)
{
	struct postings *sets[SCHEMA_ATTRIBUTES_MAX];
	unsigned count = 0;

	for (unsigned i = 0; i < s->schema->count; i++) {
		const struct attribute *attribute = &s->schema->attributes[i];

		if (attribute->index == INDEX_WORDS && attribute->long_form &&
		    attribute_is_public(attribute))
			sets[count++] = find_words(s, attribute, wanted);
	}
	return postings_any(&s->scope, sets, count);
}

typedef struct postings *clause_function(struct search *search,
    const struct wanted *wanted);

static clause_function *const clause_functions[] = {
	[QUERY_ANYWHERE] = either_handle_or_name,
	[QUERY_NAME] = rung_words,
	[QUERY_KEY] = find_entry_by_key,
	[QUERY_MAIL] = find_mailboxes,
	[QUERY_MEMBERS] = find_members,
};

static struct postings *
find_spellings(struct search *s, clause_function *find)
{
	struct postings *sets[SPELLINGS];

	for (unsigned i = 0; i < s->spellings; i++)
		sets[i] = find(s, &s->wanted[i]);
	return postings_any(&s->scope, sets, s->spellings);
}

static void
prepare_spelling(struct wanted *wanted, struct span text)
{
	struct buf folded;

	buf_init(&folded, wanted->memory, sizeof wanted->memory);
	fold_add(&folded, text);
	wanted->folded = buf_span(&folded);
	token_split(&wanted->words, wanted->folded);
}

/* False: there is nothing to look for. */
static bool
prepare(struct search *s, const struct query_clause *clause)
{
	bool is_prefix = clause->match == QUERY_PREFIX;

	s->hits->clause = clause;
	s->spellings = clause->raw.length > 0 ? 2 : 1;
	prepare_spelling(&s->wanted[0], clause->text);
	if (s->spellings > 1)
		prepare_spelling(&s->wanted[1], clause->raw);
	for (unsigned i = 0; i < s->spellings; i++)
		s->wanted[i].is_prefix = is_prefix;
	return s->wanted[0].words.words > 0;
}

/* Selectors. */

static enum search_outcome
find_selector(struct search *s, const struct query_clause *clause,
    struct postings **set)
{
	const struct attribute *attribute =
	    schema_find(s->schema, clause->selector);
	struct postings *sets[SPELLINGS];
	find_function *find;

	if (attribute == NULL || !attribute_is_public(attribute))
		return SEARCH_UNKNOWN_SELECTOR;
	find = selectors[attribute->index].find;
	if (find == NULL || (clause->match == QUERY_PREFIX &&
	    !selectors[attribute->index].has_beginnings))
		return SEARCH_NOT_INDEXED;
	for (unsigned i = 0; i < s->spellings; i++)
		sets[i] = find(s, attribute, &s->wanted[i]);
	*set = postings_any(&s->scope, sets, s->spellings);
	return SEARCH_DONE;
}

static enum search_outcome
find_clause(struct search *s, const struct query_clause *clause,
    struct postings **set)
{
	if (!prepare(s, clause))
		return SEARCH_EMPTY;
	if (clause->field == QUERY_SELECTOR)
		return find_selector(s, clause, set);
	*set = find_spellings(s, clause_functions[clause->field]);
	return SEARCH_DONE;
}

/* Running a query. */

static void
take_hits(struct search *s, struct postings *set, uint32_t *ids)
{
	size_t shown;

	s->hits->count = postings_take(&s->scope, set, ids,
	    s->limits->shown_max, &shown);
	s->hits->ids = ids;
	s->hits->shown = (unsigned)shown;
}

static enum search_outcome
run_as_given(struct search *s, const struct query *query, uint32_t *ids)
{
	struct postings *sets[QUERY_CLAUSES_MAX];

	for (unsigned i = 0; i < query->count; i++) {
		enum search_outcome outcome =
		    find_clause(s, &query->clauses[i], &sets[i]);

		if (outcome != SEARCH_DONE)
			return outcome;
	}
	take_hits(s, postings_all(&s->scope, sets, query->count), ids);
	if (s->hits->count > 0)
		s->hits->rung = RUNG_AS_GIVEN;
	return SEARCH_DONE;
}

/* Those with this word in their name who are not among the hits. */
static uint64_t
count_namesakes(struct search *s)
{
	struct postings *others, *same;
	uint64_t count;
	size_t taken;

	if (s->wanted[0].words.words != 1)
		return 0;
	others = find_spellings(s, rung_words);
	same = find_spellings(s, rung_words);
	count = postings_take(&s->scope, others, NULL, 0, &taken);
	for (unsigned i = 0; i < s->hits->shown; i++)
		if (count > 0 && postings_seek(&s->scope, same,
		    s->hits->ids[i]) == s->hits->ids[i])
			count--;
	return count;
}

static enum search_outcome
run_ladder(struct search *s, const struct query *query, uint32_t *ids)
{
	static const struct {
		enum rung rung;
		clause_function *find;
	} rungs[] = {
		{ RUNG_HANDLE, rung_handle },
		{ RUNG_WHOLE, rung_whole },
		{ RUNG_WORDS, rung_words },
	};

	if (!prepare(s, &query->clauses[0]))
		return SEARCH_EMPTY;
	for (size_t i = 0; i < sizeof rungs / sizeof rungs[0]; i++) {
		take_hits(s, find_spellings(s, rungs[i].find), ids);
		if (s->hits->count > 0) {
			s->hits->rung = rungs[i].rung;
			break;
		}
	}
	if (s->hits->rung == RUNG_HANDLE)
		s->hits->named_too = count_namesakes(s);
	return SEARCH_DONE;
}

static bool
has_ladder(const struct query *query)
{
	return query->ladder && query->count == 1 &&
	    query->clauses[0].field == QUERY_ANYWHERE &&
	    query->clauses[0].match == QUERY_EXACT;
}

enum search_outcome
search_run(struct reader *reader, const struct query *query,
    const struct search_limits *limits, struct arena *arena,
    struct search_hits *hits, struct fault *fault)
{
	struct search *s = arena_alloc(arena, sizeof *s);
	uint32_t *ids = arena_calloc(arena, limits->shown_max, sizeof *ids);
	enum search_outcome outcome;

	assert(query->verb == QUERY_FIND && query->count > 0);
	*hits = (struct search_hits){ .rung = RUNG_NONE };
	if (s == NULL || (ids == NULL && limits->shown_max > 0))
		return SEARCH_ARENA_FULL;
	s->schema = reader_schema(reader);
	s->limits = limits;
	s->hits = hits;
	postings_begin(&s->scope, reader_store(reader), arena,
	    limits->postings_max);
	outcome = has_ladder(query) ? run_ladder(s, query, ids)
				    : run_as_given(s, query, ids);
	postings_end(&s->scope);
	hits->count_is_exact = !s->scope.cut;
	if (store_reader_check(reader_store(reader), fault) != ERR_NONE)
		return SEARCH_FAILED;
	if (outcome == SEARCH_DONE && s->scope.full)
		return SEARCH_ARENA_FULL;
	return outcome;
}

bool
search_fetch(struct reader *reader, uint32_t id, struct span *record)
{
	return store_get_entry(reader_store(reader), id, record) ==
	    STORE_FOUND;
}
