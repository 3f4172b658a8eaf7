#include "config.h"

#include "dir/store.h"

#include "base/buf.h"
#include "dir/store_lmdb.h"
#include "dir/store_pages.h"
#include "sys/last_words.h"
#include "text/fold.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Sanitizers keep most of the address space for their shadow memory; what
 * they leave holds several of these.
 */
#ifdef WITH_SANITIZER
#define MAP_BYTES ((size_t)1 << 35)
#else
#define MAP_BYTES STORE_MAP_BYTES_DEFAULT
#endif

/* For a look at a store; LMDB makes it as large as the file needs. */
enum { PROBE_MAP_BYTES = 1 << 20 };

/* The server's group opens lock.mdb for writing; see store_open(). */
enum { DATA_MODE = 0644, LOCK_MODE = 0664 };

const struct store_table_kind store_tables[STORE_TABLES] = {
	[STORE_META] = { "meta", 0 },
	[STORE_ENTRY] = { "entry", MDB_INTEGERKEY },
	[STORE_KEY] = { "key", 0 },
	[STORE_TERM] = { "term", MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP },
	[STORE_WORD] = { "word", MDB_INTEGERKEY },
	[STORE_CLUE] = { "clue", MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP },
	[STORE_NEAR] = { "near", MDB_INTEGERKEY | MDB_DUPSORT | MDB_DUPFIXED },
};

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

/*
 * LMDB asserts what it finds in its pages, and has no better way to say that
 * they are damaged.
 */
static void
end_by_assertion(MDB_env *env, const char *message)
{
	const struct store *s = mdb_env_get_userctx(env);
	char text[LAST_WORDS_MAX];
	struct buf line;

	buf_init(&line, text, sizeof text);
	buf_add_string(&line, "a bug in LMDB, or ");
	buf_add_string(&line, s->data.path);
	buf_add_string(&line, " is damaged: ");
	buf_add_string(&line, message);
	last_words(buf_span(&line));
	abort();
}

static enum err
new_store(struct store **store, const char *path, size_t map_bytes,
    struct fault *fault)
{
	struct store *s = calloc(1, sizeof *s);
	int rc, length;

	assert(s != NULL);
	s->path = strdup(path);
	length = asprintf(&s->data_path, "%s/data.mdb", path);
	assert(s->path != NULL && length >= 0);
	s->data.path = s->data_path;
	*store = s;
	rc = mdb_env_create(&s->env);
	if (rc == 0)
		rc = mdb_env_set_userctx(s->env, s);
	if (rc == 0)
		rc = mdb_env_set_assert(s->env, end_by_assertion);
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
	free(s->first_bytes);
	free(s->data_path);
	free(s->path);
	free(s);
}

enum err
store_explain(const struct store *s, int rc, struct fault *fault)
{
	const char *path = s->path;
	char lock[PATH_MAX];
	struct stat status;

	snprintf(lock, sizeof lock, "%s/lock.mdb", path);
	if (rc == EACCES && stat(lock, &status) == 0)
		return fault_set(fault, ERR_WORLD,
		    "%s: readers must be allowed to read data.mdb and to write "
		    "lock.mdb: load as the user of the server, or see FILES "
		    "in whoisctl(8)", path);
	if (rc == ENOMEM)
		return fault_set(fault, ERR_WORLD,
		    "%s: no address space to map it (is there a limit? see "
		    "'ulimit -v')", path);
	return fault_set(fault, ERR_WORLD, "%s: %s", path,
	    store_error_text(rc));
}

/* For sys/mapped: what the readers map. */
static enum err
note_data(struct store *s, struct fault *fault)
{
	struct stat status;
	int rc = mdb_env_get_fd(s->env, &s->data.descriptor);

	if (rc == 0 && fstat(s->data.descriptor, &status) != 0)
		rc = errno;
	if (rc != 0)
		return store_explain(s, rc, fault);
	s->data.size_bytes = (uint64_t)status.st_size;
	return ERR_NONE;
}

/* LMDB trusts its pages: reading past a shortened file's end would kill us. */
static enum err
check_length(const struct store *s, struct fault *fault)
{
	MDB_envinfo info;
	MDB_stat layout;
	int rc = mdb_env_info(s->env, &info);

	if (rc == 0)
		rc = mdb_env_stat(s->env, &layout);
	if (rc != 0)
		return store_explain(s, rc, fault);
	if (s->data.size_bytes / layout.ms_psize <= info.me_last_pgno)
		return fault_set(fault, ERR_REFUSED,
		    "%s: cut short: %ju bytes of %ju are there",
		    s->data.path,
		    (uintmax_t)s->data.size_bytes,
		    (uintmax_t)(info.me_last_pgno + 1) * layout.ms_psize);
	return ERR_NONE;
}

static enum err
open_table(struct store *s, MDB_txn *txn, enum store_table table,
    struct fault *fault)
{
	int rc = mdb_dbi_open(txn, store_tables[table].name,
	    store_tables[table].flags, &s->dbi[table]);

	if (rc == MDB_NOTFOUND || rc == MDB_INCOMPATIBLE)
		return fault_set(fault, ERR_REFUSED,
		    "%s/data.mdb: not a directory of whoisd, or not "
		    "finished: it has no table '%s'", s->path,
		    store_tables[table].name);
	return rc == 0 ? ERR_NONE : store_explain(s, rc, fault);
}

static enum err
open_tables(struct store *s, MDB_txn *txn, struct fault *fault)
{
	enum err err = ERR_NONE;

	for (unsigned i = 0; i < STORE_TABLES && err == ERR_NONE; i++)
		err = open_table(s, txn, (enum store_table)i, fault);
	return err;
}

static struct span
get_meta(const struct store *s, MDB_txn *txn, const char *name)
{
	MDB_val key = store_val(name, strlen(name));
	MDB_val value;

	if (mdb_get(txn, s->dbi[STORE_META], &key, &value) != 0)
		return (struct span){ "", 0 };
	return store_span(value);
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

/* Without, as an older program made it, any term may be there. */
static void
read_first_bytes(struct store *s, MDB_txn *txn)
{
	s->first_bytes = malloc(sizeof *s->first_bytes);
	assert(s->first_bytes != NULL);
	if (!first_bytes_decode(s->first_bytes,
		get_meta(s, txn, STORE_FIRST_BYTES)))
		s->first_bytes->too_many = true;
}

static enum err
look_inside(struct store *s, struct fault *fault)
{
	MDB_txn *txn;
	enum err err = check_length(s, fault);
	int rc;

	/* What LMDB is about to trust; whole tables are for verify. */
	if (err == ERR_NONE)
		err = store_pages_check_entry(s->path, fault);
	if (err != ERR_NONE)
		return err;
	rc = mdb_txn_begin(s->env, NULL, MDB_RDONLY, &txn);
	if (rc != 0)
		return store_explain(s, rc, fault);
	/* the version first: another one may have other tables */
	err = open_table(s, txn, STORE_META, fault);
	if (err == ERR_NONE)
		err = check_versions(s, txn, fault);
	if (err == ERR_NONE)
		err = open_tables(s, txn, fault);
	if (err == ERR_NONE)
		read_first_bytes(s, txn);
	/* commit, or the handles of the tables would be closed again */
	rc = mdb_txn_commit(txn);
	if (err == ERR_NONE && rc != 0)
		err = store_explain(s, rc, fault);
	return err;
}

static enum err
open_for_reading(struct store *s, struct fault *fault)
{
	enum err err = note_data(s, fault);

	if (err != ERR_NONE)
		return err;
	mapped_begin(&s->data);
	err = look_inside(s, fault);
	mapped_end();
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
	if (!S_ISREG(status.st_mode))
		return fault_set(fault, ERR_REFUSED, "%s: not a file", data);
	if (status.st_size == 0)
		return fault_set(fault, ERR_REFUSED, "%s: cut short: it is "
		    "empty", data);
	return ERR_NONE;
}

static enum err
open_env(struct store *s, unsigned flags, struct fault *fault)
{
	int rc = mdb_env_open(s->env, s->path,
	    MDB_RDONLY | MDB_NOTLS | MDB_NORDAHEAD | flags, LOCK_MODE);

	return rc == 0 ? open_for_reading(s, fault)
		       : store_explain(s, rc, fault);
}

enum err
store_open(struct store **store, const char *path, size_t map_bytes,
    struct fault *fault)
{
	enum err err = check_presence(path, fault);

	*store = NULL;
	if (err == ERR_NONE)
		err = new_store(store, path, map_bytes, fault);
	if (err == ERR_NONE)
		err = open_env(*store, 0, fault);
	if (err != ERR_NONE)
		store_close(store);
	return err;
}

/* Without LMDB's lock nothing keeps a writer away, but there is none. */
enum err
store_probe(const char *path, struct fault *fault)
{
	struct store *s = NULL;
	enum err err = check_presence(path, fault);

	if (err == ERR_NONE)
		err = new_store(&s, path, PROBE_MAP_BYTES, fault);
	if (err == ERR_NONE)
		err = open_env(s, MDB_NOLOCK, fault);
	store_close(&s);
	return err;
}

/*
 * Before LMDB opens it: closing it again later would drop LMDB's own lock.  The
 * mode, which the umask may not take from, is synced, because a writer syncs
 * only data.mdb and a server that may not write lock.mdb cannot read.
 */
static enum err
make_lock(const char *path, struct fault *fault)
{
	char lock[PATH_MAX];
	bool failed;
	int fd;

	snprintf(lock, sizeof lock, "%s/lock.mdb", path);
	fd = open(lock, O_WRONLY | O_CREAT | O_CLOEXEC, LOCK_MODE);
	failed = fd < 0 || fchmod(fd, LOCK_MODE) != 0 || fsync(fd) != 0;
	if (failed)
		fault_set(fault, ERR_WORLD, "%s: %s", lock, strerror(errno));
	if (fd >= 0)
		close(fd);
	return failed ? ERR_WORLD : ERR_NONE;
}

/*
 * LMDB makes the file and its metas; dir/store_writer appends the rest, and
 * syncs.  No MDB_WRITEMAP: it makes the file as long as the map.
 */
enum err
store_create(struct store **store, const char *path, size_t map_bytes,
    struct fault *fault)
{
	enum err err = make_lock(path, fault);
	int rc;

	*store = NULL;
	if (err == ERR_NONE)
		err = new_store(store, path, map_bytes, fault);
	if (err == ERR_NONE) {
		rc = mdb_env_open((*store)->env, path, 0, DATA_MODE);
		if (rc != 0)
			err = store_explain(*store, rc, fault);
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
