/* Where clients come from, and where they go. */

#ifndef BENCH_ROUTE_H
#define BENCH_ROUTE_H

#include "net/sockaddr.h"

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct route {
	union sockaddr_any server;
	socklen_t server_length;

	/*
	 * The first IPv4 address that clients come from and how many follow
	 * it, taken in turn: at once, or when the kernel, which chooses else,
	 * has no port any more.  None: there is no choice.
	 */
	uint32_t source;
	unsigned source_count;
	bool spreads_at_once;
};

/*
 * To the server of that name or address at a port, a number or the name of a
 * service; "whois" is known even where no file says so.  When the name has
 * several addresses the first one is taken that accepts a connection.
 */
enum err route_find(struct route *route, const char *host, const char *service,
    struct fault *fault) MUST_CHECK;

/* Whether that address is one of this machine. */
bool route_is_local(const struct route *route);

/* Whether clients may come from any address of 127.0.0.0/8. */
bool route_is_loopback(const struct route *route);

enum { ROUTE_SOURCES_MAX = 1 << 20 };

#endif
