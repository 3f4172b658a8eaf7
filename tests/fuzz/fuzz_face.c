/* Any bytes to the face FUZZ_FACE, as a server would hand them on. */

#include "../proto/people.h"
#include "proto/face.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct people people;

static void
clean_up(void)
{
	people_close(&people);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (people.memory == NULL) {
		people_open(&people);
		atexit(clean_up);
	}
	people_ask(&people, &FUZZ_FACE,
	    (struct span){ (const char *)data, size }, true);
	return 0;
}
