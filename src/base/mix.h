/*
 * Bits spread over a word: the finaliser of SplitMix64 (Steele, Lea and Flood,
 * OOPSLA 2014), a bijection in which every bit of `x` moves every other.
 *
 * Stored in directories (dir/clue) and decides the people of a sample: it never
 * changes.
 */

#ifndef BASE_MIX_H
#define BASE_MIX_H

#include <stdint.h>

/* The golden ratio: odd, and far from any pattern. */
#define MIX_STEP UINT64_C(0x9e3779b97f4a7c15)

static inline uint64_t
mix_bits(uint64_t x)
{
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

#endif
