#include "proto/ph_query.h"

#include "base/buf.h"
#include "proto/answer.h"
#include "proto/ph.h"
#include "proto/ph_entry.h"
#include "proto/ph_reply.h"
#include "proto/ph_select.h"
#include "query/query.h"

#include <assert.h>

static void
say_not_understood(struct ph *ph)
{
	ph_say(ph, PH_ERROR, "Did not understand query.");
}

static void
say_none(struct ph *ph)
{
	ph_say(ph, PH_NO_MATCHES, "No matches to your query.");
	ph->report->form = "none";
}

static void
say_count(struct ph *ph, unsigned count)
{
	ph_begin_line(ph, PH_MATCHES);
	ph_add_string(ph, count == 1 ? "There was " : "There were ");
	buf_add_number(ph->out, count);
	ph_add_string(ph, count == 1 ? " match" : " matches");
	ph_add_string(ph, " to your request.");
	ph_end_line(ph);
}

static void
add_hit(struct ph *ph, struct answer *answer, unsigned nth,
    const struct ph_wanted *wanted)
{
	struct answer_entry entry;

	switch (answer_fetch(answer, nth, ANSWER_VALUES_OF_ALL, &entry)) {
	case ANSWER_ENTRY:
		ph_add_entry(ph, wanted, nth + 1, &entry);
		return;
	case ANSWER_DAMAGED:
		answer_blame(answer, nth, &ph->report->fault);
		ph->report->form = "error";
		ph_begin_line(ph, -PH_DAMAGED);
		ph_add_number(ph, nth + 1);
		ph_add_string(ph, "database error.");
		ph_end_line(ph);
		return;
	case ANSWER_NO_ROOM:
		ph->too_large = true;
		return;
	}
	assert(false && "a fetch that nobody handles");
}

static void
add_hits(struct ph *ph, struct answer *answer, const struct ph_wanted *wanted)
{
	ph->report->form = "long";
	say_count(ph, answer->hits.shown);
	for (unsigned i = 0; i < answer->hits.shown; i++)
		add_hit(ph, answer, i, wanted);
	ph_say(ph, PH_OK, "Ok.");
}

static void
answer_hits(
    struct ph *ph, struct answer *answer, const struct ph_wanted *wanted)
{
	const struct search_hits *hits = &answer->hits;

	ph->report->hits = hits->count;
	ph->report->rung = answer_rung_name(hits->rung);
	if (answer_is_complete(answer)) {
		if (hits->count == 0)
			say_none(ph);
		else
			add_hits(ph, answer, wanted);
		return;
	}
	if (hits->count > hits->shown)
		ph_say(ph, PH_TOO_MANY, "Too many entries to print.");
	else
		ph_say(ph, PH_LIMIT_REACHED,
		    "The search takes too long; ask"
		    " for a rarer word.");
	ph->report->form = "limit";
}

static void
run_query(struct ph *ph, struct answer *answer, const struct query *query,
    const struct ph_wanted *wanted)
{
	struct fault fault;

	answer->shown_max = ph_limit(ph);
	answer->all_or_none = true;
	switch (answer_run(answer, query, &fault)) {
	case SEARCH_DONE:
		answer_hits(ph, answer, wanted);
		return;
	case SEARCH_EMPTY: /* no entry has a value without a character */
		say_none(ph);
		return;
	case SEARCH_NO_KEY:
		ph_refuse_keyless(ph);
		say_not_understood(ph);
		return;
	case SEARCH_TOO_LONG:
		ph_say_of(ph, -PH_SYNTAX, answer->hits.clause->text,
		    "value is too long.");
		say_not_understood(ph);
		return;
	case SEARCH_ARENA_FULL:
		ph_say(ph, PH_LIMIT_REACHED,
		    "The search takes too much"
		    " memory; ask for less.");
		return;
	case SEARCH_FAILED:
		ph_fail(ph, &fault);
		return;
	case SEARCH_NOT_INDEXED:
	case SEARCH_UNKNOWN_SELECTOR:
		break; /* the selectors come from the schema */
	}
	assert(false && "an outcome nobody answers");
}

/* How many arguments stand before `return`. */
static unsigned
count_selections(const struct ph_line *line)
{
	unsigned count = 0;

	while (count < line->count &&
	       (line->arguments[count].kind != PH_KEYWORD ||
		   !span_is(line->arguments[count].value, "return")))
		count++;
	return count;
}

static void
answer_query(struct ph *ph, struct answer *answer)
{
	unsigned count = count_selections(&ph->line);
	struct ph_wanted wanted;
	struct query query;
	bool selects = ph_select(ph, answer, count, &query);

	if (ph_want(ph, answer, count + 1, &wanted) && selects)
		run_query(ph, answer, &query, &wanted);
	else
		say_not_understood(ph);
}

void
ph_query(struct ph *ph)
{
	struct answer answer;

	if (!ph_begin_answer(ph, &answer))
		return;
	answer_query(ph, &answer);
	answer_end(&answer);
}
