#include "dir/postings.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/sort.h"
#include "dir/postings_set.h"
#include "dir/store.h"
#include "record/key.h"

#include <string.h>

/*
 * Gathering the postings of many lists: a block of ids while they are few, and
 * then a flag for each entry, which makes a union of any number of lists as
 * cheap to walk and to count as one list.  A few long lists stay what they are:
 * beside a rare set they need only be sought in, and one alone knows its
 * length.
 */
enum {
	LONG_LIST = 8192,
	LONG_LISTS_MAX = 8,
	BLOCK_IDS = 1024,
	TERM_COST = 4,     /* of coming to a term, in postings */
	BEHIND_ALL = 0xFF, /* every term that goes on from here: in no UTF-8 */
};

struct gathering {
	struct postings_scope *scope;
	enum store_table table;
	enum store_table counted; /* the table its ids number */
	uint32_t block[BLOCK_IDS];
	size_t used;
	uint64_t *flags; /* NULL: the block has them all */
	size_t words;
	uint64_t allowance; /* half the budget: the rest is for walking */
	struct postings *lists[LONG_LISTS_MAX + 1]; /* as they are; a seat */
	size_t list_count;
};

/* How many postings can be paid for: all, or else the limit is reached. */
static size_t
pay(struct gathering *g, size_t postings)
{
	if (g->allowance < postings) {
		g->scope->cut = true;
		postings = (size_t)g->allowance;
	}
	g->allowance -= postings;
	return postings_spend(g->scope, postings) ? postings : 0;
}

static void
set_flags(struct gathering *g, const uint32_t *ids, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t word = ids[i] / SET_FLAGS_PER_WORD;

		if (word < g->words)
			g->flags[word] |= (uint64_t)1 << ids[i] %
			    SET_FLAGS_PER_WORD;
	}
}

/* False: there is no memory for so many; what is in the block remains. */
static bool
change_to_flags(struct gathering *g)
{
	struct postings_scope *scope = g->scope;
	size_t words = (size_t)(store_count(scope->store, g->counted) /
	    SET_FLAGS_PER_WORD) + 1;
	size_t mark = arena_mark(scope->arena);

	g->flags = arena_calloc(scope->arena, words, sizeof *g->flags);
	if (g->flags == NULL) {
		arena_return(scope->arena, mark);
		scope->cut = true;
		return false;
	}
	g->words = words;
	set_flags(g, g->block, g->used);
	return true;
}

static bool
gather_ids(struct gathering *g, const uint32_t *ids, size_t count)
{
	size_t paid = pay(g, count);
	bool fits = g->flags == NULL && paid <= BLOCK_IDS - g->used;

	if (!fits && g->flags == NULL && !change_to_flags(g))
		return false;
	if (fits) {
		memcpy(g->block + g->used, ids, paid * sizeof *ids);
		g->used += paid;
	} else {
		set_flags(g, ids, paid);
	}
	return paid == count;
}

static bool
gather_list(struct gathering *g, struct store_cursor *cursor)
{
	const uint32_t *ids;
	size_t count;

	while (store_postings_page(cursor, &ids, &count) == STORE_FOUND)
		if (!gather_ids(g, ids, count))
			return false;
	return true;
}

int
postings_compare_ids(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static struct postings *
end_gathering(struct gathering *g)
{
	uint32_t *ids;
	size_t kept = 1;

	if (g->flags != NULL)
		return set_new_flags(g->scope, g->flags, g->words);
	if (g->used == 0)
		return NULL;
	ids = set_take_memory(g->scope, g->used * sizeof *ids);
	if (ids == NULL)
		return NULL;
	sort_in_place(g->block, g->used, sizeof *ids, postings_compare_ids);
	ids[0] = g->block[0];
	for (size_t i = 1; i < g->used; i++)
		if (g->block[i] != ids[kept - 1])
			ids[kept++] = g->block[i];
	return postings_ids(g->scope, ids, kept);
}

/*
 * Keys that begin as `start` does, go on for `more` characters at most and pass
 * the filter, if there is one.
 */
struct range {
	enum store_table table;
	struct span start;
	unsigned more;
	const struct postings_filter *filter;
};

static bool
passes(const struct range *range, struct span key)
{
	return range->filter == NULL ||
	    range->filter->test(range->filter->context, key);
}

/* The bytes of a key that are in the range: all of them, or too few. */
static size_t
length_within(const struct range *range, struct span key)
{
	unsigned more = 0;

	if (range->more == POSTINGS_ANY_MORE)
		return key.length;
	for (size_t i = range->start.length; i < key.length; i++)
		if ((key.data[i] & 0xC0) != 0x80 && more++ == range->more)
			return i;
	return key.length;
}

/* The first key behind all those that begin so. */
static enum store_found
skip_over(struct store_cursor *cursor, struct span start, struct span *key,
    struct span *value)
{
	char memory[TERM_KEY_MAX + 1];
	struct buf behind;

	buf_init(&behind, memory, sizeof memory);
	buf_add(&behind, start);
	buf_add_char(&behind, (char)BEHIND_ALL);
	return store_cursor_seek(cursor, buf_span(&behind), key, value);
}

static bool
gather_term(struct gathering *g, struct store_cursor *cursor,
    struct span key)
{
	if (g->list_count == LONG_LISTS_MAX ||
	    store_postings_length(cursor) < LONG_LIST)
		return gather_list(g, cursor);
	g->lists[g->list_count++] = set_new_list(g->scope, g->table, key);
	return true;
}

/* False: the limit is reached. */
static bool
gather_key(struct gathering *g, struct store_cursor *cursor, struct span key,
    struct span value)
{
	uint32_t id;

	if (g->table != STORE_KEY)
		return gather_term(g, cursor, key);
	id = key_read_id(value);
	return gather_ids(g, &id, 1);
}

static struct postings *
unite_gathered(struct gathering *g)
{
	g->lists[g->list_count++] = end_gathering(g);
	return postings_any(g->scope, g->lists, g->list_count);
}

static void
begin_gathering(struct gathering *g, struct postings_scope *scope,
    enum store_table table)
{
	g->scope = scope;
	g->table = table;
	g->counted = table == STORE_CLUE ? STORE_WORD : STORE_ENTRY;
	g->used = 0;
	g->flags = NULL;
	g->words = 0;
	g->list_count = 0;
	g->allowance = scope->budget - scope->budget / 2;
}

static struct postings *
gather(struct postings_scope *scope, const struct range *range)
{
	struct store_cursor *cursor =
	    store_cursor_open(scope->store, range->table);
	struct gathering g;
	struct span key, value;
	enum store_found found;
	size_t within;

	begin_gathering(&g, scope, range->table);
	found = store_cursor_seek(cursor, range->start, &key, &value);
	while (found == STORE_FOUND && span_starts_with(key, range->start) &&
	    pay(&g, TERM_COST) == TERM_COST) {
		within = length_within(range, key);
		if (within < key.length) {
			key.length = within;
			found = skip_over(cursor, key, &key, &value);
			continue;
		}
		if (passes(range, key) && !gather_key(&g, cursor, key, value))
			break;
		found = store_cursor_next(cursor, &key, &value);
	}
	store_cursor_close(&cursor);
	return unite_gathered(&g);
}

struct postings *
postings_prefix(struct postings_scope *scope, struct span key, unsigned more)
{
	const struct range range = { STORE_TERM, key, more, NULL };

	return store_may_have_term(scope->store, key) ?
	    gather(scope, &range) : NULL;
}

struct postings *
postings_matching(struct postings_scope *scope, struct span key,
    const struct postings_filter *filter)
{
	const struct range range = { STORE_TERM, key, POSTINGS_ANY_MORE,
		filter };

	return store_may_have_term(scope->store, key) ?
	    gather(scope, &range) : NULL;
}

struct postings *
postings_clue_prefix(struct postings_scope *scope, struct span key)
{
	const struct range range = { STORE_CLUE, key, POSTINGS_ANY_MORE,
		NULL };

	return gather(scope, &range);
}

struct postings_union {
	struct gathering gathering;
	struct store_cursor *cursor;
};

struct postings_union *
postings_union_begin(struct postings_scope *scope)
{
	struct postings_union *many = set_take_memory(scope, sizeof *many);

	if (many == NULL)
		return NULL;
	begin_gathering(&many->gathering, scope, STORE_TERM);
	many->cursor = store_cursor_open(scope->store, STORE_TERM);
	return many;
}

bool
postings_union_add(struct postings_union *many, struct span key)
{
	uint64_t length;

	if (many == NULL || pay(&many->gathering, TERM_COST) < TERM_COST)
		return false;
	if (store_postings_find(many->cursor, key, &length) != STORE_FOUND)
		return true;
	return gather_term(&many->gathering, many->cursor, key);
}

struct postings *
postings_union_end(struct postings_union *many)
{
	if (many == NULL)
		return NULL;
	store_cursor_close(&many->cursor);
	return unite_gathered(&many->gathering);
}

struct postings *
postings_key_prefix(struct postings_scope *scope, struct span key,
    unsigned more)
{
	const struct range range = { STORE_KEY, key, more, NULL };

	return gather(scope, &range);
}

struct postings *
postings_key_matching(struct postings_scope *scope, struct span key,
    const struct postings_filter *filter)
{
	const struct range range = { STORE_KEY, key, POSTINGS_ANY_MORE,
		filter };

	return gather(scope, &range);
}
