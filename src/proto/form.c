#include "proto/form.h"

#include "base/buf.h"
#include "proto/answer.h"
#include "record/schema.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum {
	LINE_COLUMNS = 80,
	NAME_COLUMNS = 49,   /* before " [key]", ... */
	NAME_LEAST = 20,     /* ... which a long key does not cut below this */
	FIRST_COLUMNS = 26,  /* of the second line */
	FIRST_GAP = 5,
	OTHER_COLUMNS = 16,
	OTHER_GAP = 2,
};

static const char ellipsis[] = "\xe2\x80\xa6";

static void
add_padding(struct buf *out, size_t used, size_t columns)
{
	if (used < columns)
		buf_add_repeat(out, ' ', columns - used);
}

/* The label, or as many blanks. */
static void
add_label(struct buf *out, const struct attribute *attribute, bool is_blank)
{
	if (is_blank) {
		buf_add_repeat(out, ' ', SCHEMA_LABEL_MAX);
	} else {
		add_padding(out, attribute->label_columns, SCHEMA_LABEL_MAX);
		buf_add(out, attribute->label);
	}
	buf_add_string(out, ": ");
}

static void
add_line(struct buf *out, const struct attribute *attribute, bool is_first,
    struct span text)
{
	add_label(out, attribute, !is_first);
	buf_add(out, text);
	buf_add_string(out, "\r\n");
}

/* Values are in the order of the schema, so each is met when its turn comes. */
void
form_add_long(struct buf *out, const struct answer *answer,
    const struct answer_entry *entry)
{
	const struct schema *schema = answer->schema;
	unsigned next = 0;

	for (unsigned i = 0; i < schema->count; i++) {
		const struct attribute *attribute = &schema->attributes[i];
		bool is_shown = attribute->long_form &&
		    answer_may_show(answer, attribute);
		unsigned first = next;

		for (; next < entry->count &&
		    entry->values[next].attribute == attribute; next++)
			if (is_shown)
				add_line(out, attribute, next == first,
				    entry->values[next].text);
		if (is_shown && next == first)
			add_line(out, attribute, true, (struct span){ "", 0 });
	}
}

/* What is left of `columns` beside `taken`, but at least `least`. */
static size_t
remaining(size_t columns, size_t taken, size_t least)
{
	return columns > taken + least ? columns - taken : least;
}

/* The longest beginning of whole characters that fits. */
static struct span
cut_to_columns(struct span text, size_t columns)
{
	size_t used = 0;
	size_t at = 0;

	if (text.length > columns && utf8_is_plain(text))
		return (struct span){ text.data, columns };
	while (at < text.length) {
		struct span rest = span_skip(text, at);
		size_t length;

		utf8_decode(rest, &length);
		used += utf8_width((struct span){ rest.data, length });
		if (used > columns)
			break;
		at += length;
	}
	return (struct span){ text.data, at };
}

static void
add_without_colons(struct buf *out, struct span text)
{
	size_t start = out->length;
	char *colon;

	buf_add(out, text);
	while (out->length > start && (colon = memchr(out->data + start, ':',
	    out->length - start)) != NULL)
		*colon = ';';
}

static size_t
width_of(const struct answer_value *value)
{
	return value->is_plain ? value->text.length : utf8_width(value->text);
}

/* Returns the columns used, at most `columns`. */
static size_t
add_cell(struct buf *out, const struct answer_value *value, size_t columns)
{
	size_t width = width_of(value);
	struct span part;

	if (width <= columns) {
		add_without_colons(out, value->text);
		return width;
	}
	part = cut_to_columns(value->text, columns - 1);
	add_without_colons(out, part);
	buf_add_string(out, ellipsis);
	return utf8_width(part) + 1;
}

static void
add_name_line(struct buf *out, const struct schema *schema,
    const struct answer_entry *entry)
{
	const struct answer_value *name =
	    answer_value(entry, &schema->attributes[schema->name_id]);
	const struct answer_value *key =
	    answer_value(entry, &schema->attributes[schema->key_id]);
	size_t room = remaining(LINE_COLUMNS, width_of(key) + 4, NAME_LEAST);
	size_t used;

	buf_add_char(out, ' ');
	used = add_cell(out, name, room);
	add_padding(out, used, room < NAME_COLUMNS ? room : NAME_COLUMNS);
	buf_add_string(out, " [");
	add_without_colons(out, key->text);
	buf_add_string(out, "]\r\n");
}

/* The columns of the second line. */
static unsigned
short_cells(const struct answer *answer, const struct answer_entry *entry,
    const struct answer_value *cells[SCHEMA_ATTRIBUTES_MAX])
{
	const struct schema *schema = answer->schema;
	unsigned count = 0;

	for (unsigned i = 0; i < schema->count; i++) {
		const struct attribute *attribute = &schema->attributes[i];
		bool on_first_line = i == schema->name_id ||
		    i == schema->key_id;

		if (attribute->short_form && !on_first_line &&
		    answer_may_show(answer, attribute))
			cells[count++] = answer_value(entry, attribute);
	}
	while (count > 1 && cells[count - 1]->text.length == 0)
		count--;
	return count;
}

static void
add_cells_line(struct buf *out, const struct answer_value *const *cells,
    unsigned count)
{
	size_t at = 2;

	buf_add_string(out, "  ");
	for (unsigned i = 0; i < count; i++) {
		size_t columns = i == 0 ? FIRST_COLUMNS : OTHER_COLUMNS;
		size_t gap = i == 0 ? FIRST_GAP : OTHER_GAP;
		bool is_last = i + 1 == count && i > 0;
		size_t room = is_last ? remaining(LINE_COLUMNS, at, 1) :
		    columns;

		add_padding(out, add_cell(out, cells[i], room),
		    is_last ? 0 : columns + gap);
		at += columns + gap;
	}
	if (count == 0)
		buf_add_repeat(out, ' ', FIRST_GAP);
	buf_add_string(out, "\r\n");
}

void
form_add_short(struct buf *out, const struct answer *answer,
    const struct answer_entry *entry)
{
	const struct answer_value *cells[SCHEMA_ATTRIBUTES_MAX];
	unsigned count = short_cells(answer, entry, cells);

	add_name_line(out, answer->schema, entry);
	add_cells_line(out, cells, count);
}
