#include "bench/summary.h"

#include "bench/trial.h"

#include "base/buf.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>

enum { VALUES_MAX = 40 };

enum value_kind {
	VALUE_KIND_COUNT,
	VALUE_KIND_FRACTION, /* with so many decimals */
	VALUE_KIND_CLAIM,
	VALUE_KIND_UNKNOWN,
};

struct value {
	const char *name;
	enum value_kind kind;
	uint64_t count; /* or whether the claim is true */
	double fraction;
	int decimals;
};

struct values {
	unsigned count;
	struct value list[VALUES_MAX];
};

static void
add(struct values *values, struct value value)
{
	assert(values->count < VALUES_MAX);
	values->list[values->count++] = value;
}

static void
add_count(struct values *values, const char *name, uint64_t count)
{
	add(values, (struct value){ name, VALUE_KIND_COUNT, .count = count });
}

static void
add_fraction(struct values *values, const char *name, double fraction,
    int decimals)
{
	add(values, (struct value){ name, VALUE_KIND_FRACTION,
	    .fraction = fraction, .decimals = decimals });
}

static double
rate(const struct trial_result *result)
{
	return result->seconds > 0 ?
	    (double)result->answered_in_time / result->seconds : 0;
}

/* In microseconds. */
static double
a_question(const struct trial_result *result, uint64_t us)
{
	return (double)us / (double)result->answered_in_time;
}

static void
add_processor_time(struct values *values, const struct trial_result *result)
{
	const struct {
		const char *name;
		uint64_t us;
		bool is_known;
	} times[] = {
		{ "own_cpu_us", result->own_us, true },
		{ "server_cpu_us", result->server_us, result->knows_server },
		{ "server_user_us", result->server_user_us,
		    result->knows_server },
		{ "server_system_us", result->server_system_us,
		    result->knows_server },
	};

	for (unsigned i = 0; i < sizeof times / sizeof times[0]; i++)
		if (times[i].is_known && result->answered_in_time > 0)
			add_fraction(values, times[i].name,
			    a_question(result, times[i].us), 1);
		else
			add(values, (struct value){ times[i].name,
			    VALUE_KIND_UNKNOWN });
}

static void
list_values(struct values *values, const struct trial_result *result)
{
	const struct latency *us = &result->us;

	values->count = 0;
	add_fraction(values, "seconds", result->seconds, 3);
	add_count(values, "clients", result->clients);
	add_count(values, "offered", result->offered);
	add_count(values, "answered", result->outcomes[OUTCOME_ANSWERED]);
	add_fraction(values, "rate", rate(result), 1);
	add_count(values, "bytes", result->bytes);
	add_count(values, "p50_us", latency_permille(us, 500));
	add_count(values, "p90_us", latency_permille(us, 900));
	add_count(values, "p99_us", latency_permille(us, 990));
	add_count(values, "p999_us", latency_permille(us, 999));
	add_count(values, "max_us", us->max);
	add_count(values, "errors", trial_errors(result->outcomes));
	for (enum outcome o = OUTCOME_WRONG; o < OUTCOME_LEFT; o++)
		add_count(values, outcome_texts[o].name, result->outcomes[o]);
	add_processor_time(values, result);
	add(values, (struct value){ "bottleneck", VALUE_KIND_CLAIM,
	    .count = trial_was_bottleneck(result) });
}

static void
print_value(struct buf *out, const struct value *value, const char *unknown)
{
	switch (value->kind) {
	case VALUE_KIND_COUNT:
		buf_add_number(out, value->count);
		break;
	case VALUE_KIND_FRACTION:
		buf_add_format(out, "%.*f", value->decimals, value->fraction);
		break;
	case VALUE_KIND_CLAIM:
		buf_add_string(out, value->count != 0 ? "true" : "false");
		break;
	case VALUE_KIND_UNKNOWN:
		buf_add_string(out, unknown);
		break;
	}
}

static void
print_csv(struct buf *out, const struct values *values)
{
	for (unsigned i = 0; i < values->count; i++)
		buf_add_format(out, "%s%s", i == 0 ? "" : ",",
		    values->list[i].name);
	buf_add_char(out, '\n');
	for (unsigned i = 0; i < values->count; i++) {
		buf_add_string(out, i == 0 ? "" : ",");
		print_value(out, &values->list[i], "");
	}
	buf_add_char(out, '\n');
}

static void
print_json(struct buf *out, const struct values *values)
{
	for (unsigned i = 0; i < values->count; i++) {
		buf_add_format(out, "%s\"%s\": ", i == 0 ? "{" : ", ",
		    values->list[i].name);
		print_value(out, &values->list[i], "null");
	}
	buf_add_string(out, "}\n");
}

static void
print_errors(struct buf *out, const struct trial_result *result)
{
	if (trial_errors(result->outcomes) == 0)
		buf_add_string(out, "errors     none\n");
	for (enum outcome o = OUTCOME_WRONG; o < OUTCOME_LEFT; o++)
		if (result->outcomes[o] > 0)
			buf_add_format(out, "errors     %" PRIu64 " %s: %s\n",
			    result->outcomes[o], outcome_texts[o].name,
			    outcome_texts[o].meaning);
}

static void
print_processor(struct buf *out, const struct trial_result *result)
{
	if (result->answered_in_time == 0)
		return;
	buf_add_format(out, "processor  %.1f us a question here",
	    a_question(result, result->own_us));
	if (result->knows_server)
		buf_add_format(out, ", %.1f us in the server"
		    " (%.1f user, %.1f system)",
		    a_question(result, result->server_us),
		    a_question(result, result->server_user_us),
		    a_question(result, result->server_system_us));
	buf_add_char(out, '\n');
}

static void
print_latency(struct buf *out, const struct latency *us)
{
	if (us->count == 0)
		return;
	buf_add_format(out, "latency    p50 %" PRIu64 " us, p90 %" PRIu64
	    " us, p99 %" PRIu64 " us, p99.9 %" PRIu64 " us, max %" PRIu64
	    " us\n", latency_permille(us, 500), latency_permille(us, 900),
	    latency_permille(us, 990), latency_permille(us, 999), us->max);
}

static void
print_text(struct buf *out, const struct trial_result *result)
{
	buf_add_format(out, "asked      %" PRIu64 " questions in %.2f s by %u"
	    " clients in %u thread%s\n", result->offered, result->seconds,
	    result->clients, result->threads,
	    result->threads == 1 ? "" : "s");
	buf_add_format(out, "answered   %" PRIu64 ", %.0f a second, %" PRIu64
	    " bytes\n", result->outcomes[OUTCOME_ANSWERED], rate(result),
	    result->bytes);
	print_latency(out, &result->us);
	print_errors(out, result);
	print_processor(out, result);
	if (trial_was_bottleneck(result))
		buf_add_format(out, "bottleneck whoisbench itself: its threads"
		    " had work %.0f %% of the time\n", result->busy * 100);
}

void
summary_print(struct buf *out, enum summary_form form,
    const struct trial_result *result)
{
	struct values values;

	list_values(&values, result);
	switch (form) {
	case SUMMARY_FORM_TEXT:
		print_text(out, result);
		break;
	case SUMMARY_FORM_CSV:
		print_csv(out, &values);
		break;
	case SUMMARY_FORM_JSON:
		print_json(out, &values);
		break;
	}
}
