#include "record/schema_ph.h"

#include "base/mix.h"
#include "record/schema_reading.h"

#include <stdint.h>

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

void
schema_ph_number_fields(struct schema *schema)
{
	for (unsigned i = 0; i < schema->count; i++) {
		struct attribute *attribute = &schema->attributes[i];
		unsigned number = number_from(attribute->name);

		if (attribute->ph_number != SCHEMA_NO_PH_NUMBER)
			continue;
		while (has_ph_number(schema, number))
			number = number < SCHEMA_PH_NUMBER_MAX ? number + 1 :
			    SCHEMA_PH_NUMBER_FREE;
		attribute->ph_number = number;
	}
}
