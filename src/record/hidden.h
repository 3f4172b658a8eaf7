/*
 * What the owner of an entry hides: attributes of it, or all of it.
 *
 * One attribute of the schema (`role hides`) lists names or labels of others,
 * parted by blanks or commas, whose values in this entry are then shown to no
 * viewer and are found by nobody.  Who hides the name, the Index Key or `all`
 * hides the entry: without those it is nobody's.  So does a list far longer
 * than there is to hide.
 */

#ifndef RECORD_HIDDEN_H
#define RECORD_HIDDEN_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

struct record_parts;
struct schema;

struct hidden {
	uint64_t attributes; /* bit i: the attribute with the id i */
	bool whole;          /* the entry as such: there is nothing to show */
	unsigned unknown;    /* words that name no attribute, until `whole` */
};

/* Of a record that is well formed. */
struct hidden hidden_read(const struct schema *schema, struct span record);
struct hidden hidden_of(const struct schema *schema,
    const struct record_parts *parts);

static inline bool
hidden_has(const struct hidden *hidden, unsigned attribute)
{
	return hidden->whole || (hidden->attributes >> attribute & 1) != 0;
}

/* What is left of these attributes, of which bit i is that with the id i. */
static inline uint64_t
hidden_leave(const struct hidden *hidden, uint64_t attributes)
{
	return hidden->whole ? 0 : attributes & ~hidden->attributes;
}

#endif
