#include "record/schema.h"

#include <stdlib.h>

/* Names are compared in lower case, with "_" as a blank. */
static char
name_char(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c == '_' ? ' ' : c;
}

bool
schema_names_equal(struct span a, struct span b)
{
	if (a.length != b.length)
		return false;
	for (size_t i = 0; i < a.length; i++)
		if (name_char(a.data[i]) != name_char(b.data[i]))
			return false;
	return true;
}

/*
 * Equal but for case, blanks, hyphens and underscores: whoever is lenient about
 * those would take the one for the other.
 */
static bool
reads_as(struct span text, const char *pattern)
{
	size_t i = 0;

	for (;;) {
		while (i < text.length && (text.data[i] == ' ' ||
		    text.data[i] == '_' || text.data[i] == '-'))
			i++;
		if (i == text.length || *pattern == '\0')
			return i == text.length && *pattern == '\0';
		if (name_char(text.data[i++]) != *pattern++)
			return false;
	}
}

static bool
reads_as_one_of(struct span text, const char *const patterns[])
{
	for (size_t i = 0; patterns[i] != NULL; i++)
		if (reads_as(text, patterns[i]))
			return true;
	return false;
}

/* What the clients of Debian, FreeBSD, jwhois and RWhois follow. */
bool
schema_label_is_referral(struct span label)
{
	static const char *const patterns[] = { "refer", "referto", "whois",
		"whoisserver", "registrarwhoisserver", "referralserver",
		"%referral", NULL };

	return reads_as_one_of(label, patterns);
}

bool
schema_source_is_secret(struct span source)
{
	/* The number is the object identifier of userPassword (RFC 4519). */
	static const char *const patterns[] = { "userpassword", "2.5.4.35",
		NULL };

	return reads_as_one_of(span_trim(span_cut(&source, ';')), patterns);
}

void
schema_free(struct schema **schema)
{
	free(*schema);
	*schema = NULL;
}

const struct attribute *
schema_find(const struct schema *schema, struct span name)
{
	for (unsigned i = 0; i < schema->count; i++) {
		const struct attribute *attribute = &schema->attributes[i];

		if (schema_names_equal(attribute->name, name) ||
		    schema_names_equal(attribute->label, name))
			return attribute;
	}
	return NULL;
}

const struct attribute *
schema_find_ph(const struct schema *schema, struct span name)
{
	for (unsigned i = 0; i < schema->count; i++)
		if (span_equal_nocase(schema->attributes[i].ph_name, name))
			return &schema->attributes[i];
	return NULL;
}

struct span
schema_dump_source(const struct schema_sources *sources)
{
	for (unsigned i = 0; i < sources->count; i++) {
		const struct schema_source *source = &sources->alternatives[i];

		if (source->count == 1 && source->first == 1)
			return source->parts[0];
	}
	return (struct span){ NULL, 0 };
}
