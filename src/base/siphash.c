#include "base/siphash.h"

#include <stddef.h>

enum { ROUNDS_EACH = 2, ROUNDS_LAST = 4, WORD_BYTES = 8 };

struct state {
	uint64_t v0, v1, v2, v3;
};

static uint64_t
rotate(uint64_t x, unsigned bits)
{
	return x << bits | x >> (64 - bits);
}

static void
mix(struct state *s, unsigned rounds)
{
	while (rounds-- > 0) {
		s->v0 += s->v1;
		s->v2 += s->v3;
		s->v1 = rotate(s->v1, 13) ^ s->v0;
		s->v3 = rotate(s->v3, 16) ^ s->v2;
		s->v0 = rotate(s->v0, 32);
		s->v2 += s->v1;
		s->v0 += s->v3;
		s->v1 = rotate(s->v1, 17) ^ s->v2;
		s->v3 = rotate(s->v3, 21) ^ s->v0;
		s->v2 = rotate(s->v2, 32);
	}
}

/* Up to eight bytes, the first one lowest. */
static uint64_t
read_word(const void *bytes, size_t length)
{
	const uint8_t *at = bytes;
	uint64_t word = 0;

	for (size_t i = 0; i < length; i++)
		word |= (uint64_t)at[i] << (8 * i);
	return word;
}

static void
absorb(struct state *s, uint64_t word)
{
	s->v3 ^= word;
	mix(s, ROUNDS_EACH);
	s->v0 ^= word;
}

uint64_t
siphash(const uint8_t key[SIPHASH_KEY_BYTES], struct span bytes)
{
	uint64_t k0 = read_word(key, WORD_BYTES);
	uint64_t k1 = read_word(key + WORD_BYTES, WORD_BYTES);
	uint64_t length = (uint64_t)bytes.length << 56;
	struct state s = {
		.v0 = k0 ^ UINT64_C(0x736f6d6570736575),
		.v1 = k1 ^ UINT64_C(0x646f72616e646f6d),
		.v2 = k0 ^ UINT64_C(0x6c7967656e657261),
		.v3 = k1 ^ UINT64_C(0x7465646279746573),
	};

	for (; bytes.length >= WORD_BYTES; bytes = span_skip(bytes, WORD_BYTES))
		absorb(&s, read_word(bytes.data, WORD_BYTES));
	absorb(&s, length | read_word(bytes.data, bytes.length));
	s.v2 ^= 0xff;
	mix(&s, ROUNDS_LAST);
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
