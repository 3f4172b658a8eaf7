/* The line that says how far a load is, on a terminal. */

#ifndef DIR_LOAD_PROGRESS_H
#define DIR_LOAD_PROGRESS_H

#include <stdint.h>
#include <stdio.h>

struct load_progress {
	FILE *out;         /* NULL: no line */
	const char *phase;
	const char *unit;  /* what is counted */
	uint64_t began_us; /* the phase */
	uint64_t shown_us; /* last */
};

/* "reading", "entries". */
void load_progress_begin(struct load_progress *progress, const char *phase,
    const char *unit);

/* Show the count, but not more often than five times a second. */
void load_progress_show(struct load_progress *progress, uint64_t count);

void load_progress_clear(struct load_progress *progress);

#endif
