/*
 * Numbers by chance that are the same on every machine: a seed decides all.
 */

#ifndef QUALITY_CHANCE_H
#define QUALITY_CHANCE_H

#include <stdint.h>

struct chance {
	uint64_t state;
};

uint64_t chance_next(struct chance *chance);

/* 0 to below - 1. */
unsigned chance_below(struct chance *chance, unsigned below);

#endif
