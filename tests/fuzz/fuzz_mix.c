#include "bench/mix.h"
#include "sample/random.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { (const char *)data, size };
	struct random random = random_from(size, 0);
	struct fault fault;
	struct mix mix;

	if (mix_parse(&mix, text, &fault) == ERR_NONE)
		for (int i = 0; i < 100; i++)
			assert(mix.shares[mix_draw(&mix, &random)] > 0);
	return 0;
}
