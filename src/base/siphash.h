/*
 * SipHash-2-4 (Aumasson and Bernstein, INDOCRYPT 2012): a hash with a key, for
 * tables whose places a stranger must not be able to aim at.
 */

#ifndef BASE_SIPHASH_H
#define BASE_SIPHASH_H

#include "base/span.h"

#include <stdint.h>

enum { SIPHASH_KEY_BYTES = 16 };

/* The key is as secret as it was random. */
uint64_t siphash(const uint8_t key[SIPHASH_KEY_BYTES], struct span bytes);

#endif
