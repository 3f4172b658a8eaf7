#include "record/schema_sources.h"

#include "record/schema.h"
#include "record/schema_name.h"
#include "record/schema_reading.h"

#include <string.h>

enum { FIRST_MAX = 99 };

static bool
begins_with_digit(struct span text)
{
	return text.length > 0 && text.data[0] >= '0' && text.data[0] <= '9';
}

/* Take "[N]" off the end of an alternative, as in "cn[2]". */
static void
take_first(struct schema_reading *reading, struct span *text,
    struct schema_source *source)
{
	struct span name, number = *text;
	unsigned first = 0;

	source->first = 1;
	if (memchr(text->data, '[', text->length) == NULL)
		return;
	name = span_cut(&number, '[');
	*text = name;
	for (; first <= FIRST_MAX && begins_with_digit(number);
	    number = span_skip(number, 1))
		first = first * 10 + (unsigned)(number.data[0] - '0');
	if (first < 1 || first > FIRST_MAX || !span_is(number, "]"))
		schema_refuse(reading, "behind '%.*s' belongs the number of a "
		    "value, 1 to %d, as in cn[2]", SCHEMA_QUOTED(name),
		    FIRST_MAX);
	source->first = first;
}

static void
take_part(struct schema_reading *reading, struct schema_source *source,
    struct span part)
{
	if (schema_source_is_secret(part))
		schema_refuse(reading, "userPassword is never stored; take it "
		    "out");
	else if (!schema_name_is_source(part))
		schema_refuse(reading, "'%.*s' is not the name of a source; "
		    "names are letters, digits, '_', '-' and '.', without "
		    "options", SCHEMA_QUOTED(part));
	else if (source->count == SCHEMA_PARTS_MAX)
		schema_refuse(reading, "a source has at most %d parts joined "
		    "by +", SCHEMA_PARTS_MAX);
	else
		source->parts[source->count++] = part;
}

void
schema_sources_take(struct schema_reading *reading,
    struct schema_sources *sources, struct span value)
{
	struct span word;

	while ((word = span_next_word(&value)).length > 0) {
		struct schema_source *source =
		    &sources->alternatives[sources->count];
		bool more = true;

		if (sources->count == SCHEMA_SOURCES_MAX) {
			schema_refuse(reading, "at most %d sources fit on a "
			    "line", SCHEMA_SOURCES_MAX);
			return;
		}
		sources->count++;
		take_first(reading, &word, source);
		while (more) {
			more = memchr(word.data, '+', word.length) != NULL;
			take_part(reading, source, span_cut(&word, '+'));
		}
		if (source->count > 1 && source->first > 1)
			schema_refuse(reading, "a number as in cn[2] goes with "
			    "a source of one part only");
	}
	if (schema_dump_source(sources).length == 0)
		schema_refuse(reading, "one source must be a single name "
		    "without a number, so that a dump can be loaded again; add "
		    "one");
}

void
schema_sources_set_default(struct schema_sources *sources, struct span name)
{
	if (sources->count > 0)
		return;
	sources->count = 1;
	sources->alternatives[0] = (struct schema_source){ .parts = { name },
		.count = 1, .first = 1 };
}

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

void
schema_sources_check_ldif(struct schema_reading *reading,
    const struct schema_sources *sources)
{
	for (unsigned i = 0; i < sources->count; i++)
		for (unsigned k = 0; k < sources->alternatives[i].count; k++)
			if (is_ldif_word(sources->alternatives[i].parts[k]))
				schema_refuse(reading, "dn, objectClass, "
				    "changetype and include are words of LDIF "
				    "itself; take another 'ldif' source");
}
