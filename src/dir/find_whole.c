#include "dir/find_whole.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/find.h"
#include "dir/find_choice.h"
#include "dir/find_name.h"
#include "dir/index_name.h"
#include "record/record.h"
#include "record/schema.h"
#include "text/title.h"

enum { WHOLE_MAX = TOKENS_MAX * (TOKEN_BYTES_MAX + 1) };

static void
make_key(const struct find *find, struct buf *key, struct span *words,
    unsigned count)
{
	char memory[WHOLE_MAX];
	struct buf whole;
	struct term term;

	buf_init(&whole, memory, sizeof memory);
	index_add_whole(&whole, words, count);
	term = find_make_term(find_name_attribute(find), TERM_WHOLE,
	    buf_span(&whole));
	key_add_term(key, &term);
}

static struct postings *
find_whole_as(struct find *find, const struct wanted *wanted, unsigned whole)
{
	struct span list[TOKENS_MAX];
	char memory[TERM_KEY_MAX], run[INDEX_RUN_MAX];
	unsigned count = index_list_whole(&wanted->words, whole, list, run);
	struct buf key;

	buf_init(&key, memory, sizeof memory);
	make_key(find, &key, list, count);
	return postings_term(&find->scope, buf_span(&key));
}

struct postings *
find_whole_name(struct find *find, const struct wanted *wanted)
{
	struct postings *ways[2] = {
		find_whole_as(find, wanted, INDEX_WHOLE_JOINED), NULL,
	};

	if (index_whole_differences(&wanted->words) & INDEX_WHOLE_PARTS)
		ways[1] = find_whole_as(find, wanted, INDEX_WHOLE_PARTS);
	return postings_any(&find->scope, ways, 2);
}

/*
 * "smith, j" means John as well as somebody named just J.  The whole name does
 * not tell "John, Smith" from "Smith, John"; a comma does.
 */
struct postings *
find_full_name(struct find *find, const struct wanted *wanted)
{
	struct postings *sets[2];

	if (wanted->words.words < 2 || find_has_initial(wanted))
		return NULL;
	sets[0] = find_whole_name(find, wanted);
	if (!wanted->words.has_comma || sets[0] == NULL)
		return sets[0];
	sets[1] = find_name(find, wanted);
	return postings_all(&find->scope, sets, 2);
}

struct postings *
find_single_name(struct find *find, const struct wanted *wanted)
{
	return wanted->words.words == 1 ? find_whole_name(find, wanted) : NULL;
}

/* The order of the words, which no term tells: the entry itself does. */
struct ordered {
	const struct find *find;
	struct wanted asked;
	struct wanted name; /* of the entry in hand */
};

/* The words of a name in their order, or with the first names first. */
static unsigned
list_words(const struct token_list *words, bool first_names_first,
    const struct token *list[TOKENS_MAX])
{
	unsigned count = 0;

	for (unsigned pass = 0; pass < (first_names_first ? 2 : 1); pass++)
		for (unsigned i = 0; i < words->count; i++) {
			const struct token *token = &words->tokens[i];

			if (token->form != TOKEN_PART &&
			    (!first_names_first ||
			    token->before_comma == (pass == 1)))
				list[count++] = token;
		}
	return count;
}

static bool
is_in_order(const struct token_list *a, const struct token_list *b,
    bool first_names_first)
{
	const struct token *left[TOKENS_MAX], *right[TOKENS_MAX];
	unsigned count = list_words(a, false, left);

	if (list_words(b, first_names_first, right) != count)
		return false;
	for (unsigned i = 0; i < count; i++)
		if (!span_equal(left[i]->text, right[i]->text) ||
		    (a->has_comma &&
		    left[i]->before_comma != right[i]->before_comma))
			return false;
	return true;
}

static bool
is_exact(const struct ordered *ordered)
{
	const struct token_list *asked = &ordered->asked.words;
	const struct token_list *there = &ordered->name.words;

	if (is_in_order(asked, there, false))
		return true;
	return !asked->has_comma && there->has_comma &&
	    is_in_order(asked, there, true);
}

static bool
entry_is_exact(void *context, uint32_t id)
{
	struct ordered *ordered = context;
	const struct find *find = ordered->find;
	struct span record;
	struct record_field field;

	if (!find_fetch(find, id, &record))
		return false;
	while (record_next(&record, &field)) {
		if (!find_is_name(&find->schema->attributes[field.attribute]))
			continue;
		wanted_init(&ordered->name, field.value, 0);
		if (is_exact(ordered))
			return true;
	}
	return false;
}

struct postings *
find_exact_name(struct find *find, const struct wanted *wanted)
{
	struct ordered *ordered = arena_alloc(find->scope.arena,
	    sizeof *ordered);

	if (ordered == NULL) {
		find->scope.full = true;
		return NULL;
	}
	ordered->find = find;
	wanted_init(&ordered->asked, wanted->folded, 0);
	return postings_keep(&find->scope, find_whole_name(find, wanted),
	    entry_is_exact, ordered);
}

/* Shorter names. */

/*
 * Without a comma the last word is taken for the last name; an initial that
 * follows it is none.
 */
static bool
is_first_name(const struct wanted *wanted, const struct token *token)
{
	const struct token_list *words = &wanted->words;
	unsigned last = 0;

	if (words->has_comma)
		return !token->before_comma;
	for (unsigned i = 0; i < words->count; i++)
		if (!find_is_letter(words->tokens[i].text))
			last = words->tokens[i].word;
	return token->word != last;
}

/* "john smith" as "j smith", which may be all that is stored. */
struct postings *
find_shortened(struct find *find, const struct wanted *wanted)
{
	struct span list[TOKENS_MAX];
	char memory[TERM_KEY_MAX];
	unsigned count = 0;
	struct buf key;

	if (wanted->words.words < 2)
		return NULL;
	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];
		struct span initial = find_initial(token->text);
		bool shorten = initial.length > 0 &&
		    is_first_name(wanted, token);

		if (token->form != TOKEN_PART)
			list[count++] = shorten ? initial : token->text;
	}
	buf_init(&key, memory, sizeof memory);
	make_key(find, &key, list, count);
	return postings_term(&find->scope, buf_span(&key));
}

/* Other words. */

/* One choice for each word so far. */
struct choosing {
	struct find *find;
	const struct name_choices *choices;
	struct postings_union *found;
	unsigned *look_ups; /* that are left */
	struct span words[CHOICE_WORDS_MAX];
};

static void
look_up(struct choosing *c)
{
	struct span words[CHOICE_WORDS_MAX];
	char memory[TERM_KEY_MAX];
	struct buf key;

	for (unsigned i = 0; i < c->choices->count; i++)
		words[i] = c->words[i];
	buf_init(&key, memory, sizeof memory);
	make_key(c->find, &key, words, c->choices->count);
	--*c->look_ups;
	if (!postings_union_add(c->found, buf_span(&key)))
		*c->look_ups = 0;
}

/* All that costs exactly `cost` from word `at` on. */
static void
choose(struct choosing *c, unsigned at, unsigned cost)
{
	const struct choices *choices = &c->choices->choices[at];

	if (at == c->choices->count) {
		if (cost == 0)
			look_up(c);
		return;
	}
	if (choices->count == 0) {
		c->words[at] = c->choices->tokens[at]->text;
		choose(c, at + 1, cost);
	}
	for (unsigned i = 0; i < choices->count && *c->look_ups > 0 &&
	    choices->list[i].cost <= cost; i++) {
		c->words[at] = choices->list[i].text;
		choose(c, at + 1, cost - choices->list[i].cost);
	}
}

/* Whether each word of a name is a choice for one on its side. */
struct sides {
	const struct find *find;
	const struct name_choices *choices;
	struct wanted name; /* of the entry in hand */
};

static bool
is_chosen(const struct name_choices *choices, const struct token *token)
{
	for (unsigned i = 0; i < choices->count; i++) {
		const struct choices *list = &choices->choices[i];

		if (choices->tokens[i]->before_comma != token->before_comma)
			continue;
		if (span_equal(choices->tokens[i]->text, token->text))
			return true;
		for (unsigned n = 0; n < list->count; n++)
			if (span_equal(list->list[n].text, token->text))
				return true;
	}
	return false;
}

static bool
entry_has_sides(void *context, uint32_t id)
{
	struct sides *sides = context;
	const struct token_list *words = &sides->name.words;
	const struct schema *schema = sides->find->schema;
	struct span record;

	if (!find_fetch(sides->find, id, &record))
		return false;
	wanted_init(&sides->name, record_value(record, schema->name_id), 0);
	for (unsigned i = 0; i < words->count; i++)
		if (words->tokens[i].form != TOKEN_PART &&
		    !title_is(words->tokens[i].text) &&
		    !is_chosen(sides->choices, &words->tokens[i]))
			return false;
	return true;
}

struct postings *
find_whole_choosing(struct find *find, const struct name_choices *choices,
    unsigned cost, unsigned *look_ups)
{
	struct choosing c = { .find = find, .choices = choices,
		.found = postings_union_begin(&find->scope),
		.look_ups = look_ups };
	struct postings *found;
	struct sides *sides;

	choose(&c, 0, cost);
	found = postings_union_end(c.found);
	if (found == NULL || !choices->wanted->words.has_comma)
		return found;
	sides = arena_alloc(find->scope.arena, sizeof *sides);
	if (sides == NULL) {
		find->scope.full = true;
		return NULL;
	}
	sides->find = find;
	sides->choices = choices;
	return postings_keep(&find->scope, found, entry_has_sides, sides);
}
