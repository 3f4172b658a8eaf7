#include "text/sound.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span word = { (const char *)data, size };
	struct sound once, again;

	sound_make(&once, word);
	sound_make(&again, word);
	assert(once.count <= SOUND_CODES_MAX && again.count == once.count);
	for (unsigned i = 0; i < once.count; i++) {
		assert(once.lengths[i] > 0);
		assert(once.lengths[i] <= SOUND_CODE_MAX);
		assert(span_equal(sound_code(&once, i), sound_code(&again, i)));
	}
	return 0;
}
