#include "net/counters.h"

const struct counter_text net_counter_texts[NET_COUNTER_COUNT] = {
#define COUNTER(name, meaning) { #name, meaning },
	NET_COUNTERS(COUNTER)
#undef COUNTER
};
