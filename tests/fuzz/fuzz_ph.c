/* Any bytes to the PH face: every line of its answers is one of the protocol. */

#include "../proto/people.h"
#include "proto/face.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct people people;

static void
clean_up(void)
{
	people_close(&people);
}

static void
check_line(struct span line)
{
	size_t at = line.length > 0 && line.data[0] == '-';

	assert(line.length >= at + 5 && line.data[line.length - 1] == '\r');
	assert(line.data[at] >= '1' && line.data[at] <= '5');
	assert(line.data[at + 3] == ':');
	for (size_t i = 0; i + 1 < line.length; i++)
		assert((unsigned char)line.data[i] >= ' ');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span bytes = { (const char *)data, size }, answer;

	if (people.memory == NULL) {
		people_open(&people);
		atexit(clean_up);
	}
	answer = people_ask(&people, &face_ph, bytes, true);
	while (answer.length > 0)
		check_line(span_cut(&answer, '\n'));
	return 0;
}
