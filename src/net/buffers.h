/*
 * The buffers of all connections: one pool with one limit.
 *
 * Input that is not answered yet and answers that clients have not taken are
 * what clients can make a server remember.  Both come from here and count
 * together against the limit, and apart for those who want to know.
 *
 * The pool refuses nobody: it says when it is over its limit, and in each turn
 * at the desk those who hold most without need are dropped (net/io).  Until
 * then each worker may overdraw the pool by what it answers at once (net/pool),
 * so that no worker ever waits or throws an answer away.
 *
 * A few that come back are kept, of the sizes that requests and sessions have,
 * so that in the usual course of things nothing is taken from malloc().
 *
 * Any thread; no locks.
 */

#ifndef NET_BUFFERS_H
#define NET_BUFFERS_H

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>

struct buffers;

enum buffers_kind {
	BUFFERS_INPUT,
	BUFFERS_UNSENT,
};

enum { BUFFERS_KINDS = BUFFERS_UNSENT + 1 };

struct buffers *buffers_new(size_t limit_bytes);

/* Everything must have been given back. */
void buffers_free(struct buffers **buffers);

/*
 * Memory for `bytes`, which are more than none.  NULL: the system has none.
 * It goes back with the same kind and size.
 */
char *buffers_take(struct buffers *buffers, enum buffers_kind kind,
    size_t bytes) MUST_CHECK;
void buffers_give(struct buffers *buffers, enum buffers_kind kind,
    char *memory, size_t bytes);

/* More is out than the limit allows. */
bool buffers_are_overdrawn(const struct buffers *buffers);

/* Bytes that are out now. */
size_t buffers_used(const struct buffers *buffers, enum buffers_kind kind);

#endif
