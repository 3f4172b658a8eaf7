#include "net/pool.h"

#include "net/busy.h"
#include "net/conn.h"
#include "net/counters.h"
#include "net/handback.h"
#include "net/io.h"
#include "net/net.h"
#include "net/queue.h"
#include "net/shared.h"
#include "sys/clock.h"
#include "sys/thread.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/*
 * A client that sends many requests at once has its connection put back at
 * the end of the queue after so many answers; after each one when there is a
 * gate, which every request has to pass.
 */
enum { ANSWERS_IN_A_ROW = 8 };

struct worker {
	struct pool *pool;
	pthread_t thread;
	void *context; /* the service's */
	char *output;
	struct busy busy; /* with one answer */
	struct net_counters counters;
};

struct pool {
	const struct net_shared *shared;
	struct worker_maker maker;
	atomic_bool abandoned;
	unsigned started; /* of the workers: the first ones */
	unsigned count;
	struct worker *workers[];
};

/* Apart from each other, so that they share no cache lines. */
static struct worker *
worker_new(struct pool *pool)
{
	struct worker *w = calloc(1, sizeof *w);

	assert(w != NULL);
	w->output = malloc(pool->shared->limits->output_bytes);
	assert(w->output != NULL);
	w->pool = pool;
	w->context = pool->maker.worker_new(pool->maker.context);
	return w;
}

static void
worker_free(struct worker *w)
{
	w->pool->maker.worker_free(w->pool->maker.context, w->context);
	free(w->output);
	free(w);
}

struct pool *
pool_new(const struct net_shared *shared, const struct worker_maker *maker)
{
	const struct net_limits *limits = shared->limits;
	struct pool *p;

	assert(limits->workers > 0 && limits->output_bytes > 0);
	p = calloc(1, sizeof *p + limits->workers * sizeof p->workers[0]);
	assert(p != NULL);
	p->shared = shared;
	p->maker = *maker;
	p->count = limits->workers;
	for (unsigned i = 0; i < p->count; i++)
		p->workers[i] = worker_new(p);
	return p;
}

/* The state that follows from an attempt to send the answer. */
static enum conn_state
state_after(struct worker *w, struct conn *conn, enum progress sent)
{
	switch (sent) {
	case PROGRESS_DONE:
		return conn_next(conn);
	case PROGRESS_NONE:
	case PROGRESS_SOME:
		COUNT(&w->counters, unsent, 1);
		return CONN_ANSWER;
	case PROGRESS_NO_MEMORY:
		COUNT(&w->counters, no_memory, 1);
		return CONN_CLOSED;
	default:
		COUNT(&w->counters, broken, 1);
		return CONN_CLOSED;
	}
}

/* The client knows its answer is whole by the close: the log comes after. */
static void
answer(struct worker *w, struct conn *conn)
{
	const struct net_shared *shared = w->pool->shared;
	const struct service *service = conn->service;
	struct transaction transaction = { .peer = &conn->peer };
	const struct request request = { &conn->peer, conn_request(conn),
		conn->is_too_long, &conn->session };
	enum progress sent;
	enum next next;
	struct buf out;

	busy_begin(&w->busy, clock_coarse_ms());
	COUNT(&w->counters, too_long, conn->is_too_long);
	buf_init(&out, w->output, shared->limits->output_bytes);
	next = service->serve(service, w->context, &request, &out);
	conn->is_closing = next == NEXT_CLOSE || conn->is_too_long;
	sent = conn_send(conn, buf_span(&out), shared->buffers);
	transaction.answer_bytes = out.length;
	transaction.microseconds = clock_monotonic_us() - conn->whole_us;
	conn->state = state_after(w, conn, sent);
	if (conn->state == CONN_CLOSED)
		conn_close(conn);
	COUNT(&w->counters, served, 1);
	COUNT(&w->counters, bytes_out, out.length);
	service->served(service, w->context, &transaction);
}

static void
serve(struct worker *w, struct conn *conn)
{
	const struct net_shared *shared = w->pool->shared;
	int answers = shared->gate != NULL ? 1 : ANSWERS_IN_A_ROW;

	if (atomic_load(&w->pool->abandoned))
		conn_close(conn);
	for (; conn->state == CONN_READY && answers > 0; answers--)
		answer(w, conn);
	handback_put(shared->handback, conn);
	busy_end(&w->busy);
}

static void *
run(void *arg)
{
	struct worker *w = arg;
	const struct net_shared *shared = w->pool->shared;
	enum queue_work work;
	struct conn *conn;
	bool awaited;

	thread_name("worker");
	while ((work = queue_next(shared->queue, &conn, &awaited)) !=
	    QUEUE_WORK_NONE) {
		if (awaited)
			handback_wake(shared->handback);
		if (work == QUEUE_WORK_SERVE) {
			serve(w, conn);
		} else {
			io_turn(shared->io);
			queue_leave_desk(shared->queue);
		}
	}
	return NULL;
}

enum err
pool_start(struct pool *p, struct fault *fault)
{
	while (p->started < p->count) {
		struct worker *w = p->workers[p->started];
		int error = pthread_create(&w->thread, NULL, run, w);

		if (error != 0)
			return fault_set(fault, ERR_WORLD,
			    "cannot start a worker: %s", strerror(error));
		p->started++;
	}
	return ERR_NONE;
}

void
pool_abandon(struct pool *p)
{
	atomic_store(&p->abandoned, true);
}

void
pool_free(struct pool **pool)
{
	struct pool *p = *pool;

	*pool = NULL;
	for (unsigned i = 0; i < p->started; i++)
		MUST_SUCCEED(pthread_join(p->workers[i]->thread, NULL));
	for (unsigned i = p->count; i-- > 0;)
		worker_free(p->workers[i]);
	free(p);
}

void
pool_sum_counters(const struct pool *p, uint64_t *sums)
{
	for (unsigned i = 0; i < p->count; i++)
		counters_sum(p->workers[i]->counters.set, sums,
		    NET_COUNTER_COUNT);
}

uint64_t
pool_busy_ms(const struct pool *p, uint64_t now_ms)
{
	uint64_t longest_ms = 0;

	for (unsigned i = 0; i < p->count; i++) {
		uint64_t ms = busy_for_ms(&p->workers[i]->busy, now_ms);

		if (ms > longest_ms)
			longest_ms = ms;
	}
	return longest_ms;
}
