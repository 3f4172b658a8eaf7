#include "bench/latency.h"

enum { EXACT = 1 << LATENCY_EXACT_BITS };

/* How many low bits a value's class leaves open. */
static unsigned
open_bits(uint64_t value)
{
	unsigned bits = 64 - (unsigned)__builtin_clzll(value | 1);

	return bits > LATENCY_EXACT_BITS + 1 ? bits - LATENCY_EXACT_BITS - 1
					     : 0;
}

/* Up to twice EXACT each value has a class; then each doubling has EXACT. */
static unsigned
class_of(uint64_t value)
{
	unsigned open = open_bits(value);

	return (open << LATENCY_EXACT_BITS) + (unsigned)(value >> open);
}

static uint64_t
class_end(unsigned class)
{
	unsigned open = class < 2 * EXACT ? 0 : class / EXACT - 1;
	uint64_t first = class - open * EXACT;

	return ((first + 1) << open) - 1;
}

void
latency_add(struct latency *h, uint64_t value)
{
	unsigned class = class_of(value);

	if (class >= LATENCY_CLASSES)
		class = LATENCY_CLASSES - 1;
	h->classes[class]++;
	h->count++;
	if (value > h->max)
		h->max = value;
}

void
latency_add_all(struct latency *h, const struct latency *other)
{
	for (unsigned i = 0; i < LATENCY_CLASSES; i++)
		h->classes[i] += other->classes[i];
	h->count += other->count;
	if (other->max > h->max)
		h->max = other->max;
}

uint64_t
latency_permille(const struct latency *h, unsigned permille)
{
	uint64_t wanted = (h->count * permille + 999) / 1000, seen = 0;

	for (unsigned i = 0; i < LATENCY_CLASSES; i++) {
		seen += h->classes[i];
		if (seen >= wanted && seen > 0)
			return class_end(i) < h->max ? class_end(i) : h->max;
	}
	return h->max;
}
