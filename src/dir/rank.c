#include "dir/rank.h"

#include "dir/postings.h"

#include <stdbool.h>
#include <string.h>

enum {
	FEW = 1024,      /* members that are all told apart */
	BUDGET = 20000,  /* postings that may be looked at to choose, and ... */
	BUDGET_EACH = 100, /* ... for each that is shown */
	CLASSES = 1 << RANK_PREFERENCES,
};

/* The members of a small set. */
struct members {
	unsigned count;
	uint32_t ids[FEW];
	unsigned char classes[FEW];
};

/* Class 0 is preferred in every way; the last one in none. */
static void
tell_apart(const struct ranking *ranking, struct members *members,
    unsigned nth)
{
	struct postings *preferred = ranking->prefer(ranking->context, nth);
	unsigned char bit = (unsigned char)(1 << (RANK_PREFERENCES - 1 - nth));

	for (unsigned i = 0; i < members->count && preferred != NULL; i++)
		if (postings_seek(ranking->scope, preferred,
			members->ids[i]) != members->ids[i])
			members->classes[i] |= bit;
}

static unsigned
pick_members(const struct members *members, uint32_t *ids, unsigned max)
{
	unsigned taken = 0;

	for (unsigned class = 0; class < CLASSES; class++)
		for (unsigned i = 0; i < members->count && taken < max; i++)
			if (members->classes[i] == class)
				ids[taken++] = members->ids[i];
	return taken;
}

static bool
is_among(const uint32_t *ids, unsigned count, uint32_t id)
{
	for (unsigned i = 0; i < count; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* The members of one class that those before have not. */
static unsigned
fill(const struct ranking *ranking, unsigned class, uint32_t *ids,
    unsigned taken, unsigned max)
{
	struct postings *sets[RANK_PREFERENCES + 1], *set;
	unsigned count = 0;
	uint32_t id;

	for (unsigned i = 0; i < RANK_PREFERENCES; i++) {
		if (class & 1u << (RANK_PREFERENCES - 1 - i))
			continue;
		sets[count] = ranking->prefer(ranking->context, i);
		if (sets[count++] == NULL)
			return taken; /* a later class has them all */
	}
	sets[count++] = ranking->make(ranking->context);
	set = postings_all(ranking->scope, sets, count);
	for (id = postings_seek(ranking->scope, set, 1); taken < max &&
	    id != POSTINGS_END; id = postings_seek(ranking->scope, set, id + 1))
		if (!is_among(ids, taken, id))
			ids[taken++] = id;
	return taken;
}

/* Ranking is paid for by itself: whatever counting has cost, some are shown. */
static void
allow(const struct ranking *ranking, unsigned max)
{
	ranking->scope->cut = false;
	ranking->scope->budget = BUDGET + (uint64_t)max * BUDGET_EACH;
}

/* Members of a set that is too large to be told apart, or to be walked twice. */
static unsigned
fill_classes(const struct ranking *ranking, const struct members *first,
    uint32_t *ids, unsigned max)
{
	struct postings_scope *scope = ranking->scope;
	unsigned taken = 0;

	allow(ranking, max);
	for (unsigned class = 0; class < CLASSES && taken < max && !scope->cut;
	    class++)
		taken = fill(ranking, class, ids, taken, max);
	for (unsigned i = 0; i < first->count && taken < max; i++)
		if (!is_among(ids, taken, first->ids[i]))
			ids[taken++] = first->ids[i];
	if (taken > 0)
		return taken;
	allow(ranking, max);
	return fill(ranking, CLASSES - 1, ids, 0, max);
}

static unsigned
pick_ranked(const struct ranking *ranking, struct members *members,
    uint32_t *ids, unsigned max)
{
	allow(ranking, max);
	for (unsigned i = 0; i < RANK_PREFERENCES && members->count > 1; i++)
		tell_apart(ranking, members, i);
	return pick_members(members, ids, max);
}

/* How many there are, and the members when they are few. */
static uint64_t
count_members(const struct ranking *ranking, struct members *members)
{
	struct postings *set = ranking->make(ranking->context);
	size_t walked = 0;
	uint64_t count;

	if (postings_length_is_exact(set) && postings_length(set) > FEW)
		count = postings_length(set);
	else
		count = postings_take(ranking->scope, set, members->ids, FEW,
		    &walked);
	members->count = (unsigned)walked;
	memset(members->classes, 0, walked);
	return count;
}

uint64_t
rank_take(const struct ranking *ranking, uint32_t *ids, unsigned max,
    unsigned *taken)
{
	struct members members;
	uint64_t count = count_members(ranking, &members);
	uint64_t budget = ranking->scope->budget;
	bool cut = ranking->scope->cut;

	*taken = count > FEW ? fill_classes(ranking, &members, ids, max) :
	    pick_ranked(ranking, &members, ids, max);
	ranking->scope->budget = budget;
	ranking->scope->cut = cut; /* what was counted stays exact */
	return count;
}
