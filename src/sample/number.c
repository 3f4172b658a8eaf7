#include "sample/number.h"

#include "base/mix.h"
#include "sample/random.h"

#include <assert.h>

enum { ROUNDS = 4, LENGTHS = 4 };

/* Half the bits needed to write every number below `count`, rounded up. */
static unsigned
half_width(uint32_t count)
{
	unsigned bits = 1;

	while (2 * bits < 32 && (UINT32_C(1) << (2 * bits)) < count)
		bits++;
	return bits;
}

/* A Feistel network permutes the 2^(2 * half) numbers it is made for. */
static uint32_t
feistel(uint64_t seed, uint32_t x, unsigned half)
{
	uint32_t mask = (UINT32_C(1) << half) - 1;
	uint32_t left = x >> half, right = x & mask;

	for (unsigned round = 0; round < ROUNDS; round++) {
		uint64_t key = seed + ((uint64_t)round << 32) + right;
		uint32_t next = left ^ ((uint32_t)mix_bits(key) & mask);

		left = right;
		right = next;
	}
	return left << half | right;
}

/*
 * Walk the cycle until it comes back below `count`: still a permutation, and
 * less than four steps on average.
 */
uint32_t
number_permute(uint64_t seed, uint32_t nth, uint32_t count)
{
	unsigned half = half_width(count);

	assert(nth < count);
	do
		nth = feistel(seed, nth, half);
	while (nth >= count);
	return nth;
}

uint32_t
number_index_key(uint64_t seed, uint64_t nth)
{
	static const struct {
		uint32_t first, count;
	} lengths[LENGTHS] = {
		{ 100000, 899999 }, /* without NUMBER_NEVER */
		{ 1000000, 9000000 },
		{ 10000000, 90000000 },
		{ 100000000, NUMBER_PEOPLE_MAX },
	};
	unsigned length = (unsigned)(nth % LENGTHS);
	uint64_t place = nth / LENGTHS;
	uint32_t key;

	assert(nth < NUMBER_PEOPLE_MAX);
	/* Nine digits have room for every number, so there it is the place. */
	if (length == LENGTHS - 1 || place >= lengths[length].count) {
		length = LENGTHS - 1;
		place = nth;
	}
	key = lengths[length].first + number_permute(mix_bits(seed) + length,
	    (uint32_t)place, lengths[length].count);
	if (length == 0 && key >= NUMBER_NEVER)
		key++;
	return key;
}
