/*
 * Listening sockets: made from an address, with the options that matter.
 */

#ifndef NET_LISTEN_H
#define NET_LISTEN_H

#include "base/addr.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdint.h>

struct listener;
struct service;

/*
 * "ADDRESS:PORT", "[IPV6]:PORT", "*:PORT" (v4 and v6) or "unix:/PATH"; PORT is
 * a number or a service name, and `service`/`port` stand in when the name is unknown to
 * /etc/services.  Port 0 takes a free one.  TCP_DEFER_ACCEPT of 1 s, a backlog of
 * 4,096, IPV6_V6ONLY unless `*`.  The fault names the address and what to do.
 */
enum err listener_open(struct listener **listener, struct span address,
    const char *service_name, uint16_t default_port,
    const struct service *service, struct fault *fault) MUST_CHECK;
void listener_close(struct listener **listener);

/* "127.0.0.1:4343", "[::1]:4343" or "unix:/PATH": what was really taken. */
enum { LISTENER_TEXT_MAX = 128 };
void listener_format(const struct listener *listener,
    char text[LISTENER_TEXT_MAX]);

int listener_descriptor(const struct listener *listener);
const struct service *listener_service(const struct listener *listener);

#endif
