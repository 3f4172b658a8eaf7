/*
 * The text of a schema read line by line into blocks of one attribute each.
 */

#include "record/schema.h"

#include "record/schema_check.h"
#include "record/schema_group.h"
#include "record/schema_line.h"
#include "record/schema_name.h"
#include "record/schema_ph.h"
#include "record/schema_reading.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX_BYTES = 65536 };

static void
begin_block(struct schema_reading *reading, struct span name)
{
	struct schema *schema = reading->schema;

	schema_check_block(reading);
	reading->seen = 0;
	reading->block_line = reading->line;
	if (schema->count == SCHEMA_ATTRIBUTES_MAX) {
		schema_refuse(reading, "a schema has at most %d attributes",
		    SCHEMA_ATTRIBUTES_MAX);
		return;
	}
	if (schema_source_is_secret(name))
		schema_refuse(reading, "userPassword is never stored; take the "
		    "attribute out");
	else if (schema_label_is_referral(name))
		schema_refuse(reading, "clients take '%.*s' for a referral to "
		    "another server; choose another name", SCHEMA_QUOTED(name));
	else if (!schema_name_is_attribute(name))
		schema_refuse(reading, "'%.*s' is not a name: it takes 1 to %d "
		    "small letters, digits and _, a letter first",
		    SCHEMA_QUOTED(name), SCHEMA_NAME_MAX);
	reading->attribute = &schema->attributes[schema->count];
	*reading->attribute = (struct attribute){ .id = schema->count,
		.name = name, .group = SCHEMA_GROUP_NOBODY,
		.max_chars = SCHEMA_CHARS_DEFAULT,
		.ph_number = SCHEMA_NO_PH_NUMBER };
	schema->count++;
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
parse_line(struct schema_reading *reading, struct span line)
{
	struct span word;

	/* The CR of a CR LF is no control character here. */
	line = span_trim(line);
	if (!is_plain_text(line)) {
		schema_refuse(reading, "the line holds control characters or "
		    "is not UTF-8; take them out, or save the file as UTF-8");
		return;
	}
	line = cut_comment(line);
	if (line.length == 0)
		return;
	word = span_next_word(&line);
	if (span_is(word, "attribute"))
		begin_block(reading, span_trim(line));
	else
		schema_line_take(reading, word, span_trim(line));
}

static void
parse_text(struct schema_reading *reading, struct span text)
{
	do {
		reading->line++;
		parse_line(reading, span_cut(&text, '\n'));
	} while (text.length > 0 && !reading->refused);
	schema_check_block(reading);
	schema_check_whole(reading);
	schema_ph_number_fields(reading->schema);
}

struct schema *
schema_parse(struct span text, struct fault *fault)
{
	struct schema_reading reading = { .fault = fault, .line = 0 };
	char *copy;

	if (text.length > TEXT_MAX_BYTES) {
		fault_set(fault, ERR_REFUSED, "line 1: a schema has at most %d "
		    "bytes and this has %zu", TEXT_MAX_BYTES, text.length);
		return NULL;
	}
	/* One block holds the schema and, behind it, its text. */
	reading.schema = calloc(1, sizeof *reading.schema + text.length + 1);
	assert(reading.schema != NULL);
	copy = (char *)(reading.schema + 1);
	if (text.length > 0)
		memcpy(copy, text.data, text.length);
	reading.schema->text = (struct span){ copy, text.length };
	reading.schema->hides_id = SCHEMA_NO_ATTRIBUTE;
	schema_begin_groups(reading.schema);
	parse_text(&reading, reading.schema->text);
	if (reading.refused)
		schema_free(&reading.schema);
	return reading.schema;
}
