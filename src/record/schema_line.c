#include "record/schema_line.h"

#include "record/record.h"
#include "record/schema.h"
#include "record/schema_group.h"
#include "record/schema_name.h"
#include "record/schema_reading.h"
#include "record/schema_sources.h"
#include "text/utf8.h"

#include <string.h>

/* Of a "label" line and the like: what comes behind the first word. */
typedef void take_line(struct schema_reading *reading, struct span value);

static void
take_label(struct schema_reading *reading, struct span value)
{
	size_t columns = utf8_width(value);

	if (columns > SCHEMA_LABEL_MAX)
		schema_refuse(reading, "the label '%.*s' is wider than %d "
		    "columns; shorten it", SCHEMA_QUOTED(value),
		    SCHEMA_LABEL_MAX);
	else if (memchr(value.data, ':', value.length) != NULL)
		schema_refuse(reading, "the label '%.*s' holds a colon, which "
		    "ends a label in every answer; leave it out",
		    SCHEMA_QUOTED(value));
	else if (value.data[0] == '%')
		schema_refuse(reading, "the label '%.*s' begins with %%, which "
		    "marks a comment in an answer; begin it with a letter",
		    SCHEMA_QUOTED(value));
	else if (schema_label_is_referral(value))
		schema_refuse(reading, "clients take the label '%.*s' for a "
		    "referral to another server; choose another",
		    SCHEMA_QUOTED(value));
	reading->attribute->label = value;
	reading->attribute->label_columns = (unsigned)columns;
}

static void
take_index(struct schema_reading *reading, struct span value)
{
	static const char *const kinds[INDEX_KINDS] = {
		[INDEX_NONE] = "none", [INDEX_NAME] = "name",
		[INDEX_ALIAS] = "alias", [INDEX_WORDS] = "words",
		[INDEX_DIGITS] = "digits", [INDEX_KEY] = "key",
		[INDEX_EXACT] = "exact", [INDEX_MAIL] = "mail",
	};

	for (unsigned i = 0; i < INDEX_KINDS; i++)
		if (span_is(value, kinds[i])) {
			reading->attribute->index = (enum index_kind)i;
			return;
		}
	schema_refuse(reading, "there is no index '%.*s'; take one of none, "
	    "name, alias, words, digits, key, exact or mail",
	    SCHEMA_QUOTED(value));
}

static void
take_show(struct schema_reading *reading, struct span value)
{
	struct span rest = value, word;
	bool alone = true, reserved = false;

	for (word = span_next_word(&rest); word.length > 0;
	    word = span_next_word(&rest)) {
		alone = alone && word.length == value.length;
		reserved = reserved || span_is(word, "everyone") ||
		    span_is(word, "nobody");
		if (!schema_name_is_class(word))
			schema_refuse(reading, "'%.*s' cannot be a class of "
			    "viewers; write everyone, nobody, or names of "
			    "small letters, digits, - and _",
			    SCHEMA_QUOTED(word));
	}
	if (reserved && !alone)
		schema_refuse(reading, "everyone and nobody stand alone; take "
		    "the other words of '%.*s' out", SCHEMA_QUOTED(value));
	if (!schema_take_group(reading->schema, value,
		&reading->attribute->group))
		schema_refuse(reading, "attributes are shown to at most %d "
		    "different sets of classes; show this one like an earlier "
		    "one", SCHEMA_GROUPS_MAX - 1);
}

static void
take_role(struct schema_reading *reading, struct span value)
{
	reading->attribute->hides = true;
	if (!span_is(value, "hides"))
		schema_refuse(reading, "there is no role '%.*s'; write hides",
		    SCHEMA_QUOTED(value));
}

static void
take_form(struct schema_reading *reading, struct span value)
{
	struct span word;

	while ((word = span_next_word(&value)).length > 0) {
		if (span_is(word, "long"))
			reading->attribute->long_form = true;
		else if (span_is(word, "short"))
			reading->attribute->short_form = true;
		else
			schema_refuse(reading, "there is no form '%.*s'; write "
			    "long, short, or both", SCHEMA_QUOTED(word));
	}
}

static void
take_values(struct schema_reading *reading, struct span value)
{
	reading->attribute->many = span_is(value, "many");
	if (!reading->attribute->many && !span_is(value, "one"))
		schema_refuse(reading, "values are one or many, not '%.*s'",
		    SCHEMA_QUOTED(value));
}

static void
take_split(struct schema_reading *reading, struct span value)
{
	reading->attribute->split_blanks = true;
	if (!span_is(value, "blanks"))
		schema_refuse(reading, "values can be split at blanks only: "
		    "write 'split blanks', not '%.*s'", SCHEMA_QUOTED(value));
}

static void
take_max(struct schema_reading *reading, struct span value)
{
	unsigned *chars = &reading->attribute->max_chars;

	if (!span_read_number(value, RECORD_BYTES_MAX, chars) || *chars == 0)
		schema_refuse(reading, "a value has at most 1 to %d "
		    "characters, not '%.*s'", RECORD_BYTES_MAX,
		    SCHEMA_QUOTED(value));
}

static void
take_ph(struct schema_reading *reading, struct span value)
{
	struct span name = span_next_word(&value);
	unsigned *number = &reading->attribute->ph_number;

	if (!schema_name_is_ph_field(name))
		schema_refuse(reading, "'%.*s' cannot be a field of PH: it "
		    "takes 1 to %d small letters, digits, - and _, a letter "
		    "first", SCHEMA_QUOTED(name), SCHEMA_PH_NAME_MAX);
	else if (!span_read_number(span_trim(value), SCHEMA_PH_NUMBER_MAX,
		     number))
		schema_refuse(reading, "behind '%.*s' belongs the number of "
		    "the field, 0 to %d", SCHEMA_QUOTED(name),
		    SCHEMA_PH_NUMBER_MAX);
	reading->attribute->ph_name = name;
}

static void
take_ldif(struct schema_reading *reading, struct span value)
{
	schema_sources_take(reading, &reading->attribute->ldif, value);
}

static void
take_csv(struct schema_reading *reading, struct span value)
{
	schema_sources_take(reading, &reading->attribute->csv, value);
}

static const struct {
	const char *word;
	take_line *take;
} lines[] = {
	{ "label", take_label },
	{ "index", take_index },
	{ "show", take_show },
	{ "form", take_form },
	{ "values", take_values },
	{ "ldif", take_ldif },
	{ "csv", take_csv },
	{ "split", take_split },
	{ "role", take_role },
	{ "max", take_max },
	{ "ph", take_ph },
};

enum { LINES = sizeof lines / sizeof lines[0] };

void
schema_line_take(struct schema_reading *reading, struct span word,
    struct span value)
{
	unsigned i = 0;

	while (i < LINES && !span_is(word, lines[i].word))
		i++;
	if (i == LINES)
		schema_refuse(reading, "'%.*s' is no word of a schema; a line "
		    "begins with attribute, label, index, show, form, values, "
		    "ldif, csv, split, role, max or ph", SCHEMA_QUOTED(word));
	else if (reading->attribute == NULL)
		schema_refuse(reading, "'%.*s' belongs to no attribute; begin "
		    "with a line 'attribute NAME'", SCHEMA_QUOTED(word));
	else if (reading->seen & 1u << i)
		schema_refuse(reading, "'%.*s' was given before for this "
		    "attribute; take one of the two lines out",
		    SCHEMA_QUOTED(word));
	else if (value.length == 0)
		schema_refuse(reading, "'%.*s' has no value; write it behind "
		    "the word", SCHEMA_QUOTED(word));
	else
		lines[i].take(reading, value);
	reading->seen |= 1u << (i % LINES);
}
