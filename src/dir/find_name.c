#include "dir/find_name.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/find.h"
#include "dir/index.h"
#include "dir/store.h"
#include "record/record.h"
#include "record/schema.h"
#include "text/fold.h"
#include "text/utf8.h"


/* Entries that are cheaper to ask than to gather what begins with a letter. */
enum { FEW = 256 };

/* How the words asked for may differ from those that are there. */
struct manner {
	bool first_only; /* all are first names */
	bool initials;   /* letters stand for first names */
	bool beginnings; /* every word may go on */
};

static const struct manner as_given, as_first = { .first_only = true },
    as_initials = { .initials = true },
    as_beginnings = { .initials = true, .beginnings = true };

static const struct attribute *
name_attribute(const struct find *find)
{
	return &find->schema->attributes[find->schema->name_id];
}

/* The first letter; an ideograph is a whole name and has none. */
static struct span
initial_of(struct span text)
{
	size_t length;

	if (utf8_decode(text, &length) >= 0x2e80)
		length = 0;
	return (struct span){ text.data, length };
}

static bool
is_letter(struct span text)
{
	return initial_of(text).length == text.length;
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
	if (!is_letter(token->text)) {
		if (manner->beginnings)
			word.reach = POSTINGS_ANY_MORE;
	} else if (is_first || token->dotted ||
	    (manner->initials && !is_last)) {
		word.form = TERM_FIRST;
		word.reach = POSTINGS_ANY_MORE;
	}
	return word;
}

static bool
fetch(const struct find *find, uint32_t id, struct span *record)
{
	return store_get_entry(find->scope.store, id, record) == STORE_FOUND &&
	    record_is_valid(find->schema, *record);
}

static bool
is_name(const struct attribute *attribute)
{
	return (attribute->index == INDEX_NAME ||
	    attribute->index == INDEX_ALIAS) && attribute_is_public(attribute);
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

	if (!fetch(beginning->find, id, &record))
		return false;
	while (record_next(&record, &field)) {
		const struct attribute *attribute =
		    &schema->attributes[field.attribute];

		if (is_name(attribute) && (beginning->form == TERM_WORD ||
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
is_asked_of_entries(const struct postings *set, const struct placed *placed)
{
	return placed->word.reach == POSTINGS_ANY_MORE &&
	    placed->token->form == TOKEN_PLAIN && postings_length(set) <= FEW;
}

static struct postings *
find_in_manner(struct find *find, const struct wanted *wanted,
    const struct manner *manner)
{
	struct placed placed[TOKENS_MAX];
	unsigned count = place_words(wanted, manner, placed);
	struct postings *sets[2] = { NULL, NULL };

	for (unsigned i = 0; i < count; i++) {
		if (i > 0 && is_asked_of_entries(sets[0], &placed[i])) {
			sets[0] = keep_beginning(find, sets[0], &placed[i]);
		} else {
			sets[i > 0] = find_word(find, name_attribute(find),
			    wanted, &placed[i].word);
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
find_first(struct find *find, const struct wanted *wanted)
{
	return find_in_manner(find, wanted, &as_first);
}

/* Whole names. */

static struct postings *
find_whole_as(struct find *find, const struct wanted *wanted, bool in_parts)
{
	char memory[TOKENS_MAX * (TOKEN_BYTES_MAX + 1)];
	struct buf whole;
	struct term term;

	buf_init(&whole, memory, sizeof memory);
	index_add_whole(&whole, &wanted->words, in_parts);
	term = find_make_term(name_attribute(find), TERM_WHOLE,
	    buf_span(&whole));
	return find_term(find, &term, 0);
}

static struct postings *
find_whole(struct find *find, const struct wanted *wanted)
{
	struct postings *ways[2] = { NULL, NULL };

	ways[0] = find_whole_as(find, wanted, false);
	if (index_has_parts(&wanted->words))
		ways[1] = find_whole_as(find, wanted, true);
	return postings_any(&find->scope, ways, 2);
}

static bool
has_initial(const struct wanted *wanted)
{
	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];

		if (token->form != TOKEN_PART &&
		    place_word(wanted, token, &as_given).reach > 0)
			return true;
	}
	return false;
}

/*
 * "smith, j" means John as well as somebody named just J.  The whole name does
 * not tell "John, Smith" from "Smith, John"; a comma does.
 */
struct postings *
find_full_name(struct find *find, const struct wanted *wanted)
{
	struct postings *sets[2];

	if (wanted->words.words < 2 || has_initial(wanted))
		return NULL;
	sets[0] = find_whole(find, wanted);
	if (!wanted->words.has_comma || sets[0] == NULL)
		return sets[0];
	sets[1] = find_name(find, wanted);
	return postings_all(&find->scope, sets, 2);
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

	if (!fetch(find, id, &record))
		return false;
	while (record_next(&record, &field)) {
		if (!is_name(&find->schema->attributes[field.attribute]))
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
	return postings_keep(&find->scope, find_whole(find, wanted),
	    entry_is_exact, ordered);
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

		if (token->form != TOKEN_PART && !is_letter(token->text))
			sets[count++] = find_word(find, name_attribute(find),
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
		if (!is_letter(words->tokens[i].text))
			last = words->tokens[i].word;
	return token->word != last;
}

/* "john smith" as "j smith", which may be all that is stored. */
static void
add_shortened(struct buf *out, const struct wanted *wanted)
{
	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];
		struct span initial = initial_of(token->text);
		bool shorten = initial.length > 0 &&
		    is_first_name(wanted, token);

		if (token->form == TOKEN_PART)
			continue;
		buf_add(out, shorten ? initial : token->text);
		buf_add_char(out, ' ');
	}
}

static struct postings *
find_shortened(struct find *find, const struct wanted *wanted)
{
	struct wanted *shortened = arena_alloc(find->scope.arena,
	    sizeof *shortened);
	char memory[TOKENS_MAX * (TOKEN_BYTES_MAX + 1)];
	struct buf text;

	if (shortened == NULL) {
		find->scope.full = true;
		return NULL;
	}
	buf_init(&text, memory, sizeof memory);
	add_shortened(&text, wanted);
	wanted_init(shortened, buf_span(&text), 0);
	return find_whole(find, shortened);
}

struct postings *
find_initials(struct find *find, const struct wanted *wanted)
{
	struct postings *sets[2] = { find_one_last_name(find, wanted), NULL };

	if (wanted->words.words < 2)
		return NULL;
	if (sets[0] != NULL)
		sets[1] = find_in_manner(find, wanted, &as_initials);
	sets[0] = postings_all(&find->scope, sets, 2);
	sets[1] = find_shortened(find, wanted);
	return postings_any(&find->scope, sets, 2);
}

static bool
has_only_letters(const struct wanted *wanted)
{
	for (unsigned i = 0; i < wanted->words.count; i++)
		if (!is_letter(wanted->words.tokens[i].text))
			return false;
	return true;
}

struct postings *
find_beginnings(struct find *find, const struct wanted *wanted)
{
	return has_only_letters(wanted) ? NULL :
	    find_in_manner(find, wanted, &as_beginnings);
}
