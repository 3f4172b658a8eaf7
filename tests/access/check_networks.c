#include "access/networks.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

static bool
contain(const struct networks *networks, const char *text)
{
	struct addr addr = { .family = ADDR_NONE };

	if (strcmp(text, "local") != 0)
		ck_assert(addr_parse(&addr, span_from(text)));
	return networks_contain(networks, &addr);
}

static void
add(struct networks *networks, const char *text)
{
	struct fault fault;

	ck_assert_msg(networks_add(networks, span_from(text), &fault) ==
	    ERR_NONE, "%s", fault.text);
}

START_TEST(holds_what_lies_in_one_of_them)
{
	static const char *const list[] = { "129.100.0.0/16", "192.0.2.7",
		"2001:db8::/32", "10.0.0.0/9", "::1" };
	static const struct {
		const char *addr;
		bool is_in;
	} rows[] = {
		{ "129.100.0.0", true },
		{ "129.100.255.255", true },
		{ "129.99.255.255", false },
		{ "129.101.0.0", false },
		{ "192.0.2.7", true },
		{ "192.0.2.8", false },
		{ "::ffff:192.0.2.7", true },
		{ "10.127.0.1", true },
		{ "10.128.0.1", false },
		{ "2001:db8:ffff::1", true },
		{ "2001:db9::", false },
		{ "::1", true },
		{ "::", false },
		{ "local", false },
	};
	struct networks networks = { .count = 0 };

	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
		add(&networks, list[i]);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_msg(contain(&networks, rows[i].addr) ==
		    rows[i].is_in, "%s", rows[i].addr);
}
END_TEST

START_TEST(an_empty_set_holds_nobody)
{
	const struct networks networks = { .count = 0 };

	ck_assert(!contain(&networks, "192.0.2.7"));
	ck_assert(!contain(&networks, "local"));
}
END_TEST

START_TEST(all_of_a_family_is_not_the_other_one)
{
	struct networks networks = { .count = 0 };

	add(&networks, "0.0.0.0/0");
	ck_assert(contain(&networks, "255.255.255.255"));
	ck_assert(!contain(&networks, "::1"));
	ck_assert(!contain(&networks, "local"));
	add(&networks, "local");
	ck_assert(contain(&networks, "local"));
}
END_TEST

/* Whatever the order, the widest one alone is kept. */
START_TEST(keeps_no_network_inside_another)
{
	static const char *const orders[][3] = {
		{ "10.0.0.0/8", "10.0.0.0/24", "10.9.0.0/16" },
		{ "10.0.0.0/24", "10.9.0.0/16", "10.0.0.0/8" },
		{ "10.9.0.0/16", "10.0.0.0/8", "10.0.0.0/8" },
	};

	for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
		struct networks networks = { .count = 0 };

		for (size_t n = 0; n < 3; n++)
			add(&networks, orders[i][n]);
		ck_assert_uint_eq(networks.count, 1);
		ck_assert(contain(&networks, "10.255.0.1"));
	}
}
END_TEST

START_TEST(says_what_is_wrong_with_a_network)
{
	static const struct {
		const char *text;
		const char *sentence;
	} rows[] = {
		{ "campus", "\"campus\" is no network; one is written "
		    "192.0.2.0/24, 2001:db8::/32 or local" },
		{ "", "\"\" is no network; one is written 192.0.2.0/24, "
		    "2001:db8::/32 or local" },
		{ "192.0.2.0/33", "\"192.0.2.0/33\" is no network; one is "
		    "written 192.0.2.0/24, 2001:db8::/32 or local" },
		{ "192.0.2.7/24", "\"192.0.2.7/24\" has bits behind its first "
		    "24; the network is 192.0.2.0/24" },
		{ "2001:db8::1/32", "\"2001:db8::1/32\" has bits behind its "
		    "first 32; the network is 2001:db8::/32" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct networks networks = { .count = 0 };
		struct fault fault;

		ck_assert_int_eq(networks_add(&networks,
		    span_from(rows[i].text), &fault), ERR_REFUSED);
		ck_assert_str_eq(fault.text, rows[i].sentence);
		ck_assert_uint_eq(networks.count, 0);
	}
}
END_TEST

START_TEST(refuses_one_more_than_there_is_room_for)
{
	struct networks networks = { .count = 0 };
	struct fault fault;

	for (unsigned i = 0; i < NETWORKS_MAX; i++) {
		char text[32];

		snprintf(text, sizeof text, "10.0.%u.0/24", NETWORKS_MAX - i);
		add(&networks, text);
	}
	ck_assert_int_eq(networks_add(&networks, span_from("10.1.0.0/24"),
	    &fault), ERR_REFUSED);
	ck_assert_str_eq(fault.text, "there may be at most 128 networks");
	ck_assert(contain(&networks, "10.0.1.1"));
	ck_assert(contain(&networks, "10.0.128.1"));
	ck_assert(!contain(&networks, "10.1.0.1"));
	add(&networks, "10.0.0.0/8");
	ck_assert_uint_eq(networks.count, 1);
}
END_TEST

UNIT_MAIN("access/networks", holds_what_lies_in_one_of_them,
    an_empty_set_holds_nobody, all_of_a_family_is_not_the_other_one,
    keeps_no_network_inside_another, says_what_is_wrong_with_a_network,
    refuses_one_more_than_there_is_room_for)
