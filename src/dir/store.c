#include "config.h"

#include "dir/store.h"

#include "text/fold.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/*
 * Sanitizers keep most of the address space for their shadow memory; what
 * they leave holds several of these.
 */
#ifdef WITH_SANITIZER
#define MAP_BYTES ((size_t)1 << 35)
#else
#define MAP_BYTES STORE_MAP_BYTES_DEFAULT
#endif

/*
 * Bytes appended before a chunk is committed.  Until then its pages are anonymous
 * memory; smaller chunks copy the rightmost pages of each tree more often.
 */
#define CHUNK_BYTES ((size_t)32 << 20)

enum { NODE_OVERHEAD = 10, KEY_BYTES_MAX = 511 };

/* The server's group opens lock.mdb for writing; see store_open(). */
enum { DATA_MODE = 0644, LOCK_MODE = 0664 };

static const struct {
	const char *name;
	unsigned flags;
} tables[STORE_TABLES] = {
	[STORE_META] = { "meta", 0 },
	[STORE_ENTRY] = { "entry", MDB_INTEGERKEY },
	[STORE_KEY] = { "key", 0 },
	[STORE_TERM] = { "term", MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP },
};

struct store {
	MDB_env *env;
	MDB_dbi dbi[STORE_TABLES];
	char *path;
};

struct store_reader {
	struct store *store;
	MDB_txn *txn;
	bool begun;
	unsigned open_cursors;
	int error; /* sticky until the next begin */
	struct store_cursor *idle[STORE_TABLES];
};

struct store_cursor {
	struct store_reader *reader;
	enum store_table table;
	MDB_cursor *handle;
	struct store_cursor *next_idle;

	/* postings */
	bool at_page; /* the page the cursor stands in was not handed out yet */
	uint32_t *aligned;
	size_t aligned_bytes;
};

struct store_writer {
	struct store *store;
	MDB_txn *txn;
	MDB_cursor *cursors[STORE_TABLES];
	size_t chunk_bytes;
	int error; /* sticky */
	size_t last_term_length;
	char last_term[KEY_BYTES_MAX];
};

/* LMDB takes no const pointers, but writes through none of ours. */
static MDB_val
to_val(const void *data, size_t length)
{
	return (MDB_val){ length, (void *)(uintptr_t)data };
}

static struct span
to_span(MDB_val val)
{
	return (struct span){ val.mv_data, val.mv_size };
}

const char *
store_error_text(int code)
{
	switch (code) {
	case MDB_MAP_FULL:
		return "the directory has outgrown its map";
	case MDB_READERS_FULL:
		return "too many processes and workers read it at once";
	case MDB_INVALID:
	case MDB_VERSION_MISMATCH:
		return "it is not an LMDB file that this program can read";
	case MDB_CORRUPTED:
	case MDB_PAGE_NOTFOUND:
		return "the file is damaged";
	case ENOSPC:
		return "the disk is full";
	case EDQUOT:
		return "the disk quota is used up";
	case EIO: /* LMDB's word for a short write, too */
		return "the disk is full or reports an error";
	default:
		return mdb_strerror(code);
	}
}

/* Opening and closing. */

static enum err
new_store(struct store **store, const char *path, size_t map_bytes,
    struct fault *fault)
{
	struct store *s = calloc(1, sizeof *s);
	int rc;

	assert(s != NULL);
	s->path = strdup(path);
	assert(s->path != NULL);
	*store = s;
	rc = mdb_env_create(&s->env);
	if (rc == 0)
		rc = mdb_env_set_maxdbs(s->env, STORE_TABLES);
	if (rc == 0)
		rc = mdb_env_set_maxreaders(s->env, STORE_READERS_MAX);
	if (rc == 0)
		rc = mdb_env_set_mapsize(s->env,
		    map_bytes > 0 ? map_bytes : MAP_BYTES);
	if (rc != 0)
		return fault_set(fault, ERR_WORLD, "%s: %s", path,
		    store_error_text(rc));
	return ERR_NONE;
}

void
store_close(struct store **store)
{
	struct store *s = *store;

	*store = NULL;
	if (s == NULL)
		return;
	if (s->env != NULL)
		mdb_env_close(s->env);
	free(s->path);
	free(s);
}

static enum err
explain_open(const char *path, int rc, struct fault *fault)
{
	char lock[PATH_MAX];
	struct stat status;

	snprintf(lock, sizeof lock, "%s/lock.mdb", path);
	if (rc == EACCES && stat(lock, &status) == 0)
		return fault_set(fault, ERR_WORLD,
		    "%s: readers must be allowed to read data.mdb and to write "
		    "lock.mdb: give the folder to their group and lock.mdb "
		    "mode 0664", path);
	if (rc == ENOMEM)
		return fault_set(fault, ERR_WORLD,
		    "%s: no address space to map it (is there a limit? see "
		    "'ulimit -v')", path);
	return fault_set(fault, ERR_WORLD, "%s: %s", path,
	    store_error_text(rc));
}

/* LMDB trusts its pages: reading past a shortened file's end would kill us. */
static enum err
check_length(const struct store *s, struct fault *fault)
{
	MDB_envinfo info;
	MDB_stat layout;
	struct stat status;
	int fd;
	int rc = mdb_env_info(s->env, &info);

	if (rc == 0)
		rc = mdb_env_stat(s->env, &layout);
	if (rc == 0)
		rc = mdb_env_get_fd(s->env, &fd);
	if (rc == 0 && fstat(fd, &status) != 0)
		rc = errno;
	if (rc != 0)
		return explain_open(s->path, rc, fault);
	if ((uint64_t)status.st_size / layout.ms_psize <= info.me_last_pgno)
		return fault_set(fault, ERR_REFUSED,
		    "%s/data.mdb: cut short: %ju bytes of %ju are there", s->path,
		    (uintmax_t)status.st_size,
		    (uintmax_t)(info.me_last_pgno + 1) * layout.ms_psize);
	return ERR_NONE;
}

static enum err
open_tables(struct store *s, MDB_txn *txn, unsigned flags, struct fault *fault)
{
	for (unsigned i = 0; i < STORE_TABLES; i++) {
		int rc = mdb_dbi_open(txn, tables[i].name,
		    tables[i].flags | flags, &s->dbi[i]);

		if (rc == MDB_NOTFOUND || rc == MDB_INCOMPATIBLE)
			return fault_set(fault, ERR_REFUSED,
			    "%s/data.mdb: not a directory of whoisd, or not "
			    "finished: it has no table '%s'", s->path,
			    tables[i].name);
		if (rc != 0)
			return explain_open(s->path, rc, fault);
	}
	return ERR_NONE;
}

static struct span
get_meta(const struct store *s, MDB_txn *txn, const char *name)
{
	MDB_val key = to_val(name, strlen(name));
	MDB_val value;

	if (mdb_get(txn, s->dbi[STORE_META], &key, &value) != 0)
		return (struct span){ "", 0 };
	return to_span(value);
}

static enum err
check_versions(const struct store *s, MDB_txn *txn, struct fault *fault)
{
	struct span format = get_meta(s, txn, "format");
	struct span fold = get_meta(s, txn, "fold");

	if (!span_is(format, STORE_FORMAT))
		return fault_set(fault, ERR_REFUSED,
		    "%s: has format '%.*s', this program reads '%s': it was "
		    "made by another version, load it again", s->path,
		    (int)format.length, format.data, STORE_FORMAT);
	if (!span_is(fold, fold_version))
		return fault_set(fault, ERR_REFUSED,
		    "%s: its words were folded by the rules '%.*s', this "
		    "program folds by '%s': load it again", s->path,
		    (int)fold.length, fold.data, fold_version);
	return ERR_NONE;
}

static enum err
open_for_reading(struct store *s, struct fault *fault)
{
	MDB_txn *txn;
	enum err err = check_length(s, fault);
	int rc;

	if (err != ERR_NONE)
		return err;
	rc = mdb_txn_begin(s->env, NULL, MDB_RDONLY, &txn);
	if (rc != 0)
		return explain_open(s->path, rc, fault);
	err = open_tables(s, txn, 0, fault);
	if (err == ERR_NONE)
		err = check_versions(s, txn, fault);
	/* commit, or the handles of the tables would be closed again */
	rc = mdb_txn_commit(txn);
	if (err == ERR_NONE && rc != 0)
		err = explain_open(s->path, rc, fault);
	return err;
}

/* LMDB would try to start a new file in the place of an empty one. */
static enum err
check_presence(const char *path, struct fault *fault)
{
	char data[PATH_MAX];
	struct stat status;

	snprintf(data, sizeof data, "%s/data.mdb", path);
	if (stat(data, &status) != 0)
		return fault_set(fault, ERR_WORLD, "%s: %s", data,
		    strerror(errno));
	if (status.st_size == 0)
		return fault_set(fault, ERR_REFUSED, "%s: cut short: it is "
		    "empty", data);
	return ERR_NONE;
}

enum err
store_open(struct store **store, const char *path, size_t map_bytes,
    struct fault *fault)
{
	enum err err = check_presence(path, fault);
	int rc;

	*store = NULL;
	if (err == ERR_NONE)
		err = new_store(store, path, map_bytes, fault);
	if (err == ERR_NONE) {
		rc = mdb_env_open((*store)->env, path,
		    MDB_RDONLY | MDB_NOTLS | MDB_NORDAHEAD, LOCK_MODE);
		err = rc == 0 ? open_for_reading(*store, fault)
			      : explain_open(path, rc, fault);
	}
	if (err != ERR_NONE)
		store_close(store);
	return err;
}

static enum err
open_for_writing(struct store *s, struct fault *fault)
{
	char lock[PATH_MAX];
	MDB_txn *txn;
	enum err err;
	int rc;

	/* by its name: opening and closing it would drop LMDB's own lock */
	snprintf(lock, sizeof lock, "%s/lock.mdb", s->path);
	if (chmod(lock, LOCK_MODE) != 0)
		return fault_set(fault, ERR_WORLD, "%s: %s", lock,
		    strerror(errno));
	rc = mdb_txn_begin(s->env, NULL, 0, &txn);
	if (rc != 0)
		return explain_open(s->path, rc, fault);
	err = open_tables(s, txn, MDB_CREATE, fault);
	if (err != ERR_NONE) {
		mdb_txn_abort(txn);
		return err;
	}
	rc = mdb_txn_commit(txn);
	return rc == 0 ? ERR_NONE : explain_open(s->path, rc, fault);
}

/*
 * No MDB_WRITEMAP: it makes the file as long as the map.  Nothing is synced
 * before store_writer_finish(), as nobody reads an unfinished store.
 */
enum err
store_create(struct store **store, const char *path, size_t map_bytes,
    struct fault *fault)
{
	enum err err = new_store(store, path, map_bytes, fault);
	int rc;

	if (err == ERR_NONE) {
		rc = mdb_env_open((*store)->env, path,
		    MDB_NOSYNC | MDB_NOMETASYNC | MDB_NOTLS | MDB_NOMEMINIT,
		    DATA_MODE);
		err = rc == 0 ? open_for_writing(*store, fault)
			      : explain_open(path, rc, fault);
	}
	if (err != ERR_NONE)
		store_close(store);
	return err;
}

unsigned
store_clear_dead_readers(struct store *s)
{
	int dead = 0;

	if (mdb_reader_check(s->env, &dead) != 0)
		return 0;
	return (unsigned)dead;
}

uint64_t
store_size_bytes(struct store *s)
{
	struct stat status;
	int fd;

	if (mdb_env_get_fd(s->env, &fd) != 0 || fstat(fd, &status) != 0)
		return 0;
	return (uint64_t)status.st_size;
}

/* Readers. */

enum err
store_reader_new(struct store_reader **reader, struct store *store,
    struct fault *fault)
{
	struct store_reader *r = calloc(1, sizeof *r);
	int rc;

	assert(r != NULL);
	*reader = NULL;
	r->store = store;
	rc = mdb_txn_begin(store->env, NULL, MDB_RDONLY, &r->txn);
	if (rc != 0) {
		free(r);
		return explain_open(store->path, rc, fault);
	}
	mdb_txn_reset(r->txn);
	*reader = r;
	return ERR_NONE;
}

void
store_reader_free(struct store_reader **reader)
{
	struct store_reader *r = *reader;

	*reader = NULL;
	if (r == NULL)
		return;
	assert(!r->begun);
	for (unsigned i = 0; i < STORE_TABLES; i++) {
		while (r->idle[i] != NULL) {
			struct store_cursor *c = r->idle[i];

			r->idle[i] = c->next_idle;
			mdb_cursor_close(c->handle);
			free(c->aligned);
			free(c);
		}
	}
	mdb_txn_abort(r->txn);
	free(r);
}

enum err
store_reader_begin(struct store_reader *r, struct fault *fault)
{
	int rc;

	assert(!r->begun);
	r->error = 0;
	rc = mdb_txn_renew(r->txn);
	if (rc != 0)
		return explain_open(r->store->path, rc, fault);
	r->begun = true;
	return ERR_NONE;
}

void
store_reader_end(struct store_reader *r)
{
	assert(r->begun && r->open_cursors == 0);
	r->begun = false;
	mdb_txn_reset(r->txn);
}

enum err
store_reader_check(struct store_reader *r, struct fault *fault)
{
	if (r->error == 0)
		return ERR_NONE;
	return fault_set(fault, ERR_WORLD, "%s: %s", r->store->path,
	    store_error_text(r->error));
}

static enum store_found
outcome(struct store_reader *r, int rc)
{
	if (rc == 0)
		return STORE_FOUND;
	if (rc == MDB_NOTFOUND)
		return STORE_ABSENT;
	r->error = rc;
	return STORE_FAILED;
}

enum store_found
store_get(struct store_reader *r, enum store_table table, struct span key,
    struct span *value)
{
	MDB_val k = to_val(key.data, key.length);
	MDB_val v = { 0, NULL };
	int rc = MDB_NOTFOUND;

	assert(r->begun);
	/* LMDB calls a key it cannot hold an error; here it is just not there */
	if (key.length > 0 && key.length <= KEY_BYTES_MAX)
		rc = mdb_get(r->txn, r->store->dbi[table], &k, &v);
	*value = to_span(v);
	return outcome(r, rc);
}

enum store_found
store_get_entry(struct store_reader *r, uint32_t id, struct span *record)
{
	struct span key = { (const char *)&id, sizeof id };

	return store_get(r, STORE_ENTRY, key, record);
}

uint64_t
store_count(struct store_reader *r, enum store_table table)
{
	MDB_stat stat;
	int rc;

	assert(r->begun);
	rc = mdb_stat(r->txn, r->store->dbi[table], &stat);
	if (rc != 0) {
		r->error = rc;
		return 0;
	}
	return stat.ms_entries;
}

/* Cursors. */

static struct store_cursor *
new_cursor(struct store_reader *r, enum store_table table)
{
	struct store_cursor *c = calloc(1, sizeof *c);
	int rc;

	assert(c != NULL);
	c->reader = r;
	c->table = table;
	rc = mdb_cursor_open(r->txn, r->store->dbi[table], &c->handle);
	assert(rc == 0); /* memory, or a misuse */
	return c;
}

struct store_cursor *
store_cursor_open(struct store_reader *r, enum store_table table)
{
	struct store_cursor *c = r->idle[table];
	int rc;

	assert(r->begun);
	r->open_cursors++;
	if (c == NULL)
		return new_cursor(r, table);
	r->idle[table] = c->next_idle;
	rc = mdb_cursor_renew(r->txn, c->handle);
	assert(rc == 0);
	return c;
}

void
store_cursor_close(struct store_cursor **cursor)
{
	struct store_cursor *c = *cursor;

	*cursor = NULL;
	c->reader->open_cursors--;
	c->next_idle = c->reader->idle[c->table];
	c->reader->idle[c->table] = c;
}

static enum store_found
move(struct store_cursor *c, MDB_cursor_op op, MDB_val *key,
    MDB_val *value)
{
	assert(c->reader->begun);
	c->at_page = true;
	return outcome(c->reader, mdb_cursor_get(c->handle, key, value, op));
}

enum store_found
store_cursor_seek(struct store_cursor *c, struct span key,
    struct span *found, struct span *value)
{
	MDB_val k = to_val(key.data, key.length);
	MDB_val v = { 0, NULL };
	uint32_t id;
	enum store_found answer;

	if (c->table == STORE_ENTRY && key.length == sizeof id) {
		memcpy(&id, key.data, sizeof id); /* LMDB wants it aligned */
		k.mv_data = &id;
	}
	answer = move(c, key.length > 0 ? MDB_SET_RANGE : MDB_FIRST, &k, &v);
	*found = to_span(k);
	*value = to_span(v);
	return answer;
}

enum store_found
store_cursor_next(struct store_cursor *c, struct span *found,
    struct span *value)
{
	MDB_val k = { 0, NULL };
	MDB_val v = { 0, NULL };
	enum store_found answer = move(c, MDB_NEXT_NODUP, &k, &v);

	*found = to_span(k);
	*value = to_span(v);
	return answer;
}

/* Postings. */

enum store_found
store_postings_find(struct store_cursor *c, struct span term,
    uint64_t *length)
{
	MDB_val k = to_val(term.data, term.length);
	MDB_val v;
	enum store_found answer;

	assert(c->table == STORE_TERM && term.length <= KEY_BYTES_MAX);
	*length = 0;
	if (term.length == 0)
		return STORE_ABSENT;
	answer = move(c, MDB_SET, &k, &v);
	if (answer == STORE_FOUND)
		*length = store_postings_length(c);
	return answer;
}

uint64_t
store_postings_length(struct store_cursor *c)
{
	size_t count = 0;
	int rc = mdb_cursor_count(c->handle, &count);

	if (rc != 0) {
		c->reader->error = rc;
		return 0;
	}
	return count;
}

/* A short list lies within a tree page, at any even address. */
static const uint32_t *
align(struct store_cursor *c, MDB_val ids)
{
	if ((uintptr_t)ids.mv_data % _Alignof(uint32_t) == 0)
		return ids.mv_data;
	if (ids.mv_size > c->aligned_bytes) {
		free(c->aligned);
		c->aligned = malloc(ids.mv_size);
		assert(c->aligned != NULL);
		c->aligned_bytes = ids.mv_size;
	}
	memcpy(c->aligned, ids.mv_data, ids.mv_size);
	return c->aligned;
}

enum store_found
store_postings_page(struct store_cursor *c, const uint32_t **ids,
    size_t *count)
{
	bool first = c->at_page;
	MDB_val k = { 0, NULL };
	MDB_val v = { 0, NULL };
	enum store_found answer;

	answer = move(c, first ? MDB_GET_MULTIPLE : MDB_NEXT_MULTIPLE, &k, &v);
	/* a list of one id has no page; LMDB then leaves the value alone */
	if (answer == STORE_FOUND && v.mv_data == NULL)
		answer = move(c, MDB_GET_CURRENT, &k, &v);
	c->at_page = false;
	*ids = answer == STORE_FOUND ? align(c, v) : NULL;
	*count = v.mv_size / sizeof **ids;
	return answer;
}

enum store_found
store_postings_seek(struct store_cursor *c, struct span term, uint32_t id,
    uint32_t *found)
{
	MDB_val k = to_val(term.data, term.length);
	MDB_val v = to_val(&id, sizeof id);
	enum store_found answer;

	assert(c->table == STORE_TERM && term.length > 0 &&
	    term.length <= KEY_BYTES_MAX);
	answer = move(c, MDB_GET_BOTH_RANGE, &k, &v);
	if (answer == STORE_FOUND)
		memcpy(found, v.mv_data, sizeof *found);
	return answer;
}

/* The writer. */

static int
begin_chunk(struct store_writer *w)
{
	int rc = mdb_txn_begin(w->store->env, NULL, 0, &w->txn);

	for (unsigned i = 0; rc == 0 && i < STORE_TABLES; i++)
		rc = mdb_cursor_open(w->txn, w->store->dbi[i], &w->cursors[i]);
	return rc;
}

/* Commit what was appended; the transaction and its cursors are gone then. */
static int
end_chunk(struct store_writer *w)
{
	MDB_txn *txn = w->txn;
	int fd;
	int rc;

	w->txn = NULL;
	w->chunk_bytes = 0;
	rc = mdb_txn_commit(txn);
	/* let the disk work while the next chunk is made; only a hint */
	if (rc == 0 && mdb_env_get_fd(w->store->env, &fd) == 0)
		(void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	return rc;
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
	MDB_val v = to_val(value.data, value.length);

	assert(table == STORE_META || table == STORE_KEY);
	w->chunk_bytes += key.length + value.length + NODE_OVERHEAD;
	put(w, table, to_val(key.data, key.length), &v, MDB_APPEND);
}

void
store_append_entry(struct store_writer *w, uint32_t id, struct span record)
{
	MDB_val v = to_val(record.data, record.length);

	w->chunk_bytes += sizeof id + record.length + NODE_OVERHEAD;
	put(w, STORE_ENTRY, to_val(&id, sizeof id), &v, MDB_APPEND);
}

/* Whether this term goes on the list of the call before; else note it. */
static bool
continues_term(struct store_writer *w, struct span term)
{
	assert(term.length > 0 && term.length <= sizeof w->last_term);
	if (term.length == w->last_term_length &&
	    memcmp(term.data, w->last_term, term.length) == 0)
		return true;
	memcpy(w->last_term, term.data, term.length);
	w->last_term_length = term.length;
	return false;
}

void
store_append_postings(struct store_writer *w, struct span term,
    const uint32_t *ids, size_t count)
{
	unsigned flags = continues_term(w, term) ? MDB_APPENDDUP : MDB_APPEND;
	MDB_val v[2] = { to_val(ids, sizeof *ids), { count, NULL } };

	assert(count > 0);
	if (count > 1)
		flags |= MDB_APPENDDUP | MDB_MULTIPLE;
	w->chunk_bytes += term.length + count * sizeof *ids + NODE_OVERHEAD;
	put(w, STORE_TERM, to_val(term.data, term.length), v, flags);
}

enum err
store_writer_finish(struct store_writer **writer, struct fault *fault)
{
	struct store_writer *w = *writer;
	enum err err = ERR_NONE;

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
