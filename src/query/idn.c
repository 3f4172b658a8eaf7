#include "query/idn.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/utf8.h"

#include <assert.h>
#include <idn2.h>
#include <string.h>

enum {
	LABEL_MAX = 255,
	GROWTH = 4, /* a byte of punycode gives at most one character */
};

static const struct span prefix = SPAN_LITERAL("xn--");

static bool
is_alphanumeric(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

static bool
has_prefix(struct span text)
{
	return text.length > prefix.length &&
	    span_equal_nocase((struct span){ text.data, prefix.length },
	    prefix);
}

/*
 * The label as libidn2 wants it: letters, digits and hyphens only.  Others
 * become x, which does not matter: punycode knows where characters go, not
 * what stands around them.  False: they stand in the code itself, behind the
 * last hyphen.
 */
static bool
copy_label(char copy[LABEL_MAX + 1], struct span label)
{
	bool in_code = true;

	copy[label.length] = '\0';
	for (size_t i = label.length; i-- > 0;) {
		char c = label.data[i];

		if (c == '-')
			in_code = false;
		else if (!is_alphanumeric(c) && in_code)
			return false;
		copy[i] = is_alphanumeric(c) || c == '-' ? c : 'x';
	}
	return true;
}

/*
 * Add what was decoded, with the ASCII characters of the label in their order
 * in place of those of the copy.  False: it is not text, or no punycode was
 * needed for it.
 */
static bool
add_decoded(struct buf *out, struct span decoded, struct span label)
{
	bool needed = false;

	label = span_skip(label, prefix.length);
	while (decoded.length > 0) {
		size_t length;
		uint32_t point = utf8_decode(decoded, &length);

		if (utf8_is_control(point) || utf8_is_blank(point))
			return false;
		if (point < 0x80) {
			assert(label.length > 0);
			buf_add_char(out, label.data[0]);
			label = span_skip(label, 1);
		} else {
			buf_add(out, (struct span){ decoded.data, length });
			needed = true;
		}
		decoded = span_skip(decoded, length);
	}
	return needed;
}

/* False: nothing was added. */
static bool
decode_label(struct buf *out, struct span label)
{
	char copy[LABEL_MAX + 1];
	size_t start = out->length;
	char *decoded = NULL;
	bool good;

	if (label.length > LABEL_MAX || !has_prefix(label) ||
	    !utf8_is_ascii(label))
		return false;
	if (!copy_label(copy, label) ||
	    idn2_to_unicode_8z8z(copy, &decoded, 0) != IDN2_OK)
		return false;
	good = add_decoded(out, span_from(decoded), label);
	idn2_free(decoded);
	if (!good)
		buf_rewind(out, start);
	return good;
}

static bool
take_buf(struct buf *out, struct arena *arena, struct span text)
{
	char *memory = arena_alloc(arena, GROWTH * text.length);

	if (memory == NULL)
		return false;
	buf_init(out, memory, GROWTH * text.length);
	return true;
}

static bool
may_hold_label(struct span text)
{
	for (; text.length > prefix.length; text = span_skip(text, 1))
		if (has_prefix(text))
			return true;
	return false;
}

static bool
is_label_end(char c)
{
	return c == ' ' || c == '.' || c == ',' || c == '@';
}

bool
idn_decode_words(struct span text, struct arena *arena, struct span *decoded)
{
	struct buf out;
	bool any = false;

	if (!may_hold_label(text) || !take_buf(&out, arena, text))
		return false;
	while (text.length > 0) {
		struct span label = { text.data, 0 };

		while (label.length < text.length &&
		    !is_label_end(text.data[label.length]))
			label.length++;
		text = span_skip(text, label.length);
		if (decode_label(&out, label))
			any = true;
		else
			buf_add(&out, label);
		if (text.length > 0)
			buf_add_char(&out, text.data[0]);
		text = span_skip(text, 1);
	}
	*decoded = buf_span(&out);
	return any;
}

/*
 * Words, commas, hyphens and apostrophes: what is written otherwise was not
 * encoded as a whole.  A second label says so too.
 */
static bool
is_one_label(struct span line)
{
	if (!has_prefix(line) || may_hold_label(span_skip(line, 1)) ||
	    memchr(line.data, ' ', line.length) == NULL)
		return false;
	for (size_t i = 0; i < line.length; i++)
		if (!is_alphanumeric(line.data[i]) &&
		    strchr(" ,'-", line.data[i]) == NULL)
			return false;
	return true;
}

bool
idn_decode_line(struct span line, struct arena *arena, struct span *decoded)
{
	struct buf out;

	if (!is_one_label(line) || !take_buf(&out, arena, line) ||
	    !decode_label(&out, line))
		return false;
	*decoded = buf_span(&out);
	return true;
}
