#include "record/schema_group.h"

#include "record/schema.h"

static const struct span everyone = SPAN_LITERAL("everyone"),
    nobody = SPAN_LITERAL("nobody");

static bool
has_word(struct span words, struct span wanted)
{
	struct span word;

	while ((word = span_next_word(&words)).length > 0)
		if (span_equal(word, wanted))
			return true;
	return false;
}

static bool
has_all_words(struct span words, struct span wanted)
{
	struct span word;

	while ((word = span_next_word(&wanted)).length > 0)
		if (!has_word(words, word))
			return false;
	return true;
}

void
schema_begin_groups(struct schema *schema)
{
	schema->groups[SCHEMA_GROUP_EVERYONE] = everyone;
	schema->group_count = 1;
}

bool
schema_take_group(struct schema *schema, struct span classes, unsigned *group)
{
	*group = SCHEMA_GROUP_NOBODY;
	if (span_equal(classes, nobody))
		return true;
	for (unsigned i = 0; i < schema->group_count; i++)
		if (has_all_words(schema->groups[i], classes) &&
		    has_all_words(classes, schema->groups[i])) {
			*group = i;
			return true;
		}
	if (schema->group_count == SCHEMA_GROUPS_MAX)
		return false;
	*group = schema->group_count++;
	schema->groups[*group] = classes;
	return true;
}
