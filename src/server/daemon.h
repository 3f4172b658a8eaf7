/*
 * Leaving the terminal, and the pid file.
 *
 * The parent waits until the child serves or has failed, so that whoever
 * started it sees the sentence and gets the exit status of the start itself.
 */

#ifndef SERVER_DAEMON_H
#define SERVER_DAEMON_H

#include "base/attr.h"
#include "base/err.h"

struct daemon {
	int report; /* where the exit status of the start goes; -1: nowhere */
};

enum daemon_role {
	DAEMON_CHILD,  /* go on; then daemon_ready() or daemon_failed() */
	DAEMON_PARENT, /* the start is over: exit with `*status` */
	DAEMON_FAILED, /* the system said no: see the fault */
};

/*
 * Fork twice around setsid(), so that no terminal can become ours again.
 * Before any thread and any open directory.  Standard error stays until
 * daemon_ready(); the working folder does not, it is "/" at once.
 */
enum daemon_role daemon_detach(struct daemon *daemon, int *status,
    struct fault *fault) MUST_CHECK;

/* Now it serves: descriptors 0 to 2 become /dev/null, the parent exits 0. */
void daemon_ready(struct daemon *daemon);

/* It will not serve: the parent exits with `status`. */
void daemon_failed(struct daemon *daemon, int status);

struct pidfile {
	const char *path; /* borrowed; NULL: there is none */
	int descriptor;
};

/*
 * Write our process id to `path` and hold a lock on it, or do nothing when
 * `path` is empty.  Refused when another process holds it.
 */
enum err pidfile_open(struct pidfile *pidfile, const char *path,
    struct fault *fault) MUST_CHECK;
void pidfile_close(struct pidfile *pidfile);

#endif
