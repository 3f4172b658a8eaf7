#include "config.h"

#include "base/buf.h"
#include "dir/store_lmdb.h"
#include "record/key.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

/*
 * Bytes appended before a chunk is committed.  Until then its pages are
 * anonymous memory; smaller chunks copy the rightmost pages of each tree more
 * often.
 */
#define CHUNK_BYTES ((size_t)32 << 20)

enum { NODE_OVERHEAD = 10 };

struct store_writer {
	struct store *store;
	MDB_txn *txn;
	MDB_cursor *cursors[STORE_TABLES];
	size_t chunk_bytes;
	int error; /* sticky */
	struct first_bytes first_bytes; /* of the terms so far */
	struct {
		size_t length;
		char bytes[STORE_KEY_MAX];
	} last[STORE_TABLES]; /* the key whose list was appended to last */
};

static int
begin_chunk(struct store_writer *w)
{
	int rc = mdb_txn_begin(w->store->env, NULL, 0, &w->txn);

	for (unsigned i = 0; rc == 0 && i < STORE_TABLES; i++)
		rc = mdb_cursor_open(w->txn, w->store->dbi[i], &w->cursors[i]);
	return rc;
}

/*
 * LMDB calls every short write EIO, and a disk that fills up gives one before
 * it gives ENOSPC.
 */
static int
name_short_write(int fd, int rc)
{
	struct statvfs disk;

	if (rc == EIO && fstatvfs(fd, &disk) == 0 &&
	    disk.f_bavail * disk.f_frsize < CHUNK_BYTES)
		return ENOSPC;
	return rc;
}

/* Commit what was appended; the transaction and its cursors are gone then. */
static int
end_chunk(struct store_writer *w)
{
	MDB_txn *txn = w->txn;
	int fd = -1;
	int rc;

	w->txn = NULL;
	w->chunk_bytes = 0;
	(void)mdb_env_get_fd(w->store->env, &fd);
	rc = mdb_txn_commit(txn);
	if (rc != 0)
		return name_short_write(fd, rc);
	/* let the disk work while the next chunk is made; only a hint */
	(void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	return 0;
}

enum err
store_writer_new(struct store_writer **writer, struct store *store,
    struct fault *fault)
{
	struct store_writer *w = calloc(1, sizeof *w);

	assert(w != NULL);
	*writer = w;
	w->store = store;
	w->error = begin_chunk(w);
	if (w->error == 0)
		return ERR_NONE;
	fault_set(fault, ERR_WORLD, "%s: %s", store->path,
	    store_error_text(w->error));
	store_writer_abort(writer);
	return ERR_WORLD;
}

static void
put(struct store_writer *w, enum store_table table, MDB_val key,
    MDB_val *value, unsigned flags)
{
	if (w->error != 0)
		return;
	w->error = mdb_cursor_put(w->cursors[table], &key, value, flags);
	assert(w->error != MDB_KEYEXIST); /* not in ascending order */
	assert(w->error != MDB_BAD_VALSIZE);
	if (w->error == 0 && w->chunk_bytes >= CHUNK_BYTES) {
		w->error = end_chunk(w);
		if (w->error == 0)
			w->error = begin_chunk(w);
	}
}

void
store_append(struct store_writer *w, enum store_table table, struct span key,
    struct span value)
{
	MDB_val v = store_val(value.data, value.length);

	assert(table == STORE_META || table == STORE_KEY);
	w->chunk_bytes += key.length + value.length + NODE_OVERHEAD;
	put(w, table, store_val(key.data, key.length), &v, MDB_APPEND);
}

static void
append_numbered(struct store_writer *w, enum store_table table, uint32_t id,
    struct span value)
{
	MDB_val v = store_val(value.data, value.length);

	w->chunk_bytes += sizeof id + value.length + NODE_OVERHEAD;
	put(w, table, store_val(&id, sizeof id), &v, MDB_APPEND);
}

void
store_append_entry(struct store_writer *w, uint32_t id, struct span record)
{
	append_numbered(w, STORE_ENTRY, id, record);
}

void
store_append_word(struct store_writer *w, uint32_t word, struct span value)
{
	append_numbered(w, STORE_WORD, word, value);
}

/* Whether this key goes on the list of the call before; else note it. */
static bool
continues_list(struct store_writer *w, enum store_table table,
    struct span key)
{
	assert(key.length > 0 && key.length <= sizeof w->last[table].bytes);
	if (key.length == w->last[table].length &&
	    memcmp(key.data, w->last[table].bytes, key.length) == 0)
		return true;
	memcpy(w->last[table].bytes, key.data, key.length);
	w->last[table].length = key.length;
	return false;
}

/* Members of `size` bytes each. */
struct members {
	const void *bytes;
	size_t size, count;
};

static void
append_list(struct store_writer *w, enum store_table table, struct span key,
    const struct members *members)
{
	unsigned flags = continues_list(w, table, key) ? MDB_APPENDDUP :
	    MDB_APPEND;
	MDB_val v[2] = { store_val(members->bytes, members->size),
		{ members->count, NULL } };

	assert(members->count > 0);
	if (members->count > 1)
		flags |= MDB_APPENDDUP | MDB_MULTIPLE;
	w->chunk_bytes += key.length + members->count * members->size +
	    NODE_OVERHEAD;
	put(w, table, store_val(key.data, key.length), v, flags);
}

void
store_append_postings(struct store_writer *w, enum store_table table,
    struct span key, const uint32_t *ids, size_t count)
{
	const struct members members = { ids, sizeof *ids, count };

	assert(table == STORE_TERM || table == STORE_CLUE);
	if (table == STORE_TERM)
		first_bytes_note(&w->first_bytes, key);
	append_list(w, table, key, &members);
}

void
store_append_near(struct store_writer *w, uint32_t bucket, const char *values,
    size_t count)
{
	const struct members members = { values, NEAR_BYTES, count };
	struct span key = { (const char *)&bucket, sizeof bucket };

	append_list(w, STORE_NEAR, key, &members);
}

static void
put_first_bytes(struct store_writer *w)
{
	static const struct span name = SPAN_LITERAL(STORE_FIRST_BYTES);
	char memory[FIRST_BYTES_ENCODED_MAX];
	struct buf encoded;
	MDB_val value;

	buf_init(&encoded, memory, sizeof memory);
	first_bytes_encode(&encoded, &w->first_bytes);
	value = store_val(encoded.data, encoded.length);
	put(w, STORE_META, store_val(name.data, name.length), &value, 0);
}

enum err
store_writer_finish(struct store_writer **writer, struct fault *fault)
{
	struct store_writer *w = *writer;
	enum err err = ERR_NONE;

	put_first_bytes(w);
	if (w->error == 0)
		w->error = end_chunk(w);
	if (w->error == 0)
		w->error = mdb_env_sync(w->store->env, 1);
	if (w->error != 0)
		err = fault_set(fault, ERR_WORLD, "%s: %s", w->store->path,
		    store_error_text(w->error));
	store_writer_abort(writer);
	return err;
}

void
store_writer_abort(struct store_writer **writer)
{
	struct store_writer *w = *writer;

	*writer = NULL;
	if (w == NULL)
		return;
	if (w->txn != NULL)
		mdb_txn_abort(w->txn);
	free(w);
}
