#include "net/queue.h"

#include "sys/clock.h"
#include "sys/thread.h"

#include <stdlib.h>

/*
 * The time for one connection is a mean over about so many, and a guess at
 * first, so that a new server does not take in more than it can serve.
 */
enum { MEAN_OVER = 16, FIRST_MEAN_US = 1000 };

/*
 * How long the desk may be empty while there are callers.  When all workers
 * are busy with slow answers it matters little, since they are what callers
 * wait for; each look of the relief costs as much as a short answer.
 */
enum { PATIENCE_MS = 5 };

/*
 * Waking a worker takes some ten microseconds of processor time, on both sides
 * and in between.  When less is queued, those who are awake see to it sooner.
 */
enum { WORTH_WAKING_US = 100 };

struct place {
	struct conn *conn;
	uint64_t pushed_us;
};

struct queue {
	pthread_mutex_t mtx;
	pthread_cond_t filled; /* workers wait here, also for the desk */
	pthread_cond_t left;   /* the relief waits here */

	/* guarded by mtx */
	unsigned head;
	unsigned length;
	unsigned waiting; /* workers in queue_next() */
	bool desk_is_taken;
	bool desk_is_reserved;
	bool relief_sleeps; /* until the desk is left */
	uint64_t turns;     /* how often it was left */
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
	thread_init_monotonic(&q->left);
	q->desk_is_taken = true;
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
	MUST_SUCCEED(pthread_cond_destroy(&q->left));
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
	bool wake = q->length > 0 && q->waiting > 0 &&
	    backlog_us(q) >= WORTH_WAKING_US;

	MUST_SUCCEED(pthread_mutex_unlock(&q->mtx));
	if (wake)
		MUST_SUCCEED(pthread_cond_signal(&q->filled));
}

/*
 * With mtx held.  Only the time between two that were taken out of a queue that
 * was not empty meanwhile says how fast the workers are: all of them had
 * enough to do, but for those not worth waking.  However slow they are, two
 * find room, or there would be no telling that they have become faster.
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

/* With mtx held. */
static bool
may_take_desk(const struct queue *q)
{
	return !q->desk_is_taken && !q->desk_is_reserved;
}

enum queue_work
queue_next(struct queue *q, struct conn **conn_r, bool *awaited_r)
{
	enum queue_work work = QUEUE_WORK_NONE;

	*conn_r = NULL;
	*awaited_r = false;
	MUST_SUCCEED(pthread_mutex_lock(&q->mtx));
	q->waiting++;
	while (q->length == 0 && !q->closed && !may_take_desk(q))
		MUST_SUCCEED(pthread_cond_wait(&q->filled, &q->mtx));
	q->waiting--;
	if (q->length > 0) {
		*conn_r = take(q, awaited_r);
		work = QUEUE_WORK_SERVE;
	} else if (!q->closed) {
		q->desk_is_taken = true;
		work = QUEUE_WORK_DESK;
	}
	unlock_and_wake(q);
	return work;
}

/* With mtx held.  True: the relief has to be woken. */
static bool
leave(struct queue *q)
{
	bool sleeps = q->relief_sleeps;

	q->desk_is_taken = false;
	q->turns++;
	q->relief_sleeps = false;
	return sleeps;
}

void
queue_leave_desk(struct queue *q)
{
	bool wake;

	MUST_SUCCEED(pthread_mutex_lock(&q->mtx));
	wake = leave(q);
	MUST_SUCCEED(pthread_mutex_unlock(&q->mtx));
	if (wake)
		MUST_SUCCEED(pthread_cond_signal(&q->left));
}

bool
queue_yield_desk(struct queue *q)
{
	bool wake_worker, wake_relief, yields;

	MUST_SUCCEED(pthread_mutex_lock(&q->mtx));
	wake_worker = q->waiting > 0;
	yields = wake_worker && !q->desk_is_reserved;
	wake_relief = yields && leave(q);
	MUST_SUCCEED(pthread_mutex_unlock(&q->mtx));
	if (wake_worker)
		MUST_SUCCEED(pthread_cond_signal(&q->filled));
	if (wake_relief)
		MUST_SUCCEED(pthread_cond_signal(&q->left));
	return yields;
}

/* With mtx held: wait a while.  True: nobody has left the desk meanwhile. */
static bool
is_quiet(struct queue *q)
{
	struct timespec until = clock_after_ms(PATIENCE_MS);
	uint64_t turns = q->turns;

	while (!q->desk_is_reserved &&
	    pthread_cond_timedwait(&q->left, &q->mtx, &until) == 0)
		;
	return q->turns == turns;
}

/* With mtx held. */
static void
sleep_until_left(struct queue *q)
{
	q->relief_sleeps = true;
	while (q->relief_sleeps)
		MUST_SUCCEED(pthread_cond_wait(&q->left, &q->mtx));
}

/* With mtx held.  False: all are busy, or must not be at the desk. */
static bool
call_worker(struct queue *q)
{
	if (q->waiting == 0 || q->desk_is_reserved)
		return false;
	MUST_SUCCEED(pthread_cond_signal(&q->filled));
	return true;
}

/*
 * With mtx held.  While workers come and go at the desk, this is one look for
 * each PATIENCE_MS; while one waits there for events, none at all.
 */
static bool
is_needed(struct queue *q)
{
	if (!is_quiet(q))
		return false;
	if (!q->desk_is_taken)
		return !call_worker(q);
	sleep_until_left(q);
	return false;
}

void
queue_relieve(struct queue *q)
{
	MUST_SUCCEED(pthread_mutex_lock(&q->mtx));
	while (!is_needed(q))
		;
	q->desk_is_taken = true;
	MUST_SUCCEED(pthread_mutex_unlock(&q->mtx));
}

void
queue_reserve_desk(struct queue *q)
{
	MUST_SUCCEED(pthread_mutex_lock(&q->mtx));
	q->desk_is_reserved = true;
	MUST_SUCCEED(pthread_mutex_unlock(&q->mtx));
	MUST_SUCCEED(pthread_cond_signal(&q->left));
}

void
queue_close(struct queue *q)
{
	MUST_SUCCEED(pthread_mutex_lock(&q->mtx));
	q->closed = true;
	MUST_SUCCEED(pthread_cond_broadcast(&q->filled));
	MUST_SUCCEED(pthread_mutex_unlock(&q->mtx));
}
