/*
 * What there is to do, given out to the workers: connections whose request is
 * whole, and when there are none of them the desk (net/io), at which callers
 * are let in and requests read.
 *
 * Who is at the desk pushes what has become whole, leaves the desk and serves
 * the first of it.  So while there is little to do, one thread takes a
 * connection from its beginning to its end, and none is woken for it; when
 * there is more, others are woken for the rest.  The desk stays empty
 * meanwhile, until the first of them has nothing left to serve.
 *
 *                  leave it              nothing left to serve
 *   AT THE DESK ────────────► SERVING ────────────────────────┐
 *        ▲                     ▲   │ ▲                        │
 *        │                     │   └─┘ one more               │
 *        │ it is empty         │ woken, there are more        │
 *        └─────────────────── WAITING ◄───────────────────────┘
 *
 * One more thread, the relief, never serves.  It takes the desk when all
 * workers are busy and nobody has been there for a while, so that slow answers
 * hold up neither deadlines nor refusals, and gives it back after the first
 * turn that ends with a worker having nothing to do.  Where one waits though
 * there is something to do, because it was not worth waking, it sees to that as
 * well.
 *
 * When the queue is full, who is at the desk keeps what could not be pushed
 * and stops accepting: the kernel's backlog is the overflow, so overload makes
 * clients wait their turn and refuses nobody.  A refused push is remembered,
 * and the worker that has made enough room is told to say so.
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

/* The caller is at the desk. */
struct queue *queue_new(const struct queue_limits *limits);

/* The queue must be closed and empty, and no thread may be inside it. */
void queue_free(struct queue **queue);

/*
 * At the desk: hand over conn.  False when full or closed: conn is still the
 * caller's.  Wakes nobody: leaving the desk leads to what does.
 */
bool queue_push(struct queue *queue, struct conn *conn) MUST_CHECK;

/* How many are in it; any thread. */
unsigned queue_length(struct queue *queue);

enum queue_work {
	QUEUE_WORK_NONE,  /* closed, and all are served */
	QUEUE_WORK_SERVE, /* `*conn_r` is now the caller's */
	QUEUE_WORK_DESK,  /* the caller is at the desk */
};

/*
 * For a worker: wait for something to do.  Each that leaves more to serve than
 * is soon served wakes the next: waking costs more than a short answer, so
 * there must not be one for each connection.
 *
 * `*awaited_r`: a push was refused, and now half of the queue is free (of what
 * its length, or the time to wait, allows).  This is said once: the caller must
 * wake the one that is to push.
 */
enum queue_work queue_next(struct queue *queue, struct conn **conn_r,
    bool *awaited_r) MUST_CHECK;

/*
 * For a worker at the desk, who goes on with queue_next(): no other is woken to
 * take the desk.  After anybody else the relief sees to that, a little later.
 */
void queue_leave_desk(struct queue *queue);

/* For the relief: wait until it is needed at the desk, and be there. */
void queue_relieve(struct queue *queue);

/*
 * For who is at the desk and serves nobody: wake a worker that has nothing to
 * do, and leave the desk to it.  False: there is none, or the desk is reserved,
 * and the caller is still there.
 */
bool queue_yield_desk(struct queue *queue) MUST_CHECK;

/* From now on the desk is for the relief alone.  Any thread. */
void queue_reserve_desk(struct queue *queue);

/*
 * Refuse new connections, let the queued ones be served, wake every worker
 * that waits.  None must be at the desk.
 */
void queue_close(struct queue *queue);

#endif
