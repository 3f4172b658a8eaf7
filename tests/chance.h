/* Chance that is the same in every run, for tests that try many cases. */

#ifndef TESTS_CHANCE_H
#define TESTS_CHANCE_H

#include <stdint.h>

/* 0 to `limit` - 1.  Each test program has a sequence of its own. */
static inline unsigned
random_below(unsigned limit)
{
	static uint64_t state = 88172645463325252u;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33) % limit;
}

#endif
