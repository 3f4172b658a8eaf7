#include "unit.h"

#include "text/eight.h"

#include <stdbool.h>
#include <string.h>

/* What a byte may stand beside. */
static const unsigned char others[] = { 0x00, 0x01, 0x1f, ' ', '!', '"', '#',
	'a', '~', 0x7f, 0x80, 0x81, 0xa2, 0xff };

static void
fill(char text[8], unsigned char byte, size_t at, unsigned char other)
{
	memset(text, other, 8);
	text[at] = (char)byte;
}

static bool
is_found(uint64_t found, size_t at)
{
	return (found >> (8 * at + 7) & 1) != 0;
}

START_TEST(finds_equal_bytes_and_no_others)
{
	char text[8];

	for (unsigned i = 0; i < 256 * 8 * sizeof others; i++) {
		unsigned char byte = (unsigned char)i;
		unsigned char other = others[i / 256 / 8];
		size_t at = i / 256 % 8;
		uint64_t found;

		fill(text, byte, at, other);
		found = eight_equal(eight_load(text), '"');
		ck_assert_uint_eq(found & ~EIGHT(0x80), 0);
		for (size_t k = 0; k < 8; k++)
			ck_assert_msg(is_found(found, k) == (text[k] == '"'),
			    "%u in byte %zu of %u", byte, at, other);
	}
}
END_TEST

START_TEST(finds_the_first_byte_that_is_unprintable)
{
	char text[8];

	for (unsigned i = 0; i < 256 * 8; i++) {
		unsigned char byte = (unsigned char)i;
		uint64_t found;

		fill(text, byte, i / 256, 'a');
		found = eight_unprintable(eight_load(text));
		ck_assert_int_eq(found == 0, byte >= ' ' && byte <= '~');
		if (found != 0)
			ck_assert_uint_eq(eight_first(found), i / 256);
		ck_assert_int_eq(eight_above_ascii(eight_load(text)) != 0,
		    byte >= 0x80);
	}
}
END_TEST

UNIT_MAIN("text/eight", finds_equal_bytes_and_no_others,
    finds_the_first_byte_that_is_unprintable)
