/*
 * Listening sockets: made from an address, with the options that matter.
 *
 * All options are set here, once: an accepted socket inherits TCP_NODELAY and
 * is made non-blocking by accept4() itself, so a connection costs no
 * setsockopt() or fcntl().
 */

#ifndef NET_LISTEN_H
#define NET_LISTEN_H

#include "base/addr.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

struct listener;
struct peer;
struct service;

/*
 * "ADDRESS:PORT", "[IPV6]:PORT", "*:PORT" (v4 and v6) or "unix:/PATH".  PORT
 * is a number or a service name; `default_port` stands in when /etc/services
 * does not know `service_name`, and both when there is no PORT.  Port 0 takes
 * a free one.  Addresses are numbers: names are never resolved.
 *
 * TCP_DEFER_ACCEPT of 1 s, a backlog of 4,096, IPV6_V6ONLY unless `*`.  A
 * UNIX socket left behind by a dead server is replaced; its permissions are
 * the umask's.  The fault names the address and what to do.
 */
enum err listener_open(struct listener **listener, struct span address,
    const char *service_name, uint16_t default_port,
    const struct service *service, struct fault *fault) MUST_CHECK;

/*
 * A socket that somebody else has bound and listens on, as systemd hands one
 * over: ours from now on.  The options above are set where they can still be;
 * IPV6_V6ONLY stays, and closing leaves the name of a UNIX socket to whoever
 * made it.  Refused: it is no stream socket that listens.
 */
enum err listener_adopt(struct listener **listener, int descriptor,
    const struct service *service, struct fault *fault) MUST_CHECK;

/* Whether it could be an address for listener_open(), of any machine. */
enum err listener_check(struct span address, const char *service_name,
    struct fault *fault) MUST_CHECK;

/*
 * Whether this machine could listen there: it has the address, or the folder of
 * the socket.  No port is taken, so it may be in use all the same.
 */
enum err listener_probe(struct span address, const char *service_name,
    struct fault *fault) MUST_CHECK;

/* Removes the name of a UNIX socket that listener_open() made, too. */
void listener_close(struct listener **listener);

/* "127.0.0.1:4343", "[::1]:4343", "*:4343" or "unix:/PATH": what was taken. */
enum { LISTENER_TEXT_MAX = 128 };
void listener_format(const struct listener *listener,
    char text[LISTENER_TEXT_MAX]);

/*
 * The next connection, non-blocking and close-on-exec, now the caller's, and
 * who it is.  -1: errno says why, EAGAIN when there is none.
 */
int listener_accept(const struct listener *listener, struct peer *peer)
    MUST_CHECK;

/* For those who have no descriptor to accept with. */
bool listener_has_caller(const struct listener *listener);

int listener_descriptor(const struct listener *listener);
const struct service *listener_service(const struct listener *listener);

#endif
