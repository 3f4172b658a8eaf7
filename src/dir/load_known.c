#include "dir/load_known.h"

#include "base/hash.h"
#include "dir/invert.h"
#include "record/record.h"
#include "record/schema.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 512, VALUE_BYTES_MAX = 54 };

struct place {
	struct inverter_found found;
	uint8_t length; /* 0: nobody has it */
	char value[VALUE_BYTES_MAX];
};

struct load_known {
	struct place places[SCHEMA_ATTRIBUTES_MAX][PLACES];
};

struct load_known *
load_known_new(void)
{
	struct load_known *known = calloc(1, sizeof *known);

	assert(known != NULL);
	return known;
}

void
load_known_free(struct load_known **known)
{
	free(*known);
	*known = NULL;
}

static struct place *
place_of(struct load_known *known, const struct record_field *field)
{
	return &known->places[field->attribute]
			     [hash_bytes(field->value) % PLACES];
}

struct inverter_found *
load_known_find(struct load_known *known, const struct record_field *field)
{
	struct place *place;

	if (field->value.length > VALUE_BYTES_MAX)
		return NULL;
	place = place_of(known, field);
	if (span_equal(field->value,
		(struct span){ place->value, place->length }))
		return &place->found;
	place->length = (uint8_t)field->value.length;
	memcpy(place->value, field->value.data, field->value.length);
	place->found.count = 0;
	return &place->found;
}
