#include "net/queue.h"

#include "sys/thread.h"

#include <stdlib.h>

/*
 * The time for one connection is a mean over about so many, and a guess at
 * first, so that a new server does not take in more than it can serve.
 */
enum { MEAN_OVER = 16, FIRST_MEAN_US = 1000 };

struct place {
	struct conn *conn;
	uint64_t pushed_us;
};

struct queue {
	pthread_mutex_t mtx;
	pthread_cond_t filled;

	/* guarded by mtx */
	unsigned head;
	unsigned length;
	unsigned waiting; /* threads in queue_pop() */
	bool closed;
	bool awaited; /* a push was refused */
	uint64_t mean_sum_us; /* MEAN_OVER times the time for one connection */
	uint64_t taken_us;    /* the last one, when it left others; or 0 */

	/* fixed at creation */
	unsigned capacity;
	uint64_t age_us;
	uint64_t (*now_us)(void);
	struct place ring[];
};

struct queue *
queue_new(const struct queue_limits *limits)
{
	struct queue *q;

	assert(limits->capacity > 0 && limits->age_ms > 0);
	q = calloc(1, sizeof *q + limits->capacity * sizeof q->ring[0]);
	assert(q != NULL);
	MUST_SUCCEED(pthread_mutex_init(&q->mtx, NULL));
	MUST_SUCCEED(pthread_cond_init(&q->filled, NULL));
	q->capacity = limits->capacity;
	q->age_us = UINT64_C(1000) * limits->age_ms;
	q->now_us = limits->now_us;
	q->mean_sum_us = MEAN_OVER * FIRST_MEAN_US;
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

/* With mtx held: how long those in the queue will take to leave it. */
static uint64_t
backlog_us(const struct queue *q)
{
	return q->length * q->mean_sum_us / MEAN_OVER;
}

/* With mtx held. */
static bool
is_old(const struct queue *q, uint64_t now_us)
{
	return q->length > 0 && now_us - q->ring[q->head].pushed_us > q->age_us;
}

/* With mtx held. */
static bool
is_full(const struct queue *q, uint64_t now_us)
{
	if (q->length == q->capacity)
		return true;
	return q->length > q->waiting &&
	    (is_old(q, now_us) || backlog_us(q) >= q->age_us);
}

/* With mtx held: enough for the pusher to be woken. */
static bool
is_half_free(const struct queue *q, uint64_t now_us)
{
	return q->length <= q->capacity / 2 && !is_old(q, now_us) &&
	    backlog_us(q) <= q->age_us / 2;
}

bool
queue_push(struct queue *q, struct conn *conn)
{
	uint64_t now_us = q->now_us();
	bool taken;

	assert(conn != NULL);
	MUST_SUCCEED(pthread_mutex_lock(&q->mtx));
	taken = !q->closed && !is_full(q, now_us);
	if (taken) {
		q->ring[(q->head + q->length) % q->capacity] =
		    (struct place){ conn, now_us };
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

/*
 * With mtx held.  Only the time between two that were taken out of a queue that
 * was not empty meanwhile says how fast the workers are: all of them had
 * enough to do.  However slow they are, two find room, or there would be no
 * telling that they have become faster.
 */
static void
measure(struct queue *q, uint64_t now_us)
{
	uint64_t passed_us = now_us - q->taken_us;

	if (q->taken_us > 0) {
		if (passed_us > q->age_us / 2)
			passed_us = q->age_us / 2;
		q->mean_sum_us += passed_us - q->mean_sum_us / MEAN_OVER;
	}
	q->taken_us = q->length > 1 ? now_us : 0;
}

/* With mtx held: take the oldest one out. */
static struct conn *
take(struct queue *q, bool *awaited_r)
{
	struct conn *conn = q->ring[q->head].conn;
	uint64_t now_us = q->now_us();

	measure(q, now_us);
	q->head = (q->head + 1) % q->capacity;
	q->length--;
	*awaited_r = q->awaited && is_half_free(q, now_us);
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
