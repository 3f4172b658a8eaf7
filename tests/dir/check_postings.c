#include "config.h"

#include "dir/postings.h"

#include "base/arena.h"
#include "chance.h"
#include "dir/store.h"
#include "small.h"
#include "unit.h"

#include <string.h>

/*
 * Posting lists of all densities over the same ids, and the same sets as
 * arrays of flags, which are the truth.
 */
enum { LISTS = 24, IDS = 60000, ROUNDS = 300, ARENA_BYTES = 4 << 20 };

static bool member[LISTS][IDS + 1];

struct fixture {
	struct small_reader small;
	struct postings_scope scope;
};

/* "\0\1\1t?": as record/key has it, one letter for each list. */
static struct span
name_list(char bytes[5], size_t list)
{
	memcpy(bytes, "\0\1\1t", 4);
	bytes[4] = (char)('a' + list);
	return (struct span){ bytes, 5 };
}

static void
write_lists(struct store_writer *writer)
{
	/* behind the lists; the last letter of the last has two bytes */
	static const char *const words[] = { "\1x", "\1xa", "\1xab",
		"\1xabc", "\1x\303\274" };
	static uint32_t ids[IDS];
	for (uint32_t id = 1; id <= IDS; id++)
		store_append_entry(writer, id, span_from("entry"));
	for (size_t list = 0; list < LISTS; list++) {
		char bytes[5];
		size_t count = 0;

		for (uint32_t id = 1; id <= IDS; id++) {
			member[list][id] =
			    random_below(1u << (list % 16)) == 0;
			if (member[list][id])
				ids[count++] = id;
		}
		if (count > 0)
			store_append_postings(writer, STORE_TERM,
			    name_list(bytes, list), ids, count);
	}
	for (uint32_t id = 1; id <= sizeof words / sizeof words[0]; id++)
		store_append_postings(writer, STORE_TERM,
		    span_from(words[id - 1]), &id, 1);
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
open_list(struct fixture *f, size_t list)
{
	char bytes[5];

	return postings_term(&f->scope, name_list(bytes, list));
}

/* (a AND b AND c) OR d, of lists picked at random. */
struct formula {
	size_t list[4];
};

static struct postings *
open_formula(struct fixture *f, const struct formula *formula)
{
	struct postings *sets[3], *ways[2];

	for (size_t i = 0; i < 3; i++)
		sets[i] = open_list(f, formula->list[i]);
	ways[0] = postings_all(&f->scope, sets, 3);
	ways[1] = open_list(f, formula->list[3]);
	return postings_any(&f->scope, ways, 2);
}

static bool
holds(const struct formula *formula, uint32_t id)
{
	const size_t *list = formula->list;

	return (member[list[0]][id] && member[list[1]][id] &&
		   member[list[2]][id]) || member[list[3]][id];
}

static void
check_walk(struct fixture *f, const struct formula *formula)
{
	static uint32_t ids[IDS];
	uint64_t expected = 0;
	size_t taken;
	uint64_t count = postings_take(&f->scope, open_formula(f, formula),
	    ids, IDS, &taken);

	for (uint32_t id = 1; id <= IDS; id++)
		if (holds(formula, id))
			ck_assert_uint_eq(ids[expected++], id);
	ck_assert_uint_eq(count, expected);
	ck_assert_uint_eq(taken, expected);
}

static void
check_leaps(struct fixture *f, const struct formula *formula)
{
	struct postings *set = open_formula(f, formula);
	uint32_t id = 1;

	while (id <= IDS) {
		uint32_t expected = id;

		while (expected <= IDS && !holds(formula, expected))
			expected++;
		if (expected > IDS)
			expected = POSTINGS_END;
		ck_assert_uint_eq(postings_seek(&f->scope, set, id),
		    expected);
		id += 1 + random_below(1u << random_below(14));
	}
}

START_TEST(sets_agree_with_flags)
{
	struct fixture f;

	begin(&f);
	for (int i = 0; i < ROUNDS; i++) {
		struct formula formula;

		for (size_t j = 0; j < 4; j++)
			formula.list[j] = random_below(LISTS);
		arena_reset(f.small.arena);
		postings_begin(&f.scope, f.small.reader, f.small.arena, UINT64_MAX);
		check_walk(&f, &formula);
		check_leaps(&f, &formula);
		ck_assert(!f.scope.cut && !f.scope.full);
		postings_end(&f.scope);
	}
	end(&f);
}
END_TEST

START_TEST(a_prefix_is_the_union_of_its_terms)
{
	static uint32_t ids[IDS];
	struct fixture f;
	uint64_t count, expected = 0;
	size_t taken;

	begin(&f);
	postings_begin(&f.scope, f.small.reader, f.small.arena, UINT64_MAX);
	count = postings_take(&f.scope, postings_prefix(&f.scope,
	    (struct span){ "\0\1\1t", 4 }, POSTINGS_ANY_MORE), ids, IDS,
	    &taken);
	for (uint32_t id = 1; id <= IDS; id++)
		for (size_t list = 0; list < LISTS; list++)
			if (member[list][id]) {
				ck_assert_uint_eq(ids[expected++], id);
				break;
			}
	ck_assert_uint_eq(count, expected);
	ck_assert(!f.scope.cut);
	postings_end(&f.scope);
	end(&f);
}
END_TEST

START_TEST(a_prefix_can_be_bounded_in_length)
{
	static const struct {
		const char *start;
		unsigned more;
		uint64_t count;
	} rows[] = {
		{ "\1x", 0, 1 }, { "\1x", 1, 3 }, { "\1x", 2, 4 },
		{ "\1x", 3, 5 }, { "\1x", POSTINGS_ANY_MORE, 5 },
		{ "\1xa", 0, 1 }, { "\1xa", 1, 2 }, { "\1xb", 9, 0 },
	};
	struct fixture f;
	size_t taken;

	begin(&f);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		arena_reset(f.small.arena);
		postings_begin(&f.scope, f.small.reader, f.small.arena, UINT64_MAX);
		ck_assert_uint_eq(postings_take(&f.scope,
		    postings_prefix(&f.scope, span_from(rows[i].start),
		    rows[i].more), NULL, 0, &taken), rows[i].count);
		postings_end(&f.scope);
	}
	end(&f);
}
END_TEST

static bool
is_even(void *context, uint32_t id)
{
	++*(unsigned *)context;
	return id % 2 == 0;
}

START_TEST(members_are_kept_that_pass_a_test)
{
	static uint32_t ids[IDS];
	struct fixture f;
	uint64_t expected = 0, count;
	unsigned asked = 0, members = 0;
	size_t taken;

	begin(&f);
	postings_begin(&f.scope, f.small.reader, f.small.arena, UINT64_MAX);
	count = postings_take(&f.scope, postings_keep(&f.scope,
	    open_list(&f, 3), is_even, &asked), ids, IDS, &taken);
	for (uint32_t id = 1; id <= IDS; id++) {
		members += member[3][id];
		if (member[3][id] && id % 2 == 0)
			ck_assert_uint_eq(ids[expected++], id);
	}
	ck_assert_uint_eq(count, expected);
	ck_assert_uint_eq(asked, members);
	ck_assert_ptr_null(postings_keep(&f.scope, NULL, is_even, &asked));
	postings_end(&f.scope);
	end(&f);
}
END_TEST

/* That the set has these members and no others. */
static void
check_members(struct fixture *f, struct postings *set,
    const bool *is_member)
{
	static uint32_t ids[IDS];
	uint64_t expected = 0;
	size_t taken;
	uint64_t count = postings_take(&f->scope, set, ids, IDS, &taken);

	for (uint32_t id = 1; id <= IDS; id++)
		if (is_member[id])
			ck_assert_uint_eq(ids[expected++], id);
	ck_assert_uint_eq(count, expected);
	ck_assert_uint_eq(taken, expected);
}

START_TEST(a_union_of_many_has_the_members_of_each)
{
	/* few ids, many, many lists; one twice and one that is not there */
	static const size_t rows[][6] = { { 12, 13, 14, 15, 15, LISTS },
		{ 0, 5, 9, 14, 0, LISTS }, { LISTS, LISTS, LISTS, LISTS,
		LISTS, LISTS }, { 20, 19, 18, 17, 16, 15 } };
	struct fixture f;

	begin(&f);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		static bool is_member[IDS + 1];
		struct postings_union *many;
		char bytes[5];

		arena_reset(f.small.arena);
		postings_begin(&f.scope, f.small.reader, f.small.arena, UINT64_MAX);
		many = postings_union_begin(&f.scope);
		memset(is_member, 0, sizeof is_member);
		for (size_t n = 0; n < 6; n++) {
			size_t list = rows[i][n];

			ck_assert(postings_union_add(many,
			    name_list(bytes, list)));
			for (uint32_t id = 1; list < LISTS && id <= IDS; id++)
				is_member[id] |= member[list][id];
		}
		check_members(&f, postings_union_end(many), is_member);
		ck_assert(!f.scope.cut && !f.scope.full);
		postings_end(&f.scope);
	}
	end(&f);
}
END_TEST

START_TEST(ids_at_hand_are_a_set)
{
	static const uint32_t ids[] = { 2, 3, 5, 4711 };
	static bool is_member[IDS + 1];
	struct postings *sets[2];
	struct fixture f;

	begin(&f);
	postings_begin(&f.scope, f.small.reader, f.small.arena, UINT64_MAX);
	for (size_t i = 0; i < 4; i++)
		is_member[ids[i]] = true;
	check_members(&f, postings_ids(&f.scope, ids, 4), is_member);
	sets[0] = open_list(&f, 1);
	sets[1] = postings_ids(&f.scope, ids, 4);
	for (size_t i = 0; i < 4; i++)
		is_member[ids[i]] = member[1][ids[i]];
	check_members(&f, postings_all(&f.scope, sets, 2), is_member);
	ck_assert_ptr_null(postings_ids(&f.scope, ids, 0));
	postings_end(&f.scope);
	end(&f);
}
END_TEST

START_TEST(a_set_can_be_looked_at_before_it_is_walked)
{
	static const size_t maxima[] = { 1, 10, 1000, IDS };
	static uint32_t ids[IDS];
	struct fixture f;

	begin(&f);
	for (size_t list = 0; list < LISTS; list++)
		for (size_t i = 0; i < 4; i++) {
			struct postings *set;
			size_t taken, seen = 0;

			arena_reset(f.small.arena);
			postings_begin(&f.scope, f.small.reader, f.small.arena,
			    UINT64_MAX);
			set = postings_peek(&f.scope, open_list(&f, list),
			    ids, maxima[i], &taken);
			for (uint32_t id = 1; id <= IDS && seen < maxima[i];
			    id++)
				if (member[list][id])
					ck_assert_uint_eq(ids[seen++], id);
			ck_assert_uint_eq(taken, seen);
			check_members(&f, set, member[list]);
			postings_end(&f.scope);
		}
	postings_begin(&f.scope, f.small.reader, f.small.arena, UINT64_MAX);
	ck_assert_ptr_null(postings_peek(&f.scope, NULL, ids, 1,
	    &(size_t){ 0 }));
	postings_end(&f.scope);
	end(&f);
}
END_TEST

START_TEST(a_set_can_be_walked_again)
{
	static const uint32_t even[] = { 2, 4, 6 };
	struct postings *sets[2], *set;
	struct fixture f;

	begin(&f);
	for (size_t list = 0; list < LISTS; list++) {
		struct postings_mark mark;

		arena_reset(f.small.arena);
		postings_begin(&f.scope, f.small.reader, f.small.arena, UINT64_MAX);
		sets[0] = open_list(&f, list);
		sets[1] = postings_ids(&f.scope, even, 3);
		set = postings_any(&f.scope, sets, 2);
		mark = postings_mark(&f.scope);
		for (int i = 0; i < 3; i++) {
			struct postings *again =
			    postings_again(&f.scope, set);

			ck_assert_uint_eq(postings_seek(&f.scope, again, 2),
			    2);
			ck_assert_uint_eq(postings_seek(&f.scope, again, 4),
			    4);
			postings_return(&f.scope, mark);
			check_members(&f, postings_again(&f.scope,
			    open_list(&f, list)), member[list]);
			postings_return(&f.scope, mark);
		}
		ck_assert_uint_eq(postings_seek(&f.scope, set, 2), 2);
		postings_end(&f.scope);
	}
	postings_begin(&f.scope, f.small.reader, f.small.arena, UINT64_MAX);
	ck_assert_ptr_null(postings_again(&f.scope, NULL));
	postings_end(&f.scope);
	end(&f);
}
END_TEST

START_TEST(of_one_list_the_length_is_known)
{
	struct postings *sets[2];
	struct fixture f;
	uint64_t length = 0;

	begin(&f);
	for (uint32_t id = 1; id <= IDS; id++)
		length += member[3][id];
	postings_begin(&f.scope, f.small.reader, f.small.arena, UINT64_MAX);
	ck_assert_uint_eq(postings_length(open_list(&f, 3)), length);
	ck_assert(postings_length_is_exact(open_list(&f, 3)));
	ck_assert(postings_length_is_exact(NULL));
	sets[0] = open_list(&f, 3);
	sets[1] = open_list(&f, 4);
	ck_assert(!postings_length_is_exact(postings_all(&f.scope, sets, 2)));
	postings_end(&f.scope);
	end(&f);
}
END_TEST

START_TEST(the_empty_set_needs_no_care)
{
	struct postings *none[2] = { NULL, NULL };
	struct fixture f;
	size_t taken;

	begin(&f);
	postings_begin(&f.scope, f.small.reader, f.small.arena, UINT64_MAX);
	ck_assert_ptr_null(postings_term(&f.scope, span_from("absent")));
	ck_assert_ptr_null(postings_prefix(&f.scope, span_from("absent"),
	    1));
	ck_assert_ptr_null(postings_key(&f.scope, span_from("absent")));
	ck_assert_ptr_null(postings_key_prefix(&f.scope,
	    span_from("absent"), POSTINGS_ANY_MORE));
	ck_assert_ptr_null(postings_any(&f.scope, none, 2));
	ck_assert_ptr_null(postings_any(&f.scope, none, 0));
	ck_assert_ptr_null(postings_all(&f.scope, none, 0));
	none[0] = open_list(&f, 0);
	ck_assert_ptr_null(postings_all(&f.scope, none, 2));
	ck_assert_ptr_nonnull(postings_any(&f.scope, none, 2));
	ck_assert_uint_eq(postings_take(&f.scope, NULL, NULL, 0, &taken), 0);
	ck_assert_uint_eq(postings_seek(&f.scope, NULL, 1), POSTINGS_END);
	postings_end(&f.scope);
	end(&f);
}
END_TEST

START_TEST(the_budget_bounds_every_walk)
{
	struct fixture f;
	size_t taken;

	begin(&f);
	for (uint64_t budget = 0; budget < 2000; budget += 97) {
		struct postings *sets[2];

		arena_reset(f.small.arena);
		postings_begin(&f.scope, f.small.reader, f.small.arena, budget);
		sets[0] = open_list(&f, 1);
		sets[1] = open_list(&f, 2);
		ck_assert_uint_le(postings_take(&f.scope,
		    postings_all(&f.scope, sets, 2), NULL, 0, &taken),
		    budget);
		ck_assert(f.scope.cut);
		postings_end(&f.scope);
	}
	end(&f);
}
END_TEST

START_TEST(a_long_list_in_a_prefix_is_not_paid_for)
{
	enum { LONG = 1, RARE = 12, BUDGET = 1000 };
	struct postings *sets[2];
	struct fixture f;
	uint64_t both = 0;
	char bytes[5];
	size_t taken;

	begin(&f);
	for (uint32_t id = 1; id <= IDS; id++)
		both += member[LONG][id] && member[RARE][id];
	postings_begin(&f.scope, f.small.reader, f.small.arena, BUDGET);
	ck_assert_uint_eq(postings_take(&f.scope, postings_prefix(&f.scope,
	    name_list(bytes, 0), POSTINGS_ANY_MORE), NULL, 0, &taken), IDS);
	sets[0] = postings_prefix(&f.scope, name_list(bytes, LONG),
	    POSTINGS_ANY_MORE);
	sets[1] = open_list(&f, RARE);
	ck_assert_uint_eq(postings_take(&f.scope,
	    postings_all(&f.scope, sets, 2), NULL, 0, &taken), both);
	ck_assert(!f.scope.cut);
	postings_end(&f.scope);
	end(&f);
}
END_TEST

UNIT_MAIN("dir/postings",
    sets_agree_with_flags,
    a_prefix_is_the_union_of_its_terms,
    a_prefix_can_be_bounded_in_length,
    members_are_kept_that_pass_a_test,
    a_union_of_many_has_the_members_of_each,
    ids_at_hand_are_a_set,
    a_set_can_be_looked_at_before_it_is_walked,
    a_set_can_be_walked_again,
    of_one_list_the_length_is_known,
    the_empty_set_needs_no_care,
    the_budget_bounds_every_walk,
    a_long_list_in_a_prefix_is_not_paid_for)
