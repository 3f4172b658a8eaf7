#include "bench/schedule.h"

enum { SECOND_US = 1000000 };

uint64_t
schedule_due_us(const struct schedule *schedule, uint64_t nth)
{
	uint64_t of_all = nth * schedule->threads + schedule->thread;

	/* Rounded up: never before it is counted as due. */
	return (of_all * SECOND_US + schedule->rate - 1) / schedule->rate;
}

uint64_t
schedule_count(const struct schedule *schedule, uint64_t elapsed_us)
{
	uint64_t last_of_all = elapsed_us * schedule->rate / SECOND_US;

	if (last_of_all < schedule->thread)
		return 0;
	return (last_of_all - schedule->thread) / schedule->threads + 1;
}
