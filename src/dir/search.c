#include "dir/search.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/find.h"
#include "dir/find_alike.h"
#include "dir/find_name.h"
#include "dir/find_whole.h"
#include "dir/generation.h"
#include "dir/rank.h"
#include "dir/store.h"
#include "query/query.h"
#include "record/schema.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	SPELLINGS = 3,
	FEW = 16, /* hits of a later rung, which others may be added to */
};

/* What a clause means: each is tried in every spelling. */
typedef struct postings *clause_function(struct find *find,
    const struct wanted *wanted);

struct search {
	struct find find;
	const struct query *query;
	const struct search_limits *limits;
	struct search_hits *hits;
	uint32_t *ids; /* limits->shown_max */

	/*
	 * The clause in hand: as typed, with letters that ICAO 9303 writes as
	 * two spelled so, and as sent, as far as these differ.
	 */
	struct wanted wanted[SPELLINGS];
	unsigned spellings;

	/* what the hits are ranked by; NULL: nothing */
	const struct query_clause *ranked;
	clause_function *nearer, *prefer;
	clause_function *make; /* of a rung */
	bool loosely;          /* only as typed */

	uint32_t *exact; /* hits that others are added to, ascending */
	size_t exact_count;
};

static struct postings *
find_handle_or_name(struct find *find, const struct wanted *wanted)
{
	struct postings *ways[2] = { find_handles(find, wanted),
		find_name_or_runs(find, wanted) };

	return postings_any(&find->scope, ways, 2);
}

/* A login that is also all of somebody's name stands for both. */
static struct postings *
find_handle(struct find *find, const struct wanted *wanted)
{
	struct postings *ways[2] = { find_handles(find, wanted), NULL };

	if (ways[0] != NULL)
		ways[1] = find_single_name(find, wanted);
	return postings_any(&find->scope, ways, 2);
}

/* What has a match of its own looks in names only. */
static clause_function *
clause_function_of(const struct query_clause *clause)
{
	static clause_function *const functions[] = {
		[QUERY_ANYWHERE] = find_handle_or_name,
		[QUERY_NAME] = find_name_or_runs,
		[QUERY_FIRST] = find_first,
		[QUERY_KEY] = find_key,
		[QUERY_PHONE] = find_numbers,
		[QUERY_MAIL] = find_mailboxes,
		[QUERY_MEMBERS] = find_members,
	};

	if (clause->match == QUERY_WHOLE)
		return find_exact_name;
	if (clause->match == QUERY_ALIKE)
		return clause->field == QUERY_FIRST ? find_first_alike :
		    find_alike;
	/* a pattern of keys or mailboxes would only serve to list them */
	if (clause->field == QUERY_ANYWHERE && clause->match != QUERY_EXACT)
		return find_name;
	return functions[clause->field];
}

static struct postings *
find_spellings(struct search *s, clause_function *function)
{
	struct postings *sets[SPELLINGS];
	unsigned count = s->loosely ? 1 : s->spellings;

	for (unsigned i = 0; i < count; i++)
		sets[i] = function(&s->find, &s->wanted[i]);
	return postings_any(&s->find.scope, sets, count);
}

static unsigned
reach_of(const struct query_clause *clause)
{
	return clause->match == QUERY_PREFIX ? POSTINGS_ANY_MORE :
	    clause->more;
}

static void
add_wanted(struct search *s, const struct query_clause *clause,
    struct span text)
{
	struct wanted *wanted = &s->wanted[s->spellings++];

	wanted_init(wanted, text, reach_of(clause));
	wanted->match = clause->match;
}

static void
prepare_text(struct search *s, const struct query_clause *clause,
    struct span text)
{
	char memory[WANTED_BYTES_MAX];
	struct buf expanded;

	s->spellings = 0;
	add_wanted(s, clause, text);
	buf_init(&expanded, memory, sizeof memory);
	if (fold_add_expanded(&expanded, text))
		add_wanted(s, clause, buf_span(&expanded));
	if (clause->raw.length > 0)
		add_wanted(s, clause, clause->raw);
}

/* False: there is nothing to look for. */
static bool
prepare(struct search *s, const struct query_clause *clause)
{
	s->hits->clause = clause;
	prepare_text(s, clause, clause->text);
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
	*set = find_spellings(s, clause_function_of(clause));
	return SEARCH_DONE;
}

static enum search_outcome
find_clauses(struct search *s, struct postings **set)
{
	struct postings *sets[QUERY_CLAUSES_MAX];

	for (unsigned i = 0; i < s->query->count; i++) {
		enum search_outcome outcome =
		    find_clause(s, &s->query->clauses[i], &sets[i]);

		if (outcome != SEARCH_DONE)
			return outcome;
	}
	*set = postings_all(&s->find.scope, sets, s->query->count);
	return SEARCH_DONE;
}

/* Ranking. */

static struct postings *
make_rung(void *context)
{
	struct search *s = context;

	return find_spellings(s, s->make);
}

/* What could be found once can be found again. */
static struct postings *
make_clauses(void *context)
{
	struct postings *set = NULL;

	return find_clauses(context, &set) == SEARCH_DONE ? set : NULL;
}

static struct postings *
prefer(void *context, unsigned nth)
{
	struct search *s = context;
	const struct query_clause *clause = s->ranked;

	switch (nth) {
	case 0:
		return postings_ids(&s->find.scope, s->find.nearest,
		    s->find.nearest_count);
	case 1:
		return s->nearer == NULL ? NULL :
		    s->nearer(&s->find, &s->wanted[0]);
	case 2:
		return clause == NULL ? NULL :
		    find_accented(&s->find, clause->text);
	default:
		break;
	}
	/* several clauses share the memory of what is wanted */
	if (clause != NULL && s->query->count > 1)
		prepare_text(s, clause, clause->text);
	return clause == NULL || s->prefer == NULL ? NULL :
	    s->prefer(&s->find, &s->wanted[0]);
}

static void
take_hits(struct search *s, struct postings *(*make)(void *context))
{
	const struct ranking ranking = { .scope = &s->find.scope,
		.make = make, .prefer = prefer, .context = s };

	s->hits->count = rank_take(&ranking, s->ids, s->limits->shown_max,
	    &s->hits->shown);
}

/* Running a query. */

/* The clause that asks for a name. */
static const struct query_clause *
find_ranked(const struct search *s)
{
	const struct schema *schema = s->find.schema;

	for (unsigned i = 0; i < s->query->count; i++) {
		const struct query_clause *clause = &s->query->clauses[i];

		if (clause->field == QUERY_ANYWHERE ||
		    clause->field == QUERY_NAME ||
		    clause->field == QUERY_FIRST ||
		    (clause->field == QUERY_SELECTOR &&
		    schema_find(schema, clause->selector) ==
		    &schema->attributes[schema->name_id]))
			return clause;
	}
	return NULL;
}

static enum search_outcome
run_as_given(struct search *s)
{
	struct postings *set;
	enum search_outcome outcome = find_clauses(s, &set);

	if (outcome != SEARCH_DONE)
		return outcome;
	s->ranked = find_ranked(s);
	if (s->ranked != NULL && s->ranked->field != QUERY_FIRST)
		s->prefer = find_last_name;
	take_hits(s, make_clauses);
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
	hits[0] = find_spellings(s, find_handle);
	hits[1] = find_spellings(s, find_name);
	found = postings_take(scope, postings_all(scope, hits, 2), NULL, 0,
	    &taken);
	return named > found ? named - found : 0;
}

/* Each rung is tried when those before it found nobody. */
static const struct step {
	enum rung rung;
	clause_function *make;
	clause_function *nearer; /* who is shown first, beside find->nearest */
	clause_function *prefer; /* ... and then */
	bool loosely;             /* not as sent, only as typed */
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

/* A step that was cut short might have had somebody. */
static bool
may_descend(const struct search *s)
{
	return s->hits->count == 0 && !s->find.scope.cut;
}

static void
descend(struct search *s, enum rung from, enum rung to)
{
	for (size_t i = 0; i < STEPS && may_descend(s); i++) {
		const struct step *step = &ladder[i];

		if (step->rung < from || step->rung > to)
			continue;
		s->make = step->make;
		s->nearer = step->nearer;
		s->prefer = step->prefer;
		s->loosely = step->loosely;
		s->find.nearest_count = 0;
		take_hits(s, make_rung);
		s->hits->rung = step->rung;
	}
	s->loosely = false;
}

static int
by_id(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Who is added behind the hits of a rung. */
static const struct related {
	enum rung rung;
	clause_function *find;
	clause_function *nearer; /* of whom these come first */
	bool to_few; /* hits, and only where all of them can be shown */
} relations[] = {
	{ RUNG_WHOLE, find_related, find_called, false },
	{ RUNG_WORDS, find_related, find_called, false },
	{ RUNG_NICKNAMES, find_misspelt, NULL, true },
	{ RUNG_BEGINNINGS, find_misspelt, NULL, true },
};

enum { RELATIONS = sizeof relations / sizeof relations[0] };

static struct postings *
make_with_related(void *context)
{
	struct search *s = context;
	struct postings *ways[2] = {
		postings_ids(&s->find.scope, s->exact, s->exact_count),
		s->make(&s->find, &s->wanted[0]),
	};

	s->find.nearest = s->exact;
	s->find.nearest_count = s->exact_count;
	return postings_any(&s->find.scope, ways, 2);
}

/* NULL: there is no room, or nobody need be added. */
static const struct related *
choose_related(const struct search *s)
{
	const struct search_hits *hits = s->hits;

	if (hits->count == 0 || hits->count > hits->shown ||
	    hits->shown == s->limits->shown_max)
		return NULL;
	for (size_t i = 0; i < RELATIONS; i++)
		if (relations[i].rung == hits->rung)
			return relations[i].to_few ?
			    (hits->count < FEW ? &relations[i] : NULL) :
			    (s->wanted[0].words.words > 1 ? &relations[i] :
			    NULL);
	return NULL;
}

/* Whether there are any, and not too many, to be added. */
static bool
may_add(struct search *s, const struct related *related)
{
	unsigned room = s->limits->shown_max - s->hits->shown;
	uint32_t *ids = arena_calloc(s->find.scope.arena, room + 1,
	    sizeof *ids);
	size_t taken;

	if (ids == NULL)
		return false;
	postings_peek(&s->find.scope, s->make(&s->find, &s->wanted[0]), ids,
	    related->to_few ? room + 1 : 1, &taken);
	return taken > 0 && taken <= room;
}

/*
 * "smith, bob" is also Robert Smith, who comes behind those called Bob, and
 * "isa smith" may be Isla as well as Isabel.
 */
static void
add_related(struct search *s)
{
	const struct related *related = choose_related(s);
	unsigned count = s->hits->shown;

	if (related == NULL)
		return;
	s->make = related->find;
	s->nearer = related->nearer;
	if (!may_add(s, related))
		return;
	s->exact = arena_calloc(s->find.scope.arena, count, sizeof *s->exact);
	if (s->exact == NULL)
		return;
	s->exact_count = count;
	memcpy(s->exact, s->ids, count * sizeof *s->exact);
	qsort(s->exact, count, sizeof *s->exact, by_id);
	take_hits(s, make_with_related);
	s->hits->related = s->hits->shown - count;
}

/* Without titles, where something else is left.  False: there are none. */
static bool
leave_titles_out(struct search *s, const struct query_clause *clause)
{
	char memory[QUERY_LINE_MAX];
	struct span rest = clause->text, word;
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
	prepare_text(s, clause, buf_span(&bare));
	return s->wanted[0].words.words > 0;
}

static enum search_outcome
run_ladder(struct search *s)
{
	const struct query_clause *clause = &s->query->clauses[0];
	struct search_hits *hits = s->hits;

	if (!prepare(s, clause))
		return SEARCH_EMPTY;
	s->ranked = clause;
	descend(s, RUNG_HANDLE, RUNG_WORDS);
	if (may_descend(s) && leave_titles_out(s, clause))
		descend(s, RUNG_WHOLE, RUNG_WORDS);
	descend(s, RUNG_NICKNAMES, RUNG_ONE_WORD);
	add_related(s);
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
	s->query = query;
	s->limits = limits;
	s->hits = hits;
	s->ids = ids;
	s->find.nearest = NULL;
	s->find.nearest_count = 0;
	s->ranked = NULL;
	s->nearer = NULL;
	s->prefer = NULL;
	s->loosely = false;
	postings_begin(&s->find.scope, store, arena, limits->postings_max);
	outcome = has_ladder(query) ? run_ladder(s) : run_as_given(s);
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
