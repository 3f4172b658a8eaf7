/*
 * How far a load is, in a line on a terminal, and in which phase; what the
 * phases have taken goes into the summary.
 */

#ifndef DIR_LOAD_PROGRESS_H
#define DIR_LOAD_PROGRESS_H

#include <stdint.h>
#include <stdio.h>

struct load_summary;

struct load_progress {
	FILE *out;         /* NULL: no line */
	struct load_summary *summary;
	const char *phase; /* NULL: none yet, or no more */
	const char *unit;  /* what is counted */
	uint64_t began_us; /* the phase */
	uint64_t processor_us; /* when it began */
	uint64_t shown_us; /* last */
};

/* "reading", "entries".  Ends the phase before. */
void load_progress_begin(struct load_progress *progress, const char *phase,
    const char *unit);

/* Show the count, but not more often than five times a second. */
void load_progress_show(struct load_progress *progress, uint64_t count);

/* Take the line away. */
void load_progress_clear(struct load_progress *progress);

/* End the last phase. */
void load_progress_end(struct load_progress *progress);

#endif
