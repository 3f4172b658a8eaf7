#include "sample/random.h"

#include <assert.h>

/* The golden ratio: the step between two states. */
static const uint64_t step = UINT64_C(0x9e3779b97f4a7c15);

uint64_t
random_mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

struct random
random_from(uint64_t seed, uint64_t stream)
{
	uint64_t state = random_mix(random_mix(seed + step) + stream);

	return (struct random){ state };
}

uint64_t
random_next(struct random *random)
{
	random->state += step;
	return random_mix(random->state);
}

uint32_t
random_below(struct random *random, uint32_t limit)
{
	assert(limit > 0);
	return (uint32_t)(((random_next(random) >> 32) * limit) >> 32);
}

uint32_t
random_skewed(struct random *random, uint32_t limit)
{
	uint32_t a = random_below(random, limit);
	uint32_t b = random_below(random, limit);

	return a < b ? a : b;
}

bool
random_chance(struct random *random, unsigned permille)
{
	return random_below(random, 1000) < permille;
}
