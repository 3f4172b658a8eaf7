#include "record/gather.h"

#include "record/schema.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

enum { BUCKETS = 4096, VALUES_AT_FIRST = 256 };

struct slot {
	struct span name;
	unsigned first, last; /* of its values */
};

struct value {
	struct span raw;
	unsigned next;
};

struct gather {
	unsigned count;
	struct slot slots[GATHER_SLOTS_MAX];
	uint16_t buckets[BUCKETS]; /* open addressing: slot + 1, 0 is empty */
	unsigned value_count, value_capacity;
	struct value *values;
};

struct gather *
gather_new(void)
{
	struct gather *gather = calloc(1, sizeof *gather);

	assert(gather != NULL);
	gather->value_capacity = VALUES_AT_FIRST;
	gather->values = malloc(gather->value_capacity *
	    sizeof gather->values[0]);
	assert(gather->values != NULL);
	return gather;
}

void
gather_free(struct gather **gather)
{
	free((*gather)->values);
	free(*gather);
	*gather = NULL;
}

/* Names that are equal have the same; FNV-1a of the letters in lower case. */
static unsigned
hash_name(struct span name)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < name.length; i++) {
		unsigned char c = (unsigned char)name.data[i];

		hash = (hash ^ (c == '_' ? ' ' : c | 0x20u)) * 16777619u;
	}
	return (hash ^ hash >> 16) % BUCKETS;
}

/* The bucket where a name is, or would be put. */
static unsigned
find_bucket(const struct gather *gather, struct span name)
{
	unsigned bucket = hash_name(name);

	while (gather->buckets[bucket] != 0 && !schema_names_equal(name,
	    gather->slots[gather->buckets[bucket] - 1].name))
		bucket = (bucket + 1) % BUCKETS;
	return bucket;
}

unsigned
gather_slot(struct gather *gather, struct span name)
{
	unsigned bucket = find_bucket(gather, name);

	if (gather->buckets[bucket] == 0) {
		assert(gather->count < GATHER_SLOTS_MAX);
		gather->slots[gather->count] = (struct slot){ .name = name,
			.first = GATHER_NONE };
		gather->buckets[bucket] = (uint16_t)++gather->count;
	}
	return gather->buckets[bucket] - 1u;
}

unsigned
gather_find(const struct gather *gather, struct span name)
{
	unsigned bucket = find_bucket(gather, name);

	return gather->buckets[bucket] != 0 ?
	    gather->buckets[bucket] - 1u : GATHER_NONE;
}

void
gather_clear(struct gather *gather)
{
	for (unsigned i = 0; i < gather->count; i++)
		gather->slots[i].first = GATHER_NONE;
	gather->value_count = 0;
}

static unsigned
new_value(struct gather *gather)
{
	if (gather->value_count == gather->value_capacity) {
		gather->value_capacity *= 2;
		gather->values = realloc(gather->values,
		    gather->value_capacity * sizeof gather->values[0]);
		assert(gather->values != NULL);
	}
	return gather->value_count++;
}

/* Nearly every value begins with what is not blank. */
static bool
is_blank(struct span raw)
{
	return raw.length == 0 || ((unsigned char)raw.data[0] <= ' ' &&
	    span_trim(raw).length == 0);
}

void
gather_add(struct gather *gather, unsigned slot, struct span raw)
{
	struct slot *to = &gather->slots[slot];
	unsigned value;

	assert(slot < gather->count);
	if (is_blank(raw))
		return;
	value = new_value(gather);
	gather->values[value] = (struct value){ raw, GATHER_NONE };
	if (to->first == GATHER_NONE)
		to->first = value;
	else
		gather->values[to->last].next = value;
	to->last = value;
}

unsigned
gather_first(const struct gather *gather, unsigned slot)
{
	return gather->slots[slot].first;
}

unsigned
gather_next(const struct gather *gather, unsigned value)
{
	return gather->values[value].next;
}

struct span
gather_raw(const struct gather *gather, unsigned value)
{
	return gather->values[value].raw;
}
