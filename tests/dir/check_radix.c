#include "unit.h"

#include "dir/radix.h"

#include <stdio.h>
#include <string.h>

enum { STRINGS = 20000, BYTES = 1 << 21 };

static char base[BYTES];
static struct radix_item items[STRINGS], scratch[STRINGS];

static size_t
add(size_t used, size_t nth, const char *text, size_t length)
{
	ck_assert_uint_le(used + length, sizeof base);
	memcpy(base + used, text, length);
	items[nth] = radix_item(base, used, length);
	return used + length;
}

static void
check_ascending(size_t count)
{
	for (size_t i = 1; i < count; i++)
		ck_assert_int_le(span_compare(radix_span(&items[i - 1], base),
		    radix_span(&items[i], base)), 0);
}

/* Small numbers that look random and are the same each time. */
static unsigned
roll(unsigned *state, unsigned sides)
{
	*state = *state * 1103515245u + 12345u;
	return (*state >> 16) % sides;
}

START_TEST(sorts_bytewise_with_a_prefix_first)
{
	static const struct span strings[] = {
		SPAN_LITERAL("smith"), SPAN_LITERAL("smith\001john"),
		SPAN_LITERAL(""), SPAN_LITERAL("\377"), SPAN_LITERAL("smit"),
		SPAN_LITERAL("smith\0"), SPAN_LITERAL("smith\0\0\0\0\0"),
		SPAN_LITERAL("smithson"), SPAN_LITERAL("smithsonian"),
		SPAN_LITERAL("smith\0\0"), SPAN_LITERAL("\0"),
	};
	static const int expected[] = { 2, 10, 4, 0, 5, 9, 6, 1, 7, 8, 3 };
	enum { COUNT = sizeof strings / sizeof strings[0] };
	size_t used = 0;

	for (size_t i = 0; i < COUNT; i++)
		used = add(used, i, strings[i].data, strings[i].length);
	radix_sort(items, scratch, COUNT, base);
	for (size_t i = 0; i < COUNT; i++)
		ck_assert_msg(span_equal(radix_span(&items[i], base),
		    strings[expected[i]]), "place %zu", i);
}
END_TEST

START_TEST(sorts_many_strings_of_few_letters)
{
	unsigned state = 1;
	size_t used = 0;

	for (size_t i = 0; i < STRINGS; i++) {
		char text[40];
		size_t length = roll(&state, sizeof text);

		for (size_t n = 0; n < length; n++)
			text[n] = (char)roll(&state, 2);
		used = add(used, i, text, length);
	}
	radix_sort(items, scratch, STRINGS, base);
	check_ascending(STRINGS);
}
END_TEST

START_TEST(bears_long_equal_strings)
{
	static char text[8000];
	size_t used = 0;

	memset(text, 'x', sizeof text);
	for (size_t i = 0; i < 200; i++)
		used = add(used, i, text, sizeof text - i % 2);
	radix_sort(items, scratch, 200, base);
	check_ascending(200);
	ck_assert_uint_eq(radix_span(&items[99], base).length,
	    sizeof text - 1);
	ck_assert_uint_eq(radix_span(&items[100], base).length, sizeof text);
}
END_TEST

START_TEST(bears_strings_that_part_one_by_one)
{
	static char text[2000];
	size_t used = 0;

	memset(text, 'x', sizeof text);
	for (size_t i = 0; i < 1000; i++)
		used = add(used, i, text, 1000 - i);
	radix_sort(items, scratch, 1000, base);
	check_ascending(1000);
	ck_assert_uint_eq(radix_span(&items[0], base).length, 1);
}
END_TEST

UNIT_MAIN("dir/radix", sorts_bytewise_with_a_prefix_first,
    sorts_many_strings_of_few_letters, bears_long_equal_strings,
    bears_strings_that_part_one_by_one)
