#include <config.h>

#include "bench/latency.h"

#include "unit.h"

static struct latency latency;

START_TEST(says_nothing_of_nothing)
{
	latency = (struct latency){ 0 };
	ck_assert_uint_eq(latency_permille(&latency, 500), 0);
	ck_assert_uint_eq(latency_permille(&latency, 1000), 0);
}
END_TEST

START_TEST(knows_small_values_exactly)
{
	latency = (struct latency){ 0 };
	for (uint64_t value = 1; value <= 240; value++)
		latency_add(&latency, value);
	ck_assert_uint_eq(latency.count, 240);
	ck_assert_uint_eq(latency_permille(&latency, 500), 120);
	ck_assert_uint_eq(latency_permille(&latency, 950), 228);
	ck_assert_uint_eq(latency_permille(&latency, 999), 240);
	ck_assert_uint_eq(latency_permille(&latency, 1000), 240);
}
END_TEST

START_TEST(is_within_a_hundredth_and_never_below)
{
	for (uint64_t value = 1; value < UINT64_C(1) << 35;
	     value += value / 7 + 1) {
		uint64_t said;

		latency = (struct latency){ 0 };
		latency_add(&latency, value);
		latency_add(&latency, UINT64_C(1) << 40);
		said = latency_permille(&latency, 500);
		ck_assert_uint_ge(said, value);
		ck_assert_uint_le(said, value + value / 100);
	}
}
END_TEST

START_TEST(never_says_more_than_the_greatest)
{
	latency = (struct latency){ 0 };
	latency_add(&latency, 1000001);
	ck_assert_uint_eq(latency_permille(&latency, 990), 1000001);
	latency_add(&latency, UINT64_C(1) << 50);
	ck_assert_uint_le(latency_permille(&latency, 1000), latency.max);
}
END_TEST

START_TEST(sums_as_if_all_had_been_added_to_one)
{
	static struct latency odd, even, all;

	for (uint64_t value = 1; value < 100000; value += 3) {
		latency_add(value % 2 == 1 ? &odd : &even, value);
		latency_add(&all, value);
	}
	latency_add_all(&odd, &even);
	ck_assert_uint_eq(odd.count, all.count);
	ck_assert_uint_eq(odd.max, all.max);
	for (unsigned permille = 0; permille <= 1000; permille++)
		ck_assert_uint_eq(latency_permille(&odd, permille),
		    latency_permille(&all, permille));
}
END_TEST

UNIT_MAIN("latency", says_nothing_of_nothing, knows_small_values_exactly,
    is_within_a_hundredth_and_never_below,
    never_says_more_than_the_greatest,
    sums_as_if_all_had_been_added_to_one)
