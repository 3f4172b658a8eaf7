#include "net/counters.h"

const struct counter_text net_counter_texts[NET_COUNTER_COUNT] = {
#define COUNTER(name, meaning) { #name, meaning },
	NET_COUNTERS(COUNTER)
#undef COUNTER
};

const struct counter_text net_gauge_texts[NET_GAUGE_COUNT] = {
#define GAUGE(name, meaning) { #name, meaning, COUNTER_KIND_GAUGE },
	NET_GAUGES(GAUGE)
#undef GAUGE
};
