/*
 * The client side: tcpopen(host, service), as good programmers would do it.
 *
 * Every address of the host is tried in turn, each with its own deadline.
 */

#ifndef NET_TCPOPEN_H
#define NET_TCPOPEN_H

#include "base/addr.h"
#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct addrinfo;

struct tcpopen_settings {
	unsigned connect_ms;  /* for one address */
	uint64_t deadline_ms; /* CLOCK_MONOTONIC: for all of it; 0: none */
	bool refuse_local;    /* skip addr_is_local(): untrusted referrals */
};

/*
 * Connect; the descriptor (non-blocking, close-on-exec) is the caller's,
 * through `*descriptor`.  `service` is a number or a name; `default_port`
 * stands in when the name is unknown, unless it is 0.  The fault names host,
 * service and the last failure; it is ERR_REFUSED when `refuse_local` left no
 * address to try.
 *
 * The deadline does not hold for the resolver, which knows none: a program
 * that must end in time needs a timer of its own.
 */
enum err tcpopen(int *descriptor, const char *host, const char *service,
    uint16_t default_port, const struct tcpopen_settings *settings,
    struct fault *fault) MUST_CHECK;

/*
 * The resolver's part: the addresses, at least one, are the caller's to give to
 * freeaddrinfo().  The fault says that the host or the port is not known.
 */
enum err tcpopen_resolve(struct addrinfo **addresses, const char *host,
    const char *service, uint16_t default_port, struct fault *fault) MUST_CHECK;

/*
 * The part behind the resolver: connect to the first of `addresses` that
 * takes it.  The fault names the last address tried and why it failed.
 */
enum err tcpopen_any(int *descriptor, const struct addrinfo *addresses,
    const struct tcpopen_settings *settings, struct fault *fault) MUST_CHECK;

/* Whom a connected socket leads to; ADDR_NONE when it leads nowhere. */
struct addr tcpopen_peer(int descriptor);

#endif
