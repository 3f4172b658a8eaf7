/* Workers that turn rows into entries and fill the sorters of a job. */

#ifndef DIR_LOAD_CONVERT_H
#define DIR_LOAD_CONVERT_H

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct csv_row;
struct load_convert;
struct load_job;
struct load_pipe;

/* The context of batches: where their rows come from. */
struct load_source {
	size_t file;
	bool is_ldif;
	struct csv_row *header; /* of a CSV file */
};

/*
 * Start the workers.  A CSV row's fields are its own, those of an LDIF entry
 * are dn, type, value, type, value ...; the row's number is its line.
 */
struct load_convert *load_convert_start(struct load_job *job,
    struct load_pipe *pipe);

/* When the pipe is closed: wait for them, finish the sorters. */
enum err load_convert_join(struct load_convert **convert,
    struct fault *fault) MUST_CHECK;

#endif
