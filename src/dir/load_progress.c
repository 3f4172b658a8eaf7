#include "dir/load_progress.h"

#include "sys/clock.h"

#include <inttypes.h>

enum { INTERVAL_US = 200000, SECOND_US = 1000000 };

void
load_progress_begin(struct load_progress *p, const char *phase,
    const char *unit)
{
	p->phase = phase;
	p->unit = unit;
	p->began_us = clock_monotonic_us();
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
