/*
 * The inside of a directory handle, for the two files that it is made of:
 *
 *   dir/generation  which generations are open, and which one is in service
 *   dir/reader      who is in them
 *
 * Nobody else includes this.
 */

#ifndef DIR_GENERATION_STATE_H
#define DIR_GENERATION_STATE_H

#include "dir/generation.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>
#include <sys/types.h>

struct schema;
struct store;
struct store_reader;

/* One open generation.  All but the count never changes. */
struct generation {
	struct generation *next;
	unsigned users; /* guarded by the directory's mtx */
	dev_t device;   /* of data.mdb */
	ino_t inode;
	struct store *store;
	struct schema *schema;
	struct generation_info info;
};

struct directory {
	char *path;
	char *current_data; /* path of data.mdb through `current` */
	size_t map_bytes;

	/* The one in service, which the directory itself uses too. */
	_Atomic(struct generation *) current;

	/*
	 * Guards the list and its counts.  It is also held while a generation
	 * is opened or closed, which happens once a load: LMDB must not see a
	 * file opened again while it is still being closed.
	 */
	pthread_mutex_t mtx;
	struct generation *open;
	LIST_HEAD(, reader) readers;
};

/* Its generation and store are those of whoever has claimed it. */
struct reader {
	struct directory *directory;
	LIST_ENTRY(reader) link; /* guarded by the directory's mtx */
	struct generation *generation;
	struct store_reader *store;

	/*
	 * Between begin and end the reader's thread has claimed it, and for a
	 * moment whoever moves an idle one out, which holds mtx meanwhile.
	 */
	atomic_bool claimed;
};

/* One user less; the last one closes it.  Holds mtx. */
void generation_drop(struct directory *directory,
    struct generation *generation);

/*
 * Move idle readers out of old generations, whose files would else stay on the
 * disk until somebody asks them something.  Holds mtx.
 */
void readers_sweep(struct directory *directory);

#endif
