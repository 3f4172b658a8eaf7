#include "record/hidden.h"

#include "record/record.h"
#include "record/schema.h"

_Static_assert(SCHEMA_ATTRIBUTES_MAX <= 64, "bits of struct hidden");

enum {
	LABEL_WORDS_MAX = SCHEMA_LABEL_MAX / 2, /* with a blank behind each */
	NAMES_MAX = 2 * SCHEMA_ATTRIBUTES_MAX, /* by name and by label */
	LIST_BYTES_MAX = 4096,
};

/*
 * Lists are read whenever their entry is shown, so what they may cost is
 * bounded: who writes more than there is to hide is hidden altogether.
 */
struct reading {
	const struct schema *schema;
	struct hidden hidden;
	unsigned names; /* read so far */
};

static bool
is_whole(const struct schema *schema, const struct attribute *attribute)
{
	return attribute->id == schema->name_id ||
	    attribute->id == schema->key_id;
}

/* False: it is no name of anything. */
static bool
add_name(struct reading *reading, struct span name)
{
	static const struct span all = SPAN_LITERAL("all");
	const struct schema *schema = reading->schema;
	const struct attribute *attribute = schema_find(schema, name);

	if (schema_names_equal(name, all) ||
	    (attribute != NULL && is_whole(schema, attribute)))
		reading->hidden.whole = true;
	else if (attribute != NULL)
		reading->hidden.attributes |= UINT64_C(1) << attribute->id;
	else
		return false;
	return true;
}

static struct span
first_words(struct span words)
{
	struct span rest = words;

	for (unsigned i = 0; i < LABEL_WORDS_MAX; i++)
		span_next_word(&rest);
	words.length -= rest.length;
	return span_trim(words);
}

/* All but the last word; empty when there is only one. */
static struct span
without_last_word(struct span words)
{
	while (words.length > 0 && words.data[words.length - 1] != ' ')
		words.length--;
	return span_trim(words);
}

/* Returns what is behind the name. */
static struct span
add_first_name(struct reading *reading, struct span words)
{
	struct span name = first_words(words);

	while (name.length > 0 && !add_name(reading, name))
		name = without_last_word(name);
	if (name.length > 0)
		return span_skip(words, name.length);
	reading->hidden.unknown++;
	span_next_word(&words);
	return words;
}

/*
 * Labels hold blanks, so a name is as many words as make one: "home phone
 * room" is Home Phone and Room, and not a Phone.
 */
static void
add_words(struct reading *reading, struct span words)
{
	words = span_trim(words);
	while (words.length > 0 && !reading->hidden.whole) {
		words = span_trim(add_first_name(reading, words));
		if (++reading->names > NAMES_MAX)
			reading->hidden.whole = true;
	}
}

static void
add_list(struct reading *reading, struct span list)
{
	if (list.length > LIST_BYTES_MAX)
		reading->hidden.whole = true;
	while (list.length > 0 && !reading->hidden.whole)
		add_words(reading, span_cut(&list, ','));
}

struct hidden
hidden_read(const struct schema *schema, struct span record)
{
	struct reading reading = { .schema = schema };
	struct record_field field;

	if (schema->hides_id == SCHEMA_NO_ATTRIBUTE)
		return reading.hidden;
	while (record_next(&record, &field) && !reading.hidden.whole &&
	    field.attribute <= schema->hides_id)
		if (field.attribute == schema->hides_id)
			add_list(&reading, field.value);
	return reading.hidden;
}

/* Few entries hide anything: those need not be walked. */
struct hidden
hidden_of(const struct schema *schema, const struct record_parts *parts)
{
	if ((parts->attributes >> schema->hides_id & 1) == 0)
		return (struct hidden){ 0 };
	return hidden_read(schema, parts->fields[schema->hides_id]);
}
