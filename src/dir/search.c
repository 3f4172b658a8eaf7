#include "dir/search.h"

#include "base/arena.h"
#include "dir/find.h"
#include "dir/find_name.h"
#include "dir/generation.h"
#include "dir/store.h"
#include "query/query.h"
#include "record/schema.h"

#include <assert.h>

enum { SPELLINGS = 2 };

struct search {
	struct find find;
	const struct search_limits *limits;
	struct search_hits *hits;
	uint32_t *ids; /* limits->shown_max */

	/* the clause in hand: as typed and, where it differs, as sent */
	struct wanted wanted[SPELLINGS];
	unsigned spellings;
};

/* What a clause means: each is tried in every spelling. */
typedef struct postings *clause_function(struct find *find,
    const struct wanted *wanted);

static struct postings *
find_handle_or_name(struct find *find, const struct wanted *wanted)
{
	struct postings *ways[2] = { find_handles(find, wanted),
		find_name(find, wanted) };

	return postings_any(&find->scope, ways, 2);
}

static clause_function *const clause_functions[] = {
	[QUERY_ANYWHERE] = find_handle_or_name,
	[QUERY_NAME] = find_name,
	[QUERY_FIRST] = find_first,
	[QUERY_KEY] = find_key,
	[QUERY_PHONE] = find_numbers,
	[QUERY_MAIL] = find_mailboxes,
	[QUERY_MEMBERS] = find_members,
};

static struct postings *
find_spellings(struct search *s, clause_function *function)
{
	struct postings *sets[SPELLINGS];

	for (unsigned i = 0; i < s->spellings; i++)
		sets[i] = function(&s->find, &s->wanted[i]);
	return postings_any(&s->find.scope, sets, s->spellings);
}

static unsigned
reach_of(const struct query_clause *clause)
{
	return clause->match == QUERY_PREFIX ? POSTINGS_ANY_MORE :
	    clause->more;
}

/* False: there is nothing to look for. */
static bool
prepare(struct search *s, const struct query_clause *clause)
{
	s->hits->clause = clause;
	s->spellings = clause->raw.length > 0 ? 2 : 1;
	wanted_init(&s->wanted[0], clause->text, reach_of(clause));
	if (s->spellings > 1)
		wanted_init(&s->wanted[1], clause->raw, reach_of(clause));
	return s->wanted[0].words.words > 0;
}

static enum search_outcome
find_selected(struct search *s, const struct query_clause *clause,
    struct postings **set)
{
	const struct attribute *attribute =
	    schema_find(s->find.schema, clause->selector);
	struct postings *sets[SPELLINGS];
	find_function *find;

	if (attribute == NULL || !attribute_is_public(attribute))
		return SEARCH_UNKNOWN_SELECTOR;
	find = find_selector(attribute, clause->match);
	if (find == NULL)
		return SEARCH_NOT_INDEXED;
	for (unsigned i = 0; i < s->spellings; i++)
		sets[i] = find(&s->find, attribute, &s->wanted[i]);
	*set = postings_any(&s->find.scope, sets, s->spellings);
	return SEARCH_DONE;
}

static enum search_outcome
find_clause(struct search *s, const struct query_clause *clause,
    struct postings **set)
{
	if (!prepare(s, clause))
		return SEARCH_EMPTY;
	if (clause->field == QUERY_SELECTOR)
		return find_selected(s, clause, set);
	*set = find_spellings(s, clause->match == QUERY_WHOLE ?
	    find_exact_name : clause_functions[clause->field]);
	return SEARCH_DONE;
}

/* Running a query. */

static void
take_hits(struct search *s, struct postings *set)
{
	size_t shown;

	s->hits->count = postings_take(&s->find.scope, set, s->ids,
	    s->limits->shown_max, &shown);
	s->hits->shown = (unsigned)shown;
}

static enum search_outcome
run_as_given(struct search *s, const struct query *query)
{
	struct postings *sets[QUERY_CLAUSES_MAX];

	for (unsigned i = 0; i < query->count; i++) {
		enum search_outcome outcome =
		    find_clause(s, &query->clauses[i], &sets[i]);

		if (outcome != SEARCH_DONE)
			return outcome;
	}
	take_hits(s, postings_all(&s->find.scope, sets, query->count));
	if (s->hits->count > 0)
		s->hits->rung = RUNG_AS_GIVEN;
	return SEARCH_DONE;
}

/*
 * Those with this word in their name who are not among the hits, of which not
 * all need be shown.
 */
static uint64_t
count_namesakes(struct search *s)
{
	struct postings_scope *scope = &s->find.scope;
	struct postings *hits[2];
	uint64_t named, found;
	size_t taken;

	if (s->wanted[0].words.words != 1)
		return 0;
	named = postings_take(scope, find_spellings(s, find_name), NULL, 0,
	    &taken);
	hits[0] = find_spellings(s, find_handles);
	hits[1] = find_spellings(s, find_name);
	found = postings_take(scope, postings_all(scope, hits, 2), NULL, 0,
	    &taken);
	return named > found ? named - found : 0;
}

/* Those of the last name first, then the others; all are counted. */
static void
take_one_word(struct search *s)
{
	struct postings_scope *scope = &s->find.scope;
	struct postings *all = find_spellings(s, find_one_word);
	struct postings *last = find_spellings(s, find_one_last_name);
	struct postings *others = find_spellings(s, find_one_word);
	unsigned max = s->limits->shown_max, shown;
	size_t taken;
	uint32_t id;

	s->hits->count = postings_take(scope, all, NULL, 0, &taken);
	postings_take(scope, last, s->ids, max, &taken);
	shown = (unsigned)taken;
	last = find_spellings(s, find_one_last_name);
	for (id = postings_seek(scope, others, 1); shown < max &&
	    id != POSTINGS_END; id = postings_seek(scope, others, id + 1))
		if (postings_seek(scope, last, id) != id)
			s->ids[shown++] = id;
	s->hits->shown = shown;
}

/* Each rung is tried when those before it found nobody. */
static const struct {
	enum rung rung;
	clause_function *find;
} ladder[] = {
	{ RUNG_HANDLE, find_handles },
	{ RUNG_WHOLE, find_full_name },
	{ RUNG_WORDS, find_name },
	{ RUNG_INITIALS, find_initials },
	{ RUNG_BEGINNINGS, find_beginnings },
};

enum { RUNGS = sizeof ladder / sizeof ladder[0] };

/* A rung that was cut short might have had somebody. */
static bool
may_descend(const struct search *s)
{
	return s->hits->count == 0 && !s->find.scope.cut;
}

static enum search_outcome
run_ladder(struct search *s, const struct query *query)
{
	struct search_hits *hits = s->hits;

	if (!prepare(s, &query->clauses[0]))
		return SEARCH_EMPTY;
	for (size_t i = 0; i < RUNGS && may_descend(s); i++) {
		take_hits(s, find_spellings(s, ladder[i].find));
		hits->rung = ladder[i].rung;
	}
	if (may_descend(s)) {
		take_one_word(s);
		hits->rung = RUNG_ONE_WORD;
	}
	if (hits->count == 0)
		hits->rung = RUNG_NONE;
	if (hits->rung == RUNG_HANDLE)
		hits->named_too = count_namesakes(s);
	return SEARCH_DONE;
}

static bool
has_ladder(const struct query *query)
{
	return query->ladder && query->count == 1 &&
	    query->clauses[0].field == QUERY_ANYWHERE &&
	    query->clauses[0].match == QUERY_EXACT;
}

enum search_outcome
search_run(struct reader *reader, const struct query *query,
    const struct search_limits *limits, struct arena *arena,
    struct search_hits *hits, struct fault *fault)
{
	struct store_reader *store = reader_store(reader);
	struct search *s = arena_alloc(arena, sizeof *s);
	uint32_t *ids = arena_calloc(arena, limits->shown_max, sizeof *ids);
	enum search_outcome outcome;

	assert(query->verb == QUERY_FIND && query->count > 0);
	*hits = (struct search_hits){ .rung = RUNG_NONE, .ids = ids };
	if (s == NULL || (ids == NULL && limits->shown_max > 0))
		return SEARCH_ARENA_FULL;
	s->find.schema = reader_schema(reader);
	s->limits = limits;
	s->hits = hits;
	s->ids = ids;
	postings_begin(&s->find.scope, store, arena, limits->postings_max);
	outcome = has_ladder(query) ? run_ladder(s, query)
				    : run_as_given(s, query);
	postings_end(&s->find.scope);
	hits->count_is_exact = !s->find.scope.cut;
	if (store_reader_check(store, fault) != ERR_NONE)
		return SEARCH_FAILED;
	if (outcome == SEARCH_DONE && s->find.scope.full)
		return SEARCH_ARENA_FULL;
	return outcome;
}

bool
search_fetch(struct reader *reader, uint32_t id, struct span *record)
{
	return store_get_entry(reader_store(reader), id, record) ==
	    STORE_FOUND;
}
