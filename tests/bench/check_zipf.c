#include "bench/zipf.h"

#include "sample/random.h"
#include "unit.h"

#include <math.h>

enum { RANKS = 20, DRAWS = 100000 };

/* Of a fair draw all but one in 15,000 lie within four standard deviations. */
static void
assert_near(unsigned drawn, double part)
{
	double expected = DRAWS * part;
	double deviation = sqrt(DRAWS * part * (1 - part));

	ck_assert_msg(fabs(drawn - expected) <= 4 * deviation + 1,
	    "%u drawn, not %.0f", drawn, expected);
}

static void
check_law(double skew)
{
	unsigned drawn[RANKS] = { 0 };
	struct random random = random_from(1, 0);
	struct zipf zipf;
	double sum = 0;

	zipf_init(&zipf, RANKS, skew);
	for (int i = 0; i < DRAWS; i++)
		drawn[zipf_draw(&zipf, &random)]++;
	for (int i = 0; i < RANKS; i++)
		sum += pow(i + 1, -skew);
	for (int i = 0; i < RANKS; i++)
		assert_near(drawn[i], pow(i + 1, -skew) / sum);
}

START_TEST(each_rank_comes_as_often_as_the_law_says)
{
	static const double skews[] = { 0, 0.3, 0.99, 1, 1.000000001, 1.7, 4 };

	for (size_t i = 0; i < sizeof skews / sizeof skews[0]; i++)
		check_law(skews[i]);
}
END_TEST

START_TEST(ranks_stay_within_the_count)
{
	static const uint32_t counts[] = { 1, 2, 3, 1000, UINT32_MAX };
	static const double skews[] = { 0, 0.99, 1, ZIPF_SKEW_MAX };
	struct random random = random_from(2, 0);
	struct zipf zipf;

	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		for (size_t k = 0; k < sizeof skews / sizeof skews[0]; k++) {
			zipf_init(&zipf, counts[i], skews[k]);
			for (int n = 0; n < 1000; n++)
				if (zipf_draw(&zipf, &random) >= counts[i])
					ck_abort_msg("beyond %u", counts[i]);
		}
}
END_TEST

START_TEST(of_a_million_the_first_hundredth_is_most_of_what_is_drawn)
{
	struct random random = random_from(3, 0);
	unsigned popular = 0;
	struct zipf zipf;

	zipf_init(&zipf, 1000000, 0.99);
	for (int i = 0; i < DRAWS; i++)
		popular += zipf_draw(&zipf, &random) < 10000;
	ck_assert_uint_ge(popular, DRAWS * 60 / 100);
	ck_assert_uint_le(popular, DRAWS * 75 / 100);
}
END_TEST

START_TEST(the_same_numbers_draw_the_same)
{
	struct random one = random_from(4, 0), same = one;
	struct zipf zipf;

	zipf_init(&zipf, 5000, 0.99);
	for (int i = 0; i < 1000; i++)
		ck_assert_uint_eq(zipf_draw(&zipf, &one),
		    zipf_draw(&zipf, &same));
}
END_TEST

UNIT_MAIN("bench/zipf", each_rank_comes_as_often_as_the_law_says,
    ranks_stay_within_the_count,
    of_a_million_the_first_hundredth_is_most_of_what_is_drawn,
    the_same_numbers_draw_the_same)
