#include "access/privacy.h"

#include "access/viewer.h"
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

bool
privacy_begin(struct privacy_fields *fields, const struct schema *schema,
    uint32_t groups, struct span record)
{
	*fields = (struct privacy_fields){ .schema = schema,
		.groups = groups, .hidden = hidden_read(schema, record),
		.rest = record };
	return !fields->hidden.whole;
}

bool
privacy_next(struct privacy_fields *fields, struct record_field *field)
{
	const struct attribute *attributes = fields->schema->attributes;

	while (record_next(&fields->rest, field))
		if (attribute_is_for(&attributes[field->attribute],
			fields->groups) &&
		    !hidden_has(&fields->hidden, field->attribute))
			return true;
	return false;
}

bool
privacy_add_record(struct buf *out, const struct schema *schema,
    uint32_t groups, struct span record)
{
	struct privacy_fields fields;
	struct record_field field;

	if (!privacy_begin(&fields, schema, groups, record))
		return false;
	while (privacy_next(&fields, &field))
		record_add_field(out, field.attribute, field.value);
	return true;
}
