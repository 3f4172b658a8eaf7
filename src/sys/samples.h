/*
 * Counters as somebody else reads them: out of a page in the text format of
 * Prometheus that sys/counters and sys/histogram have printed, and what two
 * such pages say about the time between them.
 */

#ifndef SYS_SAMPLES_H
#define SYS_SAMPLES_H

#include "base/span.h"
#include "sys/counters.h"

#include <stdbool.h>

enum { SAMPLES_MAX = 256, SAMPLE_NAME_MAX = 48, SAMPLES_BUCKETS_MAX = 64 };

struct sample {
	char name[SAMPLE_NAME_MAX]; /* as it was declared: "accepted" */
	enum counter_kind kind;
	double value;
};

/* How many were at most as large as `bound`; the last one is infinite. */
struct sample_bucket {
	double bound;
	double count;
};

struct samples {
	unsigned count;
	struct sample samples[SAMPLES_MAX];

	/* of the page's first histogram */
	unsigned bucket_count;
	struct sample_bucket buckets[SAMPLES_BUCKETS_MAX];
};

/*
 * Nothing in the page is trusted: lines that make no sense, and what there is
 * no room for, are passed over.  Names are letters, digits and _.
 */
void samples_read(struct samples *samples, struct span page);

/* NULL: there is none. */
const struct sample *samples_find(const struct samples *samples,
    const char *name);

/*
 * How much sample `index` of `now` has grown since `before`, which may have
 * other samples.  What has become less begins anew: the server was restarted.
 */
double samples_growth(const struct samples *before, const struct samples *now,
    unsigned index);

/*
 * The value that `part` (0 to 1) of what came between the two do not exceed,
 * interpolated within its bucket; false: nothing came.
 */
bool samples_quantile(const struct samples *before, const struct samples *now,
    double part, double *value) MUST_CHECK;

#endif
