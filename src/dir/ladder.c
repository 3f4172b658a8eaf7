#include "dir/ladder.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/find_alike.h"
#include "dir/find_name.h"
#include "dir/find_prefer.h"
#include "dir/find_whole.h"
#include "dir/rank.h"
#include "dir/search.h"
#include "dir/spelling.h"

#include <stdlib.h>
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
	wanted_function *find;
	wanted_function *nearer; /* of whom these come first */
	bool to_few; /* hits, and only where all of them can be shown */
} relations[] = {
	{ RUNG_WHOLE, find_related, find_called, false },
	{ RUNG_WORDS, find_related, find_called, false },
	{ RUNG_NICKNAMES, find_misspelt, NULL, true },
	{ RUNG_BEGINNINGS, find_misspelt, NULL, true },
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

	/* the step in hand, or who is added to it */
	wanted_function *make, *nearer, *prefer;
	bool loosely;

	uint32_t *exact; /* hits that others are added to, ascending */
	size_t exact_count;
};

static const struct wanted *
as_typed(const struct climb *c)
{
	return &c->spellings.wanted[0];
}

/* Ranking. */

static struct postings *
make_step(void *context)
{
	struct climb *c = context;

	return c->loosely ? c->make(c->find, as_typed(c)) :
	    spellings_find(&c->spellings, c->find, c->make);
}

static struct postings *
prefer(void *context, unsigned nth)
{
	struct climb *c = context;

	switch (nth) {
	case 0:
		return postings_ids(&c->find->scope, c->find->nearest,
		    c->find->nearest_count);
	case 1:
		return c->nearer == NULL ? NULL :
		    c->nearer(c->find, as_typed(c));
	case 2:
		return find_accented(c->find, c->clause->text);
	default:
		return c->prefer == NULL ? NULL :
		    c->prefer(c->find, as_typed(c));
	}
}

static void
take_hits(struct climb *c, struct postings *(*make)(void *context))
{
	const struct ranking ranking = { .scope = &c->find->scope,
		.make = make, .prefer = prefer, .context = c };

	c->hits->count = rank_take(&ranking, c->ids, c->max, &c->hits->shown);
}

/* Going down. */

/* A step that was cut short might have had somebody. */
static bool
may_descend(const struct climb *c)
{
	return c->hits->count == 0 && !c->find->scope.cut;
}

static void
descend(struct climb *c, enum rung from, enum rung to)
{
	for (size_t i = 0; i < STEPS && may_descend(c); i++) {
		const struct step *step = &ladder[i];

		if (step->rung < from || step->rung > to)
			continue;
		c->make = step->make;
		c->nearer = step->nearer;
		c->prefer = step->prefer;
		c->loosely = step->loosely;
		c->find->nearest_count = 0;
		take_hits(c, make_step);
		c->hits->rung = step->rung;
	}
}

/* Without titles, where something else is left.  False: there are none. */
static bool
leave_titles_out(struct climb *c)
{
	char memory[QUERY_LINE_MAX];
	struct span rest = c->clause->text, word;
	bool any = false;
	struct buf bare;

	buf_init(&bare, memory, sizeof memory);
	while ((word = span_next_word(&rest)).length > 0) {
		if (wanted_is_title(word)) {
			any = true;
			continue;
		}
		if (bare.length > 0)
			buf_add_char(&bare, ' ');
		buf_add(&bare, word);
	}
	if (!any || bare.length == 0)
		return false;
	/* "bill hodges, phd": the comma goes with the title */
	if (bare.data[bare.length - 1] == ',')
		bare.length--;
	return spellings_init(&c->spellings, c->clause, buf_span(&bare));
}

/* Who is added. */

static int
by_id(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static struct postings *
make_with_related(void *context)
{
	struct climb *c = context;
	struct postings *ways[2] = {
		postings_ids(&c->find->scope, c->exact, c->exact_count),
		c->make(c->find, as_typed(c)),
	};

	c->find->nearest = c->exact;
	c->find->nearest_count = c->exact_count;
	return postings_any(&c->find->scope, ways, 2);
}

/* NULL: there is no room, or nobody need be added. */
static const struct related *
choose_related(const struct climb *c)
{
	const struct search_hits *hits = c->hits;
	bool may_add_to_few = hits->count < FEW;
	bool may_add = as_typed(c)->words.words > 1;

	if (hits->count == 0 || hits->count > hits->shown ||
	    hits->shown == c->max)
		return NULL;
	for (size_t i = 0; i < RELATIONS; i++)
		if (relations[i].rung == hits->rung &&
		    (relations[i].to_few ? may_add_to_few : may_add))
			return &relations[i];
	return NULL;
}

/* Whether there are any, and not too many, to be added. */
static bool
has_related(struct climb *c, const struct related *related)
{
	unsigned room = c->max - c->hits->shown;
	uint32_t *ids = arena_calloc(c->find->scope.arena, room + 1,
	    sizeof *ids);
	size_t taken;

	if (ids == NULL)
		return false;
	postings_peek(&c->find->scope, c->make(c->find, as_typed(c)), ids,
	    related->to_few ? room + 1 : 1, &taken);
	return taken > 0 && taken <= room;
}

/*
 * "smith, bob" is also Robert Smith, who comes behind those called Bob, and
 * "isa smith" may be Isla as well as Isabel.
 */
static void
add_related(struct climb *c)
{
	const struct related *related = choose_related(c);
	unsigned count = c->hits->shown;

	if (related == NULL)
		return;
	c->make = related->find;
	c->nearer = related->nearer;
	if (!has_related(c, related))
		return;
	c->exact = arena_calloc(c->find->scope.arena, count, sizeof *c->exact);
	if (c->exact == NULL)
		return;
	c->exact_count = count;
	memcpy(c->exact, c->ids, count * sizeof *c->exact);
	qsort(c->exact, count, sizeof *c->exact, by_id);
	take_hits(c, make_with_related);
	c->hits->related = c->hits->shown - count;
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
	add_related(c);
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
