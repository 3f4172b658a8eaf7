#include "sys/counters.h"

#include "base/buf.h"

#include <inttypes.h>

void
counters_sum(const counter *set, uint64_t *sums, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		sums[i] += atomic_load_explicit(&set[i], memory_order_relaxed);
}

void
counters_print(struct buf *out, const struct counter_text *texts,
    const uint64_t *sums, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		buf_add_format(out, "%-20s %12" PRIu64 "  # %s\n",
		    texts[i].name, sums[i], texts[i].meaning);
}
