/*
 * What the phases of a load share.  Internal to dir/load*.
 *
 *   load          settings, order of the phases, meta, publish
 *   load_read     files -> rows                               (one thread)
 *   load_convert  rows -> entries and keys in sorters         (workers)
 *   load_keys     equal neighbours among the keys             (one thread)
 *   load_index    entries in order -> ids, the entry table,   (one thread)
 *                 terms in inverters                          (workers)
 *   load_write    posting lists -> key and term tables        (two threads)
 *   load_words    words of names -> vocabulary                (one more)
 *
 * What is appended to the store goes out in a thread of the store's.
 */

#ifndef DIR_LOAD_JOB_H
#define DIR_LOAD_JOB_H

#include "base/attr.h"
#include "base/err.h"
#include "dir/load.h"
#include "dir/load_progress.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct inverter;
struct load_notes;
struct schema;
struct sorter;
struct store_writer;

enum { LOAD_WORKERS_MAX = 8, LOAD_BATCH_BYTES = 1 << 19,
       LOAD_BLOCK_ALIGNMENT = 4096 };

struct load_job {
	/* fixed */
	const struct load_settings *settings;
	const struct schema *schema;
	const char *folder; /* of the generation being built */
	unsigned workers;

	/* any thread */
	struct load_notes *notes;
	atomic_bool stopped; /* something failed: do not go on for long */
	atomic_uint_fast64_t not_people;

	/* the main thread's */
	struct load_progress progress;
	struct load_summary *summary;
	struct store_writer *writer;
	uint64_t *dropped;   /* origins of later duplicates, ascending */
	size_t dropped_count, dropped_capacity;

	/*
	 * Each filled by one worker, read by the main thread when it has ended.
	 * A worker's sorters and then its inverter are made in its memory.
	 */
	void *memory[LOAD_WORKERS_MAX];
	size_t worker_bytes;
	struct sorter *entries[LOAD_WORKERS_MAX];
	struct sorter *keys[LOAD_WORKERS_MAX];
	struct inverter *inverters[LOAD_WORKERS_MAX];
};

/* "people.csv", "standard input". */
const char *load_file_name(const struct load_job *job, size_t file);

/*
 * An entry is bad: put file and line before the sentence and note it.  Unless
 * bad entries are to be skipped the load stops.
 */
void load_bad_entry(struct load_job *job, uint64_t origin,
    struct fault *fault);

/* Read all files into the sorters. */
enum err load_read(struct load_job *job, struct fault *fault) MUST_CHECK;

/* Find the keys that are used twice; frees `keys`. */
enum err load_check_keys(struct load_job *job, struct fault *fault)
    MUST_CHECK;

/* Number the entries, append them, invert their terms; frees `entries`. */
enum err load_index(struct load_job *job, struct fault *fault) MUST_CHECK;

/* Append keys and posting lists; frees `inverters`. */
enum err load_write(struct load_job *job, struct fault *fault) MUST_CHECK;

#endif
