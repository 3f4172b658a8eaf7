#include "server/statistics.h"

#include "sys/clock.h"
#include "sys/log.h"

#include <assert.h>

enum { PROCESS_UPTIME, PROCESS_LOG_DROPPED, PROCESS_COUNTERS };

static const struct counter_text process_texts[PROCESS_COUNTERS] = {
	[PROCESS_UPTIME] = { "uptime_s", "seconds since the server started",
	    COUNTER_KIND_GAUGE },
	[PROCESS_LOG_DROPPED] = { "log_dropped",
	    "lines the log had no room for" },
};

static void
sum_process(const void *owner, uint64_t *sums)
{
	const struct statistics *s = owner;

	sums[PROCESS_UPTIME] += (clock_monotonic_ms() - s->started_ms) / 1000;
	sums[PROCESS_LOG_DROPPED] += log_dropped();
}

void
statistics_init(struct statistics *s, uint64_t now_ms)
{
	*s = (struct statistics){ .started_ms = now_ms };
	statistics_add(s, &(struct counter_set){ process_texts,
	    PROCESS_COUNTERS, sum_process, s });
}

void
statistics_add(struct statistics *s, const struct counter_set *set)
{
	assert(s->count < STATISTICS_SETS_MAX);
	s->sets[s->count++] = *set;
}

void
statistics_set_times(struct statistics *s, const struct histogram_set *set)
{
	s->times = *set;
}

void
statistics_print(const struct statistics *s, enum counters_form form,
    struct buf *out)
{
	for (unsigned i = 0; i < s->count; i++)
		counters_print(out, form, &s->sets[i]);
	if (s->times.sum != NULL)
		histogram_print(out, form, &s->times);
}
