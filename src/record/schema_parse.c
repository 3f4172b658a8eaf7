/*
 * The text of a schema read line by line into blocks of one attribute each.
 * The first complaint ends the reading: it is kept in the parser, and every
 * step after it does nothing.
 */

#include "record/schema.h"

#include "base/mix.h"
#include "record/record.h"
#include "record/schema_group.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 32, SOURCE_MAX_BYTES = 64, FIRST_MAX = 99,
       TEXT_MAX_BYTES = 65536, QUOTED_MAX = 60 };

/* The ph_number of an attribute that has not been given one yet. */
enum { NO_NUMBER = SCHEMA_PH_NUMBER_MAX + 1 };

struct parser {
	struct schema *schema;
	struct attribute *attribute; /* whose block it is; NULL: none yet */
	unsigned long line;
	unsigned long block_line;    /* of the line "attribute NAME" */
	unsigned seen;               /* bit i: lines[i] was in this block */
	struct fault *fault;
	bool refused;
};

/* For "%.*s": a piece of the text, which holds no control characters. */
#define QUOTED(span) (int)utf8_cut(span, QUOTED_MAX).length, (span).data

/* Note a complaint about the current line.  Only the first one counts. */
PRINTF_LIKE(2, 3)
static void
refuse(struct parser *parser, const char *format, ...)
{
	char text[FAULT_TEXT_MAX];
	va_list values;

	if (parser->refused)
		return;
	va_start(values, format);
	vsnprintf(text, sizeof text, format, values);
	va_end(values);
	fault_set(parser->fault, ERR_REFUSED, "line %lu: %s", parser->line,
	    text);
	parser->refused = true;
}

/* Of a "label" line and the like: what comes behind the first word. */
typedef void take_line(struct parser *parser, struct span value);

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Small letters, and behind the first of them digits and these signs. */
static bool
is_name_with(struct span name, const char *signs)
{
	if (name.length == 0 || name.length > NAME_MAX_BYTES)
		return false;
	for (size_t i = 0; i < name.length; i++) {
		char c = name.data[i];
		bool inner = is_digit(c) || strchr(signs, c) != NULL;

		if (!(c >= 'a' && c <= 'z') && !(inner && i > 0))
			return false;
	}
	return true;
}

static bool
is_attribute_name(struct span name)
{
	return is_name_with(name, "_");
}

/* What the configuration can name so: see access/classes. */
static bool
is_class_name(struct span name)
{
	return is_name_with(name, "_-");
}

static bool
is_ph_name(struct span name)
{
	return name.length <= SCHEMA_PH_NAME_MAX && is_name_with(name, "_-");
}

static bool
is_source_name(struct span name)
{
	if (name.length == 0 || name.length > SOURCE_MAX_BYTES)
		return false;
	for (size_t i = 0; i < name.length; i++) {
		char c = name.data[i];

		if (!is_letter(c) && !is_digit(c) &&
		    memchr("_-.", c, 3) == NULL)
			return false;
	}
	return true;
}

static void
take_label(struct parser *parser, struct span value)
{
	size_t columns = utf8_width(value);

	if (columns > SCHEMA_LABEL_MAX)
		refuse(parser, "the label '%.*s' is wider than %d columns; "
		    "shorten it", QUOTED(value), SCHEMA_LABEL_MAX);
	else if (memchr(value.data, ':', value.length) != NULL)
		refuse(parser, "the label '%.*s' holds a colon, which ends "
		    "a label in every answer; leave it out", QUOTED(value));
	else if (value.data[0] == '%')
		refuse(parser, "the label '%.*s' begins with %%, which marks "
		    "a comment in an answer; begin it with a letter",
		    QUOTED(value));
	else if (schema_label_is_referral(value))
		refuse(parser, "clients take the label '%.*s' for a referral "
		    "to another server; choose another", QUOTED(value));
	parser->attribute->label = value;
	parser->attribute->label_columns = (unsigned)columns;
}

static void
take_index(struct parser *parser, struct span value)
{
	static const char *const kinds[INDEX_KINDS] = {
		[INDEX_NONE] = "none", [INDEX_NAME] = "name",
		[INDEX_ALIAS] = "alias", [INDEX_WORDS] = "words",
		[INDEX_DIGITS] = "digits", [INDEX_KEY] = "key",
		[INDEX_EXACT] = "exact", [INDEX_MAIL] = "mail",
	};

	for (unsigned i = 0; i < INDEX_KINDS; i++)
		if (span_is(value, kinds[i])) {
			parser->attribute->index = (enum index_kind)i;
			return;
		}
	refuse(parser, "there is no index '%.*s'; take one of none, name, "
	    "alias, words, digits, key, exact or mail", QUOTED(value));
}

static void
take_show(struct parser *parser, struct span value)
{
	struct span rest = value, word;
	bool alone = true, reserved = false;

	for (word = span_next_word(&rest); word.length > 0;
	    word = span_next_word(&rest)) {
		alone = alone && word.length == value.length;
		reserved = reserved || span_is(word, "everyone") ||
		    span_is(word, "nobody");
		if (!is_class_name(word))
			refuse(parser, "'%.*s' cannot be a class of viewers; "
			    "write everyone, nobody, or names of small "
			    "letters, digits, - and _", QUOTED(word));
	}
	if (reserved && !alone)
		refuse(parser, "everyone and nobody stand alone; take the "
		    "other words of '%.*s' out", QUOTED(value));
	if (!schema_take_group(parser->schema, value,
		&parser->attribute->group))
		refuse(parser, "attributes are shown to at most %d different "
		    "sets of classes; show this one like an earlier one",
		    SCHEMA_GROUPS_MAX - 1);
}

static void
take_role(struct parser *parser, struct span value)
{
	parser->attribute->hides = true;
	if (!span_is(value, "hides"))
		refuse(parser, "there is no role '%.*s'; write hides",
		    QUOTED(value));
}

static void
take_form(struct parser *parser, struct span value)
{
	struct span word;

	while ((word = span_next_word(&value)).length > 0) {
		if (span_is(word, "long"))
			parser->attribute->long_form = true;
		else if (span_is(word, "short"))
			parser->attribute->short_form = true;
		else
			refuse(parser, "there is no form '%.*s'; write long, "
			    "short, or both", QUOTED(word));
	}
}

static void
take_values(struct parser *parser, struct span value)
{
	parser->attribute->many = span_is(value, "many");
	if (!parser->attribute->many && !span_is(value, "one"))
		refuse(parser, "values are one or many, not '%.*s'",
		    QUOTED(value));
}

static void
take_split(struct parser *parser, struct span value)
{
	parser->attribute->split_blanks = true;
	if (!span_is(value, "blanks"))
		refuse(parser, "values can be split at blanks only: write "
		    "'split blanks', not '%.*s'", QUOTED(value));
}

static void
take_max(struct parser *parser, struct span value)
{
	unsigned *chars = &parser->attribute->max_chars;

	if (!span_read_number(value, RECORD_BYTES_MAX, chars) || *chars == 0)
		refuse(parser, "a value has at most 1 to %d characters, not "
		    "'%.*s'", RECORD_BYTES_MAX, QUOTED(value));
}

static void
take_ph(struct parser *parser, struct span value)
{
	struct span name = span_next_word(&value);
	unsigned *number = &parser->attribute->ph_number;

	if (!is_ph_name(name))
		refuse(parser, "'%.*s' cannot be a field of PH: it takes 1 to "
		    "%d small letters, digits, - and _, a letter first",
		    QUOTED(name), SCHEMA_PH_NAME_MAX);
	else if (!span_read_number(span_trim(value), SCHEMA_PH_NUMBER_MAX,
		     number))
		refuse(parser, "behind '%.*s' belongs the number of the "
		    "field, 0 to %d", QUOTED(name), SCHEMA_PH_NUMBER_MAX);
	parser->attribute->ph_name = name;
}

/* Take "[N]" off the end of an alternative, as in "cn[2]". */
static void
take_first(struct parser *parser, struct span *text,
    struct schema_source *source)
{
	struct span name, number = *text;
	unsigned first = 0;

	source->first = 1;
	if (memchr(text->data, '[', text->length) == NULL)
		return;
	name = span_cut(&number, '[');
	for (*text = name; first <= FIRST_MAX && number.length > 0 &&
	    is_digit(number.data[0]); number = span_skip(number, 1))
		first = first * 10 + (unsigned)(number.data[0] - '0');
	if (first < 1 || first > FIRST_MAX || !span_is(number, "]"))
		refuse(parser, "behind '%.*s' belongs the number of a value, "
		    "1 to %d, as in cn[2]", QUOTED(name), FIRST_MAX);
	source->first = first;
}

static void
take_part(struct parser *parser, struct schema_source *source,
    struct span part)
{
	if (schema_source_is_secret(part))
		refuse(parser, "userPassword is never stored; take it out");
	else if (!is_source_name(part))
		refuse(parser, "'%.*s' is not the name of a source; names "
		    "are letters, digits, '_', '-' and '.', without options",
		    QUOTED(part));
	else if (source->count == SCHEMA_PARTS_MAX)
		refuse(parser, "a source has at most %d parts joined by +",
		    SCHEMA_PARTS_MAX);
	else
		source->parts[source->count++] = part;
}

static void
take_sources(struct parser *parser, struct schema_sources *sources,
    struct span value)
{
	struct span word;

	while ((word = span_next_word(&value)).length > 0) {
		struct schema_source *source =
		    &sources->alternatives[sources->count];
		bool more = true;

		if (sources->count == SCHEMA_SOURCES_MAX) {
			refuse(parser, "at most %d sources fit on a line",
			    SCHEMA_SOURCES_MAX);
			return;
		}
		sources->count++;
		take_first(parser, &word, source);
		while (more) {
			more = memchr(word.data, '+', word.length) != NULL;
			take_part(parser, source, span_cut(&word, '+'));
		}
		if (source->count > 1 && source->first > 1)
			refuse(parser, "a number as in cn[2] goes with a "
			    "source of one part only");
	}
	if (schema_dump_source(sources).length == 0)
		refuse(parser, "one source must be a single name without a "
		    "number, so that a dump can be loaded again; add one");
}

static void
take_ldif(struct parser *parser, struct span value)
{
	take_sources(parser, &parser->attribute->ldif, value);
}

static void
take_csv(struct parser *parser, struct span value)
{
	take_sources(parser, &parser->attribute->csv, value);
}

/* A format without a line of its own takes the attribute's name. */
static void
default_source(struct schema_sources *sources, struct span name)
{
	if (sources->count > 0)
		return;
	sources->count = 1;
	sources->alternatives[0] = (struct schema_source){ .parts = { name },
		.count = 1, .first = 1 };
}

/* Words of LDIF itself, which record/ldif and record/export deal with. */
static bool
is_ldif_word(struct span name)
{
	static const char *const words[] = { "dn", "objectClass",
		"changetype", "include" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (span_is_nocase(name, words[i]))
			return true;
	return false;
}

static void
refuse_ldif_words(struct parser *parser, const struct schema_sources *sources)
{
	for (unsigned i = 0; i < sources->count; i++)
		for (unsigned k = 0; k < sources->alternatives[i].count; k++)
			if (is_ldif_word(sources->alternatives[i].parts[k]))
				refuse(parser, "dn, objectClass, changetype "
				    "and include are words of LDIF itself; "
				    "take another 'ldif' source");
}

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
	    (a->ph_number == b->ph_number && a->ph_number != NO_NUMBER);
}

static void
compare_with_earlier(struct parser *parser, const struct attribute *attribute)
{
	for (unsigned i = 0; i < attribute->id; i++) {
		const struct attribute *earlier =
		    &parser->schema->attributes[i];

		if (attributes_clash(attribute, earlier))
			refuse(parser, "attributes '%.*s' and '%.*s' have the "
			    "same name or label; rename one",
			    QUOTED(earlier->name), QUOTED(attribute->name));
		if (sources_clash(&attribute->ldif, &earlier->ldif) ||
		    sources_clash(&attribute->csv, &earlier->csv))
			refuse(parser, "a dump would write attributes '%.*s' "
			    "and '%.*s' under the same name; put another "
			    "source first for one of them",
			    QUOTED(earlier->name), QUOTED(attribute->name));
		if (ph_fields_clash(attribute, earlier))
			refuse(parser, "attributes '%.*s' and '%.*s' have the "
			    "same name or number in PH; give one of them a "
			    "line 'ph NAME NUMBER' of its own",
			    QUOTED(earlier->name), QUOTED(attribute->name));
	}
}

/* The rules that concern the name and the Index Key. */
static void
check_identity(struct parser *parser, const struct attribute *attribute)
{
	if (attribute->index != INDEX_NAME && attribute->index != INDEX_KEY)
		return;
	if (attribute->many)
		refuse(parser, "attribute '%.*s' can have one value only; "
		    "take 'values many' out", QUOTED(attribute->name));
	else if (!attribute_is_for(attribute, SCHEMA_PUBLIC))
		refuse(parser, "the name and the Index Key are part of every "
		    "answer; write 'show everyone' for '%.*s'",
		    QUOTED(attribute->name));
}

/* Who could see the list would know that there is something to hide. */
static void
check_hides(struct parser *parser, const struct attribute *attribute)
{
	struct schema *schema = parser->schema;

	if (!attribute->hides)
		return;
	if (attribute->group != SCHEMA_GROUP_NOBODY ||
	    attribute->index != INDEX_NONE)
		refuse(parser, "what '%.*s' lists is for nobody; take its "
		    "lines 'show' and 'index' out", QUOTED(attribute->name));
	else if (schema->hides_id != SCHEMA_NO_ATTRIBUTE)
		refuse(parser, "more than one attribute has the line 'role "
		    "hides'; take out the one of '%.*s'",
		    QUOTED(attribute->name));
	schema->hides_id = attribute->id;
}

/* The whole block is there: what its lines make together. */
static void
check_block(struct parser *parser, struct attribute *attribute)
{
	if (attribute->label.length == 0)
		refuse(parser, "attribute '%.*s' has no label; add a line "
		    "'label ...' to it", QUOTED(attribute->name));
	else if (attribute->ldif.count == 0 && attribute->csv.count == 0)
		refuse(parser, "attribute '%.*s' has no source; add a line "
		    "'ldif ...' or 'csv ...' to it", QUOTED(attribute->name));
	else if (attribute->split_blanks && !attribute->many)
		refuse(parser, "'split blanks' goes with 'values many'; add "
		    "that to attribute '%.*s'", QUOTED(attribute->name));
	default_source(&attribute->ldif, attribute->name);
	default_source(&attribute->csv, attribute->name);
	if (attribute->ph_name.length == 0)
		attribute->ph_name = attribute->name;
	refuse_ldif_words(parser, &attribute->ldif);
	check_identity(parser, attribute);
	check_hides(parser, attribute);
	compare_with_earlier(parser, attribute);
}

/* Complaints about a whole block name its first line. */
static void
end_block(struct parser *parser)
{
	unsigned long line = parser->line;

	if (parser->attribute == NULL || parser->refused)
		return;
	parser->line = parser->block_line;
	check_block(parser, parser->attribute);
	parser->line = line;
}

static void
begin_block(struct parser *parser, struct span name)
{
	struct schema *schema = parser->schema;

	end_block(parser);
	parser->seen = 0;
	parser->block_line = parser->line;
	if (schema->count == SCHEMA_ATTRIBUTES_MAX) {
		refuse(parser, "a schema has at most %d attributes",
		    SCHEMA_ATTRIBUTES_MAX);
		return;
	}
	if (schema_source_is_secret(name))
		refuse(parser, "userPassword is never stored; take the "
		    "attribute out");
	else if (schema_label_is_referral(name))
		refuse(parser, "clients take '%.*s' for a referral to another "
		    "server; choose another name", QUOTED(name));
	else if (!is_attribute_name(name))
		refuse(parser, "'%.*s' is not a name: it takes 1 to %d small "
		    "letters, digits and _, a letter first", QUOTED(name),
		    NAME_MAX_BYTES);
	parser->attribute = &schema->attributes[schema->count];
	*parser->attribute = (struct attribute){ .id = schema->count,
		.name = name, .group = SCHEMA_GROUP_NOBODY,
		.max_chars = SCHEMA_CHARS_DEFAULT, .ph_number = NO_NUMBER };
	schema->count++;
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

static void
parse_property(struct parser *parser, struct span word, struct span value)
{
	unsigned i = 0;

	while (i < LINES && !span_is(word, lines[i].word))
		i++;
	if (i == LINES)
		refuse(parser, "'%.*s' is no word of a schema; a line begins "
		    "with attribute, label, index, show, form, values, ldif, "
		    "csv, split, role, max or ph", QUOTED(word));
	else if (parser->attribute == NULL)
		refuse(parser, "'%.*s' belongs to no attribute; begin with a "
		    "line 'attribute NAME'", QUOTED(word));
	else if (parser->seen & 1u << i)
		refuse(parser, "'%.*s' was given before for this attribute; "
		    "take one of the two lines out", QUOTED(word));
	else if (value.length == 0)
		refuse(parser, "'%.*s' has no value; write it behind the word",
		    QUOTED(word));
	else
		lines[i].take(parser, value);
	parser->seen |= 1u << (i % LINES);
}

/* The line without its comment, which begins with a # after a blank. */
static struct span
cut_comment(struct span line)
{
	for (size_t i = 0; i < line.length; i++)
		if (line.data[i] == '#' && (i == 0 ||
		    line.data[i - 1] == ' ' || line.data[i - 1] == '\t'))
			line.length = i;
	return span_trim(line);
}

static bool
is_plain_text(struct span line)
{
	bool plain = utf8_is_valid(line);
	size_t length;

	for (; plain && line.length > 0; line = span_skip(line, length))
		plain = !utf8_is_control(utf8_decode(line, &length)) ||
		    line.data[0] == '\t';
	return plain;
}

static void
parse_line(struct parser *parser, struct span line)
{
	struct span word;

	/* The CR of a CR LF is no control character here. */
	line = span_trim(line);
	if (!is_plain_text(line)) {
		refuse(parser, "the line holds control characters or is not "
		    "UTF-8; take them out, or save the file as UTF-8");
		return;
	}
	line = cut_comment(line);
	if (line.length == 0)
		return;
	word = span_next_word(&line);
	if (span_is(word, "attribute"))
		begin_block(parser, span_trim(line));
	else
		parse_property(parser, word, span_trim(line));
}

/* Exactly one attribute has this index; which one. */
static unsigned
find_only(struct parser *parser, enum index_kind index, const char *word)
{
	const struct schema *schema = parser->schema;
	unsigned count = 0, found = 0;

	for (unsigned i = 0; i < schema->count; i++)
		if (schema->attributes[i].index == index) {
			found = i;
			count++;
		}
	if (count != 1)
		refuse(parser, "%s attribute has the line 'index %s'; exactly "
		    "one must have it", count ? "more than one" : "no", word);
	return found;
}

static bool
has_ph_number(const struct schema *schema, unsigned number)
{
	for (unsigned i = 0; i < schema->count; i++)
		if (schema->attributes[i].ph_number == number)
			return true;
	return false;
}

/*
 * Made from the name alone: a number in a row would tell who sees a part of the
 * schema that there is more between.
 */
static unsigned
number_from(struct span name)
{
	unsigned count = SCHEMA_PH_NUMBER_MAX - SCHEMA_PH_NUMBER_FREE + 1;
	uint64_t bits = 0;

	for (size_t i = 0; i < name.length; i++)
		bits = mix_bits(bits + (unsigned char)name.data[i]);
	return SCHEMA_PH_NUMBER_FREE + (unsigned)(bits % count);
}

/* Only when all are read is it known which numbers are free. */
static void
number_ph_fields(struct schema *schema)
{
	for (unsigned i = 0; i < schema->count; i++) {
		struct attribute *attribute = &schema->attributes[i];
		unsigned number = number_from(attribute->name);

		if (attribute->ph_number != NO_NUMBER)
			continue;
		while (has_ph_number(schema, number))
			number = number < SCHEMA_PH_NUMBER_MAX ? number + 1 :
			    SCHEMA_PH_NUMBER_FREE;
		attribute->ph_number = number;
	}
}

static void
parse_text(struct parser *parser, struct span text)
{
	struct schema *schema = parser->schema;

	do {
		parser->line++;
		parse_line(parser, span_cut(&text, '\n'));
	} while (text.length > 0 && !parser->refused);
	end_block(parser);
	schema->name_id = find_only(parser, INDEX_NAME, "name");
	schema->key_id = find_only(parser, INDEX_KEY, "key");
	number_ph_fields(schema);
}

struct schema *
schema_parse(struct span text, struct fault *fault)
{
	struct parser parser = { .fault = fault, .line = 0 };
	char *copy;

	if (text.length > TEXT_MAX_BYTES) {
		fault_set(fault, ERR_REFUSED, "line 1: a schema has at most %d "
		    "bytes and this has %zu", TEXT_MAX_BYTES, text.length);
		return NULL;
	}
	/* One block holds the schema and, behind it, its text. */
	parser.schema = calloc(1, sizeof *parser.schema + text.length + 1);
	assert(parser.schema != NULL);
	copy = (char *)(parser.schema + 1);
	if (text.length > 0)
		memcpy(copy, text.data, text.length);
	parser.schema->text = (struct span){ copy, text.length };
	parser.schema->hides_id = SCHEMA_NO_ATTRIBUTE;
	schema_begin_groups(parser.schema);
	parse_text(&parser, parser.schema->text);
	if (parser.refused)
		schema_free(&parser.schema);
	return parser.schema;
}
