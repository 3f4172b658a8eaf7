#include "dir/find_name.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/find.h"
#include "dir/find_choice.h"
#include "dir/index.h"
#include "dir/vocabulary.h"
#include "record/record.h"
#include "record/schema.h"
#include "text/title.h"
#include "text/utf8.h"

/* Entries that are cheaper to ask than to gather what begins with a letter. */
enum { FEW = 256, FEW_CHOICES = 16 };

/* How the words asked for may differ from those that are there. */
struct manner {
	bool first_only; /* all are first names */
	bool beginnings; /* every word may go on */
	const struct name_choices *choices; /* NULL: no word is another */
	unsigned cost;   /* of one choice at most */
};

static const struct manner as_given, as_first = { .first_only = true },
    as_beginnings = { .beginnings = true };

static bool
has_only_letters(const struct wanted *wanted)
{
	for (unsigned i = 0; i < wanted->words.count; i++)
		if (!find_is_letter(wanted->words.tokens[i].text))
			return false;
	return true;
}

/* Beside a whole word a letter is one, wherever it stands. */
static bool
is_initial(const struct wanted *wanted, const struct token *token)
{
	return find_is_letter(token->text) && (token->dotted ||
	    (wanted->words.words > 1 && !has_only_letters(wanted)));
}

/* Which part of a name a word is looked for in. */
static struct word
place_word(const struct wanted *wanted, const struct token *token,
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
name_has_beginning(struct beginning *beginning, struct span name)
{
	const struct token_list *words = &beginning->name.words;
	bool is_last[TOKENS_MAX];

	wanted_init(&beginning->name, name, 0);
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
	const struct schema *schema = beginning->find->schema;
	struct record_field field;
	struct span record;

	if (!find_fetch(beginning->find, id, &record))
		return false;
	while (record_next(&record, &field)) {
		const struct attribute *attribute =
		    &schema->attributes[field.attribute];

		if (find_is_name(attribute) && (beginning->form == TERM_WORD ||
		    attribute->index == INDEX_NAME) &&
		    name_has_beginning(beginning, field.value))
			return true;
	}
	return false;
}

/* A word of the name, and where in it. */
struct placed {
	struct word word;
	const struct token *token;
	bool letter_is_word; /* it may be a whole name, "Sandra O", as well */
};

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
		placed.word = place_word(wanted, token, manner);
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
	const struct term term = find_make_term(
	    find_name_attribute(joining->find), joining->form, text);
	char memory[TERM_KEY_MAX];
	struct buf key;

	buf_init(&key, memory, sizeof memory);
	key_add_term(&key, &term);
	return postings_union_add(joining->many, buf_span(&key));
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

/* A few lists stay what they are: beside a rare word they are only sought in. */
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

static struct postings *
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

static struct postings *
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

struct postings *
find_name(struct find *find, const struct wanted *wanted)
{
	return find_in_manner(find, wanted, &as_given);
}

struct postings *
find_name_choosing(struct find *find, const struct name_choices *choices,
    unsigned cost, bool first_only)
{
	const struct manner manner = { .first_only = first_only,
		.choices = choices, .cost = cost };

	return find_in_manner(find, choices->wanted, &manner);
}

struct postings *
find_first(struct find *find, const struct wanted *wanted)
{
	return find_in_manner(find, wanted, &as_first);
}

/* The weaker ways. */

static struct postings *
find_any_word(struct find *find, const struct wanted *wanted,
    enum term_form form)
{
	struct postings *sets[TOKENS_MAX];
	unsigned count = 0;

	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];
		const struct word word = { token->word, form, 0 };

		if (token->form != TOKEN_PART && !find_is_letter(token->text))
			sets[count++] = find_word(find, find_name_attribute(find),
			    wanted, &word);
	}
	return postings_any(&find->scope, sets, count);
}

struct postings *
find_one_word(struct find *find, const struct wanted *wanted)
{
	return wanted->words.words < 2 ? NULL :
	    find_any_word(find, wanted, TERM_WORD);
}

struct postings *
find_one_last_name(struct find *find, const struct wanted *wanted)
{
	return wanted->words.words < 2 ? NULL :
	    find_any_word(find, wanted, TERM_LAST);
}

bool
find_has_initial(const struct wanted *wanted)
{
	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];

		if (token->form != TOKEN_PART &&
		    place_word(wanted, token, &as_given).reach > 0)
			return true;
	}
	return false;
}

/* People to prefer. */

/* The last word that is no title; NULL: a comma says which the last name is. */
static const struct token *
last_word(const struct wanted *wanted)
{
	const struct token_list *words = &wanted->words;
	const struct token *last = NULL;

	for (unsigned i = 0; i < words->count && !words->has_comma; i++)
		if (words->tokens[i].form != TOKEN_PART &&
		    !title_is(words->tokens[i].text))
			last = &words->tokens[i];
	return last;
}

struct postings *
find_last_name(struct find *find, const struct wanted *wanted)
{
	const struct token *last = last_word(wanted);
	struct placed placed = { .token = last };

	if (last == NULL)
		return NULL;
	placed.word = (struct word){ last->word, TERM_LAST, wanted->reach };
	return find_placed(find, wanted, &as_given, &placed);
}

struct postings *
find_last_beginning(struct find *find, const struct wanted *wanted)
{
	const struct token *last = last_word(wanted);
	struct placed placed = { .token = last };

	if (last == NULL)
		return NULL;
	placed.word = (struct word){ last->word, TERM_LAST,
		POSTINGS_ANY_MORE };
	return find_placed(find, wanted, &as_given, &placed);
}

struct postings *
find_accented(struct find *find, struct span text)
{
	struct postings *sets[TOKENS_MAX];
	struct token_list accented, plain;
	char memory[2][WANTED_BYTES_MAX];
	unsigned count = 0;
	struct buf folded;

	if (utf8_is_ascii(text))
		return NULL;
	buf_init(&folded, memory[0], sizeof memory[0]);
	fold_add(&folded, text);
	token_split(&plain, buf_span(&folded));
	buf_init(&folded, memory[1], sizeof memory[1]);
	fold_add_accented(&folded, text);
	token_split(&accented, buf_span(&folded));
	for (unsigned i = 0; i < accented.count; i++) {
		const struct term term = find_make_term(
		    find_name_attribute(find), TERM_ACCENTED,
		    accented.tokens[i].text);

		if (!token_list_has(&plain, term.text))
			sets[count++] = find_term(find, &term, 0);
	}
	return postings_all(&find->scope, sets, count);
}

/* Words that stand side by side, written as one, or one that stands for some. */

/* What is written as one may be so in the name, or be a run of it. */
static struct postings *
find_run(struct find *find, const struct wanted *wanted,
    const struct token *token, struct span text)
{
	const struct attribute *name = find_name_attribute(find);
	const struct word place = place_word(wanted, token, &as_given);
	const struct term run = find_make_term(name, TERM_RUN, text),
	    word = find_make_term(name, place.form, text);
	struct postings *ways[2] = { find_term(find, &run, 0),
		find_term(find, &word, place.reach) };

	return postings_any(&find->scope, ways, 2);
}

/* All words, `first` and the next of them as one; TOKENS_MAX: none. */
static struct postings *
find_with_run(struct find *find, const struct wanted *wanted, unsigned first)
{
	struct postings *sets[TOKENS_MAX];
	unsigned count = 0, next = 0;

	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];
		unsigned last = token->word == first ? first + 1 : token->word;
		char memory[2 * TOKEN_BYTES_MAX];
		struct buf run;

		if (token->form == TOKEN_PART || token->word < next)
			continue;
		buf_init(&run, memory, sizeof memory);
		if (!index_add_run(&run, &wanted->words, token->word, last))
			return NULL;
		sets[count] = find_run(find, wanted, token, buf_span(&run));
		if (sets[count++] == NULL)
			return NULL;
		next = last + 1;
	}
	return postings_all(&find->scope, sets, count);
}

struct postings *
find_name_or_runs(struct find *find, const struct wanted *wanted)
{
	struct postings *ways[2] = { find_name(find, wanted), NULL };

	if (wanted->reach == 0 && wanted->match == QUERY_EXACT)
		ways[1] = find_runs(find, wanted);
	return postings_any(&find->scope, ways, 2);
}

struct postings *
find_runs(struct find *find, const struct wanted *wanted)
{
	struct postings *ways[TOKENS_MAX];
	unsigned count = 0;

	ways[count++] = find_with_run(find, wanted, TOKENS_MAX);
	for (unsigned i = 0; i + 1 < wanted->words.words; i++)
		ways[count++] = find_with_run(find, wanted, i);
	return postings_any(&find->scope, ways, count);
}

struct postings *
find_beginnings(struct find *find, const struct wanted *wanted)
{
	return has_only_letters(wanted) ? NULL :
	    find_in_manner(find, wanted, &as_beginnings);
}
