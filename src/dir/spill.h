/*
 * Sorted runs that memory has no room for, in one file without a name.
 *
 * The file is made in the folder of the generation being built and unlinked at
 * once: whatever becomes of the loader, nothing is left behind.  All runs of a
 * spill share one file, so their number does not use up descriptors.
 *
 * A run is read once: what was read is cut out of the file, where the file
 * system can do that.  So the directory that grows out of the runs takes their
 * place on the disk, and their pages in memory, which need not be fetched
 * afresh.
 *
 * Errors are sticky: after the first one writes do nothing and reads find the
 * end; spill_check() says what happened.
 */

#ifndef DIR_SPILL_H
#define DIR_SPILL_H

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct spill;
struct spill_reader;

/* `folder` is copied; the file is made when the first run begins. */
struct spill *spill_new(const char *folder);
void spill_free(struct spill **spill);

/* One run at a time: begin, any number of writes, end. */
void spill_begin(struct spill *spill);
void spill_write(struct spill *spill, const void *data, size_t length);
void spill_end(struct spill *spill);

unsigned spill_runs(const struct spill *spill);
bool spill_failed(const struct spill *spill);
enum err spill_check(const struct spill *spill, struct fault *fault)
    MUST_CHECK;

/*
 * The buffer of each of `runs` readers when they share `memory_bytes`: 64 KiB
 * at the least, and no more than does any good.
 */
size_t spill_share(size_t memory_bytes, unsigned runs);

/*
 * Read run number `run`, the first is 0, from its beginning, and no run twice.
 * Readers of one spill belong to one thread; the spill must outlive them.
 */
struct spill_reader *spill_reader_new(struct spill *spill, unsigned run,
    size_t buffer_bytes);
void spill_reader_free(struct spill_reader **reader);

/*
 * The next `length` bytes, valid until the next take and not aligned.  NULL:
 * the run is at its end or cannot be read.
 */
const char *spill_take(struct spill_reader *reader, size_t length) MUST_CHECK;

#endif
