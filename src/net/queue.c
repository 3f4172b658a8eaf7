#include "net/queue.h"

#include "sys/thread.h"

#include <stdlib.h>

struct queue {
	pthread_mutex_t mtx;
	pthread_cond_t filled;

	/* guarded by mtx */
	unsigned head;
	unsigned length;
	unsigned waiting; /* threads in queue_pop() */
	bool closed;
	bool awaited; /* a push was refused */

	/* fixed at creation */
	unsigned capacity;
	struct conn *ring[];
};

struct queue *
queue_new(unsigned capacity)
{
	struct queue *q;

	assert(capacity > 0);
	q = calloc(1, sizeof *q + capacity * sizeof q->ring[0]);
	assert(q != NULL);
	MUST_SUCCEED(pthread_mutex_init(&q->mtx, NULL));
	MUST_SUCCEED(pthread_cond_init(&q->filled, NULL));
	q->capacity = capacity;
	return q;
}

void
queue_free(struct queue **queue)
{
	struct queue *q = *queue;

	*queue = NULL;
	assert(q->closed && q->length == 0);
	MUST_SUCCEED(pthread_cond_destroy(&q->filled));
	MUST_SUCCEED(pthread_mutex_destroy(&q->mtx));
	free(q);
}

bool
queue_push(struct queue *q, struct conn *conn)
{
	bool taken;

	assert(conn != NULL);
	MUST_SUCCEED(pthread_mutex_lock(&q->mtx));
	taken = !q->closed && q->length < q->capacity;
	if (taken) {
		q->ring[(q->head + q->length) % q->capacity] = conn;
		q->length++;
	} else {
		q->awaited = true;
	}
	MUST_SUCCEED(pthread_mutex_unlock(&q->mtx));
	return taken;
}

unsigned
queue_length(struct queue *q)
{
	unsigned length;

	MUST_SUCCEED(pthread_mutex_lock(&q->mtx));
	length = q->length;
	MUST_SUCCEED(pthread_mutex_unlock(&q->mtx));
	return length;
}

/*
 * Unlock, and wake a worker that can be of use.  In this order, or the woken
 * thread would run into the lock.
 */
static void
unlock_and_wake(struct queue *q)
{
	bool wake = q->length > 0 && q->waiting > 0;

	MUST_SUCCEED(pthread_mutex_unlock(&q->mtx));
	if (wake)
		MUST_SUCCEED(pthread_cond_signal(&q->filled));
}

void
queue_wake(struct queue *q)
{
	MUST_SUCCEED(pthread_mutex_lock(&q->mtx));
	unlock_and_wake(q);
}

/* With mtx held: take the oldest one out. */
static struct conn *
take(struct queue *q, bool *awaited_r)
{
	struct conn *conn = q->ring[q->head];

	q->head = (q->head + 1) % q->capacity;
	q->length--;
	*awaited_r = q->awaited && q->length <= q->capacity / 2;
	if (*awaited_r)
		q->awaited = false;
	return conn;
}

struct conn *
queue_pop(struct queue *q, bool *awaited_r)
{
	struct conn *conn = NULL;

	*awaited_r = false;
	MUST_SUCCEED(pthread_mutex_lock(&q->mtx));
	q->waiting++;
	while (q->length == 0 && !q->closed)
		MUST_SUCCEED(pthread_cond_wait(&q->filled, &q->mtx));
	q->waiting--;
	if (q->length > 0)
		conn = take(q, awaited_r);
	unlock_and_wake(q);
	return conn;
}

void
queue_close(struct queue *q)
{
	MUST_SUCCEED(pthread_mutex_lock(&q->mtx));
	q->closed = true;
	MUST_SUCCEED(pthread_cond_broadcast(&q->filled));
	MUST_SUCCEED(pthread_mutex_unlock(&q->mtx));
}
