/*
 * A multiset of (key, number) pairs, compared by its size and its sum: two
 * walks in different orders find out whether they met the same pairs.
 */

#ifndef DIR_PAIRS_H
#define DIR_PAIRS_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

struct pairs {
	uint64_t count, sum;
};

uint64_t pairs_hash(struct span key);
void pairs_add(struct pairs *pairs, uint64_t key_hash, uint32_t number);
bool pairs_equal(const struct pairs *a, const struct pairs *b);

#endif
