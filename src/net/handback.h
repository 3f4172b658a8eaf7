/*
 * The way back: connections that workers hand to the desk (net/io).
 *
 * A descriptor wakes who sleeps at the desk.  Most connections come back
 * closed, only for their struct to be used again; that wakes nobody, unless the
 * desk has said that it needs one.  It looks now and then for itself, or an
 * idle server would hold and count its last ones for ever.
 */

#ifndef NET_HANDBACK_H
#define NET_HANDBACK_H

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>

struct conn;
struct conn_list;
struct handback;

enum err handback_new(struct handback **handback, struct fault *fault)
    MUST_CHECK;
void handback_free(struct handback **handback);

/* It is the desk's now: the caller must not touch it any more. */
void handback_put(struct handback *handback, struct conn *conn);

/* Make the descriptor readable, from any thread. */
void handback_wake(struct handback *handback);

/* How many closed ones the desk has not taken yet; any thread. */
unsigned handback_closed(struct handback *handback);

/* The rest is for who is at the desk. */

/* When it is readable, handback_clear() and look at what there is to do. */
int handback_descriptor(const struct handback *handback);
void handback_clear(struct handback *handback);

/* Move all that came back to the end of `list`. */
void handback_take(struct handback *handback, struct conn_list *list);

/* Let any connection wake, until handback_take() has brought some. */
void handback_want(struct handback *handback);

#endif
