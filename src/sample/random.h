/*
 * Random numbers that the seed decides: SplitMix64 (Steele, Lea and Flood,
 * OOPSLA 2014), the same on every machine.
 */

#ifndef SAMPLE_RANDOM_H
#define SAMPLE_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
	uint64_t state;
};

/* Numbers of their own for each pair of seed and stream. */
struct random random_from(uint64_t seed, uint64_t stream);

uint64_t random_next(struct random *random);

/* 0 .. limit - 1; `limit` is not 0. */
uint32_t random_below(struct random *random, uint32_t limit);

/* As random_below(), but small numbers come more often: the less of two. */
uint32_t random_skewed(struct random *random, uint32_t limit);

/* True `permille` times in a thousand. */
bool random_chance(struct random *random, unsigned permille);

#endif
