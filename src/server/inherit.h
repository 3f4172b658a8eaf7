/*
 * Listening sockets that whoever started us has opened, as systemd does for a
 * socket unit (sd_listen_fds(3)): LISTEN_FDS descriptors from 3 on, meant for
 * the process LISTEN_PID, with their names in LISTEN_FDNAMES.
 *
 * The sockets outlive us, so between one process and the next callers wait in
 * the backlog, and nobody is refused.
 */

#ifndef SERVER_INHERIT_H
#define SERVER_INHERIT_H

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>

enum { INHERIT_FIRST = 3 }; /* the first descriptor */

struct face;

struct inherited {
	int descriptor;
	const struct face *face;
	bool wants_proxy;
};

/*
 * Fill in at most `max` sockets, and forget the environment: it is not for our
 * children, nor for a second call.  How many there are; 0 when nothing was
 * inherited, or it was meant for another process.
 *
 * A name is a face, as in FileDescriptorName=whois, with ",proxy" behind it
 * where a PROXY header comes first; all others, among them
 * those that systemd makes up, stand for WHOIS.
 */
enum err inherit_take(struct inherited *sockets, unsigned max,
    unsigned *count, struct fault *fault) MUST_CHECK;

#endif
