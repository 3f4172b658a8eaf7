#include "dir/find_prefer.h"

#include "base/buf.h"
#include "dir/find_place.h"
#include "text/title.h"
#include "text/utf8.h"

static const struct manner as_given;

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
