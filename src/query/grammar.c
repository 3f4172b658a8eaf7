#include "query/grammar.h"

#include <string.h>

const struct grammar_verb grammar_verbs[] = {
	{ "name", '.', QUERY_NAME, "name Smith, John" },
	{ "key", '!', QUERY_KEY, "key 481800" },
	{ NULL, '*', QUERY_MEMBERS, "*Physics" },
	{ NULL, 0, QUERY_ANYWHERE, NULL },
};

const struct grammar_form grammar_forms[] = {
	{ "full", QUERY_FORM_FULL },
	{ "sum", QUERY_FORM_SUMMARY },
	{ NULL, QUERY_FORM_AUTO },
};

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
	return rest.data[0] == '=';
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

/*
 * Whether the word before the last byte, a full stop, has one character: then
 * the stop makes it an initial and not a prefix.
 */
static bool
is_initial(struct span text)
{
	size_t at = text.length - 1, characters = 0;

	while (at > 0 && is_attribute_char(text.data[at - 1])) {
		at--;
		if ((text.data[at] & 0xC0) != 0x80)
			characters++;
	}
	return characters < 2;
}

bool
grammar_drop_marks(struct span *text)
{
	size_t before = text->length;

	for (;;) {
		if (ends_with(*text, ".."))
			while (ends_with(*text, "."))
				text->length--;
		else if (ends_with(*text, "\xe2\x80\xa6"))
			text->length -= 3;
		else if (ends_with(*text, "*") ||
		    (ends_with(*text, ".") && !is_initial(*text)))
			text->length--;
		else if (ends_with(*text, " ") && text->length < before)
			text->length--;
		else
			return text->length < before;
	}
}
