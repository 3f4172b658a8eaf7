#include "text/title.h"

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

	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (span_equal(word, titles[i]))
			return true;
	return false;
}
