/*
 * The reader's side of DIR: the generation in service, and those that some
 * reader has not left yet.  dir/layout draws DIR, dir/build makes generations.
 *
 * A directory handle keeps every open generation once (by inode), counts who
 * reads it, and closes it when the last reader has moved on.  LMDB forbids a
 * process to open one file twice, so a process has one handle for a DIR, shared
 * by its threads.
 *
 * Who may read: everybody who may read DIR and write lock.mdb of a generation,
 * which the loader leaves writable for its group.  Where the server runs as
 * another user, give DIR the server's group and the set-group-id bit
 * (chgrp whoisd DIR; chmod g+s DIR), and generations inherit the group.
 *
 * A generation that a load removes from disk while a slow reader is still in it
 * stays whole until that reader has moved on: its files are mapped.
 */

#ifndef DIR_GENERATION_H
#define DIR_GENERATION_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"
#include "dir/layout.h"

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
 * current, another format, a newer version.  `map_bytes` as in store_open().
 */
enum err directory_open(struct directory **directory, const char *path,
    size_t map_bytes, struct fault *fault) MUST_CHECK;

/*
 * The same for a server, which is to come up unattended: when what `current`
 * names cannot be opened, the newest generation before it that can serves
 * instead.  Once `current` is good, directory_refresh() moves to it.
 */
enum directory_start {
	DIRECTORY_OPENED,
	DIRECTORY_FELL_BACK, /* `fault` says why */
	DIRECTORY_REFUSED,   /* none can be opened: `fault` says why */
};
enum directory_start directory_open_any(struct directory **directory,
    const char *path, size_t map_bytes, struct fault *fault) MUST_CHECK;

/* No reader may be left. */
void directory_close(struct directory **directory);

enum directory_change { DIRECTORY_SAME, DIRECTORY_MOVED, DIRECTORY_BROKEN };

/*
 * Look whether `current` names another generation and, if so, put it in
 * service.  BROKEN: it cannot be opened; the old one serves on and `fault` says
 * why.  Any thread, one at a time; costs one stat() when nothing changed.
 *
 * Readers move on by themselves, at their next begin.  Those that are idle are
 * moved out of old generations here, or the disk would have to keep them until
 * somebody asks.
 */
enum directory_change directory_refresh(struct directory *directory,
    struct fault *fault) MUST_CHECK;

/* Free the slots of readers that died; how many there were. */
unsigned directory_clear_dead_readers(struct directory *directory);

/* What `meta` says of the generation in service. */
struct generation_info {
	char name[GENERATION_NAME_MAX]; /* gen-000007 */
	uint64_t entries, terms, serial, size_bytes;
	char source[256];
	char loaded[32]; /* RFC 3339, UTC */
	char format[32];
};
void directory_info(struct directory *directory, struct generation_info *info);

/*
 * A reader: one per worker, one thread at a time.  Between begin and end it
 * holds a read transaction on the newest generation in service, and all spans
 * are valid.  Begin takes no lock while the generation stays the same.
 */
struct reader *reader_new(struct directory *directory);

/* Outside begin/end. */
void reader_free(struct reader **reader);
enum err reader_begin(struct reader *reader, struct fault *fault) MUST_CHECK;
void reader_end(struct reader *reader);

/* Within begin/end; the schema is valid until end. */
const struct schema *reader_schema(const struct reader *reader);
struct store_reader *reader_store(struct reader *reader);

#endif
