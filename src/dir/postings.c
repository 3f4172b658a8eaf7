#include "dir/postings.h"

#include "base/arena.h"
#include "dir/store.h"
#include "record/key.h"

#include <assert.h>
#include <stdlib.h>

enum {
	/* Shorter lists of a prefix are copied: a cursor costs more. */
	SHORT_LIST = 64,
	/* About the ids of a page. */
	FAR = 1024,
	/* What one prefix may open and copy. */
	PREFIX_LISTS_MAX = 256,
	PREFIX_BLOCKS_MAX = 32,
	BLOCK_IDS = 1024,
};

enum kind { LIST, BOTH, EITHER };

struct postings {
	enum kind kind;
	uint32_t at;     /* where it stands; 0 before the first seek */
	uint64_t length; /* of a LIST exactly, else at most */

	/* BOTH, EITHER; of BOTH the left one is the rarer */
	struct postings *left, *right;

	/* LIST: a page of it, and the cursor that gives the next ones */
	const uint32_t *ids;
	size_t count, next;
	struct span term;
	struct store_cursor *cursor; /* NULL: this page is all */
	struct postings *next_opened;
};

void
postings_begin(struct postings_scope *scope, struct store_reader *store,
    struct arena *arena, uint64_t budget)
{
	*scope = (struct postings_scope){ .store = store, .arena = arena,
		.budget = budget };
}

void
postings_end(struct postings_scope *scope)
{
	for (struct postings *p = scope->opened; p != NULL; p = p->next_opened)
		store_cursor_close(&p->cursor);
	scope->opened = NULL;
}

static void *
take_memory(struct postings_scope *scope, size_t size_bytes)
{
	void *memory = arena_alloc(scope->arena, size_bytes);

	if (memory == NULL)
		scope->full = true;
	return memory;
}

static struct postings *
new_set(struct postings_scope *scope, enum kind kind)
{
	struct postings *p = take_memory(scope, sizeof *p);

	if (p != NULL)
		*p = (struct postings){ .kind = kind };
	return p;
}

static bool
spend(struct postings_scope *scope, uint64_t postings)
{
	if (scope->budget < postings) {
		scope->budget = 0;
		scope->cut = true;
		return false;
	}
	scope->budget -= postings;
	return true;
}

/* Lists. */

/* `ids` ascending, in the arena. */
static struct postings *
new_page(struct postings_scope *scope, const uint32_t *ids, size_t count)
{
	struct postings *p = count > 0 ? new_set(scope, LIST) : NULL;

	if (p == NULL)
		return NULL;
	p->ids = ids;
	p->count = count;
	p->length = count;
	return p;
}

struct postings *
postings_term(struct postings_scope *scope, struct span key)
{
	struct postings *p = new_set(scope, LIST);

	if (p == NULL)
		return NULL;
	if (!arena_copy(scope->arena, key, &p->term)) {
		scope->full = true;
		return NULL;
	}
	p->cursor = store_cursor_open(scope->store, STORE_TERM);
	if (store_postings_find(p->cursor, p->term, &p->length) !=
	    STORE_FOUND) {
		store_cursor_close(&p->cursor);
		return NULL;
	}
	p->next_opened = scope->opened;
	scope->opened = p;
	return p;
}

/* The page with the first id >= `id`.  False: there is none. */
static bool
turn_page(struct postings *p, uint32_t id)
{
	uint32_t last = p->count > 0 ? p->ids[p->count - 1] : 0;
	uint32_t found;

	if (p->cursor == NULL)
		return false;
	/* far away: go down the tree instead of along its leaves */
	if (p->length > FAR && id - last > FAR &&
	    store_postings_seek(p->cursor, p->term, id, &found) != STORE_FOUND)
		return false;
	do {
		if (store_postings_page(p->cursor, &p->ids, &p->count) !=
		    STORE_FOUND)
			return false;
	} while (p->ids[p->count - 1] < id);
	p->next = 0;
	return true;
}

/*
 * The place of the first id >= `id` in a page that has one: steps that double,
 * then halving, because it is usually near.
 */
static size_t
gallop(const struct postings *p, uint32_t id)
{
	size_t low = p->next, step = 1, high;

	while (low + step < p->count && p->ids[low + step] < id) {
		low += step;
		step *= 2;
	}
	high = low + step < p->count ? low + step : p->count - 1;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->ids[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint32_t
seek_list(struct postings_scope *scope, struct postings *p, uint32_t id)
{
	/* what was copied was paid for then */
	if (p->cursor != NULL && !spend(scope, 1))
		return POSTINGS_END;
	if (p->count == 0 || p->ids[p->count - 1] < id)
		if (!turn_page(p, id))
			return POSTINGS_END;
	p->next = gallop(p, id);
	return p->ids[p->next];
}

/* Sets of sets. */

static uint32_t
seek_both(struct postings_scope *scope, struct postings *p, uint32_t id)
{
	uint32_t left = postings_seek(scope, p->left, id);
	uint32_t right;

	while (left != POSTINGS_END) {
		right = postings_seek(scope, p->right, left);
		if (right == left)
			return left;
		if (right == POSTINGS_END)
			break;
		left = postings_seek(scope, p->left, right);
	}
	return POSTINGS_END;
}

static uint32_t
seek_either(struct postings_scope *scope, struct postings *p, uint32_t id)
{
	uint32_t left = postings_seek(scope, p->left, id);
	uint32_t right = postings_seek(scope, p->right, id);

	return left < right ? left : right;
}

uint32_t
postings_seek(struct postings_scope *scope, struct postings *p, uint32_t id)
{
	if (p == NULL)
		return POSTINGS_END;
	if (p->at >= id && p->at > 0)
		return p->at;
	switch (p->kind) {
	case LIST:
		p->at = seek_list(scope, p, id);
		break;
	case BOTH:
		p->at = seek_both(scope, p, id);
		break;
	case EITHER:
		p->at = seek_either(scope, p, id);
		break;
	}
	return p->at;
}

static struct postings *
new_pair(struct postings_scope *scope, enum kind kind, struct postings *left,
    struct postings *right)
{
	struct postings *p = new_set(scope, kind);

	if (p == NULL)
		return NULL;
	p->left = left;
	p->right = right;
	p->length = kind == BOTH ? left->length : left->length + right->length;
	return p;
}

static int
compare_lengths(const void *a, const void *b)
{
	const struct postings *const *x = a, *const *y = b;

	return ((*x)->length > (*y)->length) - ((*x)->length < (*y)->length);
}

struct postings *
postings_all(struct postings_scope *scope, struct postings **sets,
    size_t count)
{
	struct postings *p;

	for (size_t i = 0; i < count; i++)
		if (sets[i] == NULL)
			return NULL;
	if (count == 0)
		return NULL;
	qsort(sets, count, sizeof sets[0], compare_lengths);
	p = sets[0];
	for (size_t i = 1; i < count && p != NULL; i++)
		p = new_pair(scope, BOTH, p, sets[i]);
	return p;
}

/*
 * A balanced tree: as each set remembers where it stands, a step costs its
 * depth, as in a heap.
 */
static struct postings *
unite(struct postings_scope *scope, struct postings **sets, size_t count)
{
	struct postings *left, *right;

	if (count == 0)
		return NULL;
	if (count == 1)
		return sets[0];
	left = unite(scope, sets, count / 2);
	right = unite(scope, sets + count / 2, count - count / 2);
	if (left == NULL || right == NULL)
		return NULL;
	return new_pair(scope, EITHER, left, right);
}

struct postings *
postings_any(struct postings_scope *scope, struct postings **sets,
    size_t count)
{
	size_t present = 0;

	for (size_t i = 0; i < count; i++)
		if (sets[i] != NULL)
			sets[present++] = sets[i];
	return unite(scope, sets, present);
}

uint64_t
postings_take(struct postings_scope *scope, struct postings *p, uint32_t *ids,
    size_t max, size_t *taken)
{
	uint64_t count = 0;
	uint32_t id;

	*taken = 0;
	if (p == NULL)
		return 0;
	assert(p->at == 0);
	for (id = postings_seek(scope, p, 1); id != POSTINGS_END;
	    id = postings_seek(scope, p, id + 1)) {
		if (*taken < max)
			ids[(*taken)++] = id;
		else if (p->kind == LIST)
			return p->length;
		count++;
	}
	return count;
}

/*
 * Gathering the postings of many short lists: blocks of ids, each sorted when
 * it is full, so that their union sorts all and drops what is there twice.
 */
struct gathering {
	struct postings_scope *scope;
	struct postings *sets[PREFIX_LISTS_MAX + PREFIX_BLOCKS_MAX];
	size_t count, lists, blocks;
	uint32_t *block;
	size_t used;
	uint64_t allowance; /* half the budget: the rest is for walking */
};

static void
begin_gathering(struct gathering *g, struct postings_scope *scope)
{
	g->scope = scope;
	g->count = g->lists = g->blocks = g->used = 0;
	g->allowance = scope->budget - scope->budget / 2;
}

/* False: the limit is reached. */
static bool
pay(struct gathering *g)
{
	if (g->allowance == 0) {
		g->scope->cut = true;
		return false;
	}
	g->allowance--;
	return spend(g->scope, 1);
}

static int
compare_ids(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
end_block(struct gathering *g)
{
	uint32_t *ids = g->block;
	size_t kept = 1;

	if (g->used == 0)
		return;
	qsort(ids, g->used, sizeof *ids, compare_ids);
	for (size_t i = 1; i < g->used; i++)
		if (ids[i] != ids[kept - 1])
			ids[kept++] = ids[i];
	g->sets[g->count++] = new_page(g->scope, ids, kept);
	g->used = 0;
}

static bool
gather_id(struct gathering *g, uint32_t id)
{
	if (!pay(g))
		return false;
	if (g->used == BLOCK_IDS)
		end_block(g);
	if (g->used == 0) {
		if (g->blocks == PREFIX_BLOCKS_MAX) {
			g->scope->cut = true;
			return false;
		}
		g->blocks++;
		g->block = take_memory(g->scope, BLOCK_IDS * sizeof *g->block);
		if (g->block == NULL)
			return false;
	}
	g->block[g->used++] = id;
	return true;
}

static bool
gather_list(struct gathering *g, struct store_cursor *cursor,
    struct span term)
{
	const uint32_t *ids;
	size_t count;

	if (store_postings_length(cursor) > SHORT_LIST &&
	    g->lists < PREFIX_LISTS_MAX) {
		g->sets[g->count++] = postings_term(g->scope, term);
		g->lists++;
		return pay(g) && !g->scope->full;
	}
	while (store_postings_page(cursor, &ids, &count) == STORE_FOUND)
		for (size_t i = 0; i < count; i++)
			if (!gather_id(g, ids[i]))
				return false;
	return true;
}

/* What all keys of the term table or the key table that begin so lead to. */
static struct postings *
gather(struct postings_scope *scope, enum store_table table,
    struct span prefix)
{
	struct store_cursor *cursor = store_cursor_open(scope->store, table);
	struct gathering g;
	struct span key, value;
	enum store_found found;

	begin_gathering(&g, scope);
	found = store_cursor_seek(cursor, prefix, &key, &value);
	while (found == STORE_FOUND && span_starts_with(key, prefix) &&
	    (table == STORE_TERM ? gather_list(&g, cursor, key)
				 : gather_id(&g, key_read_id(value))))
		found = store_cursor_next(cursor, &key, &value);
	store_cursor_close(&cursor);
	end_block(&g);
	return postings_any(scope, g.sets, g.count);
}

struct postings *
postings_prefix(struct postings_scope *scope, struct span key)
{
	return gather(scope, STORE_TERM, key);
}

struct postings *
postings_key_prefix(struct postings_scope *scope, struct span key)
{
	return gather(scope, STORE_KEY, key);
}

struct postings *
postings_key(struct postings_scope *scope, struct span key)
{
	struct span value;
	uint32_t *id;

	if (store_get(scope->store, STORE_KEY, key, &value) != STORE_FOUND)
		return NULL;
	id = take_memory(scope, sizeof *id);
	if (id == NULL)
		return NULL;
	*id = key_read_id(value);
	return new_page(scope, id, 1);
}
