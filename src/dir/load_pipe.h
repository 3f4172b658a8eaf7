/*
 * Rows handed from one thread to others, in batches.
 *
 * The writer's rows are copied into the memory of a batch; full batches wait in
 * a queue for whoever is free to take one.  The number of batches is fixed: the
 * writer waits when all are under way, and nothing is allocated for a row.
 */

#ifndef DIR_LOAD_PIPE_H
#define DIR_LOAD_PIPE_H

#include "base/attr.h"
#include "base/span.h"

#include <stddef.h>
#include <stdint.h>

struct load_pipe;
struct load_batch;

struct load_row {
	uint64_t number;           /* what the writer gave: a line, an id */
	const struct span *fields; /* each begins at a multiple of 4 bytes */
	unsigned count;
};

/* A row larger than `batch_bytes` has a batch of its own, grown for it. */
struct load_pipe *load_pipe_new(unsigned batches, size_t batch_bytes);

/* Closed and drained, and no thread inside. */
void load_pipe_free(struct load_pipe **pipe);

/* One thread writes. */
void load_pipe_write(struct load_pipe *pipe, const struct load_row *row);

/* Rows from now on are in batches with this context. */
void load_pipe_set_context(struct load_pipe *pipe, const void *context);

/* No more rows. */
void load_pipe_close(struct load_pipe *pipe);

/*
 * Wait for a batch, in the order in which they were written.  It is the
 * caller's until it gives it back.  NULL: closed and drained.
 */
struct load_batch *load_pipe_receive(struct load_pipe *pipe);
void load_pipe_give_back(struct load_pipe *pipe, struct load_batch **batch);

const void *load_batch_context(const struct load_batch *batch);
size_t load_batch_count(const struct load_batch *batch);
struct load_row load_batch_row(const struct load_batch *batch, size_t nth);

#endif
