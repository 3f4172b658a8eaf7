#include "sys/samples.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct span prefix = SPAN_LITERAL("whoisd_");
static const struct span total = SPAN_LITERAL("_total");
static const struct span bucket = SPAN_LITERAL("_bucket{le=\"");

/* What the last "# TYPE" line said. */
struct type {
	struct span name;
	enum counter_kind kind;
	bool is_known; /* neither a histogram nor nonsense */
};

/* A number with nothing behind it; "+Inf" is one. */
static bool
read_number(struct span text, double *number)
{
	char copy[32], *end;

	if (text.length == 0 || text.length >= sizeof copy)
		return false;
	memcpy(copy, text.data, text.length);
	copy[text.length] = '\0';
	*number = strtod(copy, &end);
	return end == copy + text.length && !isnan(*number) && *number >= 0;
}

static bool
is_name(struct span name)
{
	for (size_t i = 0; i < name.length; i++) {
		char c = name.data[i];

		if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') &&
		    (c < '0' || c > '9') && c != '_')
			return false;
	}
	return name.length > 0 && name.length < SAMPLE_NAME_MAX;
}

static bool
ends_with(struct span text, struct span end)
{
	return text.length >= end.length &&
	    span_equal(span_skip(text, text.length - end.length), end);
}

/* "# TYPE whoisd_accepted_total counter" */
static bool
read_type(struct span line, struct type *type)
{
	struct span kind;

	if (!span_is(span_next_word(&line), "#") ||
	    !span_is(span_next_word(&line), "TYPE"))
		return false;
	type->name = span_next_word(&line);
	kind = span_next_word(&line);
	type->kind = span_is(kind, "gauge") ? COUNTER_KIND_GAUGE :
	    COUNTER_KIND_COUNTER;
	type->is_known = span_is(kind, "gauge") || span_is(kind, "counter");
	return true;
}

static void
add_sample(struct samples *samples, struct span name, enum counter_kind kind,
    double value)
{
	struct sample *sample = &samples->samples[samples->count];

	name = span_skip(name, prefix.length);
	if (kind == COUNTER_KIND_COUNTER && ends_with(name, total))
		name.length -= total.length;
	if (samples->count == SAMPLES_MAX || !is_name(name))
		return;
	*sample = (struct sample){ .kind = kind, .value = value };
	memcpy(sample->name, name.data, name.length);
	samples->count++;
}

/* `rest` is what follows the histogram's name: _bucket{le="0.5"} */
static void
add_bucket(struct samples *samples, struct span rest, double count)
{
	struct sample_bucket *new = &samples->buckets[samples->bucket_count];
	double bound;

	if (!span_starts_with(rest, bucket))
		return;
	rest = span_skip(rest, bucket.length);
	if (samples->bucket_count == SAMPLES_BUCKETS_MAX ||
	    !read_number(span_cut(&rest, '"'), &bound) || !span_is(rest, "}"))
		return;
	/* Only in order do they make sense; a second histogram is not. */
	if (samples->bucket_count > 0 &&
	    (bound <= new[-1].bound || count < new[-1].count))
		return;
	*new = (struct sample_bucket){ bound, count };
	samples->bucket_count++;
}

static void
read_sample(struct samples *samples, const struct type *type, struct span line)
{
	struct span name = span_next_word(&line);
	double value;

	if (!span_starts_with(name, prefix) ||
	    !read_number(span_trim(line), &value) || isinf(value))
		return;
	if (type->is_known && span_equal(type->name, name))
		add_sample(samples, name, type->kind, value);
	else if (!type->is_known && type->name.length > 0 &&
	    span_starts_with(name, type->name))
		add_bucket(samples, span_skip(name, type->name.length), value);
}

void
samples_read(struct samples *samples, struct span page)
{
	struct type type = { .is_known = false };

	samples->count = samples->bucket_count = 0;
	while (page.length > 0) {
		struct span line = span_cut(&page, '\n');

		if (!read_type(line, &type))
			read_sample(samples, &type, line);
	}
}

const struct sample *
samples_find(const struct samples *samples, const char *name)
{
	for (unsigned i = 0; i < samples->count; i++)
		if (strcmp(samples->samples[i].name, name) == 0)
			return &samples->samples[i];
	return NULL;
}

double
samples_growth(const struct samples *before, const struct samples *now,
    unsigned index)
{
	const struct sample *new = &now->samples[index];
	const struct sample *old = samples_find(before, new->name);

	return old == NULL || old->value > new->value ? new->value :
	    new->value - old->value;
}

/* How many of those between the two pages are in this bucket or below. */
static double
bucket_growth(const struct samples *before, const struct samples *now,
    unsigned index)
{
	unsigned last = now->bucket_count - 1;
	bool same = before->bucket_count == now->bucket_count &&
	    before->buckets[last].count <= now->buckets[last].count;

	return now->buckets[index].count -
	    (same ? before->buckets[index].count : 0);
}

bool
samples_quantile(const struct samples *before, const struct samples *now,
    double part, double *value)
{
	unsigned last = now->bucket_count - 1;
	double below = 0, from = 0;

	if (now->bucket_count < 2 || bucket_growth(before, now, last) <= 0)
		return false;
	for (unsigned i = 0; i <= last; i++) {
		double wanted = part * bucket_growth(before, now, last);
		double to = now->buckets[i].bound;
		double here = bucket_growth(before, now, i);

		if (here >= wanted && here > below && i < last) {
			*value = from + (to - from) * (wanted - below) /
			    (here - below);
			return true;
		}
		below = here > below ? here : below;
		from = i < last ? to : from;
	}
	*value = from; /* larger than any bound */
	return true;
}
