#include "record/record.h"

#include "record/schema.h"
#include "text/utf8.h"

#include <assert.h>
#include <limits.h>

enum { VARINT_BITS = 7, VARINT_MORE = RECORD_LENGTH_MORE,
       VARINT_BYTES_MAX = 3 };

static void
add_varint(struct buf *out, size_t number)
{
	for (; number >= VARINT_MORE; number >>= VARINT_BITS)
		buf_add_char(out, (char)(number | VARINT_MORE));
	buf_add_char(out, (char)number);
}

/* Three bytes hold every length up to RECORD_BYTES_MAX. */
static bool
read_varint(struct span *rest, size_t *number)
{
	*number = 0;
	for (unsigned i = 0; i < VARINT_BYTES_MAX && i < rest->length; i++) {
		unsigned char byte = (unsigned char)rest->data[i];

		*number |= (size_t)(byte & ~VARINT_MORE) << (VARINT_BITS * i);
		if (byte & VARINT_MORE)
			continue;
		*rest = span_skip(*rest, i + 1);
		/* A last byte of 0 would make the number longer than needed. */
		return byte != 0 || i == 0;
	}
	return false;
}

void
record_add_field(struct buf *out, unsigned attribute, struct span value)
{
	const char prefix[] = { (char)attribute, (char)value.length };

	assert(attribute <= UCHAR_MAX && value.length > 0);
	if (value.length < RECORD_LENGTH_MORE) {
		buf_add(out, (struct span){ prefix, sizeof prefix });
	} else {
		buf_add_char(out, (char)attribute);
		add_varint(out, value.length);
	}
	buf_add(out, value);
}

bool
record_next_long(struct span *rest, struct record_field *field)
{
	struct span ahead = span_skip(*rest, 1);
	size_t length;

	if (!read_varint(&ahead, &length) || length == 0 ||
	    length > ahead.length)
		return false;
	field->attribute = (unsigned char)rest->data[0];
	field->value = (struct span){ ahead.data, length };
	*rest = span_skip(ahead, length);
	return true;
}

/* The bytes of the next field.  False: its attribute is not in order. */
static bool
add_part(struct record_parts *parts, const struct schema *schema,
    unsigned attribute, struct span bytes)
{
	uint64_t from_here;

	if (attribute >= schema->count)
		return false;
	from_here = parts->attributes >> attribute;
	if (from_here == 0) {
		parts->attributes |= UINT64_C(1) << attribute;
		parts->fields[attribute] = bytes;
		return true;
	}
	if (from_here > 1 || !schema->attributes[attribute].many)
		return false;
	parts->fields[attribute].length += bytes.length;
	return true;
}

bool
record_take_apart(struct record_parts *parts, const struct schema *schema,
    struct span record)
{
	/* bytes of ASCII part the values, so all may be looked at as one */
	bool is_text = utf8_is_valid(record);
	struct span bytes = record;
	struct record_field field;

	parts->attributes = 0;
	if (record.length > RECORD_BYTES_MAX)
		return false;
	for (; record_next(&record, &field); bytes = record) {
		bytes.length -= record.length;
		if ((!is_text && !utf8_is_valid(field.value)) ||
		    !add_part(parts, schema, field.attribute, bytes))
			return false;
	}
	return record.length == 0 &&
	    (parts->attributes >> schema->key_id & 1) != 0;
}

bool
record_is_valid(const struct schema *schema, struct span record)
{
	struct record_parts parts;

	return record_take_apart(&parts, schema, record);
}

struct span
record_value(struct span record, unsigned attribute)
{
	struct record_field field;

	while (record_next(&record, &field))
		if (field.attribute == attribute)
			return field.value;
	return (struct span){ NULL, 0 };
}

bool
record_set_key(struct buf *out, const struct schema *schema,
    struct span record, struct span key)
{
	struct record_field field;
	bool added = false;

	while (record_next(&record, &field)) {
		if (!added && field.attribute >= schema->key_id) {
			if (key.length > 0)
				record_add_field(out, schema->key_id, key);
			added = true;
		}
		if (field.attribute != schema->key_id)
			record_add_field(out, field.attribute, field.value);
	}
	if (!added && key.length > 0)
		record_add_field(out, schema->key_id, key);
	return record.length == 0 && !out->overflowed;
}
