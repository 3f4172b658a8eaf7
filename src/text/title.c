#include "text/title.h"

enum { LENGTH_MAX = 9 };

/*
 * The lengths of the titles that begin with a letter, a bit for each: asked of
 * every word of every name, and nearly none has both.
 */
static const unsigned short lengths['z' - 'a' + 1] = {
	['d' - 'a'] = 1 << 2, ['e' - 'a'] = 1 << 3, ['h' - 'a'] = 1 << 3,
	['i' - 'a'] = 1 << 2 | 1 << 3, ['j' - 'a'] = 1 << 2 | 1 << 3,
	['m' - 'a'] = 1 << 2 | 1 << 3 | 1 << 4,
	['p' - 'a'] = 1 << 3 | 1 << 4 | 1 << 9, ['r' - 'a'] = 1 << 3,
	['s' - 'a'] = 1 << 2 | 1 << 3,
};

static bool
may_be(struct span word)
{
	return word.length > 0 && word.length <= LENGTH_MAX &&
	    word.data[0] >= 'a' && word.data[0] <= 'z' &&
	    (lengths[word.data[0] - 'a'] >> word.length & 1) != 0;
}

bool
title_is(struct span word)
{
	static const struct span titles[] = {
		SPAN_LITERAL("jr"), SPAN_LITERAL("jnr"), SPAN_LITERAL("sr"),
		SPAN_LITERAL("snr"), SPAN_LITERAL("ii"), SPAN_LITERAL("iii"),
		SPAN_LITERAL("iv"), SPAN_LITERAL("esq"), SPAN_LITERAL("phd"),
		SPAN_LITERAL("md"), SPAN_LITERAL("dr"), SPAN_LITERAL("prof"),
		SPAN_LITERAL("professor"), SPAN_LITERAL("mr"),
		SPAN_LITERAL("mrs"), SPAN_LITERAL("ms"), SPAN_LITERAL("miss"),
		SPAN_LITERAL("rev"), SPAN_LITERAL("hon"), SPAN_LITERAL("sir"),
	};

	if (!may_be(word))
		return false;
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (span_equal(word, titles[i]))
			return true;
	return false;
}
