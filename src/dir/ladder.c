#include "dir/ladder.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/sort.h"
#include "dir/find_alike.h"
#include "dir/find_name.h"
#include "dir/find_prefer.h"
#include "dir/find_whole.h"
#include "dir/rank.h"
#include "dir/search.h"
#include "dir/spelling.h"

#include <string.h>

enum { FEW = 16 }; /* hits of a later rung, which others may be added to */

/* A login that is also all of somebody's name stands for both. */
static struct postings *
find_handle(struct find *find, const struct wanted *wanted)
{
	struct postings *ways[2] = { find_handles(find, wanted), NULL };

	if (ways[0] != NULL)
		ways[1] = find_single_name(find, wanted);
	return postings_any(&find->scope, ways, 2);
}

/* Each rung is tried when those before it found nobody. */
static const struct step {
	enum rung rung;
	wanted_function *make;
	wanted_function *nearer; /* who is shown first, beside find->nearest */
	wanted_function *prefer; /* ... and then */
	bool loosely;            /* not as sent, only as typed */
} ladder[] = {
	{ RUNG_HANDLE, find_handle, NULL, NULL, false },
	{ RUNG_WHOLE, find_full_name, NULL, find_last_name, false },
	{ RUNG_WORDS, find_name, find_whole_name, find_last_name, false },
	{ RUNG_WORDS, find_runs, NULL, find_last_name, false },
	{ RUNG_NICKNAMES, find_nicknames, NULL, find_last_name, true },
	{ RUNG_BEGINNINGS, find_beginnings, NULL, find_last_beginning, false },
	{ RUNG_MISSPELT, find_misspelt, NULL, find_last_name, true },
	{ RUNG_SOUNDING, find_sounding, NULL, find_last_name, true },
	{ RUNG_NICKNAMES, find_shortened, NULL, find_last_name, true },
	{ RUNG_ONE_WORD, find_one_word, find_near_words, find_one_last_name,
	    false },
};

enum { STEPS = sizeof ladder / sizeof ladder[0] };

/* Who is added behind the hits of a rung. */
static const struct related {
	enum rung rung;
	wanted_function *nearer; /* these come first; NULL: nobody does */
	wanted_function *find;
	bool to_few; /* hits, and only where all of them can be shown */
} relations[] = {
	{ RUNG_WHOLE, find_called, find_initials, false },
	{ RUNG_WORDS, find_called, find_initials, false },
	{ RUNG_NICKNAMES, NULL, find_misspelt, true },
	{ RUNG_BEGINNINGS, NULL, find_misspelt, true },
};

enum { RELATIONS = sizeof relations / sizeof relations[0] };

/* A question on its way down. */
struct climb {
	struct find *find;
	const struct query_clause *clause;
	struct search_hits *hits;
	uint32_t *ids;
	unsigned max;
	struct spellings spellings;

	const struct step *step; /* the last one */
	wanted_function *nearer, *prefer; /* of its hits */
	struct postings *added_nearer; /* who of those added come first */
};

static const struct wanted *
as_typed(const struct climb *c)
{
	return &c->spellings.wanted[0];
}

/* Ranking. */

static struct postings *
prefer(void *context, unsigned nth)
{
	struct climb *c = context;
	struct postings_scope *scope = &c->find->scope;
	struct postings *ways[2];

	switch (nth) {
	case 0:
		return postings_ids(scope, c->find->nearest,
		    c->find->nearest_count);
	case 1:
		ways[0] = c->nearer == NULL ? NULL :
		    c->nearer(c->find, as_typed(c));
		ways[1] = postings_again(scope, c->added_nearer);
		return postings_any(scope, ways, 2);
	case 2:
		return find_accented(c->find, c->clause->text);
	default:
		return c->prefer == NULL ? NULL :
		    c->prefer(c->find, as_typed(c));
	}
}

static void
take_hits(struct climb *c, struct postings *set)
{
	const struct ranking ranking = { .scope = &c->find->scope,
		.set = set, .prefer = prefer, .context = c };

	c->hits->count = rank_take(&ranking, c->ids, c->max, &c->hits->shown);
}

/* Going down. */

/* A step that was cut short might have had somebody. */
static bool
may_descend(const struct climb *c)
{
	return c->hits->count == 0 && !c->find->scope.cut;
}

/* What a step that finds nobody took is given back. */
static void
try_step(struct climb *c, const struct step *step)
{
	struct postings_mark mark = postings_mark(&c->find->scope);

	c->step = step;
	c->nearer = step->nearer;
	c->prefer = step->prefer;
	c->added_nearer = NULL;
	c->find->nearest_count = 0;
	take_hits(c, step->loosely ? step->make(c->find, as_typed(c)) :
	    spellings_find(&c->spellings, c->find, step->make));
	c->hits->rung = step->rung;
	if (c->hits->count == 0 && !c->find->scope.full) {
		c->find->nearest_count = 0;
		postings_return(&c->find->scope, mark);
	}
}

static void
descend(struct climb *c, enum rung from, enum rung to)
{
	for (size_t i = 0; i < STEPS && may_descend(c); i++)
		if (ladder[i].rung >= from && ladder[i].rung <= to)
			try_step(c, &ladder[i]);
}

/* Without titles, where something else is left.  False: there are none. */
static bool
leave_titles_out(struct climb *c)
{
	char memory[QUERY_LINE_MAX];
	struct span rest = c->clause->text, word;
	bool any = false, has_word;
	struct buf bare;

	buf_init(&bare, memory, sizeof memory);
	while ((word = span_next_word(&rest)).length > 0) {
		if (!wanted_is_title(word)) {
			if (bare.length > 0)
				buf_add_char(&bare, ' ');
			buf_add(&bare, word);
			continue;
		}
		any = true;
		/* "smith jr, john" */
		if (word.data[word.length - 1] == ',' && bare.length > 0)
			buf_add_char(&bare, ',');
	}
	/* "bill hodges, phd": the comma goes with the title */
	while (bare.length > 0 && bare.data[bare.length - 1] == ',')
		bare.length--;
	if (!any || bare.length == 0)
		return false;
	has_word = spellings_init(&c->spellings, c->clause, buf_span(&bare));
	/* nothing is left: it was a name */
	return has_word || !spellings_init(&c->spellings, c->clause,
	    c->clause->text);
}

/* Who is added. */

/* NULL: there is no room, or nobody need be added. */
static const struct related *
choose_related(const struct climb *c)
{
	const struct search_hits *hits = c->hits;
	bool may_add_to_few = hits->count < FEW;
	bool may_add = as_typed(c)->words.words > 1;

	/* behind the last initials near spellings were tried in vain */
	if (hits->count == 0 || hits->count > hits->shown ||
	    hits->shown == c->max || c->step->make == find_shortened)
		return NULL;
	for (size_t i = 0; i < RELATIONS; i++)
		if (relations[i].rung == hits->rung &&
		    (relations[i].to_few ? may_add_to_few : may_add))
			return &relations[i];
	return NULL;
}

/* Found once, where there is room for all; NULL: nobody, or no memory. */
static struct postings *
remember(struct climb *c, struct postings *set, size_t *count)
{
	struct postings_scope *scope = &c->find->scope;
	size_t max = (size_t)(c->max - c->hits->shown) + 1;
	uint32_t *ids = arena_alloc(scope->arena, max * sizeof *ids);

	*count = 0;
	return ids == NULL ? NULL :
	    postings_peek(scope, set, ids, max, count);
}

/* NULL: there are none, or too many, to be added. */
static struct postings *
find_to_add(struct climb *c, const struct related *related)
{
	unsigned room = c->max - c->hits->shown;
	struct postings *ways[2], *set;
	size_t count;

	if (related->nearer != NULL)
		c->added_nearer = remember(c,
		    related->nearer(c->find, as_typed(c)), &count);
	ways[0] = c->added_nearer;
	ways[1] = related->find(c->find, as_typed(c));
	set = remember(c, postings_any(&c->find->scope, ways, 2), &count);
	return related->to_few && count > room ? NULL : set;
}

/* The hits, ascending; NULL: there is no memory. */
static uint32_t *
copy_hits(const struct climb *c)
{
	size_t count = c->hits->shown;
	uint32_t *ids = arena_alloc(c->find->scope.arena, count * sizeof *ids);

	if (ids == NULL)
		return NULL;
	memcpy(ids, c->ids, count * sizeof *ids);
	sort_in_place(ids, count, sizeof *ids, postings_compare_ids);
	return ids;
}

/*
 * "smith, bob" is also Robert Smith, who comes behind those called Bob, and
 * "isa smith" may be Isla as well as Isabel.
 */
static void
add_related(struct climb *c, const struct related *related)
{
	struct postings_scope *scope = &c->find->scope;
	struct postings *ways[2] = { NULL, find_to_add(c, related) };
	unsigned count = c->hits->shown;

	if (ways[1] == NULL)
		return;
	c->find->nearest = copy_hits(c);
	if (c->find->nearest == NULL)
		return;
	c->find->nearest_count = count;
	ways[0] = postings_ids(scope, c->find->nearest, count);
	take_hits(c, postings_any(scope, ways, 2));
	c->hits->related = c->hits->shown - count;
}

/* What is added must not spoil what was found. */
static void
try_related(struct climb *c)
{
	const struct related *related = choose_related(c);
	struct postings_scope *scope = &c->find->scope;
	bool cut = scope->cut, full = scope->full;

	if (related == NULL)
		return;
	add_related(c, related);
	if (c->hits->related == 0) {
		scope->cut = cut;
		scope->full = full;
	}
}

/*
 * Those with this word in their name who are not among the hits, of which not
 * all need be shown.
 */
static uint64_t
count_namesakes(struct climb *c)
{
	struct postings_scope *scope = &c->find->scope;
	struct postings *hits[2];
	uint64_t named, found;
	size_t taken;

	if (as_typed(c)->words.words != 1)
		return 0;
	named = postings_take(scope, spellings_find(&c->spellings, c->find,
	    find_name), NULL, 0, &taken);
	if (named == 0)
		return 0;
	hits[0] = spellings_find(&c->spellings, c->find, find_handle);
	hits[1] = spellings_find(&c->spellings, c->find, find_name);
	found = postings_take(scope, postings_all(scope, hits, 2), NULL, 0,
	    &taken);
	return named > found ? named - found : 0;
}

static void
climb_down(struct climb *c)
{
	descend(c, RUNG_HANDLE, RUNG_WORDS);
	if (may_descend(c) && leave_titles_out(c))
		descend(c, RUNG_WHOLE, RUNG_WORDS);
	descend(c, RUNG_NICKNAMES, RUNG_ONE_WORD);
	try_related(c);
	if (c->hits->count == 0)
		c->hits->rung = RUNG_NONE;
	if (c->hits->rung == RUNG_HANDLE)
		c->hits->named_too = count_namesakes(c);
}

bool
ladder_run(struct find *find, const struct query_clause *clause,
    struct search_hits *hits, uint32_t *ids, unsigned max)
{
	struct climb *c = arena_alloc(find->scope.arena, sizeof *c);

	if (c == NULL) {
		find->scope.full = true;
		return false;
	}
	c->find = find;
	c->clause = clause;
	c->hits = hits;
	c->ids = ids;
	c->max = max;
	if (!spellings_init(&c->spellings, clause, clause->text))
		return false;
	climb_down(c);
	return true;
}
