#include "dir/find_alike.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/find.h"
#include "dir/find_choice.h"
#include "dir/find_name.h"
#include "dir/find_whole.h"
#include "dir/store.h"
#include "dir/vocabulary.h"
#include "text/nickname.h"
#include "text/utf8.h"

#include <assert.h>

enum {
	EDITS_MAX = 2,
	FAR_LETTERS = 8,      /* from so many on two letters may be wrong */
	FAR_WORD_LETTERS = 5, /* ... both of them in a word of so many */
	ALONE_LETTERS = 4,    /* a shorter word by itself is not misspelt */
	ENOUGH = 8,           /* hits, and no more distant ones are wanted */
	INITIALS_MAX = 8,     /* added to those who are called exactly so */
	SOUNDING_MAX = 32,    /* choices for one word */
	NEAR_MAX = 64,        /* words near to one of several */
	LOOK_UPS_MAX = 500,   /* whole names tried in one step */
	SOUNDING_COST_MAX = 12,
};

/* Choices being made: the word itself, and then others. */
struct making {
	struct find *find;
	struct choice *list;
	unsigned count, capacity;
};

/* False: there is no memory. */
static bool
begin_choices(struct making *making, struct find *find, unsigned capacity)
{
	*making = (struct making){ .find = find, .capacity = capacity };
	making->list = arena_calloc(find->scope.arena, capacity,
	    sizeof making->list[0]);
	if (making->list == NULL)
		find->scope.full = true;
	return making->list != NULL;
}

static void
add_choice(struct making *making, struct span text, unsigned cost)
{
	assert(making->count < making->capacity);
	making->list[making->count++] = (struct choice){ text, cost };
}

static struct choices
end_choices(const struct making *making)
{
	return (struct choices){ making->list, making->count };
}

static bool
is_known(struct find *find, struct span word)
{
	struct store_cursor *cursor =
	    store_cursor_open(find->scope.store, STORE_TERM);
	char memory[TERM_KEY_MAX];
	enum store_found found;
	uint64_t length;
	struct buf key;

	buf_init(&key, memory, sizeof memory);
	find_add_key(find, &key, TERM_WORD, word);
	found = store_postings_find(cursor, buf_span(&key), &length);
	store_cursor_close(&cursor);
	return found == STORE_FOUND;
}

/*
 * What is found at one cost after the other, until it is enough.  The first
 * that are found are the nearest.
 */
struct levels {
	struct find *find;
	struct postings *found;
	bool enough;
	unsigned look_ups; /* whole names that may still be tried */
};

static struct levels
levels_of(struct find *find)
{
	return (struct levels){ .find = find, .look_ups = LOOK_UPS_MAX };
}

static void
add_level(struct levels *levels, struct postings *set)
{
	struct find *find = levels->find;
	uint32_t *ids = arena_calloc(find->scope.arena, ENOUGH, sizeof *ids);
	struct postings *ways[2] = { levels->found, NULL };
	size_t taken;

	if (ids == NULL) {
		find->scope.full = true;
		return;
	}
	ways[1] = postings_peek(&find->scope, set, ids, ENOUGH, &taken);
	levels->enough |= taken == ENOUGH;
	if (ways[0] == NULL && !levels->enough) {
		find->nearest = ids;
		find->nearest_count = taken;
	}
	levels->found = postings_any(&find->scope, ways, 2);
}

/* Initials do not count: "smith, j" is no whole name. */
static bool
is_whole(const struct name_choices *choices)
{
	unsigned words = 0;

	for (unsigned i = 0; i < choices->count; i++)
		words += !find_is_letter(choices->tokens[i]->text);
	return words > 1;
}

/* Whole names by their cost. */
static void
add_wholes(struct levels *levels, const struct name_choices *choices,
    unsigned cost_min, unsigned cost_max)
{
	if (!is_whole(choices))
		return;
	for (unsigned cost = cost_min; cost <= cost_max && !levels->enough;
	    cost++)
		add_level(levels, find_whole_choosing(levels->find, choices,
		    cost, &levels->look_ups));
}

/* Longer names with one of the choices for each word, by their cost in all. */
static void
add_names(struct levels *levels, const struct name_choices *choices,
    unsigned cost)
{
	if (!levels->enough)
		add_level(levels, find_within_cost(levels->find, choices,
		    cost));
}

/* Nicknames. */

/* mcdonald and macdonald. */
static struct span
other_clan(struct find *find, struct span word)
{
	static const struct span mc = SPAN_LITERAL("mc"),
	    mac = SPAN_LITERAL("mac");
	bool is_mac = span_starts_with(word, mac);
	struct span other = { NULL, 0 }, copy;
	char memory[TOKEN_BYTES_MAX + 1];
	struct buf out;

	if (!is_mac && !span_starts_with(word, mc))
		return other;
	buf_init(&out, memory, sizeof memory);
	buf_add(&out, is_mac ? mc : mac);
	buf_add(&out, span_skip(word, is_mac ? mac.length : mc.length));
	if (arena_copy(find->scope.arena, buf_span(&out), &copy))
		other = copy;
	else
		find->scope.full = true;
	return other;
}

/* Whether the word has any. */
static bool
choose_nicknames(struct find *find, struct name_choices *choices, unsigned at)
{
	const struct token *token = choices->tokens[at];
	const struct span *names;
	struct making making;
	struct span clan;
	size_t count;

	names = nickname_list(token->text, &count);
	if (choices->wanted->words.has_comma && token->before_comma)
		count = 0;
	clan = other_clan(find, token->text);
	if ((count == 0 && clan.length == 0) ||
	    !begin_choices(&making, find, (unsigned)count + 2))
		return false;
	add_choice(&making, token->text, 0);
	for (size_t i = 0; i < count; i++)
		add_choice(&making, names[i], 1);
	if (clan.length > 0)
		add_choice(&making, clan, 1);
	choices->choices[at] = end_choices(&making);
	return true;
}

/* NULL: no word has any. */
static const struct name_choices *
choose_all_nicknames(struct find *find, const struct wanted *wanted)
{
	struct name_choices *choices = name_choices_new(find, wanted);
	bool any = false;

	for (unsigned i = 0; choices != NULL && i < choices->count; i++)
		any |= choose_nicknames(find, choices, i);
	return any ? choices : NULL;
}

struct postings *
find_nicknames(struct find *find, const struct wanted *wanted)
{
	const struct name_choices *choices =
	    choose_all_nicknames(find, wanted);
	struct levels levels = levels_of(find);

	if (choices == NULL)
		return NULL;
	add_wholes(&levels, choices, 1, 1);
	add_names(&levels, choices, 1);
	return levels.found;
}

struct postings *
find_called(struct find *find, const struct wanted *wanted)
{
	const struct name_choices *choices =
	    choose_all_nicknames(find, wanted);
	unsigned look_ups = LOOK_UPS_MAX;

	if (choices == NULL)
		return NULL;
	return find_has_initial(wanted) ?
	    find_name_choosing(find, choices, 1, false) :
	    find_whole_choosing(find, choices, 1, &look_ups);
}

/* Of a hundred J. Smiths nobody can tell who is John. */
struct postings *
find_initials(struct find *find, const struct wanted *wanted)
{
	struct postings *set = find_shortened(find, wanted);

	return postings_length(set) > INITIALS_MAX ? NULL : set;
}

/* Misspellings. */

struct misspelt {
	struct find *find;
	struct name_choices *choices;
	unsigned edits;   /* that may be made in all */
	unsigned unknown; /* words that nobody bears */
	bool known[CHOICE_WORDS_MAX];
};

static unsigned
count_letters(const struct name_choices *choices)
{
	size_t letters = 0;

	for (unsigned i = 0; i < choices->count; i++)
		if (!find_is_letter(choices->tokens[i]->text))
			letters += utf8_count(choices->tokens[i]->text);
	return (unsigned)letters;
}

static bool
begin_misspelt(struct misspelt *m, struct find *find,
    const struct wanted *wanted)
{
	struct name_choices *choices = name_choices_new(find, wanted);
	unsigned letters;

	m->find = find;
	m->choices = choices;
	if (choices == NULL)
		return false;
	letters = count_letters(choices);
	if (choices->count == 1 && letters < ALONE_LETTERS)
		return false;
	m->edits = letters < FAR_LETTERS ? 1 : EDITS_MAX;
	m->unknown = 0;
	for (unsigned i = 0; i < choices->count; i++) {
		m->known[i] = find_is_letter(choices->tokens[i]->text) ||
		    is_known(find, choices->tokens[i]->text);
		m->unknown += !m->known[i];
	}
	return m->unknown <= m->edits;
}

/* With so many edits in this word at most; it itself, if somebody bears it. */
static void
choose_near(struct misspelt *m, unsigned at, unsigned edits)
{
	struct span word = m->choices->tokens[at]->text;
	struct vocabulary_list near = { .count = 0 };
	size_t letters = utf8_count(word);
	struct making making;

	if (edits > 1 && letters < FAR_WORD_LETTERS)
		edits = 1;
	if (edits > 0)
		near = vocabulary_near(&m->find->scope, word, edits);
	if (!begin_choices(&making, m->find, near.count + 1))
		return;
	if (m->known[at])
		add_choice(&making, word, 0);
	for (unsigned i = 0; i < near.count; i++)
		add_choice(&making, near.words[i].text,
		    near.words[i].distance);
	m->choices->choices[at] = end_choices(&making);
}

/*
 * With `edits` in all, each word that nobody bears is wrong, and the other
 * words only where that leaves some.
 */
static bool
choose_misspelt(struct misspelt *m, unsigned edits)
{
	unsigned spare;

	if (m->unknown > edits)
		return false;
	spare = edits - m->unknown;
	for (unsigned i = 0; i < m->choices->count; i++)
		if (!find_is_letter(m->choices->tokens[i]->text))
			choose_near(m, i, m->known[i] ? spare : spare + 1);
	return true;
}

/* "Smyth, J." may be meant as well as what John Smyth is near to. */
static struct postings *
end_levels(const struct levels *levels, const struct wanted *wanted)
{
	struct find *find = levels->find;
	struct postings *ways[2] = { levels->found, NULL };

	if (levels->found != NULL && !levels->enough)
		ways[1] = find_shortened(find, wanted);
	return postings_any(&find->scope, ways, 2);
}

struct postings *
find_misspelt(struct find *find, const struct wanted *wanted)
{
	struct levels levels = levels_of(find);
	struct misspelt m;

	if (!begin_misspelt(&m, find, wanted))
		return NULL;
	for (unsigned edits = 1; edits <= m.edits && !levels.enough; edits++) {
		if (!choose_misspelt(&m, edits))
			continue;
		add_wholes(&levels, m.choices, edits, edits);
		if (levels.found == NULL)
			add_names(&levels, m.choices, edits);
	}
	return end_levels(&levels, wanted);
}

/* Sounds. */

static bool
choose_sounding(struct find *find, struct name_choices *choices, unsigned at)
{
	struct span word = choices->tokens[at]->text;
	struct vocabulary_list list =
	    vocabulary_sounding(&find->scope, word);
	struct making making;

	if (list.count > SOUNDING_MAX)
		list.count = SOUNDING_MAX;
	if (!begin_choices(&making, find, list.count + 1))
		return false;
	if (list.count == 0 || is_known(find, word))
		add_choice(&making, word, 0);
	for (unsigned i = 0; i < list.count; i++)
		add_choice(&making, list.words[i].text,
		    list.words[i].distance);
	choices->choices[at] = end_choices(&making);
	return list.count > 0;
}

struct postings *
find_sounding(struct find *find, const struct wanted *wanted)
{
	struct name_choices *choices = name_choices_new(find, wanted);
	struct levels levels = levels_of(find);
	bool any = false;

	for (unsigned i = 0; choices != NULL && i < choices->count; i++)
		if (!find_is_letter(choices->tokens[i]->text))
			any |= choose_sounding(find, choices, i);
	if (any) {
		add_wholes(&levels, choices, 1, SOUNDING_COST_MAX);
		if (levels.found == NULL)
			add_names(&levels, choices, SOUNDING_COST_MAX);
	}
	return end_levels(&levels, wanted);
}

/* One word of several: how near the others are. */

static void
add_near_words(struct find *find, struct postings_union *many,
    struct span word)
{
	unsigned edits = utf8_count(word) < FAR_WORD_LETTERS ? 1 : EDITS_MAX;
	struct vocabulary_list near =
	    vocabulary_near(&find->scope, word, edits);

	for (unsigned i = 0; i < near.count && i < NEAR_MAX &&
	    find_add_word(find, many, TERM_WORD, near.words[i].text); i++)
		;
}

struct postings *
find_near_words(struct find *find, const struct wanted *wanted)
{
	struct postings_union *many = postings_union_begin(&find->scope);

	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];

		if (token->form != TOKEN_PART && !find_is_letter(token->text))
			add_near_words(find, many, token->text);
	}
	return postings_union_end(many);
}

/* The verb. */

static void
choose_alike(struct find *find, struct name_choices *choices, unsigned at)
{
	struct span word = choices->tokens[at]->text;
	unsigned edits = utf8_count(word) < FAR_WORD_LETTERS ? 1 : EDITS_MAX;
	struct vocabulary_list near =
	    vocabulary_near(&find->scope, word, edits);
	struct vocabulary_list sounding =
	    vocabulary_sounding(&find->scope, word);
	struct making making;

	if (!begin_choices(&making, find, near.count + sounding.count + 1))
		return;
	add_choice(&making, word, 0);
	for (unsigned i = 0; i < near.count; i++)
		add_choice(&making, near.words[i].text, 1);
	for (unsigned i = 0; i < sounding.count; i++)
		add_choice(&making, sounding.words[i].text, 1);
	choices->choices[at] = end_choices(&making);
}

static struct postings *
find_all_alike(struct find *find, const struct wanted *wanted,
    bool first_only)
{
	struct name_choices *choices = name_choices_new(find, wanted);

	if (choices == NULL)
		return first_only ? find_first(find, wanted) :
		    find_name(find, wanted);
	for (unsigned i = 0; i < choices->count; i++)
		if (!find_is_letter(choices->tokens[i]->text))
			choose_alike(find, choices, i);
	return find_name_choosing(find, choices, 1, first_only);
}

struct postings *
find_alike(struct find *find, const struct wanted *wanted)
{
	return find_all_alike(find, wanted, false);
}

struct postings *
find_first_alike(struct find *find, const struct wanted *wanted)
{
	return find_all_alike(find, wanted, true);
}
