/*
 * The machine of listen, wait, queue and pool, put together.
 *
 *   net_new      listening sockets are made by the caller (net/listen)
 *   net_start    threads run
 *   net_drain    accept no more, answer what is queued, close the rest politely
 *   net_free     after drain
 *
 * Workers accept, read, answer and write; one of them at a time is at the
 * desk (net/io), where all clients are waited for.  No worker ever waits for a
 * single client, and a client that does nothing costs one small struct and a
 * descriptor until its deadline.  One more thread sees to the desk while all
 * workers are busy.
 */

#ifndef NET_NET_H
#define NET_NET_H

#include "base/attr.h"
#include "base/err.h"
#include "net/service.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct counter_set;
struct gate;
struct listener;
struct net;

/* Workers, queue, queue_ms, connections, output_bytes are at least 1. */
struct net_limits {
	unsigned workers;     /* as many as there are processors */
	unsigned queue;       /* whole requests no worker has yet: 1,024 */
	unsigned queue_ms;    /* how old the oldest may be: 100 ms */
	unsigned connections; /* at any time: 16,384 */
	unsigned request_ms;  /* until the request is whole: 10 s */
	unsigned write_ms;    /* without progress: 30 s */
	unsigned total_ms;    /* of a connection, in a session of each
	                       * request: 120 s; 0: none */
	unsigned idle_ms;     /* between the requests of a session: 300 s */
	unsigned linger_ms;   /* for input behind the request: 2 s */
	size_t output_bytes;  /* of the longest answer: 1 MiB */
	size_t buffer_bytes;  /* all clients' input and unsent output: 64 MiB */
};

/* What the comments above say. */
void net_limits_set_defaults(struct net_limits *limits);

/*
 * `listeners` stay the caller's and must outlive the net.  Dies when there is
 * no memory; a failure of the system (threads, descriptors) is an error.
 * Each connection takes a descriptor: whether the process may open so many is
 * the caller's to see to.
 */
enum err net_new(struct net **net, const struct net_limits *limits,
    struct listener *const *listeners, unsigned listener_count,
    const struct worker_maker *workers, struct fault *fault) MUST_CHECK;

/*
 * Who may come in and ask (net/gate); without it everybody.  Before
 * net_start(); it stays the caller's and must outlive the net.
 */
void net_set_gate(struct net *net, const struct gate *gate);

enum err net_start(struct net *net, struct fault *fault) MUST_CHECK;

/*
 * Once, from any thread.  What was accepted by then, or waits in the kernel's
 * backlog, is answered if its request is whole; the other connections are
 * closed.  At most `timeout_ms`; false: an answer was cut off.
 */
bool net_drain(struct net *net, unsigned timeout_ms);

/* Drained, or never started. */
void net_free(struct net **net);

/* What is counted (net/counters.h), to be read from any thread. */
struct counter_set net_counters(const struct net *net);
struct counter_set net_gauges(const struct net *net);

/*
 * For how long a worker, or who is at the desk, has been busy with one and the
 * same thing, the longest of them; 0: all of them wait or have just begun.
 * From any thread, for a watchdog.  `now_ms` is sys/clock's.
 */
uint64_t net_stalled_ms(const struct net *net, uint64_t now_ms);

#endif
