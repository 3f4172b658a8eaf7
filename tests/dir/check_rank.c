#include "config.h"

#include "dir/rank.h"

#include "base/arena.h"
#include "dir/postings.h"
#include "dir/store.h"
#include "small.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

/*
 * Lists of the store, and the same as arrays of flags, which are the truth: in
 * list n every nth id up to its end.
 */
enum { IDS = 6000, ARENA_BYTES = 1 << 20, ENOUGH = 1 << 24 };

static const struct {
	uint32_t step, end;
} lists[] = {
	{ 1, 20 }, { 1, IDS }, { 3, IDS }, { 2, IDS }, { 700, IDS }, { 1, 0 },
	{ 4, IDS }, { 1, 1024 }, { 1, 1025 },
};

enum { TWENTY, EVERYBODY, THIRDS, HALVES, FEW, NOBODY, QUARTERS, JUST_FEW,
       JUST_MANY, LISTS };

struct fixture {
	struct small_reader small;
	struct postings_scope scope;
	unsigned members;       /* the list that is ranked */
	int preferred[RANK_PREFERENCES]; /* -1: nothing is */
};

static struct span
name_list(char bytes[5], unsigned list)
{
	memcpy(bytes, "\0\1\1t", 4);
	bytes[4] = (char)('a' + list);
	return (struct span){ bytes, 5 };
}

static bool
is_member(int list, uint32_t id)
{
	return list >= 0 && id % lists[list].step == 0 &&
	    id <= lists[list].end;
}

static void
write_lists(struct store_writer *writer)
{
	for (unsigned list = 0; list < LISTS; list++)
		for (uint32_t id = 1; id <= IDS; id++) {
			char bytes[5];

			if (is_member((int)list, id))
				store_append_postings(writer, STORE_TERM,
				    name_list(bytes, list), &id, 1);
		}
}

static void
begin(struct fixture *f)
{
	small_open(&f->small, write_lists, ARENA_BYTES);
}

static void
end(struct fixture *f)
{
	small_close(&f->small);
}

static struct postings *
prefer(void *context, unsigned nth)
{
	struct fixture *f = context;
	char bytes[5];

	ck_assert_uint_lt(nth, RANK_PREFERENCES);
	return f->preferred[nth] < 0 ? NULL : postings_term(&f->scope,
	    name_list(bytes, (unsigned)f->preferred[nth]));
}

/* One ranking with this budget. */
static uint64_t
rank(struct fixture *f, uint64_t budget, uint32_t *ids, unsigned max,
    unsigned *taken)
{
	struct ranking ranking = { &f->scope, NULL, prefer, f };
	char bytes[5];
	uint64_t count;

	arena_reset(f->small.arena);
	postings_begin(&f->scope, f->small.reader, f->small.arena, budget);
	ranking.set = postings_term(&f->scope, name_list(bytes, f->members));
	count = rank_take(&ranking, ids, max, taken);
	postings_end(&f->scope);
	ck_assert(!f->scope.full);
	return count;
}

static unsigned
class_of(const struct fixture *f, uint32_t id)
{
	unsigned class = 0;

	for (unsigned nth = 0; nth < RANK_PREFERENCES; nth++)
		class = 2 * class + !is_member(f->preferred[nth], id);
	return class;
}

/* The first two; nothing else is preferred. */
static void
set_preferred(struct fixture *f, int first, int second)
{
	f->preferred[0] = first;
	f->preferred[1] = second;
	for (unsigned nth = 2; nth < RANK_PREFERENCES; nth++)
		f->preferred[nth] = -1;
}

/* What the header says, the slow way. */
static unsigned
expect(const struct fixture *f, uint32_t *ids)
{
	unsigned count = 0;

	for (unsigned class = 0; class < 1u << RANK_PREFERENCES; class++)
		for (uint32_t id = 1; id <= IDS; id++)
			if (is_member((int)f->members, id) &&
			    class_of(f, id) == class)
				ids[count++] = id;
	return count;
}

static void
check_order(struct fixture *f, unsigned max)
{
	static uint32_t expected[IDS], ids[IDS];
	unsigned taken, count = expect(f, expected);
	uint64_t said = rank(f, ENOUGH, ids, max, &taken);

	ck_assert_uint_eq(said, count);
	ck_assert(!f->scope.cut);
	ck_assert_uint_eq(taken, max < count ? max : count);
	for (unsigned i = 0; i < taken; i++)
		ck_assert_msg(ids[i] == expected[i],
		    "list %u by %d, %d, ..., place %u: %u, not %u", f->members,
		    f->preferred[0], f->preferred[1], i, ids[i], expected[i]);
}

START_TEST(what_is_preferred_comes_first)
{
	static const uint32_t expected[] = { 6, 12, 18, 3, 9, 15, 2, 4, 8, 10,
		14, 16, 20, 1, 5, 7, 11, 13, 17, 19 };
	struct fixture f = { .members = TWENTY };
	uint32_t ids[32];
	unsigned taken;

	begin(&f);
	set_preferred(&f, THIRDS, HALVES);
	for (unsigned max = 0; max <= 32; max++) {
		ck_assert_uint_eq(rank(&f, ENOUGH, ids, max, &taken), 20);
		ck_assert_uint_eq(taken, max < 20 ? max : 20);
		ck_assert_mem_eq(ids, expected, taken * sizeof ids[0]);
	}
	end(&f);
}
END_TEST

START_TEST(any_set_is_ordered_by_class_and_then_by_id)
{
	struct fixture f = { .members = 0 };

	begin(&f);
	for (; f.members < LISTS; f.members++)
		for (int first = -1; first < LISTS; first++)
			for (int second = -1; second < LISTS; second++) {
				set_preferred(&f, first, second);
				check_order(&f, 50);
			}
	end(&f);
}
END_TEST

START_TEST(as_many_are_taken_as_there_is_room_for)
{
	static const unsigned maxima[] = { 0, 1, 2, 300, 1023, 1024, 1025,
		IDS };
	struct fixture f = { .members = 0 };

	begin(&f);
	set_preferred(&f, THIRDS, QUARTERS);
	for (; f.members < LISTS; f.members++)
		for (size_t i = 0; i < sizeof maxima / sizeof maxima[0]; i++)
			check_order(&f, maxima[i]);
	end(&f);
}
END_TEST

START_TEST(each_preference_counts_more_than_those_behind_it)
{
	static const int order[] = { THIRDS, HALVES, QUARTERS, FEW };
	struct fixture f = { .members = 0 };

	begin(&f);
	ck_assert_uint_le(RANK_PREFERENCES, sizeof order / sizeof order[0]);
	memcpy(f.preferred, order, sizeof f.preferred);
	for (; f.members < LISTS; f.members++)
		check_order(&f, IDS);
	end(&f);
}
END_TEST

/* What was counted can be shown. */
static void
check_budget(struct fixture *f, uint64_t budget, uint64_t whole)
{
	enum { MAX = 50 };
	uint32_t ids[MAX];
	unsigned taken;
	uint64_t count = rank(f, budget, ids, MAX, &taken);

	ck_assert_uint_le(count, whole);
	ck_assert_msg(f->scope.cut || count == whole, "budget %ju",
	    (uintmax_t)budget);
	ck_assert_msg(taken == (count < MAX ? count : MAX),
	    "budget %ju: %u of %ju", (uintmax_t)budget, taken,
	    (uintmax_t)count);
	for (unsigned i = 0; i < taken; i++) {
		ck_assert(is_member((int)f->members, ids[i]));
		for (unsigned n = 0; n < i; n++)
			ck_assert_uint_ne(ids[i], ids[n]);
	}
}

START_TEST(a_budget_that_ends_leaves_something_to_show)
{
	static const int preferred[][2] = { { -1, -1 }, { THIRDS, HALVES },
		{ FEW, -1 }, { NOBODY, FEW }, { -1, FEW } };
	struct fixture f;

	begin(&f);
	for (size_t i = 0; i < sizeof preferred / sizeof preferred[0]; i++) {
		set_preferred(&f, preferred[i][0], preferred[i][1]);
		f.members = TWENTY;
		for (uint64_t budget = 0; budget < 200; budget++)
			check_budget(&f, budget, 20);
		f.members = EVERYBODY;
		for (uint64_t budget = 1000; budget < 20000; budget += 97)
			check_budget(&f, budget, IDS);
	}
	end(&f);
}
END_TEST

/* A list knows its length; what a preference costs does not change that. */
START_TEST(what_could_be_counted_stays_exact)
{
	static const unsigned members[] = { JUST_MANY, EVERYBODY };
	struct fixture f;

	begin(&f);
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
		uint32_t ids[50];
		uint64_t whole, spent;
		unsigned taken;

		f.members = members[i];
		set_preferred(&f, -1, -1);
		whole = rank(&f, ENOUGH, ids, 0, &taken);
		spent = ENOUGH - f.scope.budget;
		set_preferred(&f, THIRDS, HALVES);
		for (uint64_t more = 0; more < 3000; more += 7) {
			ck_assert_uint_eq(rank(&f, spent + more, ids, 50,
			    &taken), whole);
			ck_assert_msg(!f.scope.cut,
			    "list %u, %ju postings more", f.members,
			    (uintmax_t)more);
		}
	}
	end(&f);
}
END_TEST

UNIT_MAIN("dir/rank",
    what_is_preferred_comes_first,
    any_set_is_ordered_by_class_and_then_by_id,
    as_many_are_taken_as_there_is_room_for,
    each_preference_counts_more_than_those_behind_it,
    a_budget_that_ends_leaves_something_to_show,
    what_could_be_counted_stays_exact)
