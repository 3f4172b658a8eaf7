/* Where clients come from, and where they go. */

#ifndef BENCH_ROUTE_H
#define BENCH_ROUTE_H

#include "net/sockaddr.h"

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

/* When a client takes an address. */
enum route_spread {
	ROUTE_SPREAD_LATE, /* once the kernel has no port any more */
	ROUTE_SPREAD_ONCE, /* with its first connection */
	ROUTE_SPREAD_EACH, /* with each another one */
};

struct route {
	union sockaddr_any server;
	socklen_t server_length;

	/*
	 * The first IPv4 address that clients come from and how many follow
	 * it, taken in turn; none: the kernel chooses.
	 */
	uint32_t source;
	unsigned source_count;
	enum route_spread spread;
};

/*
 * To the server of that name or address at a port, a number or the name of a
 * service; those of bench/protocol are known even where no file says so.  When
 * the name has several addresses the first one is taken that accepts a
 * connection.
 */
enum err route_find(struct route *route, const char *host, const char *service,
    struct fault *fault) MUST_CHECK;

/* Whether that address is one of this machine. */
bool route_is_local(const struct route *route);

/* Whether clients may come from any address of 127.0.0.0/8. */
bool route_is_loopback(const struct route *route);

enum {
	ROUTE_SOURCES_MAX = 1 << 20,

	/*
	 * With more connections from one address the kernel looks long for a
	 * port that is free: for milliseconds where half of them are taken.
	 */
	ROUTE_CONNECTIONS_MAX = 5000,
};

#endif
