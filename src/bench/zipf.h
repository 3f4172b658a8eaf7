/*
 * Popularity: few are asked for often and most hardly ever.
 *
 * Of `count` ranks the n-th comes 1 / n^skew times as often as the first
 * (Zipf's law).  Drawn by rejection-inversion (Hörmann and Derflinger, ACM
 * TOMACS 6, 1996), which takes no table: a draw costs the same, and memory
 * nothing, however many ranks there are.
 */

#ifndef BENCH_ZIPF_H
#define BENCH_ZIPF_H

#include <stdint.h>

struct random;

/* With skew 0 all come evenly; with 1 the first half comes nearly always. */
#define ZIPF_SKEW_MAX 10.0

struct zipf {
	uint32_t count;
	double skew;

	/* zipf.c only: where ranks lie under the curve */
	double upto_first, upto_last, accepted;
};

/* `count` is at least 1, `skew` from 0 to ZIPF_SKEW_MAX. */
void zipf_init(struct zipf *zipf, uint32_t count, double skew);

/* 0 .. count - 1, 0 most often. */
uint32_t zipf_draw(const struct zipf *zipf, struct random *random);

#endif
