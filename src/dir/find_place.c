#include "dir/find_place.h"

#include "base/arena.h"
#include "dir/find_choice.h"
#include "dir/index_name.h"
#include "dir/vocabulary.h"
#include "record/schema.h"

/* Entries that are cheaper to ask than to gather what begins with a letter. */
enum { FEW = 256, FEW_CHOICES = 16 };

/* Beside a whole word a letter is one, wherever it stands. */
static bool
is_initial(const struct wanted *wanted, const struct token *token)
{
	return find_is_letter(token->text) && (token->dotted ||
	    (wanted->words.words > 1 && !wanted_has_only_letters(wanted)));
}

struct word
find_place_word(const struct wanted *wanted, const struct token *token,
    const struct manner *manner)
{
	const struct token_list *words = &wanted->words;
	bool is_first = manner->first_only ||
	    (words->has_comma && !token->before_comma);
	bool is_last = words->has_comma && !is_first;
	struct word word = { .number = token->word, .form = TERM_WORD };

	if (is_first || is_last)
		word.form = is_first ? TERM_FIRST : TERM_LAST;
	if (token->word + 1 == words->words)
		word.reach = wanted->reach;
	if (!find_is_letter(token->text)) {
		if (manner->beginnings)
			word.reach = POSTINGS_ANY_MORE;
	} else if (is_first || (!is_last && is_initial(wanted, token))) {
		word.form = TERM_FIRST;
		word.reach = POSTINGS_ANY_MORE;
	}
	return word;
}

/* A word that goes on, looked for in the entries themselves. */
struct beginning {
	const struct find *find;
	enum term_form form;
	struct span text;
	struct wanted name; /* of the entry in hand */
};

static bool
name_has_beginning(void *context, const struct wanted *name)
{
	const struct beginning *beginning = context;
	const struct token_list *words = &name->words;
	bool is_last[TOKENS_MAX];

	index_mark_last(words, is_last);
	for (unsigned i = 0; i < words->count; i++) {
		enum term_form form = is_last[i] ? TERM_LAST : TERM_FIRST;

		if ((beginning->form == TERM_WORD ||
		    beginning->form == form) &&
		    span_starts_with(words->tokens[i].text, beginning->text))
			return true;
	}
	return false;
}

/* Other names have words, but neither first nor last ones. */
static bool
entry_has_beginning(void *context, uint32_t id)
{
	struct beginning *beginning = context;
	const struct attribute *attribute;
	struct find_names names;
	struct span name;

	if (!find_names_begin(&names, beginning->find, id))
		return false;
	while ((attribute = find_names_next(&names, &name)) != NULL)
		if ((beginning->form == TERM_WORD ||
		    attribute->index == INDEX_NAME) &&
		    find_any_spelling(name, &beginning->name,
			name_has_beginning, beginning))
			return true;
	return false;
}

static struct postings *
keep_beginning(struct find *find, struct postings *set,
    const struct placed *placed)
{
	struct beginning *beginning = arena_alloc(find->scope.arena,
	    sizeof *beginning);

	if (beginning == NULL || !arena_copy(find->scope.arena,
	    placed->token->text, &beginning->text)) {
		find->scope.full = true;
		return NULL;
	}
	beginning->find = find;
	beginning->form = placed->word.form;
	return postings_keep(&find->scope, set, entry_has_beginning,
	    beginning);
}

/* What is likely to be rare: whole words, then the longer beginnings. */
static bool
is_rarer(const struct placed *a, const struct placed *b)
{
	if (a->word.reach == 0 || b->word.reach == 0)
		return a->word.reach < b->word.reach;
	return a->token->text.length > b->token->text.length;
}

static unsigned
place_words(const struct wanted *wanted, const struct manner *manner,
    struct placed list[TOKENS_MAX])
{
	unsigned count = 0;

	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];
		struct placed placed = { .token = token };
		unsigned at = count;

		if (token->form == TOKEN_PART)
			continue;
		placed.word = find_place_word(wanted, token, manner);
		placed.letter_is_word = find_is_letter(token->text) &&
		    !wanted->words.has_comma && !manner->first_only;
		for (; at > 0 && is_rarer(&placed, &list[at - 1]); at--)
			list[at] = list[at - 1];
		list[at] = placed;
		count++;
	}
	return count;
}

/*
 * Thousands of terms may begin as a word does.  Where few entries are left,
 * they are asked instead.
 */
static bool
is_asked_of_entries(const struct find *find, const struct postings *set,
    const struct placed *placed)
{
	const struct term term = find_make_term(find_name_attribute(find),
	    placed->word.form, placed->token->text);

	return placed->word.reach == POSTINGS_ANY_MORE &&
	    placed->token->form == TOKEN_PLAIN &&
	    postings_length(set) <= FEW &&
	    !find_is_one_list(find, &term, placed->word.reach);
}

/* Words of the vocabulary, put together as terms of the name. */
struct joining {
	const struct find *find;
	struct postings_union *many;
	enum term_form form;
};

static bool
join_word(void *context, struct span text)
{
	const struct joining *joining = context;

	return find_add_word(joining->find, joining->many, joining->form,
	    text);
}

/* The word ends so, or this is a part of it. */
static struct postings *
find_by_piece(struct find *find, enum query_match match,
    const struct placed *placed)
{
	struct joining joining = { find, postings_union_begin(&find->scope),
		placed->word.form };

	if (match == QUERY_ENDS)
		vocabulary_ending(&find->scope, placed->token->text,
		    join_word, &joining);
	else
		vocabulary_having(&find->scope, placed->token->text,
		    join_word, &joining);
	return postings_union_end(joining.many);
}

/* A few lists stay what they are: beside a rare word they are but sought in. */
static struct postings *
find_few(struct find *find, const struct choices *choices,
    enum term_form form, unsigned count)
{
	struct postings *ways[FEW_CHOICES];

	for (unsigned i = 0; i < count; i++) {
		const struct term term = find_make_term(
		    find_name_attribute(find), form, choices->list[i].text);

		ways[i] = find_term(find, &term, 0);
	}
	return postings_any(&find->scope, ways, count);
}

static struct postings *
find_choice(struct find *find, const struct choices *choices,
    const struct manner *manner, const struct placed *placed)
{
	unsigned count = choices_within(choices, manner->cost);
	struct joining joining = { find, NULL, placed->word.form };

	if (count <= FEW_CHOICES)
		return find_few(find, choices, placed->word.form, count);
	joining.many = postings_union_begin(&find->scope);
	for (unsigned i = 0; i < count &&
	    join_word(&joining, choices->list[i].text); i++)
		;
	return postings_union_end(joining.many);
}

static struct postings *
find_letter(struct find *find, const struct wanted *wanted,
    const struct placed *placed)
{
	const struct word whole = { placed->word.number, TERM_WORD, 0 };
	const struct attribute *name = find_name_attribute(find);
	struct postings *ways[2] = {
		find_word(find, name, wanted, &placed->word),
		find_word(find, name, wanted, &whole),
	};

	return postings_any(&find->scope, ways, 2);
}

static bool
is_piece(const struct wanted *wanted, const struct token *token)
{
	return (wanted->match == QUERY_ENDS || wanted->match == QUERY_WITHIN) &&
	    token->word + 1 == wanted->words.words;
}

struct postings *
find_placed(struct find *find, const struct wanted *wanted,
    const struct manner *manner, const struct placed *placed)
{
	const struct choices *choices = manner->choices == NULL ? NULL :
	    name_choices_find(manner->choices, placed->token->word);

	if (is_piece(wanted, placed->token))
		return find_by_piece(find, wanted->match, placed);
	if (choices != NULL)
		return find_choice(find, choices, manner, placed);
	if (placed->letter_is_word)
		return find_letter(find, wanted, placed);
	return find_word(find, find_name_attribute(find), wanted,
	    &placed->word);
}

struct postings *
find_in_manner(struct find *find, const struct wanted *wanted,
    const struct manner *manner)
{
	struct placed placed[TOKENS_MAX];
	unsigned count = place_words(wanted, manner, placed);
	struct postings *sets[2] = { NULL, NULL };

	for (unsigned i = 0; i < count; i++) {
		if (i > 0 && is_asked_of_entries(find, sets[0], &placed[i])) {
			sets[0] = keep_beginning(find, sets[0], &placed[i]);
		} else {
			sets[i > 0] = find_placed(find, wanted, manner,
			    &placed[i]);
			sets[0] = postings_all(&find->scope, sets,
			    i > 0 ? 2 : 1);
		}
		if (sets[0] == NULL)
			return NULL;
	}
	return sets[0];
}
