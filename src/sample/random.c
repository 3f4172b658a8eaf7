#include "sample/random.h"

#include "base/mix.h"

#include <assert.h>

struct random
random_from(uint64_t seed, uint64_t stream)
{
	uint64_t state = mix_bits(mix_bits(seed + MIX_STEP) + stream);

	return (struct random){ state };
}

uint64_t
random_next(struct random *random)
{
	random->state += MIX_STEP;
	return mix_bits(random->state);
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
