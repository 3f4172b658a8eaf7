/* A digest of what a reader gave, to compare two ways of feeding it. */

#ifndef TESTS_FUZZ_DIGEST_H
#define TESTS_FUZZ_DIGEST_H

#include "base/span.h"

#include <stdint.h>

/* FNV-1a over the bytes and, so that they do not run together, a mark. */
static inline void
digest_add(uint64_t *digest, struct span bytes)
{
	for (size_t i = 0; i < bytes.length; i++)
		*digest = (*digest ^ (unsigned char)bytes.data[i]) *
		    UINT64_C(1099511628211);
	*digest = (*digest ^ 0x100) * UINT64_C(1099511628211);
}

/* Take a piece of `step` bytes, or what is left, off `*input`. */
static inline struct span
digest_piece(struct span *input, size_t step)
{
	struct span piece = *input;

	if (piece.length > step)
		piece.length = step;
	*input = span_skip(*input, piece.length);
	return piece;
}

#endif
