#include "bench/schedule.h"

#include "unit.h"

START_TEST(spaces_arrivals_evenly)
{
	const struct schedule schedule = { 1000, 1, 0 };

	for (uint64_t nth = 0; nth < 5000; nth++)
		ck_assert_uint_eq(schedule_due_us(&schedule, nth), nth * 1000);
}
END_TEST

START_TEST(keeps_to_its_rate_for_hours)
{
	static const unsigned rates[] = { 1, 3, 7, 999, 14321, 1000000 };
	const uint64_t hour_us = UINT64_C(3600) * 1000000;

	for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
		const struct schedule schedule = { rates[i], 1, 0 };

		ck_assert_uint_eq(schedule_count(&schedule, hour_us - 1),
		    UINT64_C(3600) * rates[i]);
	}
}
END_TEST

/* What is counted as due is due, and nothing else is. */
START_TEST(counts_what_is_due)
{
	static const struct schedule schedules[] = {
		{ 1, 1, 0 }, { 3, 1, 0 }, { 7, 2, 0 }, { 7, 2, 1 },
		{ 1000, 3, 2 }, { 333333, 4, 3 }, { 3000000, 1, 0 },
	};

	for (size_t i = 0; i < sizeof schedules / sizeof schedules[0]; i++)
		for (uint64_t nth = 0; nth < 2000; nth++) {
			const struct schedule *s = &schedules[i];
			uint64_t due_us = schedule_due_us(s, nth);

			ck_assert_uint_gt(schedule_count(s, due_us), nth);
			if (due_us > 0)
				ck_assert_uint_le(schedule_count(s, due_us - 1),
				    nth);
		}
}
END_TEST

START_TEST(gives_each_arrival_to_one_thread)
{
	const struct schedule alone = { 1234, 1, 0 };

	for (unsigned threads = 1; threads <= 5; threads++)
		for (uint64_t us = 0; us < 3000000; us += 7919) {
			uint64_t count = 0;

			for (unsigned i = 0; i < threads; i++)
				count += schedule_count(
				    &(struct schedule){ 1234, threads, i }, us);
			ck_assert_uint_eq(count, schedule_count(&alone, us));
		}
}
END_TEST

UNIT_MAIN("schedule", spaces_arrivals_evenly, keeps_to_its_rate_for_hours,
    counts_what_is_due, gives_each_arrival_to_one_thread)
