/*
 * DIR: the generations in it and the one in service.
 *
 *   DIR/gen-000007/{data.mdb,lock.mdb}   one generation, never changed by a load
 *   DIR/current -> gen-000007            what everybody reads
 *   DIR/lock                             held by the one writer
 *
 * A directory handle keeps every open generation once (by inode), counts who reads
 * it, and closes it when the last reader has moved on.
 */

#ifndef DIR_GENERATION_H
#define DIR_GENERATION_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct directory;
struct generation;
struct reader;
struct schema;
struct store_reader;

/*
 * Open DIR and what `current` names.  Refused with a sentence: no directory, no
 * current, another format, a newer version.
 */
enum err directory_open(struct directory **directory, const char *path,
    size_t map_bytes, struct fault *fault) MUST_CHECK;

/* No reader may be left. */
void directory_close(struct directory **directory);

enum directory_change { DIRECTORY_SAME, DIRECTORY_MOVED, DIRECTORY_BROKEN };

/*
 * Look whether `current` names another generation and, if so, put it in service.
 * BROKEN: it cannot be opened; the old one serves on and `fault` says why.  Any
 * thread, one at a time; costs one stat() when nothing changed.
 */
enum directory_change directory_refresh(struct directory *directory,
    struct fault *fault) MUST_CHECK;

unsigned directory_clear_dead_readers(struct directory *directory);

/* What `meta` says of the generation in service. */
struct generation_info {
	char name[32]; /* gen-000007 */
	uint64_t entries, terms, serial, size_bytes;
	char source[256];
	char loaded[32]; /* RFC 3339, UTC */
	char format[32];
};
void directory_info(struct directory *directory, struct generation_info *info);

/*
 * A reader: one per worker, one thread at a time.  Between begin and end it holds a read
 * transaction on the newest generation in service, and all spans are valid.
 */
struct reader *reader_new(struct directory *directory);
void reader_free(struct reader **reader);
enum err reader_begin(struct reader *reader, struct fault *fault) MUST_CHECK;
void reader_end(struct reader *reader);

/* Within begin/end. */
const struct schema *reader_schema(const struct reader *reader);
struct store_reader *reader_store(struct reader *reader);

/*
 * The writer's side: one at a time in DIR.  _begin takes the lock (refused: who
 * holds it), removes what a dead writer left and makes the folder of the next
 * generation; _publish flips `current` and keeps the one before; _abandon
 * removes the folder.  Both end it.
 */
struct build;
enum err build_begin(struct build **build, const char *directory_path,
    struct fault *fault) MUST_CHECK;
const char *build_path(const struct build *build);
uint64_t build_serial(const struct build *build);
enum err build_publish(struct build **build, struct fault *fault) MUST_CHECK;
void build_abandon(struct build **build);

/* Make the generation before the current one current again. */
enum err directory_rollback(const char *path, char name[32],
    struct fault *fault) MUST_CHECK;

#endif
