/*
 * The PROXY protocol, versions 1 and 2: how a proxy says, before anything its
 * client says, who that client is.
 *
 *   PROXY TCP4 192.0.2.1 198.51.100.7 56324 43\r\n       version 1, a line
 *
 *   \r\n\r\n\0\r\nQUIT\n  2|1  1|1  00 0c  addresses...  version 2
 *         signature        |    |     |        and what else the proxy tells
 *            version, command   |     bytes that follow
 *                    family, transport
 *
 * Read strictly, as "The PROXY protocol, versions 1 & 2" of HAProxy wants it:
 * a header that is nearly right is wrong.  What is behind the addresses is of
 * no interest here.  Pure.
 */

#ifndef NET_PROXY_H
#define NET_PROXY_H

#include "base/attr.h"
#include "base/span.h"
#include "net/service.h"

#include <stddef.h>

/* Input with so many bytes is never too little for a verdict. */
enum { PROXY_NEEDED_MAX = 107 };

enum proxy_verdict {
	PROXY_MORE,      /* it may become a header */
	PROXY_CLIENT,    /* it is: `client` asks */
	PROXY_LOCAL,     /* it is: the proxy itself asks, or does not say who */
	PROXY_MALFORMED, /* it is none */
};

struct proxy_header {
	/* With CLIENT and LOCAL; may be more than has come: skip it. */
	size_t length;

	struct peer client; /* only with CLIENT */
};

/* `input` is what has come so far, from the first byte of the connection. */
enum proxy_verdict proxy_parse(struct span input, struct proxy_header *header)
    MUST_CHECK;

#endif
