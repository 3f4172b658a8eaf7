/*
 * One entry as bytes.
 *
 *   record := field*                  in the order of the schema
 *   field  := attribute length bytes
 *             u8        varint  `length` bytes of valid UTF-8 in NFC
 *
 * varint: seven bits a byte, lowest first, the top bit set on all but the last
 * (LEB128), never longer than needed.  Several values of an attribute are
 * several fields, in the order in which they were given.
 */

#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/span.h"
#include "record/schema.h"

#include <stdbool.h>
#include <stdint.h>

enum { RECORD_BYTES_MAX = 65536 };

/* The attribute and a length of one byte, which is less than _MORE. */
enum { RECORD_PREFIX_BYTES = 2, RECORD_LENGTH_MORE = 0x80 };

struct record_field {
	unsigned attribute;
	struct span value; /* borrowed from the record's bytes */
};

/*
 * Fields must be added in ascending order of their attribute.  An empty value
 * is an absent one: it is never added.
 */
void record_add_field(struct buf *out, unsigned attribute, struct span value);

/* record_next() of a field whose length takes several bytes. */
bool record_next_long(struct span *rest, struct record_field *field);

/*
 * Take the next field off `*rest`.  False: no more, or the rest is malformed
 * (then `rest->length` is not 0).
 */
static inline bool
record_next(struct span *rest, struct record_field *field)
{
	size_t length;

	if (rest->length <= RECORD_PREFIX_BYTES)
		return false;
	length = (unsigned char)rest->data[1];
	/* nearly every length is one byte */
	if (length >= RECORD_LENGTH_MORE)
		return record_next_long(rest, field);
	if (length == 0 || length > rest->length - RECORD_PREFIX_BYTES)
		return false;
	field->attribute = (unsigned char)rest->data[0];
	field->value = (struct span){ rest->data + RECORD_PREFIX_BYTES,
		length };
	*rest = span_skip(*rest, RECORD_PREFIX_BYTES + length);
	return true;
}

/*
 * Whether every byte belongs to a well-formed field of this schema: known
 * attributes in ascending order, one value where the schema says so, valid
 * UTF-8, no empty value, an Index Key, at most RECORD_BYTES_MAX.
 */
bool record_is_valid(const struct schema *schema, struct span record);

/*
 * Where in a record each attribute is, which is found out while the record is
 * checked: what is asked of it then need not walk it again.
 */
struct record_parts {
	uint64_t attributes; /* bit i: there are fields of attribute i ... */
	struct span fields[SCHEMA_ATTRIBUTES_MAX]; /* ... and these are they */
};

_Static_assert(SCHEMA_ATTRIBUTES_MAX < 64, "bits of struct record_parts");

/*
 * record_is_valid(), and where it is, the parts; they borrow from the record.
 */
bool record_take_apart(struct record_parts *parts, const struct schema *schema,
    struct span record) MUST_CHECK;

/* The fields of some attributes, one by one in the order of the record. */
struct record_walk {
	const struct record_parts *parts; /* which must stay */
	uint64_t left;    /* attributes that it has not come to */
	struct span rest; /* of the fields of one */
};

static inline struct record_walk
record_walk_begin(const struct record_parts *parts, uint64_t attributes)
{
	return (struct record_walk){ parts, parts->attributes & attributes,
		{ NULL, 0 } };
}

/* False: no more. */
static inline bool
record_walk_next(struct record_walk *walk, struct record_field *field)
{
	while (!record_next(&walk->rest, field)) {
		if (walk->left == 0)
			return false;
		walk->rest = walk->parts->fields[__builtin_ctzll(walk->left)];
		walk->left &= walk->left - 1;
	}
	return true;
}

/* The first value of an attribute; empty when it has none. */
struct span record_value(struct span record, unsigned attribute);

/*
 * Append `record` to `out` with its Index Key replaced, added where it had
 * none, or, when `key` is empty, taken out.  False: the record is malformed or
 * does not fit.
 */
bool record_set_key(struct buf *out, const struct schema *schema,
    struct span record, struct span key) MUST_CHECK;

#endif
