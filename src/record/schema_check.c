#include "record/schema_check.h"

#include "record/schema.h"
#include "record/schema_reading.h"
#include "record/schema_sources.h"

static bool
attributes_clash(const struct attribute *a, const struct attribute *b)
{
	return schema_names_equal(a->name, b->name) ||
	    schema_names_equal(a->name, b->label) ||
	    schema_names_equal(a->label, b->name) ||
	    schema_names_equal(a->label, b->label);
}

static bool
sources_clash(const struct schema_sources *a, const struct schema_sources *b)
{
	return schema_names_equal(schema_dump_source(a),
	    schema_dump_source(b));
}

static bool
ph_fields_clash(const struct attribute *a, const struct attribute *b)
{
	return span_equal(a->ph_name, b->ph_name) ||
	    (a->ph_number == b->ph_number &&
		a->ph_number != SCHEMA_NO_PH_NUMBER);
}

static void
compare_with_earlier(struct schema_reading *reading,
    const struct attribute *attribute)
{
	for (unsigned i = 0; i < attribute->id; i++) {
		const struct attribute *earlier =
		    &reading->schema->attributes[i];

		if (attributes_clash(attribute, earlier))
			schema_refuse(reading, "attributes '%.*s' and '%.*s' "
			    "have the same name or label; rename one",
			    SCHEMA_QUOTED(earlier->name),
			    SCHEMA_QUOTED(attribute->name));
		if (sources_clash(&attribute->ldif, &earlier->ldif) ||
		    sources_clash(&attribute->csv, &earlier->csv))
			schema_refuse(reading, "a dump would write attributes "
			    "'%.*s' and '%.*s' under the same name; put "
			    "another source first for one of them",
			    SCHEMA_QUOTED(earlier->name),
			    SCHEMA_QUOTED(attribute->name));
		if (ph_fields_clash(attribute, earlier))
			schema_refuse(reading, "attributes '%.*s' and '%.*s' "
			    "have the same name or number in PH; give one of "
			    "them a line 'ph NAME NUMBER' of its own",
			    SCHEMA_QUOTED(earlier->name),
			    SCHEMA_QUOTED(attribute->name));
	}
}

/* The rules that concern the name and the Index Key. */
static void
check_identity(struct schema_reading *reading,
    const struct attribute *attribute)
{
	if (attribute->index != INDEX_NAME && attribute->index != INDEX_KEY)
		return;
	if (attribute->many)
		schema_refuse(reading, "attribute '%.*s' can have one value "
		    "only; take 'values many' out",
		    SCHEMA_QUOTED(attribute->name));
	else if (!attribute_is_for(attribute, SCHEMA_PUBLIC))
		schema_refuse(reading, "the name and the Index Key are part of "
		    "every answer; write 'show everyone' for '%.*s'",
		    SCHEMA_QUOTED(attribute->name));
}

/* Who could see the list would know that there is something to hide. */
static void
check_hides(struct schema_reading *reading, const struct attribute *attribute)
{
	struct schema *schema = reading->schema;

	if (!attribute->hides)
		return;
	if (attribute->group != SCHEMA_GROUP_NOBODY ||
	    attribute->index != INDEX_NONE)
		schema_refuse(reading, "what '%.*s' lists is for nobody; take "
		    "its lines 'show' and 'index' out",
		    SCHEMA_QUOTED(attribute->name));
	else if (schema->hides_id != SCHEMA_NO_ATTRIBUTE)
		schema_refuse(reading, "more than one attribute has the line "
		    "'role hides'; take out the one of '%.*s'",
		    SCHEMA_QUOTED(attribute->name));
	schema->hides_id = attribute->id;
}

/* The whole block is there: what its lines make together. */
static void
check_block(struct schema_reading *reading, struct attribute *attribute)
{
	if (attribute->label.length == 0)
		schema_refuse(reading, "attribute '%.*s' has no label; add a "
		    "line 'label ...' to it", SCHEMA_QUOTED(attribute->name));
	else if (attribute->ldif.count == 0 && attribute->csv.count == 0)
		schema_refuse(reading, "attribute '%.*s' has no source; add a "
		    "line 'ldif ...' or 'csv ...' to it",
		    SCHEMA_QUOTED(attribute->name));
	else if (attribute->split_blanks && !attribute->many)
		schema_refuse(reading, "'split blanks' goes with 'values "
		    "many'; add that to attribute '%.*s'",
		    SCHEMA_QUOTED(attribute->name));
	schema_sources_set_default(&attribute->ldif, attribute->name);
	schema_sources_set_default(&attribute->csv, attribute->name);
	if (attribute->ph_name.length == 0)
		attribute->ph_name = attribute->name;
	schema_sources_check_ldif(reading, &attribute->ldif);
	check_identity(reading, attribute);
	check_hides(reading, attribute);
	compare_with_earlier(reading, attribute);
}

void
schema_check_block(struct schema_reading *reading)
{
	unsigned long line = reading->line;

	if (reading->attribute == NULL || reading->refused)
		return;
	reading->line = reading->block_line;
	check_block(reading, reading->attribute);
	reading->line = line;
}

/* Exactly one attribute has this index; which one. */
static unsigned
find_only(struct schema_reading *reading, enum index_kind index,
    const char *word)
{
	const struct schema *schema = reading->schema;
	unsigned count = 0, found = 0;

	for (unsigned i = 0; i < schema->count; i++)
		if (schema->attributes[i].index == index) {
			found = i;
			count++;
		}
	if (count != 1)
		schema_refuse(reading, "%s attribute has the line 'index %s'; "
		    "exactly one must have it", count ? "more than one" : "no",
		    word);
	return found;
}

void
schema_check_whole(struct schema_reading *reading)
{
	struct schema *schema = reading->schema;

	schema->name_id = find_only(reading, INDEX_NAME, "name");
	schema->key_id = find_only(reading, INDEX_KEY, "key");
}
