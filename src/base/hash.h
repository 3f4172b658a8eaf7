/*
 * A hash of bytes for tables in memory: eight bytes a step, multiplied and
 * folded, which is as good as a table needs.  High and low bits may be taken
 * apart.
 *
 * Not for what is stored (base/mix), nor for what comes from those who would
 * like many of one hash (base/siphash).
 */

#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/mix.h"
#include "base/span.h"

#include <stdint.h>
#include <string.h>

static inline uint64_t
hash_step(uint64_t hash)
{
	hash *= MIX_STEP;
	return hash ^ hash >> 32;
}

static inline uint64_t
hash_bytes(struct span bytes)
{
	uint64_t hash = bytes.length, part;
	size_t at = 0;

	for (; at + sizeof part <= bytes.length; at += sizeof part) {
		memcpy(&part, bytes.data + at, sizeof part);
		hash = hash_step(hash ^ part);
	}
	part = 0;
	memcpy(&part, bytes.data + at, bytes.length - at);
	return hash_step(hash_step(hash ^ part));
}

#endif
