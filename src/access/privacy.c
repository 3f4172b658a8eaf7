#include "access/privacy.h"

#include "access/viewer.h"
#include "record/hidden.h"
#include "record/record.h"
#include "record/schema.h"

static bool
is_in_any(const struct viewer *viewer, struct span classes)
{
	struct span name;

	while ((name = span_next_word(&classes)).length > 0)
		if (viewer_is_in(viewer, name))
			return true;
	return false;
}

uint32_t
privacy_groups(const struct schema *schema, const struct viewer *viewer)
{
	uint32_t groups = SCHEMA_PUBLIC;

	if (viewer->count == 0)
		return groups;
	for (unsigned i = 1; i < schema->group_count; i++)
		if (is_in_any(viewer, schema->groups[i]))
			groups |= UINT32_C(1) << i;
	return groups;
}

uint64_t
privacy_attributes(const struct schema *schema, uint32_t groups)
{
	uint64_t attributes = 0;

	for (unsigned i = 0; i < schema->count; i++)
		if (attribute_is_for(&schema->attributes[i], groups))
			attributes |= UINT64_C(1) << i;
	return attributes;
}

/*
 * Everyone may read the Index Key, so of an entry that is shown something is.
 */
uint64_t
privacy_shown(const struct schema *schema, uint64_t attributes,
    const struct record_parts *parts)
{
	const struct hidden hidden = hidden_of(schema, parts);

	return hidden_leave(&hidden, parts->attributes & attributes);
}

bool
privacy_add_record(struct buf *out, const struct schema *schema,
    uint64_t attributes, const struct record_parts *parts)
{
	uint64_t shown = privacy_shown(schema, attributes, parts);

	for (uint64_t left = shown; left != 0; left &= left - 1)
		buf_add(out, parts->fields[__builtin_ctzll(left)]);
	return shown != 0;
}
