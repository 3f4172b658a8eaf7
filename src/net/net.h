/*
 * The machine of listen, wait, queue and pool, put together.
 *
 *   net_new      listening sockets are made by the caller (net/listen)
 *   net_start    threads run
 *   net_drain    accept no more, answer what is queued, close the rest politely
 *   net_free     after drain
 */

#ifndef NET_NET_H
#define NET_NET_H

#include "base/attr.h"
#include "base/err.h"
#include "net/service.h"

#include <stdint.h>

struct net;
struct listener;

struct net_limits {
	unsigned workers;
	unsigned queue;             /* 1,024 */
	unsigned connections;       /* 16,384 */
	unsigned request_ms;        /* until the request is whole: 10 s */
	unsigned write_ms;          /* without progress: 30 s */
	unsigned total_ms;          /* of one connection: 120 s; 0: none */
	unsigned idle_ms;           /* between the requests of a session: 300 s */
	size_t output_bytes;        /* one worker's buffer for answers */
};

/*
 * `listeners` stay the caller's and must outlive the net.  Dies when there is
 * no memory; a failure of the system (threads, descriptors) is an error.
 */
enum err net_new(struct net **net, const struct net_limits *limits,
    struct listener *const *listeners, unsigned listener_count,
    const struct worker_maker *workers, struct fault *fault) MUST_CHECK;
enum err net_start(struct net *net, struct fault *fault) MUST_CHECK;

/* From any thread.  At most `timeout_ms`; false: something was cut off. */
bool net_drain(struct net *net, unsigned timeout_ms);
void net_free(struct net **net);

#endif
