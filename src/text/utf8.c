#include "text/utf8.h"

#include "text/eight.h"

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

enum {
	REPLACEMENT = 0xFFFD,
	PIECE_POINTS = 200,     /* characters normalised at a time */
	POINTS_PER_CHAR = 4,    /* canonical decomposition is never longer */
	LATIN_FIRST = 0xC0,
	FIRST_MARK = 0x300,
	FIRST_MARK_LEAD = 0xCC, /* its lead byte */
	FIRST_WIDE_BLANK = 0x1680, /* the first behind those of Latin-1 */
};

/* How many bytes at the start are ASCII. */
static size_t
ascii_length(struct span text)
{
	size_t at = 0;

	while (at + 8 <= text.length &&
	    eight_above_ascii(eight_load(text.data + at)) == 0)
		at += 8;
	while (at < text.length && (unsigned char)text.data[at] < 0x80)
		at++;
	return at;
}

/* The last eight bytes may be looked at twice. */
bool
utf8_is_plain(struct span text)
{
	uint64_t found = 0;
	size_t at = 0;

	for (; at + 8 <= text.length; at += 8)
		found |= eight_unprintable(eight_load(text.data + at));
	if (text.length >= 8)
		return (found | eight_unprintable(eight_load(text.data +
		    text.length - 8))) == 0;
	for (; at < text.length; at++)
		found |= text.data[at] < ' ' || text.data[at] > '~';
	return found == 0;
}

bool
utf8_is_ascii(struct span text)
{
	return ascii_length(text) == text.length;
}

/* The code point of `length` bytes; 0: one behind the first is not 10xxxxxx. */
static uint32_t
join_bytes(const unsigned char *byte, size_t length)
{
	uint32_t point = byte[0] & (0xFFu >> (length + 1));

	for (size_t i = 1; i < length; i++) {
		if ((byte[i] & 0xC0) != 0x80)
			return 0;
		point = point << 6 | (byte[i] & 0x3F);
	}
	return point;
}

uint32_t
utf8_decode(struct span text, size_t *length)
{
	/* The smallest code point that needs so many bytes (RFC 3629, 3). */
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *byte = (const unsigned char *)text.data;
	uint32_t point;
	size_t count;

	assert(text.length > 0);
	*length = 1;
	if (byte[0] < 0x80)
		return byte[0];
	count = byte[0] < 0xC2 ? 1 : byte[0] < 0xE0 ? 2 : byte[0] < 0xF0 ? 3 :
	    byte[0] < 0xF5 ? 4 : 1;
	if (count == 1 || count > text.length)
		return REPLACEMENT;
	point = join_bytes(byte, count);
	if (point < smallest[count] || point > 0x10FFFF ||
	    (point >= 0xD800 && point <= 0xDFFF))
		return REPLACEMENT;
	*length = count;
	return point;
}

bool
utf8_is_valid(struct span text)
{
	for (;;) {
		size_t length;

		text = span_skip(text, ascii_length(text));
		if (text.length == 0)
			return true;
		utf8_decode(text, &length);
		if (length == 1)
			return false;
		text = span_skip(text, length);
	}
}

void
utf8_encode(struct buf *out, uint32_t code_point)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t length;

	assert(code_point <= 0x10FFFF);
	length = utf8proc_encode_char((utf8proc_int32_t)code_point, bytes);
	buf_add(out, (struct span){ (const char *)bytes, (size_t)length });
}

void
utf8_add_latin1(struct buf *out, struct span latin1)
{
	while (latin1.length > 0) {
		size_t plain = ascii_length(latin1);

		buf_add(out, (struct span){ latin1.data, plain });
		latin1 = span_skip(latin1, plain);
		if (latin1.length > 0)
			utf8_encode(out, (unsigned char)latin1.data[0]);
		latin1 = span_skip(latin1, 1);
	}
}

static bool
is_trail(char byte)
{
	return (byte & 0xC0) == 0x80;
}

size_t
utf8_count(struct span text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.length; i++)
		count += !is_trail(text.data[i]);
	return count;
}

struct span
utf8_start(struct span text, size_t chars)
{
	size_t i = 0;

	while (i < text.length && (chars > 0 || is_trail(text.data[i])))
		chars -= !is_trail(text.data[i++]);
	text.length = i;
	return text;
}

struct span
utf8_cut(struct span text, size_t bytes_max)
{
	if (text.length <= bytes_max)
		return text;
	text.length = bytes_max;
	while (text.length > 0 && (text.data[text.length] & 0xC0) == 0x80)
		text.length--;
	return text;
}

/* Halfwidth voiced marks, jamo of all widths: NFKC makes them combine. */
static bool
combines_when_folded(uint32_t code_point)
{
	return (code_point >= 0x1160 && code_point <= 0x11FF) ||
	    (code_point >= 0x3131 && code_point <= 0x318E) ||
	    (code_point >= 0xFF9E && code_point <= 0xFFDC);
}

/*
 * Whether text may be cut before `code_point`: it never combines with what
 * stands before it.  Marks do, and so do the vowels and finals of Hangul.
 */
static bool
starts_piece(uint32_t code_point)
{
	utf8proc_category_t category;

	if (code_point < 0x300)
		return true;
	if (combines_when_folded(code_point))
		return false;
	category = utf8proc_category((utf8proc_int32_t)code_point);
	return category != UTF8PROC_CATEGORY_MN &&
	    category != UTF8PROC_CATEGORY_MC &&
	    category != UTF8PROC_CATEGORY_ME;
}

struct span
utf8_cut_piece(struct span *rest, unsigned chars_max)
{
	struct span piece = { rest->data, 0 };
	struct span ahead = *rest;
	size_t length;

	for (unsigned i = 0; ahead.length > 0; i++) {
		uint32_t point = utf8_decode(ahead, &length);

		if (i > 0 && starts_piece(point))
			piece.length = rest->length - ahead.length;
		if (i == chars_max)
			break;
		ahead = span_skip(ahead, length);
	}
	/* All of it, or a run of marks that is no text: cut anywhere. */
	if (ahead.length == 0 || piece.length == 0)
		piece.length = rest->length - ahead.length;
	*rest = span_skip(*rest, piece.length);
	return piece;
}

static bool
is_surely_nfc(struct span text)
{
	if (utf8_is_ascii(text))
		return true;
	for (size_t i = 0; i < text.length; i++)
		if ((unsigned char)text.data[i] >= FIRST_MARK_LEAD)
			return false;
	return true;
}

static void
add_piece_nfc(struct buf *out, struct span piece)
{
	utf8proc_int32_t points[PIECE_POINTS * POINTS_PER_CHAR];
	const utf8proc_option_t options = UTF8PROC_COMPOSE | UTF8PROC_STABLE;
	utf8proc_ssize_t count = utf8proc_decompose(
	    (const utf8proc_uint8_t *)piece.data,
	    (utf8proc_ssize_t)piece.length, points,
	    PIECE_POINTS * POINTS_PER_CHAR, options);

	assert(count >= 0 && count <= PIECE_POINTS * POINTS_PER_CHAR);
	count = utf8proc_normalize_utf32(points, count, options);
	for (utf8proc_ssize_t i = 0; i < count; i++)
		utf8_encode(out, (uint32_t)points[i]);
}

void
utf8_add_nfc(struct buf *out, struct span text)
{
	if (is_surely_nfc(text)) {
		buf_add(out, text);
		return;
	}
	while (text.length > 0)
		add_piece_nfc(out, utf8_cut_piece(&text, PIECE_POINTS));
}

bool
utf8_is_control(uint32_t code_point)
{
	return code_point < 0x20 ||
	    (code_point >= 0x7F && code_point <= 0x9F) ||
	    (code_point >= 0x2028 && code_point <= 0x202E) ||
	    (code_point >= 0x2066 && code_point <= 0x2069);
}

bool
utf8_is_blank(uint32_t code_point)
{
	utf8proc_category_t category;

	if (code_point < FIRST_WIDE_BLANK)
		return code_point == ' ' || code_point == 0x85 ||
		    code_point == 0xA0 ||
		    (code_point >= '\t' && code_point <= '\r');
	category = utf8proc_category((utf8proc_int32_t)code_point);
	return category == UTF8PROC_CATEGORY_ZS ||
	    category == UTF8PROC_CATEGORY_ZL ||
	    category == UTF8PROC_CATEGORY_ZP;
}

void
utf8_add_sanitised(struct buf *out, struct span text)
{
	struct span clean = { text.data, 0 };

	while (text.length > 0) {
		size_t length;
		uint32_t point = utf8_decode(text, &length);
		bool malformed = point == REPLACEMENT && length == 1;

		text = span_skip(text, length);
		if (!malformed && !utf8_is_control(point)) {
			clean.length += length;
			continue;
		}
		buf_add(out, clean);
		utf8_encode(out, REPLACEMENT);
		clean = (struct span){ text.data, 0 };
	}
	buf_add(out, clean);
}

/*
 * The characters that are replaced are ASCII, or behind C2 and E2, which begin
 * others too.
 */
bool
utf8_is_surely_clean(struct span text)
{
	bool is_suspect = false;

	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		is_suspect |= byte < ' ' || byte == 0x7F || byte == 0xC2 ||
		    byte == 0xE2;
	}
	return !is_suspect;
}

/* Letters of Latin and of IPA need no table. */
static size_t
point_width(uint32_t point)
{
	return point >= LATIN_FIRST && point < FIRST_MARK ? 1 :
	    (size_t)utf8proc_charwidth((utf8proc_int32_t)point);
}

size_t
utf8_width(struct span text)
{
	size_t width = 0, length;

	if (utf8_is_plain(text))
		return text.length;
	for (size_t i = 0; i < text.length; i += length) {
		length = 1;
		width += text.data[i] >= ' ' && text.data[i] <= '~' ? 1 :
		    point_width(utf8_decode(span_skip(text, i), &length));
	}
	return width;
}
