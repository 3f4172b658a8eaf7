#include "dir/find_whole.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/find.h"
#include "dir/find_choice.h"
#include "dir/find_name.h"
#include "dir/find_sided.h"
#include "dir/index_name.h"
#include "record/schema.h"

#include <string.h>

enum {
	WHOLE_MAX = TOKENS_MAX * (TOKEN_BYTES_MAX + 1),
	STEPS_MAX = 10000, /* in choosing words of one cost */
	REMEMBERED_MAX = 1024,
};

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
	if (postings_length(sets[0]) <= FIND_SIDED_MAX && wanted->reach == 0)
		return find_sided(find, sets[0], wanted, FIND_BOTH_SIDES);
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
is_exact(void *context, const struct wanted *name)
{
	const struct ordered *ordered = context;
	const struct token_list *asked = &ordered->asked.words;
	const struct token_list *there = &name->words;

	if (is_in_order(asked, there, false))
		return true;
	return !asked->has_comma && there->has_comma &&
	    is_in_order(asked, there, true);
}

static bool
entry_is_exact(void *context, uint32_t id)
{
	struct ordered *ordered = context;
	struct find_names names;
	struct span name;

	if (!find_names_begin(&names, ordered->find, id))
		return false;
	while (find_names_next(&names, &name) != NULL)
		if (find_any_spelling(name, &ordered->name, is_exact, ordered))
			return true;
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

/* All words before the comma are of the last name. */
static struct postings *
find_before_comma(struct find *find, const struct wanted *wanted)
{
	struct postings *sets[TOKENS_MAX];
	unsigned count = 0;

	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];
		const struct term term = find_make_term(
		    find_name_attribute(find), TERM_LAST, token->text);

		if (token->before_comma && token->form != TOKEN_PART)
			sets[count++] = find_term(find, &term, 0);
	}
	return postings_all(&find->scope, sets, count);
}

/* "john smith" as "j smith", which may be all that is stored. */
struct postings *
find_shortened(struct find *find, const struct wanted *wanted)
{
	struct span list[TOKENS_MAX];
	struct postings *sets[2];
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
	sets[0] = postings_term(&find->scope, buf_span(&key));
	if (sets[0] == NULL || !wanted->words.has_comma)
		return sets[0];
	if (postings_length(sets[0]) <= FIND_SIDED_MAX)
		return find_sided(find, sets[0], wanted, FIND_LAST_NAME);
	sets[1] = find_before_comma(find, wanted);
	return postings_all(&find->scope, sets, 2);
}

/* Other words. */

/* One choice for each word so far. */
struct choosing {
	struct find *find;
	const struct name_choices *choices;
	struct postings_union *found;
	unsigned *look_ups; /* that are left */
	struct span words[CHOICE_WORDS_MAX];

	unsigned steps;     /* words that may still be chosen */

	/* what the words from here on cost in all, at least and at most */
	unsigned least[CHOICE_WORDS_MAX + 1], most[CHOICE_WORDS_MAX + 1];
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

static void
add_costs(struct choosing *c)
{
	for (unsigned at = c->choices->count; at-- > 0;) {
		const struct choices *choices = &c->choices->choices[at];
		unsigned count = choices->count;

		c->least[at] = c->least[at + 1] +
		    (count > 0 ? choices->list[0].cost : 0);
		c->most[at] = c->most[at + 1] +
		    (count > 0 ? choices->list[count - 1].cost : 0);
	}
}

/*
 * All that costs exactly `cost` from word `at` on.  Ways that cannot come to
 * it are not begun, and of the others only so many.
 */
static void
choose(struct choosing *c, unsigned at, unsigned cost)
{
	const struct choices *choices = &c->choices->choices[at];

	if (cost < c->least[at] || cost > c->most[at] || c->steps == 0)
		return;
	c->steps--;
	if (at == c->choices->count) {
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

/* What choosing has come to in a stored name. */
struct chosen {
	const struct find *find;
	const struct name_choices *choices;
	unsigned cost_max;
	struct wanted name; /* of the entry in hand */
	bool is_last[TOKENS_MAX];
	char run[INDEX_RUN_MAX];
	struct span last;   /* all of its last name as one word */
};

/* Whether the word is there, and where a comma has said that it is. */
static bool
has_word(const struct chosen *chosen, const struct token_list *words,
    const struct token *token, struct span text)
{
	bool has_comma = chosen->choices->wanted->words.has_comma;

	if (token->before_comma && span_equal(text, chosen->last))
		return true;
	for (unsigned i = 0; i < words->count; i++)
		if (span_equal(words->tokens[i].text, text) && (!has_comma ||
		    chosen->is_last[i] == token->before_comma))
			return true;
	return false;
}

/* What the cheapest choice costs that is there; more than allowed: none is. */
static unsigned
cheapest(const struct chosen *chosen, const struct token_list *words,
    unsigned at)
{
	const struct choices *choices = &chosen->choices->choices[at];
	const struct token *token = chosen->choices->tokens[at];

	for (unsigned i = 0; i < choices->count; i++)
		if (has_word(chosen, words, token, choices->list[i].text))
			return choices->list[i].cost;
	/* an initial is looked after elsewhere */
	return choices->count == 0 ? 0 : chosen->cost_max + 1;
}

static bool
name_is_within(void *context, const struct wanted *name)
{
	struct chosen *chosen = context;
	unsigned cost = 0;
	struct buf run;

	index_mark_last(&name->words, chosen->is_last);
	buf_init(&run, chosen->run, sizeof chosen->run);
	index_add_last(&run, &name->words);
	chosen->last = buf_span(&run);
	for (unsigned i = 0; i < chosen->choices->count &&
	    cost <= chosen->cost_max; i++)
		cost += cheapest(chosen, &name->words, i);
	return cost <= chosen->cost_max;
}

static bool
entry_is_within(void *context, uint32_t id)
{
	struct chosen *chosen = context;
	struct find_names names;
	struct span name;

	if (!find_names_begin(&names, chosen->find, id))
		return false;
	while (find_names_next(&names, &name) != NULL)
		if (find_any_spelling(name, &chosen->name, name_is_within,
			chosen))
			return true;
	return false;
}

/* Asking entries is dear, and sets are walked more than once. */
static struct postings *
remember(struct find *find, struct postings *set)
{
	uint32_t *ids = arena_alloc(find->scope.arena,
	    REMEMBERED_MAX * sizeof *ids);
	size_t count;

	if (ids == NULL)
		return set;
	return postings_peek(&find->scope, set, ids, REMEMBERED_MAX, &count);
}

static struct postings *
keep_within(struct find *find, struct postings *set,
    const struct name_choices *choices, unsigned cost)
{
	struct chosen *chosen;

	if (set == NULL)
		return NULL;
	chosen = arena_alloc(find->scope.arena, sizeof *chosen);
	if (chosen == NULL) {
		find->scope.full = true;
		return NULL;
	}
	chosen->find = find;
	chosen->choices = choices;
	chosen->cost_max = cost;
	return remember(find, postings_keep(&find->scope, set,
	    entry_is_within, chosen));
}

/* Whether several words may be others, which only together cost too much. */
static bool
may_add_up(const struct name_choices *choices)
{
	unsigned several = 0;

	for (unsigned i = 0; i < choices->count; i++)
		several += choices->choices[i].count > 1;
	return several > 1;
}

struct postings *
find_within_cost(struct find *find, const struct name_choices *choices,
    unsigned cost)
{
	struct postings *set = find_name_choosing(find, choices, cost, false);

	return may_add_up(choices) ? keep_within(find, set, choices, cost) :
	    set;
}

struct postings *
find_whole_choosing(struct find *find, const struct name_choices *choices,
    unsigned cost, unsigned *look_ups)
{
	struct choosing c = { .find = find, .choices = choices,
		.found = postings_union_begin(&find->scope),
		.look_ups = look_ups, .steps = STEPS_MAX };
	struct postings *found;

	c.least[choices->count] = c.most[choices->count] = 0;
	add_costs(&c);
	choose(&c, 0, cost);
	found = postings_union_end(c.found);
	return choices->wanted->words.has_comma ?
	    keep_within(find, found, choices, cost) : found;
}
