#include "query/grammar.h"

#include "text/title.h"

#include <string.h>

/* The longer words are those of the NIC's server. */
const struct grammar_place grammar_places[] = {
	{ "name", '.', QUERY_NAME, true, "name Smith, John" },
	{ "first", 0, QUERY_FIRST, true, "first Kazuko" },
	{ "key", '!', QUERY_KEY, false, "key 481800" },
	{ "handle", 0, QUERY_KEY, false, "handle 481800" },
	{ "mail", 0, QUERY_MAIL, false, "mail smith@" },
	{ "mailbox", 0, QUERY_MAIL, false, "mailbox smith@" },
	{ "phone", 0, QUERY_PHONE, false, "phone 6026" },
	{ NULL, '*', QUERY_MEMBERS, false, "*Physics" },
	{ "expand", 0, QUERY_MEMBERS, false, "expand Physics" },
	{ NULL, 0, QUERY_ANYWHERE, false, NULL },
};

const struct grammar_match grammar_matches[] = {
	{ "begins", QUERY_PREFIX },
	{ "partial", QUERY_PREFIX },
	{ "exact", QUERY_WHOLE },
	{ "ends", QUERY_ENDS },
	{ "sounds", QUERY_ALIKE },
	{ "fuzzy", QUERY_ALIKE },
	{ NULL, QUERY_EXACT },
};

const struct grammar_form grammar_forms[] = {
	{ "full", QUERY_FORM_FULL },
	{ "sum", QUERY_FORM_SUMMARY },
	{ "summary", QUERY_FORM_SUMMARY },
	{ NULL, QUERY_FORM_AUTO },
};

const struct grammar_match *
grammar_find_match(struct span word)
{
	const struct grammar_match *match = grammar_matches;

	while (match->word != NULL && !span_is_nocase(word, match->word))
		match++;
	return match->word != NULL ? match : NULL;
}

/* Signs open other forms of a query when they come first. */
bool
grammar_is_address(struct span word)
{
	return word.length > 0 &&
	    memchr(word.data, '@', word.length) != NULL &&
	    memchr("?!.*", word.data[0], 4) == NULL;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (unsigned char)c >= 0x80;
}

static bool
is_attribute_char(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static bool
is_selector_sign(struct span rest)
{
	if (rest.length == 0)
		return false;
	if (rest.data[0] == ':')
		return rest.length == 1 ||
		    (rest.data[1] != '/' && rest.data[1] != ':');
	return rest.data[0] == '=' || rest.data[0] == '~';
}

/* Whether a selector stands at the start of `text`, which begins a word. */
static bool
take_selector(struct span text, struct span *attribute)
{
	*attribute = (struct span){ text.data, 0 };
	if (text.length == 0 || !is_letter(text.data[0]))
		return false;
	while (attribute->length < text.length &&
	    is_attribute_char(text.data[attribute->length]))
		attribute->length++;
	return is_selector_sign(span_skip(text, attribute->length));
}

bool
grammar_find_selector(struct span text, size_t from,
    struct grammar_selector *selector)
{
	for (size_t at = from; at < text.length; at++) {
		struct span attribute;

		if (at > 0 && text.data[at - 1] != ' ')
			continue;
		if (!take_selector(span_skip(text, at), &attribute))
			continue;
		selector->start = at;
		selector->value = at + attribute.length + 1;
		selector->attribute = attribute;
		selector->is_pattern = text.data[selector->value - 1] == '~';
		return true;
	}
	return false;
}

static bool
ends_with(struct span text, const char *end)
{
	size_t length = strlen(end);

	return text.length >= length &&
	    span_is(span_skip(text, text.length - length), end);
}

static bool
is_blank_or_asterisk(char c)
{
	return c == ' ' || c == '*';
}

bool
grammar_find_part(struct span text, struct span *part)
{
	const char *start = ends_with(text, "*") ?
	    memchr(text.data, '*', text.length) : NULL;

	if (start == NULL || (start > text.data && start[-1] != ' '))
		return false;
	*part = span_skip(text, (size_t)(start + 1 - text.data));
	if (part->length < 2)
		return false;
	part->length--;
	return !is_blank_or_asterisk(part->data[0]) &&
	    !is_blank_or_asterisk(part->data[part->length - 1]);
}

static bool
is_title(struct span word)
{
	char memory[TITLE_BYTES_MAX];

	if (word.length > sizeof memory)
		return false;
	for (size_t i = 0; i < word.length; i++)
		memory[i] = word.data[i] >= 'A' && word.data[i] <= 'Z' ?
		    (char)(word.data[i] - 'A' + 'a') : word.data[i];
	return title_is((struct span){ memory, word.length });
}

/*
 * Whether the word before the last byte, a full stop, is an initial or a title:
 * then the stop does not make it a prefix.
 */
static bool
is_abbreviation(struct span text)
{
	struct span word = { text.data + text.length - 1, 0 };
	size_t characters = 0;

	while (word.length < text.length - 1 &&
	    is_attribute_char(word.data[-1])) {
		word.data--;
		word.length++;
		if ((word.data[0] & 0xC0) != 0x80)
			characters++;
	}
	return characters < 2 || is_title(word);
}

/* Whether there were any. */
static bool
drop_prefix_marks(struct span *text)
{
	size_t before = text->length;

	for (;;) {
		if (ends_with(*text, ".."))
			while (ends_with(*text, "."))
				text->length--;
		else if (ends_with(*text, "\xe2\x80\xa6"))
			text->length -= 3;
		else if (ends_with(*text, "*") ||
		    (ends_with(*text, ".") && !is_abbreviation(*text)))
			text->length--;
		else if (ends_with(*text, " ") && text->length < before)
			text->length--;
		else
			return text->length < before;
	}
}

/* How many there were.  One that stands by itself is punctuation. */
static unsigned
drop_question_marks(struct span *text)
{
	struct span stem = *text;
	unsigned count = 0;

	for (; ends_with(stem, "?"); count++)
		stem.length--;
	if (ends_with(stem, " "))
		return 0;
	*text = stem;
	return count;
}

enum query_match
grammar_take_marks(struct span *text, unsigned *more)
{
	char last = text->length > 0 ? text->data[text->length - 1] : ' ';

	*more = 0;
	/* what ends in a letter or a digit, as nearly all does, has none */
	if ((unsigned char)last < 0x80 && is_attribute_char(last))
		return QUERY_EXACT;
	if (drop_prefix_marks(text))
		return QUERY_PREFIX;
	*more = drop_question_marks(text);
	return *more > 0 ? QUERY_MORE : QUERY_EXACT;
}
