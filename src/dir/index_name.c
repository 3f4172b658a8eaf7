#include "dir/index_name.h"

#include "base/buf.h"
#include "text/title.h"
#include "text/utf8.h"

static bool
is_number(struct span word)
{
	for (size_t i = 0; i < word.length; i++)
		if (word.data[i] < '0' || word.data[i] > '9')
			return false;
	return true;
}

void
index_mark_last(const struct token_list *words, bool *is_last)
{
	unsigned last = 0;

	for (unsigned i = 0; i < words->count; i++) {
		const struct token *token = &words->tokens[i];

		if (token->form != TOKEN_PART && !is_number(token->text) &&
		    !title_is(token->text))
			last = token->word;
	}
	for (unsigned i = 0; i < words->count; i++)
		is_last[i] = words->has_comma ?
		    words->tokens[i].before_comma :
		    words->tokens[i].word == last;
}

unsigned
index_whole_differences(const struct token_list *words)
{
	unsigned differences = 0;

	for (unsigned i = 0; i < words->count; i++) {
		const struct token *token = &words->tokens[i];

		if (token->form == TOKEN_PART)
			differences |= INDEX_WHOLE_PARTS;
		if (title_is(token->text))
			differences |= INDEX_WHOLE_BARE;
		if (token->before_comma && token->word > 0)
			differences |= INDEX_WHOLE_RUN;
	}
	return differences;
}

unsigned
index_list_whole(const struct token_list *words, unsigned whole,
    struct span *list, char memory[INDEX_RUN_MAX])
{
	enum token_form left_out = whole & INDEX_WHOLE_PARTS ?
	    TOKEN_JOINED : TOKEN_PART;
	unsigned count = 0;
	struct buf run;

	buf_init(&run, memory, INDEX_RUN_MAX);
	for (unsigned i = 0; i < words->count; i++) {
		const struct token *token = &words->tokens[i];

		if (token->form == left_out ||
		    (whole & INDEX_WHOLE_BARE && title_is(token->text)))
			continue;
		if (whole & INDEX_WHOLE_RUN && token->before_comma)
			buf_add(&run, token->text);
		else
			list[count++] = token->text;
	}
	if (run.length > 0)
		list[count++] = buf_span(&run);
	return count;
}

void
index_add_whole(struct buf *out, struct span *words, unsigned count)
{
	for (unsigned i = 1; i < count; i++) {
		struct span word = words[i];
		unsigned at = i;

		for (; at > 0 && span_compare(words[at - 1], word) > 0; at--)
			words[at] = words[at - 1];
		words[at] = word;
	}
	for (unsigned i = 0; i < count; i++) {
		if (i > 0)
			buf_add_char(out, ' ');
		buf_add(out, words[i]);
	}
}

unsigned
index_add_last(struct buf *out, const struct token_list *words)
{
	unsigned count = 0;

	for (unsigned i = 0; i < words->count; i++) {
		const struct token *token = &words->tokens[i];

		if (!token->before_comma || token->form == TOKEN_PART)
			continue;
		buf_add(out, token->text);
		count++;
	}
	return count;
}

/* Ideographs: each is a word by itself, and nothing parts them. */
static bool
is_ideograph(const struct token *token)
{
	size_t length;

	return utf8_decode(token->text, &length) >= 0x2e80;
}

static bool
is_in_run(const struct token *token)
{
	return is_ideograph(token) ||
	    (utf8_count(token->text) > 1 && !title_is(token->text));
}

/* A comma parts them, but not a name in ideographs: its order is fixed. */
static bool
is_next_in_run(const struct token *before, const struct token *token)
{
	return is_in_run(token) && (before == NULL ||
	    before->before_comma == token->before_comma ||
	    (is_ideograph(before) && is_ideograph(token)));
}

bool
index_add_run(struct buf *out, const struct token_list *words,
    unsigned first, unsigned last)
{
	const struct token *before = NULL;

	for (unsigned i = 0; i < words->count; i++) {
		const struct token *token = &words->tokens[i];

		if (token->form == TOKEN_PART || token->word < first ||
		    token->word > last)
			continue;
		if (first != last && !is_next_in_run(before, token))
			return false;
		buf_add(out, token->text);
		before = token;
	}
	return true;
}
