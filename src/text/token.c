#include "text/token.h"

#include "text/utf8.h"

#include <utf8proc.h>

static bool
is_alphanumeric(unsigned char c)
{
	return (unsigned)((c | 0x20) - 'a') <= 'z' - 'a' ||
	    (unsigned)(c - '0') <= 9;
}

/* How many letters and digits of ASCII there are at the start. */
static size_t
plain_length(struct span text)
{
	size_t length = 0;

	while (length < text.length &&
	    is_alphanumeric((unsigned char)text.data[length]))
		length++;
	return length;
}

/*
 * Letters, digits and marks of every script make words, and so does what this
 * version of Unicode does not know: it may be a letter of the next.
 */
static bool
is_word_category(utf8proc_category_t category)
{
	return category < UTF8PROC_CATEGORY_PC ||
	    category == UTF8PROC_CATEGORY_CF ||
	    category == UTF8PROC_CATEGORY_CO;
}

size_t
token_char_length(struct span text)
{
	unsigned char c = (unsigned char)text.data[0];
	uint32_t point;
	size_t length;

	if (c < 0x80)
		return is_alphanumeric(c) || token_is_joiner((char)c);
	point = utf8_decode(text, &length);
	return is_word_category(utf8proc_category((utf8proc_int32_t)point)) ?
	    length : 0;
}

/* What stood before the first comma is the last name. */
static void
note_comma(struct token_list *list)
{
	if (list->has_comma || list->count == 0)
		return;
	list->has_comma = true;
	for (unsigned i = 0; i < list->count; i++)
		list->tokens[i].before_comma = true;
}

static void
skip_separators(struct token_list *list, struct span *rest)
{
	while (rest->length > 0 && token_char_length(*rest) == 0) {
		size_t length;

		if (utf8_decode(*rest, &length) == ',')
			note_comma(list);
		*rest = span_skip(*rest, length);
	}
}

/* The next word, without hyphens and apostrophes at its ends. */
static struct span
take_word(struct span *rest)
{
	struct span word = { rest->data, 0 };
	size_t length;

	do {
		word.length += plain_length(span_skip(*rest, word.length));
		length = word.length < rest->length ?
		    token_char_length(span_skip(*rest, word.length)) : 0;
		word.length += length;
	} while (length > 0);
	*rest = span_skip(*rest, word.length);
	while (word.length > 0 && token_is_joiner(word.data[0]))
		word = span_skip(word, 1);
	while (word.length > 0 && token_is_joiner(word.data[word.length - 1]))
		word.length--;
	return word;
}

static void
add_token(struct token_list *list, struct span text, enum token_form form,
    bool dotted)
{
	if (list->count == TOKENS_MAX || text.length == 0)
		return;
	list->tokens[list->count++] = (struct token){
		.text = utf8_cut(text, TOKEN_BYTES_MAX),
		.form = form,
		.word = list->words,
		.dotted = dotted,
	};
}

/*
 * The word without its joiners.  A byte more than a token may have is kept, so
 * that the cut sees whether it falls inside a character.
 */
static struct span
join(struct token_list *list, struct span word)
{
	char *start = list->joined + list->count * (TOKEN_BYTES_MAX + 1);
	size_t length = 0;

	for (size_t i = 0; i < word.length && length <= TOKEN_BYTES_MAX; i++)
		if (!token_is_joiner(word.data[i]))
			start[length++] = word.data[i];
	return (struct span){ start, length };
}

static bool
has_joiner(struct span word)
{
	for (size_t i = 0; i < word.length; i++)
		if (token_is_joiner(word.data[i]))
			return true;
	return false;
}

static void
add_word(struct token_list *list, struct span word, bool dotted)
{
	if (!has_joiner(word)) {
		add_token(list, word, TOKEN_PLAIN, dotted);
	} else {
		add_token(list, join(list, word), TOKEN_JOINED, dotted);
		while (word.length > 0) {
			struct span part = { word.data, 0 };

			while (part.length < word.length &&
			    !token_is_joiner(word.data[part.length]))
				part.length++;
			add_token(list, part, TOKEN_PART, dotted);
			word = span_skip(word, part.length + 1);
		}
	}
	list->words++;
}

void
token_split(struct token_list *list, struct span folded)
{
	list->count = list->words = 0;
	list->has_comma = false;
	skip_separators(list, &folded);
	while (folded.length > 0 && list->count < TOKENS_MAX) {
		struct span word = take_word(&folded);
		bool dotted = folded.length > 0 && folded.data[0] == '.';

		if (word.length > 0)
			add_word(list, word, dotted);
		skip_separators(list, &folded);
	}
}

bool
token_list_has(const struct token_list *list, struct span text)
{
	for (unsigned i = 0; i < list->count; i++)
		if (span_equal(list->tokens[i].text, text))
			return true;
	return false;
}
