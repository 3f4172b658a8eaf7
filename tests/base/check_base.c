#include "unit.h"

#include "base/addr.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/siphash.h"
#include "base/sort.h"
#include "base/span.h"

#include <stdio.h>
#include <string.h>

START_TEST(cuts_and_trims_spans)
{
	struct span rest = span_from(" one two\t three \r\n");
	struct span csv = span_from("a,b,");

	ck_assert(span_is(span_trim(rest), "one two\t three"));
	ck_assert(span_is(span_next_word(&rest), "one"));
	ck_assert(span_is(span_next_word(&rest), "two"));
	ck_assert(span_is(span_next_word(&rest), "three"));
	ck_assert_uint_eq(span_next_word(&rest).length, 0);
	ck_assert(span_is(span_cut(&csv, ','), "a"));
	ck_assert(span_is(span_cut(&csv, ','), "b"));
	ck_assert_uint_eq(span_cut(&csv, ',').length, 0);

	rest = span_from("*:43,proxy");
	ck_assert(!span_cut_suffix(&rest, ",prox"));
	ck_assert(span_cut_suffix(&rest, ",proxy"));
	ck_assert(span_is(rest, "*:43"));
	ck_assert(!span_cut_suffix(&rest, "**:43"));
	ck_assert(span_cut_suffix(&rest, "*:43"));
	ck_assert_uint_eq(rest.length, 0);
}
END_TEST

static const struct {
	const char *text;
	bool is_number;
	unsigned number;
} numbers[] = {
	{ "0", true, 0 },
	{ "007", true, 7 },
	{ "255", true, 255 },
	{ "256", false, 0 },
	{ "4294967296", false, 0 },
	{ "18446744073709551616", false, 0 },
	{ "", false, 0 },
	{ "-1", false, 0 },
	{ "+1", false, 0 },
	{ " 1", false, 0 },
	{ "1 ", false, 0 },
	{ "1a", false, 0 },
};

START_TEST(reads_digits_alone_as_a_number)
{
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		struct span text = span_from(numbers[i].text);
		unsigned number = 0;

		ck_assert_msg(span_read_number(text, 255, &number) ==
		    numbers[i].is_number, "\"%s\"", numbers[i].text);
		if (numbers[i].is_number)
			ck_assert_uint_eq(number, numbers[i].number);
	}
}
END_TEST

START_TEST(compares_a_prefix_as_smaller)
{
	ck_assert_int_lt(span_compare(span_from("ab"), span_from("abc")), 0);
	ck_assert_int_gt(span_compare(span_from("b"), span_from("abc")), 0);
	ck_assert_int_eq(span_compare(span_from("x"), span_from("x")), 0);
	ck_assert(span_is_nocase(span_from("WhoIs"), "wHOIS"));
	ck_assert(!span_is_nocase(span_from("whoi"), "whois"));
}
END_TEST

START_TEST(arena_ends_politely_and_starts_again)
{
	struct arena *a = arena_new(64);
	struct span copy;

	ck_assert_ptr_nonnull(arena_alloc(a, 40));
	ck_assert_ptr_null(arena_alloc(a, 40));
	ck_assert(arena_exhausted(a));
	ck_assert(!arena_copy(a, span_from("this is too long to fit in it"),
	    &copy));
	ck_assert_uint_eq(copy.length, 0);
	arena_reset(a);
	ck_assert(!arena_exhausted(a));
	ck_assert_ptr_null(arena_calloc(a, (size_t)-1, 16));
	arena_reset(a);
	ck_assert(arena_copy(a, span_from("fits"), &copy));
	ck_assert(span_is(copy, "fits"));
	arena_free(&a);
	ck_assert_ptr_null(a);
}
END_TEST

START_TEST(buf_leaves_out_whole_what_does_not_fit)
{
	char memory[8];
	struct buf b;

	buf_init(&b, memory, sizeof memory);
	buf_add_string(&b, "12345");
	buf_add_string(&b, "6789");
	ck_assert(b.overflowed);
	ck_assert(span_is(buf_span(&b), "12345"));
	buf_rewind(&b, 2);
	ck_assert(!b.overflowed);
	buf_add_format(&b, "%s", "345678");
	ck_assert(b.overflowed);
	ck_assert(span_is(buf_span(&b), "12"));
}
END_TEST

START_TEST(escapes_what_could_harm_a_log)
{
	char memory[64];
	struct buf b;

	buf_init(&b, memory, sizeof memory);
	buf_add_escaped(&b, span_from("a\"b\\c\x1b\xc3 %n"));
	ck_assert(span_is(buf_span(&b), "a\\x22b\\x5cc\\x1b\\xc3 %n"));
	buf_rewind(&b, 0);
	buf_add_number(&b, 0);
	buf_add_number(&b, UINT64_MAX);
	ck_assert(span_is(buf_span(&b), "018446744073709551615"));
}
END_TEST

START_TEST(fault_keeps_the_sentence_behind_its_context)
{
	struct fault fault;

	ck_assert_int_eq(fault_set(&fault, ERR_REFUSED, "no %s", "name"),
	    ERR_REFUSED);
	ck_assert_int_eq(fault_prefix(&fault, "%s:%d", "a.csv", 7),
	    ERR_REFUSED);
	ck_assert_str_eq(fault.text, "a.csv:7: no name");
}
END_TEST

START_TEST(takes_a_mapped_address_for_the_v4_one)
{
	struct addr mapped, plain;
	char text[ADDR_TEXT_MAX];

	ck_assert(addr_parse(&mapped, span_from("::ffff:192.0.2.7")));
	ck_assert(addr_parse(&plain, span_from("192.0.2.7")));
	ck_assert_int_eq(mapped.family, ADDR_V4);
	ck_assert_int_eq(memcmp(&mapped, &plain, sizeof plain), 0);
	addr_format(&mapped, text);
	ck_assert_str_eq(text, "192.0.2.7");
	ck_assert(!addr_parse(&plain, span_from("192.0.2.700")));
	ck_assert(!addr_parse(&plain, span_from("")));
}
END_TEST

START_TEST(prefix_counts_only_its_bits)
{
	static const struct {
		const char *prefix, *addr;
		bool contains;
	} rows[] = {
		{ "129.100.0.0/16", "129.100.255.1", true },
		{ "129.100.0.0/16", "129.101.0.1", false },
		{ "10.0.0.0/9", "10.127.0.1", true },
		{ "10.0.0.0/9", "10.128.0.1", false },
		{ "0.0.0.0/0", "1.2.3.4", true },
		{ "0.0.0.0/0", "::1", false },
		{ "2001:db8::/33", "2001:db8:7fff::1", true },
		{ "2001:db8::/33", "2001:db8:8000::1", false },
		{ "192.0.2.1", "192.0.2.1", true },
		{ "192.0.2.1", "192.0.2.2", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct prefix prefix;
		struct addr addr;

		ck_assert(prefix_parse(&prefix, span_from(rows[i].prefix)));
		ck_assert(addr_parse(&addr, span_from(rows[i].addr)));
		ck_assert_msg(prefix_contains(&prefix, &addr) ==
		    rows[i].contains, "%s in %s", rows[i].addr,
		    rows[i].prefix);
	}
}
END_TEST

START_TEST(a_mask_keeps_the_first_bits_alone)
{
	static const struct {
		const char *addr;
		unsigned bits;
		const char *masked;
	} rows[] = {
		{ "192.0.2.255", 32, "192.0.2.255" },
		{ "192.0.2.255", 25, "192.0.2.128" },
		{ "192.0.2.255", 24, "192.0.2.0" },
		{ "192.0.2.255", 0, "0.0.0.0" },
		{ "2001:db8:1:2:ffff::1", 64, "2001:db8:1:2::" },
		{ "2001:db8:ffff::", 33, "2001:db8:8000::" },
		{ "2001:db8::1", 128, "2001:db8::1" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct addr addr, masked, expected;

		ck_assert(addr_parse(&addr, span_from(rows[i].addr)));
		ck_assert(addr_parse(&expected, span_from(rows[i].masked)));
		masked = addr_mask(&addr, rows[i].bits);
		ck_assert_int_eq(addr_compare(&masked, &expected), 0);
	}
}
END_TEST

START_TEST(refuses_malformed_prefixes)
{
	static const char *const bad[] = { "", "/", "1.2.3.4/", "1.2.3.4/33",
		"::/129", "1.2.3.4/+8", "1.2.3/8", "1.2.3.4/0008" };
	struct prefix prefix;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ck_assert_msg(!prefix_parse(&prefix, span_from(bad[i])),
		    "%s", bad[i]);
}
END_TEST

START_TEST(knows_addresses_no_stranger_may_send_us_to)
{
	static const char *const local[] = { "127.9.9.9", "10.1.1.1", "::1",
		"172.31.0.1", "192.168.1.1", "169.254.1.1", "fe80::1",
		"fd00::1", "0.0.0.0", "::", "224.0.0.1", "255.255.255.255",
		"::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1" };
	static const char *const global[] = { "8.8.8.8", "172.32.0.1",
		"2001:4860::8888", "64:ff9b::808:808" };
	struct addr addr;

	for (size_t i = 0; i < sizeof local / sizeof local[0]; i++) {
		ck_assert(addr_parse(&addr, span_from(local[i])));
		ck_assert_msg(addr_is_local(&addr), "%s", local[i]);
	}
	for (size_t i = 0; i < sizeof global / sizeof global[0]; i++) {
		ck_assert(addr_parse(&addr, span_from(global[i])));
		ck_assert_msg(!addr_is_local(&addr), "%s", global[i]);
	}
}
END_TEST

/* The vectors of the authors: key 0, 1, 2, ... and input 0, 1, 2, ... */
START_TEST(siphash_is_the_published_one)
{
	static const struct {
		size_t length;
		uint64_t hash;
	} rows[] = {
		{ 0, UINT64_C(0x726fdb47dd0e0e31) },
		{ 1, UINT64_C(0x74f839c593dc67fd) },
		{ 8, UINT64_C(0x93f5f5799a932462) },
		{ 15, UINT64_C(0xa129ca6149be45e5) },
	};
	uint8_t key[SIPHASH_KEY_BYTES];
	char input[16];

	for (size_t i = 0; i < sizeof key; i++) {
		key[i] = (uint8_t)i;
		input[i] = (char)i;
	}
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_uint_eq(siphash(key, (struct span){ input,
		    rows[i].length }), rows[i].hash);
}
END_TEST

static int
compare_numbers(const void *a, const void *b)
{
	const unsigned *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

START_TEST(hash_sees_each_byte_and_the_length)
{
	char bytes[24] = { 0 };
	struct span all = { bytes, sizeof bytes };
	uint64_t hash = hash_bytes(all);

	for (size_t i = 0; i < sizeof bytes; i++) {
		bytes[i] = 1;
		ck_assert(hash_bytes(all) != hash);
		bytes[i] = 0;
		ck_assert(hash_bytes((struct span){ bytes, i }) != hash);
	}
	ck_assert(hash_bytes(all) == hash);
}
END_TEST

START_TEST(hash_fills_a_table_by_its_low_bits)
{
	enum { PLACES = 512, EACH = 32 };
	unsigned counts[PLACES] = { 0 };
	char key[16];

	for (unsigned i = 0; i < PLACES * EACH; i++) {
		snprintf(key, sizeof key, "%u", 100000 + i);
		counts[hash_bytes(span_from(key)) % PLACES]++;
	}
	for (unsigned i = 0; i < PLACES; i++)
		ck_assert_uint_lt(counts[i], 3 * EACH);
}
END_TEST

START_TEST(sorts_any_number_of_items_in_place)
{
	enum { ITEMS = 1500 };
	unsigned items[ITEMS], chance = 1;

	for (size_t count = 0; count < ITEMS; count += count < 20 ? 1 : 37) {
		unsigned sum = 0, sorted_sum = 0;

		for (size_t i = 0; i < count; i++) {
			chance = chance * 1103515245 + 12345;
			items[i] = chance >> 16;
			sum += items[i];
		}
		sort_in_place(items, count, sizeof items[0],
		    compare_numbers);
		for (size_t i = 0; i < count; i++) {
			ck_assert(i == 0 || items[i - 1] <= items[i]);
			sorted_sum += items[i];
		}
		ck_assert_uint_eq(sum, sorted_sum);
	}
}
END_TEST

UNIT_MAIN("base", cuts_and_trims_spans, reads_digits_alone_as_a_number,
    compares_a_prefix_as_smaller,
    arena_ends_politely_and_starts_again,
    buf_leaves_out_whole_what_does_not_fit, escapes_what_could_harm_a_log,
    fault_keeps_the_sentence_behind_its_context,
    takes_a_mapped_address_for_the_v4_one, prefix_counts_only_its_bits,
    a_mask_keeps_the_first_bits_alone, refuses_malformed_prefixes,
    knows_addresses_no_stranger_may_send_us_to,
    siphash_is_the_published_one,
    hash_sees_each_byte_and_the_length, hash_fills_a_table_by_its_low_bits,
    sorts_any_number_of_items_in_place)
