/* Any bytes to the PH face: every line of its answers is one of the protocol. */

#include "../proto/people.h"
#include "proto/face.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span answer = people_ask_any(&face_ph,
	    (struct span){ (const char *)data, size });

	while (answer.length > 0) {
		struct span line = span_cut(&answer, '\n');
		size_t at = line.length > 0 && line.data[0] == '-';

		assert(line.length >= at + 5);
		assert(line.data[at] >= '1' && line.data[at] <= '5');
		assert(line.data[at + 3] == ':');
		assert(line.data[line.length - 1] == '\r');
		for (size_t i = 0; i + 1 < line.length; i++)
			assert((unsigned char)line.data[i] >= ' ');
	}
	return 0;
}
