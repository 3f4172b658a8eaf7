#include "dir/find_name.h"

#include "base/buf.h"
#include "dir/find_choice.h"
#include "dir/find_place.h"
#include "dir/index_name.h"

enum { RUN_WORDS_MAX = 8 }; /* longer names are not tried in other pieces */

static const struct manner as_given, as_first = { .first_only = true },
    as_beginnings = { .beginnings = true };

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
			sets[count++] = find_word(find,
			    find_name_attribute(find), wanted, &word);
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
		    find_place_word(wanted, token, &as_given).reach > 0)
			return true;
	}
	return false;
}

/* Words that stand side by side and one that is written for some. */

/* What is written as one may be so in the name, or be a run of it. */
static struct postings *
find_run(struct find *find, const struct wanted *wanted,
    const struct token *token, struct span text)
{
	const struct attribute *name = find_name_attribute(find);
	const struct word place = find_place_word(wanted, token, &as_given);
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
	struct postings *ways[RUN_WORDS_MAX];
	unsigned count = 0;

	if (wanted->words.words > RUN_WORDS_MAX)
		return NULL;
	ways[count++] = find_with_run(find, wanted, TOKENS_MAX);
	for (unsigned i = 0; i + 1 < wanted->words.words; i++)
		ways[count++] = find_with_run(find, wanted, i);
	return postings_any(&find->scope, ways, count);
}

struct postings *
find_beginnings(struct find *find, const struct wanted *wanted)
{
	return wanted_has_only_letters(wanted) ? NULL :
	    find_in_manner(find, wanted, &as_beginnings);
}
