/*
 * Bounded hand-off of connections from the I/O thread to the workers.
 *
 * Neither side waits for the other while there is something to do.  When the
 * queue is full the I/O thread keeps what it could not push and stops
 * accepting: the kernel's backlog is the overflow, so overload makes clients
 * wait their turn and refuses nobody.  A refused push is remembered, and the
 * worker that has made enough room is told to say so.
 *
 * Length alone bounds no waiting: a thousand slow questions last for minutes.
 * So the queue also counts as full while its oldest connection has waited too
 * long, and when those in it would, going by how fast they were taken of late.
 * An idle worker is never kept without work by that.
 */

#ifndef NET_QUEUE_H
#define NET_QUEUE_H

#include "base/attr.h"

#include <stdbool.h>
#include <stdint.h>

struct conn;
struct queue;

struct queue_limits {
	unsigned capacity; /* at least 1 */
	unsigned age_ms;   /* how long one should wait in it; at least 1 */
	uint64_t (*now_us)(void); /* the clock, asked in any thread */
};

struct queue *queue_new(const struct queue_limits *limits);

/* The queue must be closed and empty, and no thread may be inside it. */
void queue_free(struct queue **queue);

/*
 * Hand over conn.  False when full or closed: conn is still the caller's.
 * Wakes nobody: queue_wake() after the last one of a batch does.
 */
bool queue_push(struct queue *queue, struct conn *conn) MUST_CHECK;

/* How many are in it; any thread. */
unsigned queue_length(struct queue *queue);

/*
 * Let the workers see to it.  One is woken, and each that finds more than it
 * takes wakes the next: waking costs more than a short answer, so there must
 * not be one for each connection.
 */
void queue_wake(struct queue *queue);

/*
 * Wait for a connection; it is now the caller's.  NULL: closed and drained.
 * `*awaited_r`: a push was refused, and now half of the queue is free (of what
 * its length, or the time to wait, allows).  This
 * is said once: the caller must wake the one that pushes.
 */
struct conn *queue_pop(struct queue *queue, bool *awaited_r) MUST_CHECK;

/* Refuse new connections, let the queued ones be served, wake every waiter. */
void queue_close(struct queue *queue);

#endif
