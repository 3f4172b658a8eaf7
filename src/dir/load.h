/*
 * Build the next generation from CSV or LDIF: an external sort in bounded
 * memory.
 *
 *   read      parse, convert, sort by name          (runs spill to files)
 *   index     ids in that order, entries, terms     (runs spill to files)
 *   write     merge the runs, append; number the words of names, append what
 *             they are found by; sync, flip
 */

#ifndef DIR_LOAD_H
#define DIR_LOAD_H

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum load_format { LOAD_BY_SUFFIX, LOAD_CSV, LOAD_LDIF };
enum { LOAD_LISTED_MAX = 100, LOAD_FILES_MAX = 1 << 24 };

/* Less would leave no room for the longest entries. */
#define LOAD_MEMORY_MIN ((size_t)16 << 20)

struct load_settings {
	const char *directory;
	enum load_format format;
	const char *schema_path; /* NULL: built in */
	size_t memory_bytes;
	size_t map_bytes;        /* 0: the default */
	bool skip_bad;
	const char *const *files; /* "-" is standard input */
	size_t file_count;
	FILE *progress;          /* NULL: none; else a terminal */
	FILE *messages;          /* what is left out is listed here; or NULL */
};

/* One phase after the other, and what all threads have used meanwhile. */
enum { LOAD_PHASES_MAX = 8 };

struct load_phase {
	const char *name; /* "reading" */
	double seconds, processor_seconds;
};

struct load_summary {
	char generation[32];
	uint64_t entries;
	uint64_t terms;      /* distinct */
	uint64_t not_people; /* groups, units, ... */
	uint64_t bad;        /* skipped by skip_bad */
	uint64_t latin1;     /* entries taken as ISO-8859-1, not being UTF-8 */
	uint64_t generated_keys;
	uint64_t hides_unknown; /* entries that hide what is no attribute */
	uint64_t input_bytes, size_bytes;
	double seconds;
	unsigned phase_count;
	struct load_phase phases[LOAD_PHASES_MAX];
};

/* On failure nothing of DIR has changed; the fault names file and line. */
enum err load_run(const struct load_settings *settings,
    struct load_summary *summary, struct fault *fault) MUST_CHECK;

#endif
