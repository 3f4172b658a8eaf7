#include "unit.h"

#include "base/buf.h"
#include "base/span.h"
#include "sample/random.h"
#include "sample/typo.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { ROUNDS = 2000, NAME_BYTES = 1024, FOLDED_BYTES = 12 * NAME_BYTES };

/* A name with slips, and what it came from. */
struct slipped {
	struct span name;
	struct buf out;
	char memory[NAME_BYTES];
};

static void
slipped_init(struct slipped *slipped, const char *name)
{
	slipped->name = span_from(name);
	buf_init(&slipped->out, slipped->memory, sizeof slipped->memory);
}

static bool
folds_alike(struct span a, struct span b)
{
	static char one[FOLDED_BYTES], other[FOLDED_BYTES];
	struct buf left, right;

	buf_init(&left, one, sizeof one);
	buf_init(&right, other, sizeof other);
	fold_add(&left, a);
	fold_add(&right, b);
	return span_equal(buf_span(&left), buf_span(&right));
}

/* How many characters came in. */
static int
growth(const struct slipped *slipped)
{
	return (int)utf8_count(buf_span(&slipped->out)) -
	    (int)utf8_count(slipped->name);
}

START_TEST(each_slip_adds_and_takes_what_it_says)
{
	static const int grows[TYPOS] = {
		[TYPO_INSERT] = 1, [TYPO_DELETE] = -1,
		[TYPO_REPLACE] = 0, [TYPO_TRANSPOSE] = 0,
	};
	static const char *const names[] = {
		"Smith, John", "Nguyễn, Thị", "O'Brien-Smith, Zoë Q.", "Li",
	};
	struct random random = { 7 };
	struct slipped slipped;

	for (int typo = 0; typo < TYPOS; typo++)
		for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
			slipped_init(&slipped, names[i]);
			ck_assert(typo_add(&slipped.out, slipped.name,
			    (enum typo)typo, &random));
			ck_assert_int_eq(growth(&slipped), grows[typo]);
			ck_assert(utf8_is_valid(buf_span(&slipped.out)));
		}
}
END_TEST

START_TEST(a_slip_is_more_than_a_capital_or_an_accent)
{
	struct random random = { 1 };
	struct slipped slipped;

	for (int i = 0; i < ROUNDS; i++) {
		slipped_init(&slipped, "Éèêë");
		ck_assert(typo_add(&slipped.out, slipped.name,
		    (enum typo)(i % 3), &random));
		ck_assert(!folds_alike(slipped.name, buf_span(&slipped.out)));
	}
	slipped_init(&slipped, "Éèêë");
	ck_assert(!typo_add(&slipped.out, slipped.name, TYPO_TRANSPOSE,
	    &random));
	ck_assert_uint_eq(slipped.out.length, 0);
}
END_TEST

START_TEST(short_words_are_left_alone_beside_long_ones)
{
	struct random random = { 2 };
	struct slipped slipped;

	for (int i = 0; i < ROUNDS; i++) {
		slipped_init(&slipped, "Lee, Bob Smith");
		ck_assert(typo_add(&slipped.out, slipped.name,
		    (enum typo)(i % TYPOS), &random));
		ck_assert(span_starts_with(buf_span(&slipped.out),
		    span_from("Lee, Bob ")));
	}
}
END_TEST

START_TEST(there_is_no_place_in_single_letters)
{
	static const char *const names[] = { "", "J. Q.", "-, '", "李" };
	struct random random = { 3 };
	struct slipped slipped;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		slipped_init(&slipped, names[i]);
		ck_assert(!typo_add(&slipped.out, slipped.name, TYPO_DELETE,
		    &random));
		ck_assert(!typo_add_two_in_word(&slipped.out, slipped.name,
		    &random));
		ck_assert(!typo_add_two_in_name(&slipped.out, slipped.name,
		    &random));
		ck_assert_uint_eq(slipped.out.length, 0);
	}
}
END_TEST

START_TEST(two_slips_want_a_long_word_or_a_long_name)
{
	struct random random = { 4 };
	struct slipped slipped;

	slipped_init(&slipped, "Johnson, Bo");
	ck_assert(!typo_add_two_in_word(&slipped.out, slipped.name, &random));
	ck_assert(typo_add_two_in_name(&slipped.out, slipped.name, &random));
	ck_assert(!folds_alike(slipped.name, buf_span(&slipped.out)));
	slipped_init(&slipped, "Ahmed, Bo");
	ck_assert(!typo_add_two_in_name(&slipped.out, slipped.name, &random));
	slipped_init(&slipped, "Johansson, Bo");
	ck_assert(typo_add_two_in_word(&slipped.out, slipped.name, &random));
	ck_assert(!folds_alike(slipped.name, buf_span(&slipped.out)));
}
END_TEST

START_TEST(the_longest_names_stay_within_bounds)
{
	static char name[2 * TYPO_CHARS_MAX];
	struct random random = { 5 };
	struct slipped slipped;
	struct buf long_name;

	buf_init(&long_name, name, sizeof name);
	for (int i = 0; i + 1 < (int)sizeof name; i++)
		buf_add_char(&long_name, (char)('a' + i % 26));
	buf_add_char(&long_name, '\0');
	for (int i = 0; i < ROUNDS; i++) {
		slipped_init(&slipped, name);
		ck_assert(typo_add_two_in_word(&slipped.out, slipped.name,
		    &random));
		ck_assert_uint_le(slipped.out.length, TYPO_CHARS_MAX + 2);
	}
}
END_TEST

START_TEST(the_same_numbers_make_the_same_slips)
{
	struct random one = { 6 }, other = { 6 };
	struct slipped first, second;

	for (int i = 0; i < ROUNDS; i++) {
		slipped_init(&first, "Montgomery, Elizabeth");
		slipped_init(&second, "Montgomery, Elizabeth");
		ck_assert(typo_add(&first.out, first.name,
		    (enum typo)(i % TYPOS), &one));
		ck_assert(typo_add(&second.out, second.name,
		    (enum typo)(i % TYPOS), &other));
		ck_assert(span_equal(buf_span(&first.out),
		    buf_span(&second.out)));
	}
}
END_TEST

UNIT_MAIN("sample/typo", each_slip_adds_and_takes_what_it_says,
    a_slip_is_more_than_a_capital_or_an_accent,
    short_words_are_left_alone_beside_long_ones,
    there_is_no_place_in_single_letters,
    two_slips_want_a_long_word_or_a_long_name,
    the_longest_names_stay_within_bounds,
    the_same_numbers_make_the_same_slips)
