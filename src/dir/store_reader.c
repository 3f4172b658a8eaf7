#include "dir/store_lmdb.h"
#include "record/key.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/*
 * A store that is read is never written, so one transaction is enough for all
 * that a reader ever reads: LMDB looks up where the tables are once, and
 * cursors stay good.  Only one that has met damage is renewed, because LMDB
 * refuses it everything else.
 */
struct store_reader {
	struct store *store;
	MDB_txn *txn;
	bool is_reset;     /* renew it at the next begin */
	unsigned renewals; /* so far */
	bool begun;
	unsigned open_cursors;
	int error; /* sticky until the next begin */
	struct store_cursor *idle[STORE_TABLES];

	/*
	 * Where numbers were looked up last; NULL: not since the begin.  LMDB
	 * looks in the same page first, and people of one name are neighbours.
	 */
	struct store_cursor *numbered[STORE_TABLES];
};

struct store_cursor {
	struct store_reader *reader;
	enum store_table table;
	MDB_cursor *handle;
	struct store_cursor *next_idle;
	uint32_t number; /* looked up last, see get_numbered(); 0: none */
	bool failed; /* to open */
	unsigned renewals; /* of the transaction that it was opened in */

	/* postings */
	bool at_page; /* the page the cursor stands in was not handed out yet */
	uint32_t *aligned;
	size_t aligned_bytes;
};

enum err
store_reader_new(struct store_reader **reader, struct store *store,
    struct fault *fault)
{
	struct store_reader *r = calloc(1, sizeof *r);
	int rc;

	assert(r != NULL);
	*reader = NULL;
	r->store = store;
	mapped_begin(&store->data);
	rc = mdb_txn_begin(store->env, NULL, MDB_RDONLY, &r->txn);
	mapped_end();
	if (rc != 0) {
		free(r);
		return store_explain(store, rc, fault);
	}
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
	mapped_begin(&r->store->data);
	rc = r->is_reset ? mdb_txn_renew(r->txn) : 0;
	if (rc != 0) {
		mapped_end();
		return store_explain(r->store, rc, fault);
	}
	r->renewals += r->is_reset;
	r->is_reset = false;
	r->begun = true;
	return ERR_NONE;
}

void
store_reader_end(struct store_reader *r)
{
	for (unsigned i = 0; i < STORE_TABLES; i++)
		if (r->numbered[i] != NULL)
			store_cursor_close(&r->numbered[i]);
	assert(r->begun && r->open_cursors == 0);
	r->begun = false;
	r->is_reset = r->error != 0;
	if (r->is_reset)
		mdb_txn_reset(r->txn);
	mapped_end();
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
	MDB_val k = store_val(key.data, key.length);
	MDB_val v = { 0, NULL };
	int rc = MDB_NOTFOUND;

	assert(r->begun);
	/* a key that LMDB cannot hold is an error to it; here it is absent */
	if (key.length > 0 && key.length <= KEY_MAX)
		rc = mdb_get(r->txn, r->store->dbi[table], &k, &v);
	*value = store_span(v);
	return outcome(r, rc);
}

bool
store_may_have_term(const struct store_reader *r, struct span key)
{
	const struct first_bytes *first = r->store->first_bytes;

	return first == NULL || first_bytes_may_have(first, key);
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

	assert(c != NULL);
	c->reader = r;
	c->table = table;
	return c;
}

/* In a damaged file a table may not be there: then every move fails. */
static void
open_handle(struct store_cursor *c)
{
	struct store_reader *r = c->reader;
	int rc = c->handle != NULL
	    ? mdb_cursor_renew(r->txn, c->handle)
	    : mdb_cursor_open(r->txn, r->store->dbi[c->table], &c->handle);

	c->renewals = r->renewals;
	c->failed = rc != 0;
	if (c->failed)
		r->error = rc;
}

struct store_cursor *
store_cursor_open(struct store_reader *r, enum store_table table)
{
	struct store_cursor *c = r->idle[table];

	assert(r->begun);
	r->open_cursors++;
	if (c != NULL)
		r->idle[table] = c->next_idle;
	else
		c = new_cursor(r, table);
	if (c->handle == NULL || c->renewals != r->renewals)
		open_handle(c);
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
	if (c->failed)
		return STORE_FAILED;
	c->at_page = true;
	return outcome(c->reader, mdb_cursor_get(c->handle, key, value, op));
}

static bool
has_numbers(enum store_table table)
{
	return table == STORE_ENTRY || table == STORE_WORD ||
	    table == STORE_NEAR;
}

/* The next one lies behind it: that is cheaper than to look for it. */
static bool
step_to(struct store_cursor *c, uint32_t number, struct span *value)
{
	MDB_val k = { 0, NULL };
	MDB_val v = { 0, NULL };

	if (c->number == 0 || number != c->number + 1 ||
	    move(c, MDB_NEXT, &k, &v) != STORE_FOUND ||
	    k.mv_size != sizeof number ||
	    memcmp(k.mv_data, &number, sizeof number) != 0)
		return false;
	*value = store_span(v);
	return true;
}

static enum store_found
look_up(struct store_cursor *c, uint32_t number, struct span *value)
{
	MDB_val k = store_val(&number, sizeof number);
	MDB_val v = { 0, NULL };
	enum store_found answer = move(c, MDB_SET, &k, &v);

	*value = store_span(v);
	return answer;
}

static enum store_found
get_numbered(struct store_reader *r, enum store_table table, uint32_t number,
    struct span *value)
{
	struct store_cursor *c = r->numbered[table];
	enum store_found answer = STORE_FOUND;

	if (c == NULL) {
		c = r->numbered[table] = store_cursor_open(r, table);
		c->number = 0;
	}
	if (!step_to(c, number, value))
		answer = look_up(c, number, value);
	c->number = answer == STORE_FOUND ? number : 0;
	return answer;
}

enum store_found
store_get_entry(struct store_reader *r, uint32_t id, struct span *record)
{
	return get_numbered(r, STORE_ENTRY, id, record);
}

enum store_found
store_get_word(struct store_reader *r, uint32_t word, struct span *value)
{
	return get_numbered(r, STORE_WORD, word, value);
}

enum store_found
store_cursor_seek(struct store_cursor *c, struct span key,
    struct span *found, struct span *value)
{
	MDB_val k = store_val(key.data, key.length);
	MDB_val v = { 0, NULL };
	uint32_t id;
	enum store_found answer;

	if (has_numbers(c->table) && key.length == sizeof id) {
		memcpy(&id, key.data, sizeof id); /* LMDB wants it aligned */
		k.mv_data = &id;
	}
	answer = move(c, key.length > 0 ? MDB_SET_RANGE : MDB_FIRST, &k, &v);
	*found = store_span(k);
	*value = store_span(v);
	return answer;
}

enum store_found
store_cursor_next(struct store_cursor *c, struct span *found,
    struct span *value)
{
	MDB_val k = { 0, NULL };
	MDB_val v = { 0, NULL };
	enum store_found answer = move(c, MDB_NEXT_NODUP, &k, &v);

	*found = store_span(k);
	*value = store_span(v);
	return answer;
}

/* Postings. */

static bool
has_postings(const struct store_cursor *c)
{
	return c->table == STORE_TERM || c->table == STORE_CLUE;
}

enum store_found
store_postings_find(struct store_cursor *c, struct span term,
    uint64_t *length)
{
	MDB_val k = store_val(term.data, term.length);
	MDB_val v;
	enum store_found answer;

	assert(has_postings(c) && term.length <= KEY_MAX);
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
	int rc;

	if (c->failed)
		return 0;
	rc = mdb_cursor_count(c->handle, &count);
	if (rc != 0) {
		c->reader->error = rc;
		return 0;
	}
	return count;
}

/* A short list lies within a tree page, behind its term: at any address. */
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
	MDB_cursor_op op = c->at_page ? MDB_GET_MULTIPLE : MDB_NEXT_MULTIPLE;
	MDB_val k = { 0, NULL };
	MDB_val v = { 0, NULL };
	enum store_found answer;

	/* a list of one id has no page; LMDB may give that of the one before */
	if (c->at_page && store_postings_length(c) == 1)
		op = MDB_GET_CURRENT;
	answer = move(c, op, &k, &v);
	c->at_page = false;
	*ids = answer == STORE_FOUND ? align(c, v) : NULL;
	*count = v.mv_size / sizeof **ids;
	return answer;
}

enum store_found
store_postings_seek(struct store_cursor *c, struct span term, uint32_t id,
    uint32_t *found)
{
	MDB_val k = store_val(term.data, term.length);
	MDB_val v = store_val(&id, sizeof id);
	enum store_found answer;

	assert(has_postings(c) && term.length > 0 && term.length <= KEY_MAX);
	answer = move(c, MDB_GET_BOTH_RANGE, &k, &v);
	if (answer == STORE_FOUND)
		memcpy(found, v.mv_data, sizeof *found);
	return answer;
}

/* Near. */

enum store_found
store_near_seek(struct store_cursor *c, uint32_t bucket, const char *from,
    const char **value)
{
	MDB_val k = store_val(&bucket, sizeof bucket);
	MDB_val v = store_val(from, NEAR_BYTES);
	enum store_found answer;

	assert(c->table == STORE_NEAR);
	answer = move(c, MDB_GET_BOTH_RANGE, &k, &v);
	*value = v.mv_data;
	return answer;
}

enum store_found
store_near_next(struct store_cursor *c, const char **value)
{
	MDB_val k = { 0, NULL };
	MDB_val v = { 0, NULL };
	enum store_found answer;

	assert(c->table == STORE_NEAR);
	answer = move(c, MDB_NEXT_DUP, &k, &v);
	*value = v.mv_data;
	return answer;
}
