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

#include <stdint.h>

struct tcpopen_settings {
	unsigned connect_ms; /* for one address */
	uint64_t deadline_ms; /* CLOCK_MONOTONIC: for all of it; 0: none */
	bool refuse_local;   /* skip addr_is_local() addresses: untrusted referrals */
};

/*
 * Connect; the descriptor (non-blocking, close-on-exec) is the caller's, through
 * `*descriptor`.  `service` is a number or a name; `default_port` stands in when the
 * name is unknown.  The fault names host, service and the last failure.
 */
enum err tcpopen(int *descriptor, const char *host, const char *service,
    uint16_t default_port, const struct tcpopen_settings *settings,
    struct fault *fault) MUST_CHECK;

#endif
