/*
 * A file written from its beginning to its end by a thread of its own.
 *
 * Half of the work of making a large file is the kernel's, which copies each
 * byte into memory that it first has to find.  Here whoever makes the bytes
 * only puts them into a buffer, and makes the next ones while a thread writes.
 * He waits when all buffers are full, and writes himself where no thread is to
 * be had.
 */

#ifndef SYS_WRITE_BEHIND_H
#define SYS_WRITE_BEHIND_H

#include "base/attr.h"

#include <stddef.h>
#include <stdint.h>

struct write_behind;

/* The first byte goes to offset `at`.  The descriptor stays the caller's. */
struct write_behind *write_behind_new(int fd, uint64_t at);

/* Of what was not waited for, some is lost. */
void write_behind_free(struct write_behind **writer);

/* Copies them.  Without bytes: so many zeros.  One thread writes. */
void write_behind_add(
    struct write_behind *writer, const void *bytes, size_t length);

/*
 * Wait until all of it is written, though not on the disk.  0, or errno of the
 * first failure, after which nothing more is written.
 */
int write_behind_wait(struct write_behind *writer) MUST_CHECK;

#endif
