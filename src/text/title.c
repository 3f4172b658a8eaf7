#include "text/title.h"

#include <string.h>

enum { LENGTH_MIN = 2, LENGTH_MAX = 9 };

bool
title_is(struct span word)
{
	static const char initials[] = { 'd', 'e', 'h', 'i', 'j', 'm', 'p',
		'r', 's' };
	static const struct span titles[] = {
		SPAN_LITERAL("jr"), SPAN_LITERAL("jnr"), SPAN_LITERAL("sr"),
		SPAN_LITERAL("snr"), SPAN_LITERAL("ii"), SPAN_LITERAL("iii"),
		SPAN_LITERAL("iv"), SPAN_LITERAL("esq"), SPAN_LITERAL("phd"),
		SPAN_LITERAL("md"), SPAN_LITERAL("dr"), SPAN_LITERAL("prof"),
		SPAN_LITERAL("professor"), SPAN_LITERAL("mr"),
		SPAN_LITERAL("mrs"), SPAN_LITERAL("ms"), SPAN_LITERAL("miss"),
		SPAN_LITERAL("rev"), SPAN_LITERAL("hon"), SPAN_LITERAL("sir"),
	};

	/* asked of every word of every name */
	if (word.length < LENGTH_MIN || word.length > LENGTH_MAX ||
	    memchr(initials, word.data[0], sizeof initials) == NULL)
		return false;
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (span_equal(word, titles[i]))
			return true;
	return false;
}
