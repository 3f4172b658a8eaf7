/*
 * What the files of dir/store share: LMDB itself.  Nobody else includes this.
 */

#ifndef DIR_STORE_LMDB_H
#define DIR_STORE_LMDB_H

#include "dir/first_bytes.h"
#include "dir/store.h"
#include "dir/store_layout.h"
#include "sys/mapped.h"

#include <lmdb.h>

/* The tables by their names in the file, and their flags to LMDB. */
struct store_table_kind {
	const char *name;
	unsigned flags;
};
extern const struct store_table_kind store_tables[STORE_TABLES];

struct store {
	MDB_env *env;
	MDB_dbi dbi[STORE_TABLES];
	char *path;
	char *data_path;
	struct mapped_file data; /* data.mdb, as its readers find it */
	struct first_bytes *first_bytes; /* of terms; NULL: a writer's */
};

/* LMDB takes no const pointers, but writes through none of ours. */
static inline MDB_val
store_val(const void *data, size_t length)
{
	return (MDB_val){ length, (void *)(uintptr_t)data };
}

static inline struct span
store_span(MDB_val val)
{
	return (struct span){ val.mv_data, val.mv_size };
}

/* The name in `meta` of what dir/first_bytes encodes. */
#define STORE_FIRST_BYTES "first bytes"

/* The sentence for opening the store, or a transaction of it. */
enum err store_explain(const struct store *store, int rc, struct fault *fault);

#endif
