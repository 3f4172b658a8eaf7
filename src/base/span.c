#include "base/span.h"

#include <assert.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool
span_equal_nocase(struct span a, struct span b)
{
	if (a.length != b.length)
		return false;
	for (size_t i = 0; i < a.length; i++)
		if (lower(a.data[i]) != lower(b.data[i]))
			return false;
	return true;
}

int
span_compare(struct span a, struct span b)
{
	size_t common = a.length < b.length ? a.length : b.length;
	int order = common ? memcmp(a.data, b.data, common) : 0;

	if (order != 0)
		return order;
	return (a.length > b.length) - (a.length < b.length);
}

struct span
span_trim(struct span span)
{
	while (span.length > 0 && is_blank(span.data[0]))
		span = span_skip(span, 1);
	while (span.length > 0 && is_blank(span.data[span.length - 1]))
		span.length--;
	return span;
}

struct span
span_cut(struct span *rest, char separator)
{
	const char *at = rest->length ?
	    memchr(rest->data, separator, rest->length) : NULL;
	struct span head = *rest;

	if (at == NULL) {
		*rest = span_skip(*rest, rest->length);
		return head;
	}
	head.length = (size_t)(at - head.data);
	*rest = span_skip(*rest, head.length + 1);
	return head;
}

bool
span_cut_suffix(struct span *span, const char *suffix)
{
	size_t length = strlen(suffix);

	if (span->length < length ||
	    !span_is(span_skip(*span, span->length - length), suffix))
		return false;
	span->length -= length;
	return true;
}

bool
span_read_number(struct span span, unsigned most, unsigned *number)
{
	uint64_t value = 0;

	assert(most <= INT_MAX);
	for (size_t i = 0; i < span.length; i++) {
		if (span.data[i] < '0' || span.data[i] > '9')
			return false;
		value = value * 10 + (unsigned)(span.data[i] - '0');
		if (value > most)
			return false;
	}
	*number = (unsigned)value;
	return span.length > 0;
}

struct span
span_next_word(struct span *rest)
{
	size_t start = 0, end;
	struct span word;

	while (start < rest->length && is_blank(rest->data[start]))
		start++;
	end = start;
	while (end < rest->length && !is_blank(rest->data[end]))
		end++;
	word = (struct span){ rest->data + start, end - start };
	*rest = span_skip(*rest, end);
	return word;
}
