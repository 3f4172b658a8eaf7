#include "dir/search.h"

#include "base/arena.h"
#include "dir/find.h"
#include "dir/find_alike.h"
#include "dir/find_name.h"
#include "dir/find_pattern.h"
#include "dir/find_prefer.h"
#include "dir/find_qualifier.h"
#include "dir/find_whole.h"
#include "dir/generation.h"
#include "dir/ladder.h"
#include "dir/rank.h"
#include "dir/spelling.h"
#include "dir/store.h"
#include "query/query.h"
#include "record/schema.h"
#include "text/pattern.h"

#include <assert.h>

struct search {
	struct find find;
	const struct query *query;
	const struct search_limits *limits;
	struct search_hits *hits;
	uint32_t *ids; /* limits->shown_max */
	struct spellings spellings;        /* of the clause in hand */
	const struct query_clause *ranked; /* asks for names; or NULL */

	/* patterns that are asked of the entries found by other means */
	const struct find_pattern *qualifiers[QUERY_CLAUSES_MAX];
	unsigned qualifier_count;
};

/* What clauses lead to. */
struct sets {
	struct postings *sets[QUERY_CLAUSES_MAX];
	unsigned count;
};

static struct postings *
find_handle_or_name(struct find *find, const struct wanted *wanted)
{
	struct postings *ways[2] = { find_handles(find, wanted),
		find_name_or_runs(find, wanted) };

	return postings_any(&find->scope, ways, 2);
}

/* What has a match of its own looks in names only. */
static wanted_function *
function_of(const struct query_clause *clause)
{
	static wanted_function *const functions[] = {
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
find_in(struct search *s, find_function *find,
    const struct attribute *attribute)
{
	struct postings *sets[SPELLINGS_MAX];

	for (unsigned i = 0; i < s->spellings.count; i++)
		sets[i] = find(&s->find, attribute, &s->spellings.wanted[i]);
	return postings_any(&s->find.scope, sets, s->spellings.count);
}

/* NULL: there is none, or none for this viewer, which is the same. */
static const struct attribute *
attribute_of(const struct search *s, const struct query_clause *clause)
{
	const struct attribute *attribute =
	    schema_find(s->find.schema, clause->selector);

	return attribute != NULL && find_may_see(&s->find, attribute) ?
	    attribute : NULL;
}

static enum search_outcome
find_selected(struct search *s, const struct query_clause *clause,
    struct sets *sets)
{
	const struct attribute *attribute = attribute_of(s, clause);
	find_function *find;

	if (attribute == NULL)
		return SEARCH_UNKNOWN_SELECTOR;
	find = find_selector(attribute, clause->match);
	if (find == NULL)
		return SEARCH_NOT_INDEXED;
	sets->sets[sets->count++] = find_in(s, find, attribute);
	return SEARCH_DONE;
}

static enum search_outcome
find_words(struct search *s, const struct query_clause *clause,
    struct sets *sets)
{
	if (!spellings_init(&s->spellings, clause, clause->text))
		return SEARCH_EMPTY;
	if (clause->field == QUERY_SELECTOR)
		return find_selected(s, clause, sets);
	sets->sets[sets->count++] = spellings_find(&s->spellings, &s->find,
	    function_of(clause));
	return SEARCH_DONE;
}

/* Patterns. */

static bool
is_pattern(const struct query_clause *clause)
{
	return clause->match == QUERY_PATTERN || clause->match == QUERY_PHRASE;
}

static void
use_pattern(struct search *s, const struct find_pattern *pattern,
    struct sets *sets)
{
	find_function *plainly = find_pattern_plainly(pattern);
	bool is_exact = false;

	if (plainly != NULL) {
		is_exact = spellings_init(&s->spellings, pattern->clause,
		    pattern->clause->text);
		sets->sets[sets->count++] = find_in(s, plainly,
		    pattern->attribute);
	} else if (find_pattern_is_key(pattern)) {
		sets->sets[sets->count++] = find_pattern_lookup(&s->find,
		    pattern, &is_exact);
	}
	if (!is_exact)
		s->qualifiers[s->qualifier_count++] = pattern;
}

static enum search_outcome
find_pattern(struct search *s, const struct query_clause *clause,
    struct sets *sets)
{
	const struct attribute *attribute = attribute_of(s, clause);
	struct find_pattern *pattern;

	assert(clause->field == QUERY_SELECTOR);
	if (attribute == NULL)
		return SEARCH_UNKNOWN_SELECTOR;
	switch (find_pattern_make(&s->find, clause, attribute, &pattern)) {
	case FIND_PATTERN_MADE:
		use_pattern(s, pattern, sets);
		return SEARCH_DONE;
	case FIND_PATTERN_EMPTY:
		return SEARCH_EMPTY;
	case FIND_PATTERN_TOO_LONG:
		return SEARCH_TOO_LONG;
	case FIND_PATTERN_NO_ROOM:
		return SEARCH_ARENA_FULL;
	}
	assert(false && "a pattern that was neither made nor refused");
	return SEARCH_EMPTY;
}

/* Qualifiers cannot stand alone, whatever they would find. */
static enum search_outcome
unite_clauses(struct search *s, struct sets *sets, struct postings **set)
{
	const struct qualifiers qualifiers = { s->qualifiers,
		s->qualifier_count };

	if (sets->count == 0) {
		s->hits->clause = s->qualifiers[0]->clause;
		return SEARCH_NO_KEY;
	}
	*set = find_qualified(&s->find,
	    postings_all(&s->find.scope, sets->sets, sets->count),
	    &qualifiers);
	return SEARCH_DONE;
}

static enum search_outcome
find_clauses(struct search *s, struct postings **set)
{
	struct sets sets = { .count = 0 };

	for (unsigned i = 0; i < s->query->count; i++) {
		const struct query_clause *clause = &s->query->clauses[i];
		enum search_outcome outcome;

		s->hits->clause = clause;
		outcome = is_pattern(clause) ? find_pattern(s, clause, &sets) :
		    find_words(s, clause, &sets);
		if (outcome != SEARCH_DONE)
			return outcome;
	}
	return unite_clauses(s, &sets, set);
}

/* Ranking. */

/* Nothing is nearer than what was asked for. */
static struct postings *
prefer(void *context, unsigned nth)
{
	struct search *s = context;

	if (nth < 2 || s->ranked == NULL)
		return NULL;
	if (nth == 2)
		return find_accented(&s->find, s->ranked->text);
	if (s->ranked->field == QUERY_FIRST ||
	    !spellings_init(&s->spellings, s->ranked, s->ranked->text))
		return NULL;
	return find_last_name(&s->find, &s->spellings.wanted[0]);
}

static bool
asks_for_name(const struct search *s, const struct query_clause *clause)
{
	const struct schema *schema = s->find.schema;

	if (clause->field != QUERY_SELECTOR)
		return clause->field == QUERY_ANYWHERE ||
		    clause->field == QUERY_NAME ||
		    clause->field == QUERY_FIRST;
	return schema_find(schema, clause->selector) ==
	    &schema->attributes[schema->name_id] && (!is_pattern(clause) ||
	    pattern_literal(clause->text).length == clause->text.length);
}

/* The clause that asks for a name; wildcards do not say what is preferred. */
static const struct query_clause *
find_ranked(const struct search *s)
{
	for (unsigned i = 0; i < s->query->count; i++)
		if (asks_for_name(s, &s->query->clauses[i]))
			return &s->query->clauses[i];
	return NULL;
}

/* Running a query. */

/*
 * Whether none is shown, being too many: one more than are shown is enough to
 * know.  Else the set holds what was found to know that.
 */
static bool
is_too_many(struct search *s, struct postings **set)
{
	struct postings_scope *scope = &s->find.scope;
	size_t max = (size_t)s->limits->shown_max + 1, taken;
	uint32_t *ids = arena_calloc(scope->arena, max, sizeof *ids);

	if (ids == NULL) {
		scope->full = true;
		return false;
	}
	*set = postings_peek(scope, *set, ids, max, &taken);
	return taken == max;
}

static void
note_too_many(struct search *s)
{
	s->hits->rung = RUNG_AS_GIVEN;
	s->hits->count = (uint64_t)s->limits->shown_max + 1;
	s->find.scope.cut = true;
}

static enum search_outcome
run_as_given(struct search *s)
{
	struct ranking ranking = { .scope = &s->find.scope, .prefer = prefer,
		.context = s };
	enum search_outcome outcome = find_clauses(s, &ranking.set);

	if (outcome != SEARCH_DONE)
		return outcome;
	if (s->limits->all_or_none && is_too_many(s, &ranking.set)) {
		note_too_many(s);
		return SEARCH_DONE;
	}
	s->ranked = find_ranked(s);
	s->hits->count = rank_take(&ranking, s->ids, s->limits->shown_max,
	    &s->hits->shown);
	if (s->hits->count > 0)
		s->hits->rung = RUNG_AS_GIVEN;
	return SEARCH_DONE;
}

static enum search_outcome
run_ladder(struct search *s)
{
	s->hits->clause = &s->query->clauses[0];
	return ladder_run(&s->find, s->hits->clause, s->hits, s->ids,
	    s->limits->shown_max) || s->find.scope.full ? SEARCH_DONE :
	    SEARCH_EMPTY;
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
	s->find.groups = limits->groups;
	s->query = query;
	s->limits = limits;
	s->hits = hits;
	s->ids = ids;
	s->find.nearest = NULL;
	s->find.nearest_count = 0;
	s->ranked = NULL;
	s->qualifier_count = 0;
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
