/* All that the server listens on: what is configured, or what it inherits. */

#ifndef SERVER_LISTENING_H
#define SERVER_LISTENING_H

#include "base/attr.h"
#include "base/err.h"
#include "net/service.h"
#include "server/config.h"

struct listener;

struct listening {
	struct listener *listeners[CONFIG_LISTENS_MAX];
	struct service services[CONFIG_LISTENS_MAX]; /* one for each */
	unsigned count;
	bool is_inherited;
};

/*
 * Sockets that were handed over (server/inherit) take the place of the
 * configured ones.  Clear `listening` first, and close it after a failure too;
 * it must not move while the net runs.
 */
enum err listening_open(struct listening *listening,
    const struct config *config, struct fault *fault) MUST_CHECK;
void listening_close(struct listening *listening);

/*
 * "listening FACE ADDRESS:PORT", a line for each: on standard error whatever
 * the log's destination, for scripts read it.
 */
void listening_announce(const struct listening *listening);

#endif
