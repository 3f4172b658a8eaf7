/* Any bytes to the face FUZZ_FACE, as a server would hand them on. */

#include "../proto/people.h"
#include "proto/face.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	people_ask_any(&FUZZ_FACE, (struct span){ (const char *)data, size });
	return 0;
}
