#include "access/sources.h"

#include "base/addr.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const uint8_t seed[SOURCES_SEED_BYTES] = "not so secret.";

/* A clock that begins long after zero, as a real one does. */
static uint64_t now_ms;

static struct source_limits limits;
static struct sources *sources;

/* No bounds and no exemptions: each test sets what it is about. */
static void
set_up(void)
{
	now_ms = 5000000;
	source_limits_set_defaults(&limits);
	limits.connections = 0;
	limits.rate = 0;
	limits.daily = 0;
	limits.exempt.count = 0;
	limits.sources = 1024;
	sources = sources_new(&limits, seed);
}

static void
tear_down(void)
{
	sources_free(&sources);
}

static void
change(void)
{
	sources_change(sources, &limits, now_ms);
}

static struct addr
parse(const char *text)
{
	struct addr addr = { .family = ADDR_NONE };

	if (strcmp(text, "local") != 0)
		ck_assert(addr_parse(&addr, span_from(text)));
	return addr;
}

static enum source_verdict
enter(const char *text)
{
	struct addr addr = parse(text);

	return sources_enter(sources, &addr, now_ms).verdict;
}

static void
leave(const char *text)
{
	struct addr addr = parse(text);

	sources_leave(sources, &addr, 0);
}

static struct source_answer
ask(const char *text)
{
	struct addr addr = parse(text);

	return sources_ask(sources, &addr, 1, now_ms);
}

/* How many questions at once are let through, of at most `most`. */
static unsigned
ask_until_refused(const char *text, unsigned most)
{
	unsigned count = 0;

	while (count < most && ask(text).verdict == SOURCE_OPEN)
		count++;
	return count;
}

/* Other /64s, one for each number, that enter, ask once and leave. */
static void
flood(unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		uint8_t bytes[16] = { 0x2a, 0x02, (uint8_t)(i >> 24),
			(uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i };
		struct addr addr = addr_v6(bytes);

		ck_assert_int_eq(sources_enter(sources, &addr,
		    now_ms).verdict, SOURCE_OPEN);
		ck_assert_int_eq(sources_ask(sources, &addr, 1,
		    now_ms).verdict, SOURCE_OPEN);
		sources_leave(sources, &addr, 0);
	}
}

START_TEST(counts_connections_until_they_leave)
{
	limits.connections = 2;
	change();
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_OPEN);
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_OPEN);
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_TOO_MANY);
	ck_assert_int_eq(enter("192.0.2.2"), SOURCE_OPEN);
	leave("192.0.2.1");
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_OPEN);
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_TOO_MANY);
}
END_TEST

START_TEST(a_burst_is_earned_back_at_the_rate)
{
	limits.rate = 4;
	limits.burst = 10;
	change();
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 100), 10);
	ck_assert_int_eq(ask("192.0.2.1").verdict, SOURCE_TOO_FAST);
	ck_assert_uint_eq(ask("192.0.2.1").retry_s, 1);
	now_ms += 249;
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 100), 0);
	now_ms += 1;
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 100), 1);
	now_ms += 1000;
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 100), 4);
	now_ms += 3600000;
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 100), 10);
}
END_TEST

START_TEST(says_when_the_next_question_is_welcome)
{
	uint64_t retry_s;

	limits.rate = 1;
	limits.burst = 5;
	change();
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 100), 5);
	retry_s = ask("192.0.2.1").retry_s;
	ck_assert_uint_eq(retry_s, 1);
	now_ms += retry_s * 1000;
	ck_assert_int_eq(ask("192.0.2.1").verdict, SOURCE_OPEN);
}
END_TEST

START_TEST(a_day_begins_with_its_first_answer)
{
	limits.daily = 3;
	change();
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_OPEN);
	now_ms += 1000 * 1000;
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 100), 3);
	ck_assert_int_eq(ask("192.0.2.1").verdict, SOURCE_USED_UP);
	ck_assert_uint_eq(ask("192.0.2.1").retry_s, SOURCES_DAY_S);
	now_ms += (SOURCES_DAY_S - 60) * UINT64_C(1000);
	ck_assert_uint_eq(ask("192.0.2.1").retry_s, 60);
	now_ms += 60 * 1000;
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 100), 3);
}
END_TEST

START_TEST(being_turned_away_costs_nothing)
{
	limits.rate = 1;
	limits.burst = 2;
	limits.daily = 4;
	change();
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 100), 2);
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(ask("192.0.2.1").verdict, SOURCE_TOO_FAST);
	now_ms += 2000;
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 100), 2);
	ck_assert_int_eq(ask("192.0.2.1").verdict, SOURCE_USED_UP);
}
END_TEST

/* Each row is a source of its own. */
START_TEST(grants_of_many_questions_at_once_what_one_by_one_would_get)
{
	static const struct {
		unsigned rate, burst, daily;
		unsigned before, at_once, granted;
	} rows[] = {
		{ 0, 1, 0, 0, 64, 64 },
		{ 4, 10, 0, 0, 64, 10 },
		{ 4, 10, 0, 0, 10, 10 },
		{ 4, 10, 0, 7, 64, 3 },
		{ 4, 10, 0, 9, 1, 1 },
		{ 4, 10, 5, 0, 64, 5 },
		{ 4, 10, 5, 3, 64, 2 },
		{ 4, 10, 20, 3, 64, 7 },
		{ 0, 1, 5, 0, 64, 5 },
		{ 1000000, 100, 0, 0, 64, 64 },
	};

	for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		uint8_t bytes[] = { 192, 0, 2, (uint8_t)i };
		struct addr addr = addr_v4(bytes);
		struct source_answer answer;

		limits.rate = rows[i].rate;
		limits.burst = rows[i].burst;
		limits.daily = rows[i].daily;
		change();
		for (unsigned n = 0; n < rows[i].before; n++)
			ck_assert_uint_eq(sources_ask(sources, &addr, 1,
			    now_ms).granted, 1);
		answer = sources_ask(sources, &addr, rows[i].at_once, now_ms);
		ck_assert_int_eq(answer.verdict, SOURCE_OPEN);
		ck_assert_msg(answer.granted == rows[i].granted,
		    "row %u: %u", i, answer.granted);
		if (rows[i].granted < rows[i].at_once)
			ck_assert_int_ne(sources_ask(sources, &addr, 1,
			    now_ms).verdict, SOURCE_OPEN);
	}
}
END_TEST

START_TEST(what_was_granted_and_not_asked_costs_nothing)
{
	struct addr addr = parse("192.0.2.1");

	limits.rate = 1;
	limits.burst = 10;
	limits.daily = 12;
	change();
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_OPEN);
	ck_assert_uint_eq(sources_ask(sources, &addr, 64, now_ms).granted, 10);
	sources_leave(sources, &addr, 7);
	ck_assert_uint_eq(sources_ask(sources, &addr, 64, now_ms).granted, 7);
	now_ms += 60000;
	ck_assert_uint_eq(sources_ask(sources, &addr, 64, now_ms).granted, 2);
	/* More than there was makes no credit. */
	sources_leave(sources, &addr, 1000);
	ck_assert_uint_eq(sources_ask(sources, &addr, 64, now_ms).granted, 10);
}
END_TEST

START_TEST(addresses_of_one_network_are_one_source)
{
	static const struct {
		const char *a, *b;
		unsigned v4_bits, v6_bits;
		bool are_one;
	} rows[] = {
		{ "192.0.2.1", "192.0.2.1", 32, 64, true },
		{ "192.0.2.1", "192.0.2.2", 32, 64, false },
		{ "192.0.2.1", "192.0.2.2", 24, 64, true },
		{ "192.0.2.1", "192.0.3.1", 24, 64, false },
		{ "192.0.2.1", "::ffff:192.0.2.1", 32, 64, true },
		{ "2001:db8::1", "2001:db8::ffff:1", 32, 64, true },
		{ "2001:db8::1", "2001:db8:0:1::1", 32, 64, false },
		{ "2001:db8::1", "2001:db8:0:ff::1", 32, 56, true },
		{ "2001:db8::1", "2001:db8:0:100::1", 32, 56, false },
		/* The first 32 bits are the same. */
		{ "32.1.13.184", "2001:db8::", 32, 64, false },
	};

	limits.connections = 1;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		limits.v4_bits = rows[i].v4_bits;
		limits.v6_bits = rows[i].v6_bits;
		change();
		ck_assert_int_eq(enter(rows[i].a), SOURCE_OPEN);
		ck_assert_msg((enter(rows[i].b) == SOURCE_TOO_MANY) ==
		    rows[i].are_one, "%s and %s", rows[i].a, rows[i].b);
		leave(rows[i].a);
		leave(rows[i].b);
	}
}
END_TEST

START_TEST(the_exempt_are_never_turned_away)
{
	struct fault fault;

	limits.connections = 1;
	limits.daily = 1;
	ck_assert_int_eq(networks_add(&limits.exempt,
	    span_from("192.0.2.0/24"), &fault), ERR_NONE);
	change();
	for (int i = 0; i < 100; i++) {
		ck_assert_int_eq(enter("192.0.2.1"), SOURCE_OPEN);
		ck_assert_int_eq(ask("192.0.2.1").verdict, SOURCE_OPEN);
		ck_assert_int_eq(enter("local"), SOURCE_OPEN);
		ck_assert_int_eq(ask("local").verdict, SOURCE_OPEN);
	}
	leave("local");
	ck_assert_uint_eq(ask_until_refused("198.51.100.1", 100), 1);
}
END_TEST

START_TEST(who_becomes_exempt_leaves_no_connection_behind)
{
	struct fault fault;

	limits.connections = 1;
	change();
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_OPEN);
	ck_assert_int_eq(networks_add(&limits.exempt,
	    span_from("192.0.2.0/24"), &fault), ERR_NONE);
	change();
	leave("192.0.2.1");
	limits.exempt.count = 0;
	change();
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_OPEN);
}
END_TEST

START_TEST(leaving_more_often_than_entering_is_harmless)
{
	limits.connections = 1;
	change();
	leave("192.0.2.1");
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_OPEN);
	leave("192.0.2.1");
	leave("192.0.2.1");
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_OPEN);
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_TOO_MANY);
}
END_TEST

START_TEST(a_refusal_is_news_once_an_hour)
{
	limits.daily = 1;
	change();
	ck_assert_int_eq(ask("192.0.2.1").verdict, SOURCE_OPEN);
	ck_assert(ask("192.0.2.1").is_news);
	ck_assert(!ask("192.0.2.1").is_news);
	now_ms += SOURCES_NEWS_S * 1000 - 1;
	ck_assert(!ask("192.0.2.1").is_news);
	now_ms += 1000;
	ck_assert(ask("192.0.2.1").is_news);
	ck_assert(!ask("192.0.2.1").is_news);
}
END_TEST

START_TEST(new_limits_hold_for_what_was_already_taken)
{
	limits.daily = 100;
	limits.rate = 1;
	limits.burst = 1000;
	change();
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 50), 50);
	limits.daily = 50;
	change();
	ck_assert_int_eq(ask("192.0.2.1").verdict, SOURCE_USED_UP);
	/* The debt of the larger burst does not outlast the smaller one. */
	limits.daily = 0;
	limits.burst = 10;
	change();
	ck_assert_int_eq(ask("192.0.2.1").verdict, SOURCE_TOO_FAST);
	now_ms += 1000;
	ck_assert_int_eq(ask("192.0.2.1").verdict, SOURCE_OPEN);
	limits.rate = 0;
	change();
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 5000), 5000);
}
END_TEST

START_TEST(a_table_of_another_size_keeps_the_heavy_ones)
{
	static const unsigned sizes[] = { 65536, 1024, 16, 1024 };

	limits.daily = 10;
	change();
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 100), 10);
	flood(10000);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		limits.sources = sizes[i];
		change();
		ck_assert_int_eq(ask("192.0.2.1").verdict, SOURCE_USED_UP);
	}
	limits.v4_bits = 24;
	change();
	ck_assert_int_eq(ask("192.0.2.1").verdict, SOURCE_OPEN);
}
END_TEST

/* Three abusers, one of each kind, among a million addresses that are new. */
START_TEST(a_million_fresh_addresses_free_no_abuser)
{
	source_limits_set_defaults(&limits);
	limits.exempt.count = 0;
	change();
	while (enter("192.0.2.1") == SOURCE_OPEN)
		continue;
	for (unsigned i = 0; i < limits.daily; i++, now_ms += 50)
		ck_assert_int_eq(ask("192.0.2.2").verdict, SOURCE_OPEN);
	ck_assert_uint_eq(ask_until_refused("192.0.2.3", 1000), limits.burst);
	flood(1000000);
	ck_assert_int_eq(ask("192.0.2.3").verdict, SOURCE_TOO_FAST);
	ck_assert_int_eq(enter("192.0.2.1"), SOURCE_TOO_MANY);
	ck_assert_int_eq(ask("192.0.2.2").verdict, SOURCE_USED_UP);
}
END_TEST

/* One set: everybody contends with everybody. */
START_TEST(the_least_remembered_goes_first)
{
	limits.sources = SOURCES_PLACES;
	limits.daily = 100;
	change();
	for (unsigned i = 1; i <= SOURCES_PLACES; i++) {
		char text[32];

		snprintf(text, sizeof text, "192.0.2.%u", i);
		ck_assert_uint_eq(ask_until_refused(text, i * 6), i * 6);
	}
	/* The lightest has 6 answers; each new one has fewer. */
	flood(1000);
	limits.daily = 12;
	change();
	ck_assert_uint_eq(ask_until_refused("192.0.2.1", 100), 12);
	ck_assert_int_eq(ask("192.0.2.2").verdict, SOURCE_USED_UP);
	ck_assert_int_eq(ask("192.0.2.16").verdict, SOURCE_USED_UP);
}
END_TEST

START_TEST(who_has_an_open_connection_stays_while_an_innocent_one_is_there)
{
	limits.sources = SOURCES_PLACES;
	limits.connections = 1;
	change();
	for (unsigned i = 1; i < SOURCES_PLACES; i++) {
		char text[32];

		snprintf(text, sizeof text, "192.0.2.%u", i);
		ck_assert_int_eq(enter(text), SOURCE_OPEN);
	}
	flood(1000);
	for (unsigned i = 1; i < SOURCES_PLACES; i++) {
		char text[32];

		snprintf(text, sizeof text, "192.0.2.%u", i);
		ck_assert_int_eq(enter(text), SOURCE_TOO_MANY);
	}
	ck_assert_uint_eq(sources_forgotten(sources), 0);
}
END_TEST

/* What it takes: a set full of others that are heavier. */
START_TEST(only_heavier_ones_push_out_an_abuser)
{
	limits.sources = SOURCES_PLACES;
	limits.daily = 100;
	change();
	ck_assert_uint_eq(ask_until_refused("192.0.2.200", 50), 50);
	for (unsigned i = 1; i < SOURCES_PLACES; i++) {
		char text[32];

		snprintf(text, sizeof text, "192.0.2.%u", i);
		ck_assert_uint_eq(ask_until_refused(text, 60), 60);
	}
	ck_assert_uint_eq(sources_forgotten(sources), 0);
	flood(1);
	ck_assert_uint_eq(sources_forgotten(sources), 1);
	ck_assert_uint_eq(ask_until_refused("192.0.2.200", 1000), 100);
}
END_TEST

START_TEST(who_weighs_nothing_is_not_counted_where_a_table_shrinks)
{
	limits.sources = 2 * SOURCES_PLACES;
	limits.connections = 1;
	change();
	for (unsigned i = 1; i <= SOURCES_PLACES; i++) {
		char text[32];

		snprintf(text, sizeof text, "192.0.2.%u", i);
		ck_assert_int_eq(enter(text), SOURCE_OPEN);
	}
	flood(1000);
	limits.sources = SOURCES_PLACES;
	change();
	ck_assert_uint_eq(sources_forgotten(sources), 0);
	flood(1);
	ck_assert_uint_eq(sources_forgotten(sources), 1);
}
END_TEST

START_TEST(time_takes_the_weight_off)
{
	limits.sources = SOURCES_PLACES;
	limits.rate = 1;
	limits.burst = 10;
	limits.daily = 10;
	change();
	for (unsigned i = 1; i <= SOURCES_PLACES; i++) {
		char text[32];

		snprintf(text, sizeof text, "192.0.2.%u", i);
		ck_assert_uint_eq(ask_until_refused(text, 10), 10);
	}
	now_ms += SOURCES_DAY_S * UINT64_C(1000);
	flood(SOURCES_PLACES);
	ck_assert_uint_eq(sources_forgotten(sources), 0);
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){ set_up, tear_down }),
    "access/sources", counts_connections_until_they_leave,
    a_burst_is_earned_back_at_the_rate,
    says_when_the_next_question_is_welcome,
    a_day_begins_with_its_first_answer, being_turned_away_costs_nothing,
    grants_of_many_questions_at_once_what_one_by_one_would_get,
    what_was_granted_and_not_asked_costs_nothing,
    addresses_of_one_network_are_one_source,
    the_exempt_are_never_turned_away,
    who_becomes_exempt_leaves_no_connection_behind,
    leaving_more_often_than_entering_is_harmless,
    a_refusal_is_news_once_an_hour,
    new_limits_hold_for_what_was_already_taken,
    a_table_of_another_size_keeps_the_heavy_ones,
    a_million_fresh_addresses_free_no_abuser, the_least_remembered_goes_first,
    who_has_an_open_connection_stays_while_an_innocent_one_is_there,
    only_heavier_ones_push_out_an_abuser,
    who_weighs_nothing_is_not_counted_where_a_table_shrinks,
    time_takes_the_weight_off)
