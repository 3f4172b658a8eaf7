#include "text/pattern.h"

#include "base/buf.h"
#include "text/token.h"
#include "text/utf8.h"

#include <stdint.h>
#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the set at the start, which begins with its bracket; 0: none. */
static size_t
set_length(struct span rest)
{
	size_t at = 1, members = 0;

	while (at < rest.length && rest.data[at] != ']') {
		size_t length = token_char_length(span_skip(rest, at));

		if (length == 0 || rest.data[at] == '\'')
			return 0;
		members += rest.data[at] != '-';
		at += length;
	}
	return at < rest.length && members > 0 ? at + 1 : 0;
}

/* Bytes of the wildcard at the start; 0: there is none. */
static size_t
wildcard_length(struct span rest)
{
	if (rest.length == 0)
		return 0;
	switch (rest.data[0]) {
	case '*':
	case '+':
	case '?':
		return 1;
	case '[':
		return set_length(rest);
	default:
		return 0;
	}
}

struct span
pattern_literal(struct span pattern)
{
	struct span literal = { pattern.data, 0 };

	while (literal.length < pattern.length &&
	    wildcard_length(span_skip(pattern, literal.length)) == 0)
		literal.length++;
	return literal;
}

/* Cutting. */

/* Bytes of the wildcard, or character of a word, at the start; 0: neither. */
static size_t
unit_length(struct span rest)
{
	size_t length = wildcard_length(rest);

	return length > 0 || rest.length == 0 ? length :
	    token_char_length(rest);
}

static bool
is_plus_sign(struct span rest)
{
	return rest.length > 1 && rest.data[0] == '+' && is_digit(rest.data[1]);
}

static void
skip_separators(struct span *rest)
{
	while (rest->length > 0 &&
	    (unit_length(*rest) == 0 || is_plus_sign(*rest)))
		*rest = span_skip(*rest, 1);
}

/* The next word, without hyphens and apostrophes at its ends. */
static struct span
take_word(struct span *rest)
{
	struct span word = { rest->data, 0 };
	size_t length;

	while ((length = unit_length(span_skip(*rest, word.length))) > 0)
		word.length += length;
	*rest = span_skip(*rest, word.length);
	while (word.length > 0 && token_is_joiner(word.data[0]))
		word = span_skip(word, 1);
	while (word.length > 0 && token_is_joiner(word.data[word.length - 1]))
		word.length--;
	return word;
}

/* Up to the next joiner, which a hyphen inside a set is not. */
static struct span
take_part(struct span *rest)
{
	struct span part = { rest->data, 0 };

	while (part.length < rest->length &&
	    !token_is_joiner(rest->data[part.length]))
		part.length += unit_length(span_skip(*rest, part.length));
	*rest = span_skip(*rest, part.length + 1);
	return part;
}

/* What has no wildcard is cut as long words are.  False: there is no room. */
static bool
add_word(struct pattern *pattern, struct span text)
{
	bool has_wildcard = pattern_literal(text).length < text.length;

	if (pattern->count == PATTERN_WORDS_MAX ||
	    (has_wildcard && text.length > PATTERN_BYTES_MAX))
		return false;
	pattern->words[pattern->count++] = (struct pattern_word){
		.text = has_wildcard ? text : utf8_cut(text, TOKEN_BYTES_MAX),
		.has_wildcard = has_wildcard,
	};
	return true;
}

static struct span
join(struct buf *joined, struct span word)
{
	struct span rest = word;
	size_t start = joined->length;

	if (take_part(&rest).length == word.length)
		return word;
	while (word.length > 0)
		buf_add(joined, take_part(&word));
	return span_skip(buf_span(joined), start);
}

bool
pattern_split(struct pattern *pattern, struct span folded, struct buf *joined)
{
	pattern->count = 0;
	skip_separators(&folded);
	while (folded.length > 0) {
		struct span word = take_word(&folded);

		if (word.length > 0 &&
		    !add_word(pattern, join(joined, word)))
			return false;
		skip_separators(&folded);
	}
	return true;
}

/* Matching. */

static uint32_t
take_char(struct span *text)
{
	size_t length;
	uint32_t point = utf8_decode(*text, &length);

	*text = span_skip(*text, length);
	return point;
}

/* A hyphen, and what is the last of a range behind it. */
static bool
begins_with_range_end(struct span rest)
{
	return rest.length > 1 && rest.data[0] == '-' && rest.data[1] != '-';
}

/* `members` is what stands between the brackets. */
static bool
set_has(struct span members, uint32_t point)
{
	while (members.length > 0) {
		uint32_t first = take_char(&members), last = first;

		if (first == '-')
			continue;
		if (begins_with_range_end(members)) {
			members = span_skip(members, 1);
			last = take_char(&members);
		}
		if (point >= first && point <= last)
			return true;
	}
	return false;
}

/*
 * Take one character of the text, and what stands for it.  Letters are compared
 * by their bytes: where those of one are equal they are equal to its end.
 */
static bool
take_same(struct span *pattern, struct span *text)
{
	size_t length = wildcard_length(*pattern);
	const char *start = pattern->data;

	if (pattern->length == 0 || text->length == 0)
		return false;
	*pattern = span_skip(*pattern, length > 0 ? length : 1);
	if (length > 1)
		return set_has((struct span){ start + 1, length - 2 },
		    take_char(text));
	if (length == 1) {
		take_char(text);
		return true;
	}
	if (*start != *text->data)
		return false;
	*text = span_skip(*text, 1);
	return true;
}

/* What a wildcard for any characters has behind it, there and in the text. */
struct resume {
	bool is_set;
	struct span pattern, text;
};

/* False: the text is used up. */
static bool
take_run(struct span *pattern, struct span *text, struct resume *resume)
{
	bool takes_one = pattern->data[0] == '+';

	*pattern = span_skip(*pattern, 1);
	if (takes_one && text->length == 0)
		return false;
	if (takes_one)
		take_char(text);
	*resume = (struct resume){ true, *pattern, *text };
	return true;
}

static bool
is_run(struct span pattern)
{
	return pattern.length > 0 &&
	    (pattern.data[0] == '*' || pattern.data[0] == '+');
}

/*
 * Only the last run is ever tried with more characters: whatever an earlier one
 * could take as well, the later ones find no more behind it.
 */
bool
pattern_matches(struct span pattern, struct span text)
{
	struct resume resume = { .is_set = false };

	for (;;) {
		if (is_run(pattern)) {
			if (!take_run(&pattern, &text, &resume))
				return false;
			continue;
		}
		if (pattern.length == 0 && text.length == 0)
			return true;
		if (take_same(&pattern, &text))
			continue;
		if (!resume.is_set || resume.text.length == 0)
			return false;
		take_char(&resume.text);
		pattern = resume.pattern;
		text = resume.text;
	}
}
