#include "sys/counters.h"

#include "base/buf.h"

#include <assert.h>
#include <inttypes.h>

void
counters_sum(const counter *set, uint64_t *sums, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		sums[i] += atomic_load_explicit(&set[i], memory_order_relaxed);
}

static void
print_prometheus(struct buf *out, const struct counter_text *text,
    uint64_t value)
{
	bool grows = text->kind == COUNTER_KIND_COUNTER;
	const char *suffix = grows ? "_total" : "";

	buf_add_format(out, "# HELP whoisd_%s%s %s\n", text->name, suffix,
	    text->meaning);
	buf_add_format(out, "# TYPE whoisd_%s%s %s\n", text->name, suffix,
	    grows ? "counter" : "gauge");
	buf_add_format(out, "whoisd_%s%s %" PRIu64 "\n", text->name, suffix,
	    value);
}

void
counters_print_one(struct buf *out, enum counters_form form,
    const struct counter_text *text, uint64_t value)
{
	switch (form) {
	case COUNTERS_FORM_TEXT:
		buf_add_format(out, "%-20s %12" PRIu64 "  # %s\n", text->name,
		    value, text->meaning);
		break;
	case COUNTERS_FORM_PROMETHEUS:
		print_prometheus(out, text, value);
		break;
	}
}

void
counters_print(struct buf *out, enum counters_form form,
    const struct counter_set *set)
{
	uint64_t sums[COUNTERS_MAX] = { 0 };

	assert(set->count <= COUNTERS_MAX);
	set->sum(set->owner, sums);
	for (unsigned i = 0; i < set->count; i++)
		counters_print_one(out, form, &set->texts[i], sums[i]);
}
