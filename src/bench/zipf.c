#include "bench/zipf.h"

#include "sample/random.h"

#include <assert.h>
#include <math.h>

/*
 * The curve is 1 / x^skew.  Its integral and that one's inverse have the same
 * form for all skews but 1, near which they lose their digits; written with
 * (e^t - 1) / t and log(1 + t) / t they do not.
 */

static const double near_zero = 1e-8;

static double
expm1_ratio(double t)
{
	return fabs(t) < near_zero ? 1 : expm1(t) / t;
}

static double
log1p_ratio(double t)
{
	return fabs(t) < near_zero ? 1 : log1p(t) / t;
}

static double
curve(const struct zipf *zipf, double x)
{
	return exp(-zipf->skew * log(x));
}

/* From 1 to x; negative before 1. */
static double
integral(const struct zipf *zipf, double x)
{
	double logarithm = log(x);

	return expm1_ratio((1 - zipf->skew) * logarithm) * logarithm;
}

static double
integral_inverse(const struct zipf *zipf, double area)
{
	double t = (1 - zipf->skew) * area;

	if (t < -1)
		t = -1; /* rounded, where the tail ends */
	return exp(log1p_ratio(t) * area);
}

void
zipf_init(struct zipf *zipf, uint32_t count, double skew)
{
	assert(count > 0 && skew >= 0 && skew <= ZIPF_SKEW_MAX);
	zipf->count = count;
	zipf->skew = skew;
	zipf->upto_first = integral(zipf, 1.5) - 1;
	zipf->upto_last = integral(zipf, count + 0.5);
	zipf->accepted =
	    2 - integral_inverse(zipf, integral(zipf, 2.5) - curve(zipf, 2));
}

/* Evenly from the area under the curve. */
static double
draw_area(const struct zipf *zipf, struct random *random)
{
	double part = (double)(random_next(random) >> 11) * 0x1p-53;

	return zipf->upto_last +
	    part * (zipf->upto_first - zipf->upto_last);
}

static double
nearest_rank(const struct zipf *zipf, double x)
{
	double rank = floor(x + 0.5);

	if (rank < 1)
		return 1;
	return rank > zipf->count ? zipf->count : rank;
}

uint32_t
zipf_draw(const struct zipf *zipf, struct random *random)
{
	double area, x, rank;

	/* The area of a rank is a little less than that of its piece. */
	do {
		area = draw_area(zipf, random);
		x = integral_inverse(zipf, area);
		rank = nearest_rank(zipf, x);
	} while (rank - x > zipf->accepted &&
	    area < integral(zipf, rank + 0.5) - curve(zipf, rank));
	return (uint32_t)rank - 1;
}
