#include "bench/ph_wording.h"

#include "base/buf.h"

#include <string.h>

static bool
is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* All that a word may be made of and need no quotes. */
static bool
is_word(struct span text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!is_letter_or_digit(text.data[i]) &&
		    strchr(".-_@'", text.data[i]) == NULL)
			return false;
	return memchr(text.data, '\0', text.length) == NULL;
}

/* Nothing in it means more than itself between quotes. */
static bool
is_quotable(struct span text)
{
	for (size_t i = 0; i < text.length; i++)
		if ((unsigned char)text.data[i] < ' ' ||
		    strchr("\"\\*?+[]\177", text.data[i]) != NULL)
			return false;
	return true;
}

static bool
add_value(struct span field, struct span value, const char *tail,
    struct buf *out)
{
	const char *quote = is_word(value) ? "" : "\"";

	buf_add(out, field);
	buf_add_format(out, "=%s", quote);
	buf_add(out, value);
	buf_add_format(out, "%s%s", tail, quote);
	return is_quotable(value);
}

/* The words by themselves, as people say them. */
static bool
add_words(struct span value, struct buf *out)
{
	struct span word = span_next_word(&value);
	bool are_words = true;

	for (; word.length > 0; word = span_next_word(&value)) {
		are_words &= is_word(word) && !span_is_nocase(word, "return");
		buf_add_string(out, " ");
		buf_add(out, word);
	}
	return are_words;
}

bool
ph_wording_knows(enum mix_kind kind)
{
	return kind != MIX_SOUNDS;
}

bool
ph_wording_add(enum mix_kind kind, struct span field, struct span value,
    struct buf *out)
{
	const char *tail = kind == MIX_PREFIX &&
	    span_cut_suffix(&value, "*") ? "*" : "";

	buf_add_string(out, "query");
	if (kind == MIX_SPOKEN)
		return add_words(value, out);
	buf_add_char(out, ' ');
	return add_value(field, value, tail, out);
}
