#include "dir/postings.h"

#include "base/arena.h"
#include "base/sort.h"
#include "dir/postings_set.h"
#include "dir/store.h"
#include "record/key.h"

#include <assert.h>
#include <string.h>

enum {
	/* About the ids of a page. */
	FAR = 1024,
	/* Ids that are copied, which spares a cursor and a second look-up. */
	SHORT_LIST = 256,
};

enum kind { LIST, FLAGS, BOTH, EITHER, KEPT };

struct postings {
	enum kind kind;
	uint32_t at;     /* where it stands; 0 before the first seek */
	uint64_t length; /* of LIST and FLAGS exactly, else at most */

	/* BOTH, EITHER; of BOTH the left one is the rarer; KEPT: the left */
	struct postings *left, *right;

	/* KEPT */
	postings_test *keep;
	void *context;

	/* FLAGS: one for each id, from 0 on */
	const uint64_t *flags;
	size_t words;

	/* LIST: a page of it, and the cursor that gives the next ones */
	const uint32_t *ids;
	size_t count, next;
	enum store_table table;
	struct span term;
	bool is_stored;  /* and each step in it is paid for */
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

/* Down to the one that was opened last before. */
static void
close_cursors(struct postings_scope *scope, const struct postings *before)
{
	for (; scope->opened != before;
	    scope->opened = scope->opened->next_opened)
		store_cursor_close(&scope->opened->cursor);
}

void
postings_end(struct postings_scope *scope)
{
	close_cursors(scope, NULL);
}

struct postings_mark
postings_mark(const struct postings_scope *scope)
{
	return (struct postings_mark){ scope->opened,
		arena_mark(scope->arena) };
}

void
postings_return(struct postings_scope *scope, struct postings_mark mark)
{
	close_cursors(scope, mark.opened);
	arena_return(scope->arena, mark.arena);
}

void *
set_take_memory(struct postings_scope *scope, size_t size_bytes)
{
	void *memory = arena_alloc(scope->arena, size_bytes);

	if (memory == NULL)
		scope->full = true;
	return memory;
}

static struct postings *
new_set(struct postings_scope *scope, enum kind kind)
{
	struct postings *p = set_take_memory(scope, sizeof *p);

	if (p != NULL)
		*p = (struct postings){ .kind = kind };
	return p;
}

bool
postings_spend(struct postings_scope *scope, uint64_t postings)
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

struct postings *
postings_ids(struct postings_scope *scope, const uint32_t *ids, size_t count)
{
	struct postings *p = count > 0 ? new_set(scope, LIST) : NULL;

	if (p == NULL)
		return NULL;
	p->ids = ids;
	p->count = count;
	p->length = count;
	return p;
}

/* All of it: then the cursor is free for the next list. */
static void
copy_list(struct postings_scope *scope, struct postings *p)
{
	uint32_t *ids = set_take_memory(scope, p->length * sizeof *ids);
	const uint32_t *page;
	size_t count;

	while (ids != NULL && p->count < p->length &&
	    store_postings_page(p->cursor, &page, &count) == STORE_FOUND) {
		if (count > p->length - p->count)
			count = (size_t)p->length - p->count;
		memcpy(ids + p->count, page, count * sizeof *ids);
		p->count += count;
	}
	p->ids = ids;
	store_cursor_close(&p->cursor);
}

struct postings *
set_new_list(struct postings_scope *scope, enum store_table table,
    struct span key)
{
	struct postings *p;

	if (table == STORE_TERM && !store_may_have_term(scope->store, key))
		return NULL;
	p = new_set(scope, LIST);
	if (p == NULL)
		return NULL;
	if (!arena_copy(scope->arena, key, &p->term)) {
		scope->full = true;
		return NULL;
	}
	p->table = table;
	p->cursor = store_cursor_open(scope->store, table);
	if (store_postings_find(p->cursor, p->term, &p->length) !=
	    STORE_FOUND) {
		store_cursor_close(&p->cursor);
		return NULL;
	}
	p->is_stored = true;
	if (p->length <= SHORT_LIST) {
		copy_list(scope, p);
		return p;
	}
	p->next_opened = scope->opened;
	scope->opened = p;
	return p;
}

struct postings *
postings_term(struct postings_scope *scope, struct span key)
{
	return set_new_list(scope, STORE_TERM, key);
}

struct postings *
postings_clue(struct postings_scope *scope, struct span key)
{
	return set_new_list(scope, STORE_CLUE, key);
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
	/* what was gathered was paid for then */
	if (p->is_stored && !postings_spend(scope, 1))
		return POSTINGS_END;
	if (p->count == 0 || p->ids[p->count - 1] < id)
		if (!turn_page(p, id))
			return POSTINGS_END;
	p->next = gallop(p, id);
	return p->ids[p->next];
}

/* Flags. */

static uint32_t
seek_flags(const struct postings *p, uint32_t id)
{
	size_t word = id / SET_FLAGS_PER_WORD;
	uint64_t flags;

	if (word >= p->words)
		return POSTINGS_END;
	flags = p->flags[word] & UINT64_MAX << id % SET_FLAGS_PER_WORD;
	while (flags == 0) {
		if (++word == p->words)
			return POSTINGS_END;
		flags = p->flags[word];
	}
	return (uint32_t)(word * SET_FLAGS_PER_WORD) +
	    (uint32_t)__builtin_ctzll(flags);
}

struct postings *
set_new_flags(struct postings_scope *scope, const uint64_t *flags, size_t words)
{
	struct postings *p = new_set(scope, FLAGS);

	if (p == NULL)
		return NULL;
	p->flags = flags;
	p->words = words;
	for (size_t i = 0; i < words; i++)
		p->length += (uint64_t)__builtin_popcountll(flags[i]);
	return p;
}

/* Sets of sets. */

static uint32_t
seek_kept(struct postings_scope *scope, struct postings *p, uint32_t id)
{
	for (;; id++) {
		id = postings_seek(scope, p->left, id);
		if (id == POSTINGS_END ||
		    !postings_spend(scope, POSTINGS_ENTRY_COST))
			return POSTINGS_END;
		if (p->keep(p->context, id))
			return id;
	}
}

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
	case FLAGS:
		p->at = seek_flags(p, id);
		break;
	case BOTH:
		p->at = seek_both(scope, p, id);
		break;
	case EITHER:
		p->at = seek_either(scope, p, id);
		break;
	case KEPT:
		p->at = seek_kept(scope, p, id);
		break;
	}
	return p->at;
}

uint64_t
postings_length(const struct postings *set)
{
	return set != NULL ? set->length : 0;
}

bool
postings_length_is_exact(const struct postings *set)
{
	return set == NULL || set->kind == LIST || set->kind == FLAGS;
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
	p->length = postings_length(left) +
	    (kind == BOTH ? 0 : postings_length(right));
	return p;
}

static int
compare_lengths(const void *a, const void *b)
{
	const struct postings *const *x = a, *const *y = b;

	return ((*x)->length > (*y)->length) - ((*x)->length < (*y)->length);
}

static struct postings *
copy_set(struct postings_scope *scope, const struct postings *p)
{
	struct postings *copy = new_set(scope, p->kind);

	if (copy == NULL)
		return NULL;
	*copy = *p;
	copy->at = 0;
	copy->next = 0;
	copy->left = postings_again(scope, p->left);
	copy->right = postings_again(scope, p->right);
	return copy;
}

struct postings *
postings_again(struct postings_scope *scope, const struct postings *p)
{
	if (p == NULL)
		return NULL;
	return p->kind == LIST && p->cursor != NULL ?
	    set_new_list(scope, p->table, p->term) : copy_set(scope, p);
}

struct postings *
postings_peek(struct postings_scope *scope, struct postings *p, uint32_t *ids,
    size_t max, size_t *taken)
{
	uint32_t id;

	*taken = 0;
	for (id = postings_seek(scope, p, 1); *taken < max &&
	    id != POSTINGS_END; id = postings_seek(scope, p, id + 1))
		ids[(*taken)++] = id;
	return *taken < max ? postings_ids(scope, ids, *taken) :
	    postings_again(scope, p);
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
	sort_in_place(sets, count, sizeof sets[0], compare_lengths);
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

struct postings *
postings_keep(struct postings_scope *scope, struct postings *set,
    postings_test *keep, void *context)
{
	struct postings *p = set != NULL ? new_set(scope, KEPT) : NULL;

	if (p == NULL)
		return NULL;
	p->left = set;
	p->length = set->length;
	p->keep = keep;
	p->context = context;
	return p;
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
		else if (postings_length_is_exact(p))
			return p->length;
		count++;
	}
	return count;
}

struct postings *
postings_key(struct postings_scope *scope, struct span key)
{
	struct span value;
	uint32_t *id;

	if (store_get(scope->store, STORE_KEY, key, &value) != STORE_FOUND)
		return NULL;
	id = set_take_memory(scope, sizeof *id);
	if (id == NULL)
		return NULL;
	*id = key_read_id(value);
	return postings_ids(scope, id, 1);
}
