/*
 * Where connections wait for their clients: epoll, and the deadlines.
 *
 * Registrations are one-shot.  An event disarms its connection, so one that
 * has been handed on cannot have another event; edge-triggered registration
 * would save the re-arming, but events would come for connections that a
 * worker owns.
 *
 * Stale events: epoll_wait() brings many events at once, and handling one of
 * them may drop a connection whose event comes later in the same batch; its
 * place in the table may even be taken anew.  So an event carries place and
 * generation, and one of a past generation is not reported.
 *
 * Every deadline is a constant time after the connection entered its state.
 * So the connections of one state, in the order in which they entered it, are
 * in the order of their deadlines: one list for each state, and only the
 * heads are looked at.  Two more lists keep all waiting connections in the
 * order of their last sign of life: those that hold input and the others.
 *
 * Only at the desk (net/io).
 */

#ifndef NET_WAIT_H
#define NET_WAIT_H

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct conn;
struct conn_table;
struct net_limits;
struct wait;

enum err wait_new(struct wait **wait, struct conn_table *table,
    const struct net_limits *limits, struct fault *fault) MUST_CHECK;

/* Connections that still wait stay the table's. */
void wait_free(struct wait **wait);

/*
 * Report `source` whenever `descriptor` is readable, until it is no longer
 * wanted.  Sources are small numbers, one for each descriptor.
 */
enum err wait_watch(struct wait *wait, int descriptor, unsigned source,
    struct fault *fault) MUST_CHECK;
void wait_set_watched(struct wait *wait, int descriptor, unsigned source,
    bool wanted);

/*
 * Wait for events until `until_ms` (sys/clock; UINT64_MAX: for ever, 0: not at
 * all).  True: there were so many that there may be more.
 */
bool wait_for_events(struct wait *wait, uint64_t until_ms);

struct wait_event {
	struct conn *conn; /* it still waits, disarmed; or NULL: */
	unsigned source;
};

/* The next of the events that have come.  False: that was the last. */
bool wait_next_event(struct wait *wait, struct wait_event *event);

/*
 * Its total time begins, for a session anew with each request; it runs on
 * whoever has the connection.  wait_forget() ends it: while a session is idle,
 * and before any connection is dropped.
 */
void wait_remember(struct wait *wait, struct conn *conn, uint64_t now_ms);
void wait_forget(struct wait *wait, struct conn *conn);

/*
 * Wait for the client, in the state that is set.  wait_again() after an event
 * keeps the deadline.  False: epoll has no memory for it; it does not wait.
 */
bool wait_park(struct wait *wait, struct conn *conn, uint64_t now_ms)
    MUST_CHECK;
bool wait_again(struct wait *wait, struct conn *conn) MUST_CHECK;

/* Wait no longer. */
void wait_leave(struct wait *wait, struct conn *conn);

/* When wait_expired() will have something to give; UINT64_MAX: nothing. */
uint64_t wait_deadline(const struct wait *wait);

/*
 * A waiting connection whose time is over, for the caller to drop; NULL: none.
 * One that is too old but does not wait is marked is_expired instead.
 */
struct conn *wait_expired(struct wait *wait, uint64_t now_ms);

/* NULL: none waits.  All of them still wait. */
struct conn *wait_longest_silent(const struct wait *wait);
struct conn *wait_longest_holding(const struct wait *wait); /* input */
struct conn *wait_first(const struct wait *wait, unsigned state);

/* How many wait in that state. */
unsigned wait_count(const struct wait *wait, unsigned state);

#endif
