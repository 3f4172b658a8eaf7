/*
 * What the network asks about its callers before it serves them.  The server
 * fills this in: net knows nothing of networks, rates and classes.
 *
 * All of it is called at the desk (net/io): in many threads, but in one at a
 * time, each of which sees what the one before has done.  Only the last calls
 * of leave() come from net_free().  It must not wait.  A refusal is sent from
 * the desk too, so that it never waits for a worker.
 *
 * The desk learns a little later than the client that a connection has ended:
 * a client that calls anew at once may meet its former self.
 */

#ifndef NET_GATE_H
#define NET_GATE_H

#include "base/addr.h"

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct peer;
struct service;

enum gate_verdict {
	GATE_OPEN,
	GATE_REFUSED, /* send `refusal`, then close */
	GATE_SILENT,  /* close without a word */
};

/* Who asks, and when: `now_ms` is sys/clock's. */
struct gate_caller {
	const struct service *service;
	const struct peer *peer; /* behind a proxy: the real client */
	bool is_proxy;           /* a trusted one, which asks for itself */
	uint64_t now_ms;
};

struct gate {
	void *context;

	/*
	 * Whether what this address says in a PROXY header is believed; only
	 * for services that want one.
	 */
	bool (*trusts)(void *context, const struct addr *proxy);

	/*
	 * A connection, once it is known who calls.  After OPEN, leave() must
	 * follow when it has ended.
	 */
	enum gate_verdict (*enter)(void *context,
	    const struct gate_caller *caller, struct buf *refusal);

	/*
	 * Whole requests of one that is in, before they are served: so many
	 * have come.  OPEN: the first `*requests` of them may be served, at
	 * least one; about the others it is asked again.
	 */
	enum gate_verdict (*ask)(void *context,
	    const struct gate_caller *caller, unsigned *requests,
	    struct buf *refusal);

	/* So many of those that might have been served were not. */
	void (*leave)(void *context, const struct gate_caller *caller,
	    unsigned unserved);
};

enum { GATE_REFUSAL_MAX = 512 }; /* bytes of room in `refusal` */

#endif
