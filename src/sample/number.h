/*
 * Index keys: numbers of 6 to 9 digits, each given once.
 *
 * The people of a sample are dealt to the four lengths in turn; within a length
 * a permutation of all its numbers, which the seed decides, says which one
 * comes next.  So nothing need be remembered to keep keys unique, and the keys
 * of the first people do not depend on how many follow.  When the numbers of a
 * length are used up its people get nine digits.
 */

#ifndef SAMPLE_NUMBER_H
#define SAMPLE_NUMBER_H

#include <stdint.h>

/* Nobody made up bears the key of the historical record. */
enum { NUMBER_NEVER = 481800 };

/* People numbered from NUMBER_PEOPLE_MAX on have no key. */
enum { NUMBER_PEOPLE_MAX = 900000000 };

/* The Index Key of the person numbered `nth`, 0 first. */
uint32_t number_index_key(uint64_t seed, uint64_t nth);

/* The place of `nth` in a permutation of 0 .. `count` - 1. */
uint32_t number_permute(uint64_t seed, uint32_t nth, uint32_t count);

#endif
