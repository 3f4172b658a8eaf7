/*
 * What the network asks of the layer above: where a request ends, and its
 * answer.  The server fills this in from a face; net knows no face.
 */

#ifndef NET_SERVICE_H
#define NET_SERVICE_H

#include "base/addr.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/session.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct peer {
	struct addr addr; /* ADDR_NONE: a UNIX socket */
	uint16_t port;
};

/* What serve() is asked. */
struct request {
	const struct peer *peer;
	struct span bytes;       /* what frame() measured, with its line end */
	bool too_long;           /* `bytes` is what has come so far */
	struct session *session; /* of this connection; zeros at first */
};

enum frame {
	FRAME_MORE,     /* the request is not whole yet */
	FRAME_WHOLE,    /* `*length` bytes are a request, at least one */
	FRAME_TOO_LONG, /* it will never be one: serve() gives the refusal */
	FRAME_EMPTY,    /* the client ended without asking: just close */
};

enum next {
	NEXT_CLOSE, /* the answer is complete: close when it is sent */
	NEXT_GO_ON, /* a session: more requests may follow */
};

/* How a transaction ended, for the log. */
struct transaction {
	const struct peer *peer;
	uint64_t answer_bytes;
	uint64_t microseconds; /* from the whole request to the write; where
	                        * several came together and are answered in
	                        * one write, from one answer to the next */
};

struct service {
	size_t request_max;  /* bytes of one request: the input buffer */
	bool wants_proxy;    /* a PROXY header first; request_max is at least
	                      * PROXY_NEEDED_MAX (net/proxy) */
	const void *context; /* the layer above's own */

	/*
	 * Cheap and pure: called at the desk (net/io) and by workers.
	 * `input` is empty only when `ended`; then nothing more will come.
	 * MORE for a full buffer counts as TOO_LONG, MORE when ended as EMPTY.
	 */
	enum frame (*frame)(const struct service *service, struct span input,
	    bool ended, size_t *length);

	/*
	 * Called in a worker's thread with what worker_new() gave it.  `out`
	 * comes empty, with net_limits.output_bytes of room.  A connection
	 * whose request is too long is closed whatever is returned.
	 */
	enum next (*serve)(const struct service *service, void *worker,
	    const struct request *request, struct buf *out);

	/*
	 * What a caller is told who cannot be served: a whole answer that
	 * says `sentence`.  At the desk (net/io).  NULL: such callers wait, and
	 * with them those of all other services.
	 */
	void (*refuse)(const struct service *service, const char *sentence,
	    struct buf *out);

	/*
	 * After serve(), in the same worker, and after the first write of the
	 * answer, unless others follow in that write: what the client did not
	 * take yet is sent later, or never.
	 */
	void (*served)(const struct service *service, void *worker,
	    const struct transaction *transaction);
};

/* Made and freed in the main thread, used by one worker each. */
struct worker_maker {
	void *context;
	void *(*worker_new)(void *context);
	void (*worker_free)(void *context, void *worker);
};

#endif
