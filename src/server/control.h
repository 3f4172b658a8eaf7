/*
 * The control socket: where the administrator asks the running server.
 *
 *   $ echo stats | nc -U /var/lib/whoisd/control
 *
 * A connection is one command, a line of text, and its answer, whose last line
 * is "# EOF": an answer without it was cut off.
 *
 * It is served by a thread of its own, which takes from no worker and waits for
 * no client: each has a few seconds for everything, and when all places are
 * taken, the one that came first makes room.
 */

#ifndef SERVER_CONTROL_H
#define SERVER_CONTROL_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <sys/types.h>

struct buf;
struct control;

enum {
	CONTROL_COMMAND_MAX = 128,     /* bytes, with the end of the line */
	CONTROL_ANSWER_MAX = 64 << 10, /* of room in `out`, below */
};

/* What is answered, in the control's thread: it must not wait. */
struct control_service {
	void *context;
	void (*answer)(void *context, struct span command, struct buf *out);
};

/*
 * Bind the socket: mode 0660, and what a dead server left at `path` is
 * replaced.  Refused: a server that is alive has it, or the name is too long.
 */
enum err control_open(struct control **control, const char *path,
    struct fault *fault) MUST_CHECK;

/*
 * Let this user and group ask; before root is given up.  What is at the name
 * is given to them, and never what a link there leads to.
 */
enum err control_give(struct control *control, uid_t uid, gid_t gid,
    struct fault *fault) MUST_CHECK;

/* Start the thread, after any fork().  The context must outlive it. */
enum err control_start(struct control *control,
    const struct control_service *service, struct fault *fault) MUST_CHECK;

/* End the thread if it runs; clients are cut off.  Removes the socket. */
void control_close(struct control **control);

#endif
