/*
 * What net counts, each with what it means.  The desk and every worker have a
 * set of their own (sys/counters.h).
 */

#ifndef NET_COUNTERS_H
#define NET_COUNTERS_H

#include "sys/counters.h"

#define NET_COUNTERS(COUNTER)                                                  \
	COUNTER(accepted, "connections taken from the kernel")                 \
	COUNTER(closed, "connections ended, for whatever reason")              \
	COUNTER(requests, "times a whole request was handed to the workers")   \
	COUNTER(served, "requests answered")                                   \
	COUNTER(bytes_out, "bytes of answers made, whether taken or not")      \
	COUNTER(parked, "times a connection had to wait for its client")       \
	COUNTER(unsent, "answers that a socket did not take at once")          \
	COUNTER(lingered, "connections with input behind their request")       \
	COUNTER(too_long, "requests longer than allowed")                      \
	COUNTER(empty, "connections that ended without asking anything")       \
	COUNTER(broken, "connections that failed, most often reset")           \
	COUNTER(deadline_request, "dropped: no whole request in time")         \
	COUNTER(deadline_write, "dropped: the answer was not read in time")    \
	COUNTER(deadline_idle, "dropped: a session asked nothing for long")    \
	COUNTER(deadline_connection, "dropped: it lasted too long")            \
	COUNTER(evicted_silent, "dropped: longest silent, to make room")       \
	COUNTER(evicted_unsent, "dropped: unread answers filled the memory")   \
	COUNTER(evicted_input, "dropped: half requests filled the memory")     \
	COUNTER(queue_full, "times accepting stopped until workers caught up") \
	COUNTER(table_full, "times accepting stopped, every connection busy")  \
	COUNTER(buffers_full, "times accepting stopped, requests fill memory") \
	COUNTER(fd_exhausted, "times the system had no descriptor for us")     \
	COUNTER(turned_away, "callers told that there is no descriptor")       \
	COUNTER(refused_connections, "connections refused with a sentence")    \
	COUNTER(refused_requests, "requests refused with a sentence")          \
	COUNTER(refused_silent, "connections closed without a word")           \
	COUNTER(proxied, "connections whose proxy named the client")           \
	COUNTER(proxy_local, "connections of a proxy itself: health checks")   \
	COUNTER(proxy_malformed, "connections without the PROXY header due")   \
	COUNTER(proxy_untrusted, "connections of those who are no proxy")      \
	COUNTER(no_memory, "connections dropped because memory ran out")

enum net_counter {
#define COUNTER(name, meaning) NET_COUNTER_##name,
	NET_COUNTERS(COUNTER)
#undef COUNTER
	NET_COUNTER_COUNT
};

/* One thread's set. */
struct net_counters {
	counter set[NET_COUNTER_COUNT];
};

extern const struct counter_text net_counter_texts[NET_COUNTER_COUNT];

/* What there is at the moment. */
#define NET_GAUGES(GAUGE)                                                      \
	GAUGE(connections, "connections that are open")                        \
	GAUGE(waiting_request, "of them, whose request is not whole yet")      \
	GAUGE(waiting_idle, "of them, sessions between two requests")          \
	GAUGE(waiting_answer, "of them, not taking their answer")              \
	GAUGE(waiting_linger, "of them, answered and still talking")           \
	GAUGE(queued, "whole requests that wait for a worker")                 \
	GAUGE(input_bytes, "memory for requests that are not answered")        \
	GAUGE(unsent_bytes, "memory for answers that are not taken")

enum net_gauge {
#define GAUGE(name, meaning) NET_GAUGE_##name,
	NET_GAUGES(GAUGE)
#undef GAUGE
	NET_GAUGE_COUNT
};

extern const struct counter_text net_gauge_texts[NET_GAUGE_COUNT];

/* COUNT(&counters, accepted, 1); by the thread that owns them. */
#define COUNT(counters, name, n) \
	counter_add(&(counters)->set[NET_COUNTER_##name], (n))

#endif
