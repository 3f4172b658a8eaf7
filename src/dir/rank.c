#include "dir/rank.h"

#include "dir/postings.h"

#include <stdbool.h>
#include <string.h>

enum {
	FEW_MAX = 1024,    /* members that are all told apart */
	BUDGET = 100000,   /* postings that may be looked at for each class */
	CLASSES = 1 << RANK_PREFERENCES,
};

/* The members of a small set. */
struct members {
	unsigned count;
	uint32_t ids[FEW_MAX];
	unsigned char classes[FEW_MAX];
};

/* Preferred in every way is class 0; in none the last one. */
static unsigned
class_bit(unsigned nth)
{
	return 1u << (RANK_PREFERENCES - 1 - nth);
}

static void
tell_apart(const struct ranking *ranking, struct members *members,
    unsigned nth)
{
	struct postings *preferred = ranking->prefer(ranking->context, nth);

	for (unsigned i = 0; i < members->count && preferred != NULL; i++)
		if (postings_seek(ranking->scope, preferred,
			members->ids[i]) != members->ids[i])
			members->classes[i] |= (unsigned char)class_bit(nth);
}

static unsigned
pick_members(const struct ranking *ranking, struct members *members,
    uint32_t *ids, unsigned max)
{
	unsigned taken = 0;

	for (unsigned i = 0; i < RANK_PREFERENCES && members->count > 1; i++)
		tell_apart(ranking, members, i);
	if (max > members->count)
		max = members->count;
	for (unsigned class = 0; class < CLASSES && taken < max; class++)
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

/* Some of a large set. */
struct choice {
	const struct ranking *ranking;
	struct postings *preferred[RANK_PREFERENCES];
	uint32_t *ids;
	unsigned taken, max;
};

/* The members of one class that those before have not. */
static void
take_class(struct choice *c, unsigned class)
{
	struct postings_scope *scope = c->ranking->scope;
	struct postings *sets[RANK_PREFERENCES + 1], *set;
	unsigned count = 0;
	uint32_t id;

	for (unsigned i = 0; i < RANK_PREFERENCES; i++) {
		if (class & class_bit(i))
			continue;
		if (c->preferred[i] == NULL)
			return; /* a later class has them all */
		sets[count++] = postings_again(scope, c->preferred[i]);
	}
	sets[count++] = postings_again(scope, c->ranking->set);
	set = postings_all(scope, sets, count);
	for (id = postings_seek(scope, set, 1); c->taken < c->max &&
	    id != POSTINGS_END; id = postings_seek(scope, set, id + 1))
		if (!is_among(c->ids, c->taken, id))
			c->ids[c->taken++] = id;
}

/* The last class has all members: whatever that has cost, some are shown. */
static unsigned
choose(const struct ranking *ranking, uint32_t *ids, unsigned max)
{
	struct choice c = { .ranking = ranking, .ids = ids, .max = max };
	struct postings_scope *scope = ranking->scope;

	for (unsigned i = 0; i < RANK_PREFERENCES; i++)
		c.preferred[i] = ranking->prefer(ranking->context, i);
	for (unsigned class = 0; class < CLASSES && c.taken < max; class++) {
		struct postings_mark mark = postings_mark(scope);

		scope->budget = BUDGET;
		take_class(&c, class);
		postings_return(scope, mark);
	}
	return c.taken;
}

/*
 * How many there are, and the members when they are few.  What walking the set
 * leaves of it is enough for postings_again().
 */
static uint64_t
count_members(const struct ranking *ranking, struct members *members)
{
	struct postings_scope *scope = ranking->scope;
	size_t walked = 0;
	uint64_t count;

	if (postings_length_is_exact(ranking->set) &&
	    postings_length(ranking->set) > FEW_MAX)
		count = postings_length(ranking->set);
	else
		count = postings_take(scope, ranking->set, members->ids,
		    FEW_MAX, &walked);
	members->count = (unsigned)walked;
	memset(members->classes, 0, walked);
	return count;
}

/* Choosing is paid for by itself, and what was counted stays as exact. */
uint64_t
rank_take(const struct ranking *ranking, uint32_t *ids, unsigned max,
    unsigned *taken)
{
	struct postings_scope *scope = ranking->scope;
	struct members members;
	uint64_t count = count_members(ranking, &members);
	uint64_t budget = scope->budget;
	bool cut = scope->cut;

	scope->budget = BUDGET;
	*taken = count > FEW_MAX ? choose(ranking, ids, max) :
	    pick_members(ranking, &members, ids, max);
	scope->budget = budget;
	scope->cut = cut;
	return count;
}
