/*
 * Landlock: which files the process may still open, and that it makes no TCP
 * connections and binds no more ports.  It holds for the calling thread and
 * all that it starts from then on, and cannot be taken back.
 *
 * Descriptors that are open keep what they could.  Asking about a file (stat)
 * and connecting to the name of a UNIX socket, as syslog does, stay possible:
 * Landlock does not rule on them.
 */

#ifndef SERVER_LANDLOCK_H
#define SERVER_LANDLOCK_H

#include <stdbool.h>

enum landlock_use {
	LANDLOCK_READ,   /* files and lists of files */
	LANDLOCK_WRITE,  /* and change, make and shorten files */
	LANDLOCK_REMOVE, /* take names away, nothing else */
};

/* A file, or a folder with all that is or will be in it. */
struct landlock_reach {
	const char *path; /* NULL: no rule */
	enum landlock_use use;
};

/*
 * Leave within reach what is listed, and nothing else.  What does not exist is
 * left out.  NULL: it is so; else why it is not, in a few words.
 */
const char *landlock_enter(const struct landlock_reach *reach,
    unsigned count);

#endif
