#include "sys/clock.h"

#include <assert.h>
#include <time.h>

static struct timespec
ask(clockid_t clock)
{
	struct timespec now;
	int rc = clock_gettime(clock, &now);

	assert(rc == 0);
	return now;
}

static uint64_t
in_ms(struct timespec t)
{
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

uint64_t
clock_monotonic_ms(void)
{
	return in_ms(ask(CLOCK_MONOTONIC));
}

static uint64_t
in_us(struct timespec t)
{
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

uint64_t
clock_monotonic_us(void)
{
	return in_us(ask(CLOCK_MONOTONIC));
}

struct timespec
clock_after_ms(unsigned ms)
{
	uint64_t then = clock_monotonic_ms() + ms;

	return (struct timespec){ .tv_sec = (time_t)(then / 1000),
		.tv_nsec = (long)(then % 1000) * 1000000 };
}

uint64_t
clock_coarse_ms(void)
{
	return in_ms(ask(CLOCK_MONOTONIC_COARSE));
}

uint64_t
clock_processor_us(void)
{
	return in_us(ask(CLOCK_PROCESS_CPUTIME_ID));
}

uint64_t
clock_wall_s(void)
{
	return (uint64_t)ask(CLOCK_REALTIME_COARSE).tv_sec;
}

void
clock_format(uint64_t wall_s, char text[CLOCK_TEXT_MAX])
{
	time_t seconds = (time_t)wall_s;
	struct tm tm;

	if (gmtime_r(&seconds, &tm) == NULL ||
	    strftime(text, CLOCK_TEXT_MAX, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		text[0] = '\0';
}

void
clock_format_now(char text[CLOCK_TEXT_MAX])
{
	clock_format(clock_wall_s(), text);
}
