/*
 * The inetd mode of the seed system: one connection on standard input, served
 * by the same face code, in a process of its own.
 */

#ifndef SERVER_INETD_H
#define SERVER_INETD_H

#include "base/attr.h"
#include "base/err.h"
#include "net/service.h"

#include <stdbool.h>

struct config;
struct face;
struct net_limits;

/*
 * Who is at the other end of descriptor `socket`.  Refused unless it is a
 * connected Internet or UNIX socket: every transaction is logged with its
 * peer, so there has to be one.
 */
enum err inetd_find_peer(int socket, struct peer *peer, struct fault *fault)
    MUST_CHECK;

struct inetd_ends {
	int from;
	int to;
};

/*
 * Serve what comes on descriptor `from` and answer on `to` (the same one for a
 * socket), until the face closes, the client leaves or a deadline passes.
 * False: nothing was asked, or the last answer could not be sent.
 */
bool inetd_converse(const struct service *service, void *worker,
    const struct peer *peer, struct inetd_ends ends,
    const struct net_limits *limits);

/*
 * All of it: standard input as the connection of `face`.  With `test` a pipe
 * or a terminal will do.  Access rules and classes hold as they do in the
 * server; limits of a source do not, since nothing remembers from one process
 * to the next.
 */
enum err inetd_run(const struct config *config, const struct face *face,
    bool test, struct fault *fault) MUST_CHECK;

/*
 * Say why nothing was served.  Under inetd standard error is the client's
 * socket: then the sentence goes to syslog, and a stranger, who need not know
 * our file names, is only told that there is a failure, in the manner of
 * `face`; NULL: it is not known which that would be, and nothing is sent.
 */
void inetd_report(const struct face *face, const struct fault *fault);

#endif
