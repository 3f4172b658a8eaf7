/*
 * Physical lines are joined into logical ones in `bytes`, where the values of
 * an entry stay until it is given out: types and values are borrowed from
 * there, and base64 is decoded in place.  A logical line is known to be whole
 * when the line behind it does not continue it.
 */

#include "record/ldif.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char byte_order_mark[] = "\xef\xbb\xbf";

enum { MARK_BYTES = sizeof byte_order_mark - 1, ATTRIBUTES_AT_FIRST = 64,
       QUOTED_MAX = 60 };

/* Room for a CR, and for a byte that shows that a line is too long. */
enum { HELD_EXTRA = 2 };

/* What a line that begins with a blank would continue. */
enum logical { LOGICAL_NONE, LOGICAL_COMMENT, LOGICAL_TEXT };

struct ldif_reader {
	size_t entry_bytes_max;
	unsigned long line;      /* that was read last */
	bool skipping;           /* to the next blank line */
	struct fault *fault;     /* of the call that is under way */

	enum logical logical;
	size_t logical_start;    /* in `bytes`, when it is text */
	unsigned long logical_line;

	/* The entry so far. */
	bool has_dn;
	unsigned long dn_line;
	struct span dn;
	unsigned count, capacity;
	struct ldif_attribute *attributes;
	size_t length;
	char *bytes;             /* entry_bytes_max of them */

	/* A line of which the end is not there yet. */
	size_t held_length;
	char held[];             /* entry_bytes_max + HELD_EXTRA */
};

struct ldif_reader *
ldif_reader_new(size_t entry_bytes_max)
{
	struct ldif_reader *reader;

	assert(entry_bytes_max >= MARK_BYTES);
	reader = calloc(1, sizeof *reader + entry_bytes_max + HELD_EXTRA);
	assert(reader != NULL);
	reader->entry_bytes_max = entry_bytes_max;
	reader->bytes = malloc(entry_bytes_max);
	reader->capacity = ATTRIBUTES_AT_FIRST;
	reader->attributes = malloc(reader->capacity *
	    sizeof reader->attributes[0]);
	assert(reader->bytes != NULL && reader->attributes != NULL);
	return reader;
}

void
ldif_reader_free(struct ldif_reader **reader)
{
	free((*reader)->attributes);
	free((*reader)->bytes);
	free(*reader);
	*reader = NULL;
}

static void
begin_entry(struct ldif_reader *reader)
{
	reader->skipping = false;
	reader->logical = LOGICAL_NONE;
	reader->has_dn = false;
	reader->count = 0;
	reader->length = 0;
}

/* Complain about a line; the rest of its entry will be skipped. */
PRINTF_LIKE(3, 4)
static enum ldif_result
complain(struct ldif_reader *reader, unsigned long line, const char *format,
    ...)
{
	char text[FAULT_TEXT_MAX];
	va_list values;

	va_start(values, format);
	vsnprintf(text, sizeof text, format, values);
	va_end(values);
	fault_set(reader->fault, ERR_REFUSED, "line %lu: %s", line, text);
	begin_entry(reader);
	reader->skipping = true;
	return LDIF_ERROR;
}

/* Append to the logical line. */
static enum ldif_result
append(struct ldif_reader *reader, struct span text)
{
	if (text.length > reader->entry_bytes_max - reader->length)
		return complain(reader, reader->has_dn ? reader->dn_line :
		    reader->logical_line, "the entry is longer than %zu bytes; "
		    "make it shorter", reader->entry_bytes_max);
	if (text.length > 0)
		memcpy(reader->bytes + reader->length, text.data, text.length);
	reader->length += text.length;
	return LDIF_MORE;
}

/* The value of a base64 digit, 64 for '=' and 65 for any other byte. */
static unsigned
digit_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (unsigned)(c - 'A');
	if (c >= 'a' && c <= 'z')
		return (unsigned)(c - 'a') + 26;
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0') + 52;
	return c == '+' ? 62 : c == '/' ? 63 : c == '=' ? 64 : 65;
}

/*
 * Decode four digits, of which the last two may be "=" when they are the last
 * of all.  How many bytes they gave; 0: malformed.
 */
static size_t
decode_four(const char *digits, bool last, char bytes[3])
{
	unsigned a = digit_value(digits[0]), b = digit_value(digits[1]);
	unsigned c = digit_value(digits[2]), d = digit_value(digits[3]);

	if (a > 63 || b > 63 || c > 64 || d > 64 ||
	    (d == 64 && !last) || (c == 64 && d != 64))
		return 0;
	bytes[0] = (char)(a << 2 | b >> 4);
	bytes[1] = (char)(b << 4 | (c & 63) >> 2);
	bytes[2] = (char)(c << 6 | (d & 63));
	/* Bits that belong to no byte must be 0. */
	if (c == 64)
		return (b & 15) == 0 ? 1 : 0;
	if (d == 64)
		return (c & 3) == 0 ? 2 : 0;
	return 3;
}

/* In place: what is decoded is never ahead of what is read. */
static bool
decode_base64(char *text, struct span *value)
{
	size_t length = value->length, to = 0;

	if (length % 4 != 0)
		return false;
	for (size_t from = 0; from < length; from += 4) {
		char bytes[3];
		size_t count = decode_four(text + from, from + 4 == length,
		    bytes);

		if (count == 0)
			return false;
		memcpy(text + to, bytes, count);
		to += count;
	}
	*value = (struct span){ text, to };
	return true;
}

static bool
is_type(struct span type)
{
	for (size_t i = 0; i < type.length; i++) {
		char c = type.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || c == '-' || c == '.' ||
		    c == ';' || c == '_'))
			return false;
	}
	return type.length > 0 && type.data[0] != ';';
}

static struct span
skip_blanks(struct span text)
{
	while (text.length > 0 && text.data[0] == ' ')
		text = span_skip(text, 1);
	return text;
}

/* "TYPE: VALUE" or "TYPE:: BASE64", taken apart and decoded. */
static enum ldif_result
split(struct ldif_reader *reader, struct ldif_attribute *attribute)
{
	struct span rest = { reader->bytes + reader->logical_start,
		reader->length - reader->logical_start };
	struct span whole = rest, type = span_cut(&rest, ':');
	char sign = rest.length > 0 ? rest.data[0] : ' ';
	int shown = (int)(type.length < QUOTED_MAX ? type.length : QUOTED_MAX);

	if (type.length == whole.length)
		return complain(reader, reader->logical_line, "no colon ends "
		    "the name of an attribute; is the line cut in two?");
	if (!is_type(type))
		return complain(reader, reader->logical_line, "no attribute "
		    "can have the name before the colon; a name is letters, "
		    "digits and hyphens");
	if (sign == '<')
		return complain(reader, reader->logical_line, "'%.*s:<' names "
		    "a file or an address, which is never followed; put the "
		    "value itself there", shown, type.data);
	attribute->type = span_cut(&type, ';');
	attribute->value = skip_blanks(span_skip(rest, sign == ':'));
	if (sign == ':') {
		attribute->value = span_trim(attribute->value);
		if (!decode_base64(reader->bytes + (attribute->value.data -
		    reader->bytes), &attribute->value))
			return complain(reader, reader->logical_line,
			    "the value of '%.*s' is not base64, though two "
			    "colons say so", shown, attribute->type.data);
	}
	return LDIF_MORE;
}

static void
add_attribute(struct ldif_reader *reader,
    const struct ldif_attribute *attribute)
{
	if (reader->count == reader->capacity) {
		reader->capacity *= 2;
		reader->attributes = realloc(reader->attributes,
		    reader->capacity * sizeof reader->attributes[0]);
		assert(reader->attributes != NULL);
	}
	reader->attributes[reader->count++] = *attribute;
}

/* The first line of an entry, or one of those that may stand before it. */
static enum ldif_result
take_first(struct ldif_reader *reader, const struct ldif_attribute *attribute)
{
	if (span_is_nocase(attribute->type, "version")) {
		if (!span_is(span_trim(attribute->value), "1"))
			return complain(reader, reader->logical_line,
			    "only version 1 of LDIF can be read");
		return LDIF_MORE;
	}
	if (span_is_nocase(attribute->type, "search"))
		return complain(reader, reader->logical_line, "what ldapsearch"
		    " says at its end is not LDIF; export with 'ldapsearch"
		    " -LLL'");
	if (!span_is_nocase(attribute->type, "dn"))
		return complain(reader, reader->logical_line, "an entry "
		    "begins with its 'dn:' line; is it missing, or is a blank "
		    "line too many before this one?");
	reader->has_dn = true;
	reader->dn_line = reader->logical_line;
	reader->dn = attribute->value;
	return LDIF_MORE;
}

/* A logical line is whole: take it in. */
static enum ldif_result
end_logical(struct ldif_reader *reader)
{
	struct ldif_attribute attribute;
	enum ldif_result result;

	if (reader->logical != LOGICAL_TEXT)
		return LDIF_MORE;
	reader->logical = LOGICAL_NONE;
	result = split(reader, &attribute);
	if (result != LDIF_MORE)
		return result;
	if (span_is_nocase(attribute.type, "include"))
		return complain(reader, reader->logical_line, "'include:' is "
		    "never followed; load the other file by itself");
	if (!reader->has_dn)
		return take_first(reader, &attribute);
	if (span_is_nocase(attribute.type, "dn"))
		return complain(reader, reader->logical_line, "a second 'dn:' "
		    "in one entry; is the blank line before it missing?");
	if (!span_is_nocase(attribute.type, "changetype"))
		add_attribute(reader, &attribute);
	else if (!span_is_nocase(span_trim(attribute.value), "add"))
		return complain(reader, reader->logical_line, "this is a "
		    "change to an entry ('changetype:'), not an entry; export "
		    "the entries themselves");
	return LDIF_MORE;
}

static enum ldif_result
continue_logical(struct ldif_reader *reader, struct span line)
{
	if (reader->logical == LOGICAL_NONE)
		return complain(reader, reader->line, "the line begins with a "
		    "blank, so it continues another, but there is none before "
		    "it; take the blank out");
	if (reader->logical == LOGICAL_COMMENT)
		return LDIF_MORE;
	return append(reader, span_skip(line, 1));
}

static enum ldif_result
begin_logical(struct ldif_reader *reader, struct span line)
{
	reader->logical_line = reader->line;
	reader->logical_start = reader->length;
	if (line.data[0] == '#') {
		reader->logical = LOGICAL_COMMENT;
		return LDIF_MORE;
	}
	reader->logical = LOGICAL_TEXT;
	return append(reader, line);
}

/* The entry before a blank line, if there is one. */
static enum ldif_result
end_entry(struct ldif_reader *reader, struct ldif_entry *entry)
{
	bool whole = reader->has_dn;

	*entry = (struct ldif_entry){ .line = reader->dn_line,
		.dn = reader->dn, .attributes = reader->attributes,
		.count = reader->count };
	begin_entry(reader);
	return whole ? LDIF_ENTRY : LDIF_MORE;
}

/* One physical line, without its end. */
static enum ldif_result
take_line(struct ldif_reader *reader, struct span line,
    struct ldif_entry *entry)
{
	enum ldif_result result;

	reader->line++;
	if (line.length > 0 && line.data[line.length - 1] == '\r')
		line.length--;
	if (reader->skipping) {
		if (line.length == 0)
			begin_entry(reader);
		return LDIF_MORE;
	}
	if (line.length > reader->entry_bytes_max)
		return complain(reader, reader->line, "the line is longer "
		    "than %zu bytes; fold it", reader->entry_bytes_max);
	if (line.length > 0 && line.data[0] == ' ')
		return continue_logical(reader, line);
	result = end_logical(reader);
	if (result == LDIF_MORE)
		return line.length > 0 ? begin_logical(reader, line) :
		    end_entry(reader, entry);
	/* This very line may be the blank one to skip to. */
	reader->skipping = line.length > 0;
	return result;
}

/* Keep the piece of a line; of one too long, enough to see that it is. */
static void
hold(struct ldif_reader *reader, struct span piece)
{
	size_t room = reader->entry_bytes_max + HELD_EXTRA -
	    reader->held_length;

	if (piece.length > room)
		piece.length = room;
	if (piece.length > 0)
		memcpy(reader->held + reader->held_length, piece.data,
		    piece.length);
	reader->held_length += piece.length;
}

static struct span
skip_mark(struct span line)
{
	const struct span mark = { byte_order_mark, MARK_BYTES };

	return span_starts_with(line, mark) ? span_skip(line, MARK_BYTES) :
	    line;
}

/* A line, or the end of one of which the beginning is held. */
static enum ldif_result
next_line(struct ldif_reader *reader, struct span line,
    struct ldif_entry *entry)
{
	if (reader->held_length > 0) {
		hold(reader, line);
		line = (struct span){ reader->held, reader->held_length };
		reader->held_length = 0;
	}
	if (reader->line == 0)
		line = skip_mark(line);
	return take_line(reader, line, entry);
}

/*
 * The last line may lack its LF, and the last entry its blank line.  Nothing
 * may change where nothing is pending: this may not be the end but a caller
 * who asks once more of a piece that is used up.
 */
static enum ldif_result
end_input(struct ldif_reader *reader, struct ldif_entry *entry)
{
	const struct span empty = { "", 0 };
	enum ldif_result result = LDIF_MORE;

	if (reader->held_length > 0)
		result = next_line(reader, empty, entry);
	if (result == LDIF_MORE && !reader->skipping &&
	    (reader->has_dn || reader->logical != LOGICAL_NONE))
		result = next_line(reader, empty, entry);
	return result;
}

enum ldif_result
ldif_reader_next(struct ldif_reader *reader, struct span *input,
    struct ldif_entry *entry, struct fault *fault)
{
	enum ldif_result result = LDIF_MORE;
	const char *end = input->data + input->length;

	reader->fault = fault;
	if (input->length == 0)
		return end_input(reader, entry);
	while (input->length > 0 && result == LDIF_MORE) {
		struct span line = span_cut(input, '\n');

		if (line.data + line.length == end)
			hold(reader, line);
		else
			result = next_line(reader, line, entry);
	}
	return result;
}

static bool
ends_in_person(struct span class)
{
	static const struct span person = SPAN_LITERAL("person");

	return class.length >= person.length && span_equal_nocase(
	    span_skip(class, class.length - person.length), person);
}

bool
ldif_entry_is_person(const struct ldif_entry *entry)
{
	bool has_sn = false, has_cn = false, is_person = false;

	for (unsigned i = 0; i < entry->count; i++) {
		const struct ldif_attribute *attribute = &entry->attributes[i];
		struct span value = span_trim(attribute->value);

		has_sn = has_sn || span_is_nocase(attribute->type, "sn");
		has_cn = has_cn || span_is_nocase(attribute->type, "cn");
		if (!span_is_nocase(attribute->type, "objectClass"))
			continue;
		/* Active Directory's machines are organizationalPersons. */
		if (span_is_nocase(value, "computer"))
			return false;
		is_person = is_person || ends_in_person(value);
	}
	return is_person || (has_sn && has_cn);
}
