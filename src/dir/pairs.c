#include "dir/pairs.h"

#include "base/mix.h"

#include <string.h>

uint64_t
pairs_hash(struct span key)
{
	uint64_t hash = key.length;

	while (key.length > 0) {
		uint64_t part = 0;
		size_t size = key.length < sizeof part ? key.length
						       : sizeof part;

		memcpy(&part, key.data, size);
		hash = mix_bits(hash + part + MIX_STEP);
		key = span_skip(key, size);
	}
	return hash;
}

void
pairs_add(struct pairs *pairs, uint64_t key_hash, uint32_t number)
{
	pairs->count++;
	pairs->sum += mix_bits(key_hash + number * MIX_STEP);
}

bool
pairs_equal(const struct pairs *a, const struct pairs *b)
{
	return a->count == b->count && a->sum == b->sum;
}
