#include "record/export.h"

#include "record/postal.h"
#include "record/schema.h"

#include <string.h>

enum { LDIF_COLUMNS = 76 };

/* An LDIF line that folds itself, its value plain or as base64. */
struct line {
	struct buf *out;
	unsigned column;
	bool base64;
	unsigned bits;  /* of bytes not yet encoded, the last ones lowest */
	unsigned bytes; /* how many those are: 0, 1 or 2 */
};

static void
put_char(struct line *line, char c)
{
	if (line->column == LDIF_COLUMNS) {
		buf_add_string(line->out, "\n ");
		line->column = 1;
	}
	buf_add_char(line->out, c);
	line->column++;
}

static void
put_text(struct line *line, struct span text)
{
	for (size_t i = 0; i < text.length; i++)
		put_char(line, text.data[i]);
}

/* The first `count` digits of 24 bits, "=" for the rest. */
static void
put_digits(struct line *line, unsigned bits, unsigned count)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (unsigned i = 0; i < 4; i++)
		put_char(line, i < count ? digits[bits >> (18 - 6 * i) & 63] :
		    '=');
}

static void
put_byte(struct line *line, char byte)
{
	if (!line->base64) {
		put_char(line, byte);
		return;
	}
	line->bits = line->bits << 8 | (unsigned char)byte;
	if (++line->bytes == 3) {
		put_digits(line, line->bits, 4);
		line->bits = line->bytes = 0;
	}
}

static void
end_line(struct line *line)
{
	if (line->bytes > 0)
		put_digits(line, line->bits << (24 - 8 * line->bytes),
		    line->bytes + 1);
	buf_add_char(line->out, '\n');
}

/* RFC 2849: what is not a SAFE-STRING, or ends in a blank. */
static bool
needs_base64(struct span value)
{
	if (value.length == 0)
		return false;
	if (memchr(" :<", value.data[0], 3) != NULL ||
	    value.data[value.length - 1] == ' ')
		return true;
	for (size_t i = 0; i < value.length; i++) {
		unsigned char c = (unsigned char)value.data[i];

		if (c == '\0' || c == '\n' || c == '\r' || c > 127)
			return true;
	}
	return false;
}

static struct line
begin_line(struct buf *out, struct span type, bool base64)
{
	struct line line = { .out = out, .base64 = base64 };

	put_text(&line, type);
	put_text(&line, span_from(base64 ? ":: " : ": "));
	return line;
}

static void
add_ldif_value(struct buf *out, struct span type, struct span value)
{
	struct line line = begin_line(out, type, needs_base64(value));
	bool postal = postal_is_type(type);

	for (size_t i = 0; i < value.length; i++) {
		const char *code = postal ? postal_code(value.data[i]) : NULL;

		if (code == NULL)
			put_byte(&line, value.data[i]);
		for (; code != NULL && *code != '\0'; code++)
			put_byte(&line, *code);
	}
	end_line(&line);
}

/* "dn: TYPE=KEY", with what RFC 4514 makes special behind a backslash. */
static void
add_dn(struct buf *out, struct span type, struct span key)
{
	struct line line = begin_line(out, (struct span)SPAN_LITERAL("dn"),
	    needs_base64(key));

	for (size_t i = 0; i < type.length; i++)
		put_byte(&line, type.data[i]);
	put_byte(&line, '=');
	for (size_t i = 0; i < key.length; i++) {
		bool special = memchr("\"+,;<>\\=", key.data[i], 8) != NULL ||
		    (i == 0 && key.data[i] == '#');

		if (special)
			put_byte(&line, '\\');
		put_byte(&line, key.data[i]);
	}
	end_line(&line);
}

void
record_add_ldif_header(struct buf *out)
{
	buf_add_string(out, "version: 1\n\n");
}

void
record_add_ldif(struct buf *out, const struct schema *schema,
    struct span record)
{
	const struct attribute *attributes = schema->attributes;
	struct record_field field;

	add_dn(out, schema_dump_source(&attributes[schema->key_id].ldif),
	    record_value(record, schema->key_id));
	/* Tells a person from a group when it is loaded again. */
	buf_add_string(out, "objectClass: person\n");
	while (record_next(&record, &field))
		add_ldif_value(out, schema_dump_source(
		    &attributes[field.attribute].ldif), field.value);
	buf_add_char(out, '\n');
}

/* How the values of one attribute stand in a CSV field. */
struct csv_field {
	unsigned count;
	bool quoted;
	char separator;
	bool closing; /* a separator behind the last value, too */
};

static bool
holds(struct span value, char c)
{
	return memchr(value.data, c, value.length) != NULL;
}

/* Look at the values of an attribute at the start of `rest`. */
static struct csv_field
plan_csv_field(const struct attribute *attribute, struct span rest)
{
	struct csv_field plan = { .separator = '\n' };
	struct record_field field;
	bool blank = false;

	while (record_next(&rest, &field) &&
	    field.attribute == attribute->id) {
		plan.count++;
		plan.quoted = plan.quoted || holds(field.value, ',') ||
		    holds(field.value, '"');
		blank = blank || holds(field.value, ' ');
	}
	/* One line with blanks would be split: an empty second one helps. */
	if (attribute->split_blanks && !blank)
		plan.separator = ' ';
	plan.closing = attribute->split_blanks && blank && plan.count == 1;
	if (plan.separator == '\n' && (plan.count > 1 || plan.closing))
		plan.quoted = true;
	return plan;
}

static void
add_doubled(struct buf *out, struct span value)
{
	for (size_t i = 0; i < value.length; i++)
		buf_add_repeat(out, value.data[i],
		    value.data[i] == '"' ? 2 : 1);
}

/* Take the values of one attribute off `*rest`. */
static void
add_csv_field(struct buf *out, const struct attribute *attribute,
    struct span *rest)
{
	struct csv_field plan = plan_csv_field(attribute, *rest);
	struct record_field field;

	if (plan.quoted)
		buf_add_char(out, '"');
	for (unsigned i = 0; i < plan.count; i++) {
		if (!record_next(rest, &field))
			break;
		add_doubled(out, field.value);
		if (i + 1 < plan.count || plan.closing)
			buf_add_char(out, plan.separator);
	}
	if (plan.quoted)
		buf_add_char(out, '"');
}

void
record_add_csv_header(struct buf *out, const struct schema *schema,
    uint32_t groups)
{
	const char *before = "";

	for (unsigned id = 0; id < schema->count; id++) {
		const struct attribute *attribute = &schema->attributes[id];

		if (!attribute_is_for(attribute, groups))
			continue;
		buf_add_string(out, before);
		buf_add(out, schema_dump_source(&attribute->csv));
		before = ",";
	}
	buf_add_string(out, "\r\n");
}

void
record_add_csv(struct buf *out, const struct schema *schema, uint32_t groups,
    struct span record)
{
	const char *before = "";

	for (unsigned id = 0; id < schema->count; id++) {
		const struct attribute *attribute = &schema->attributes[id];

		if (!attribute_is_for(attribute, groups))
			continue;
		buf_add_string(out, before);
		add_csv_field(out, attribute, &record);
		before = ",";
	}
	buf_add_string(out, "\r\n");
}
