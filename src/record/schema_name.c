#include "record/schema_name.h"

#include "record/schema.h"

#include <string.h>

enum { SOURCE_MAX_BYTES = 64 };

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
	if (name.length == 0 || name.length > SCHEMA_NAME_MAX)
		return false;
	for (size_t i = 0; i < name.length; i++) {
		char c = name.data[i];
		bool inner = is_digit(c) || strchr(signs, c) != NULL;

		if (!(c >= 'a' && c <= 'z') && !(inner && i > 0))
			return false;
	}
	return true;
}

bool
schema_name_is_attribute(struct span name)
{
	return is_name_with(name, "_");
}

bool
schema_name_is_class(struct span name)
{
	return is_name_with(name, "_-");
}

bool
schema_name_is_ph_field(struct span name)
{
	return name.length <= SCHEMA_PH_NAME_MAX && is_name_with(name, "_-");
}

bool
schema_name_is_source(struct span name)
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
