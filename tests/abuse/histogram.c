#include "histogram.h"

enum { EXACT = 1 << HISTOGRAM_EXACT_BITS };

/* How many low bits a value's class leaves open. */
static unsigned
open_bits(uint64_t value)
{
	unsigned bits = 64 - (unsigned)__builtin_clzll(value | 1);

	return bits > HISTOGRAM_EXACT_BITS + 1 ? bits - HISTOGRAM_EXACT_BITS - 1
					       : 0;
}

/* Up to twice EXACT each value has a class; then each doubling has EXACT. */
static unsigned
class_of(uint64_t value)
{
	unsigned open = open_bits(value);

	return (open << HISTOGRAM_EXACT_BITS) + (unsigned)(value >> open);
}

static uint64_t
class_end(unsigned class)
{
	unsigned open = class < 2 * EXACT ? 0 : class / EXACT - 1;
	uint64_t first = class - open * EXACT;

	return ((first + 1) << open) - 1;
}

void
histogram_add(struct histogram *h, uint64_t value)
{
	unsigned class = class_of(value);

	if (class >= HISTOGRAM_CLASSES)
		class = HISTOGRAM_CLASSES - 1;
	h->classes[class]++;
	h->count++;
	if (value > h->max)
		h->max = value;
}

uint64_t
histogram_permille(const struct histogram *h, unsigned permille)
{
	uint64_t wanted = (h->count * permille + 999) / 1000, seen = 0;

	for (unsigned i = 0; i < HISTOGRAM_CLASSES; i++) {
		seen += h->classes[i];
		if (seen >= wanted && seen > 0)
			return class_end(i) < h->max ? class_end(i) : h->max;
	}
	return h->max;
}
