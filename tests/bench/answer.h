/*
 * The answer that benchmark servers give which have none of their own: lines of
 * 41 letters.
 */

#ifndef BENCH_ANSWER_H
#define BENCH_ANSWER_H

#include "base/span.h"

#include <assert.h>

/* As long as the long form of most people is. */
enum { BENCH_ANSWER_BYTES = 420, BENCH_ANSWER_MAX = 1 << 16 };

/* At most BENCH_ANSWER_MAX bytes; valid for ever.  One thread. */
static inline struct span
bench_answer(size_t bytes)
{
	static char text[BENCH_ANSWER_MAX];

	assert(bytes <= sizeof text);
	for (size_t i = 0; i < bytes; i++)
		text[i] = i % 42 == 41 ? '\n' : 'x';
	return (struct span){ text, bytes };
}

#endif
