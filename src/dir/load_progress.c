#include "dir/load_progress.h"

#include "dir/load.h"
#include "sys/clock.h"

#include <assert.h>
#include <inttypes.h>

enum { INTERVAL_US = 200000, SECOND_US = 1000000 };

static double
seconds_since(uint64_t began_us, uint64_t now_us)
{
	return (double)(now_us - began_us) / SECOND_US;
}

static void
end_phase(struct load_progress *p)
{
	struct load_summary *summary = p->summary;

	if (p->phase == NULL)
		return;
	assert(summary->phase_count < LOAD_PHASES_MAX);
	summary->phases[summary->phase_count++] = (struct load_phase){
		.name = p->phase,
		.seconds = seconds_since(p->began_us, clock_monotonic_us()),
		.processor_seconds = seconds_since(p->processor_us,
		    clock_processor_us()),
	};
	p->phase = NULL;
}

void
load_progress_begin(struct load_progress *p, const char *phase,
    const char *unit)
{
	end_phase(p);
	p->phase = phase;
	p->unit = unit;
	p->began_us = clock_monotonic_us();
	p->processor_us = clock_processor_us();
}

void
load_progress_show(struct load_progress *p, uint64_t count)
{
	uint64_t now, elapsed;

	if (p->out == NULL)
		return;
	now = clock_monotonic_us();
	if (now - p->shown_us < INTERVAL_US)
		return;
	p->shown_us = now;
	elapsed = now - p->began_us + 1;
	fprintf(p->out, "\r%s: %" PRIu64 " %s, %" PRIu64 " a second\033[K",
	    p->phase, count, p->unit, count * SECOND_US / elapsed);
	fflush(p->out);
}

void
load_progress_clear(struct load_progress *p)
{
	if (p->out == NULL || p->shown_us == 0)
		return;
	fputs("\r\033[K", p->out);
	fflush(p->out);
}

void
load_progress_end(struct load_progress *p)
{
	load_progress_clear(p);
	end_phase(p);
}
