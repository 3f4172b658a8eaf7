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
 * Requests that came together are answered in a row, and sent in one write.  A
 * row ends with the last one that is whole and may be served (net/porter), or
 * when it has become so long or has taken so much time; then others have their
 * turn.  Each answer may be as long as any other: the output has room for the
 * row and the longest answer behind it.
 */
enum { ROW_BYTES = 64 << 10, ROW_US = 10000 };

/* Of one connection. */
struct row {
	size_t length;      /* of all answers so far */
	uint64_t until_us;  /* when it has taken enough time */
	uint64_t turn_us;   /* when the turn of the last request came */
	size_t last_length; /* of the answer to it */
};

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
	w->output = malloc(ROW_BYTES + pool->shared->limits->output_bytes);
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

/* The next request; its answer is added to the row. */
static void
answer(struct worker *w, struct conn *conn, struct row *row)
{
	const struct service *service = conn->service;
	const struct request request = { &conn->peer, conn_request(conn),
		conn->is_too_long, &conn->session };
	enum next next;
	struct buf out;

	busy_begin(&w->busy, clock_coarse_ms());
	COUNT(&w->counters, too_long, conn->is_too_long);
	buf_init(&out, w->output + row->length,
	    w->pool->shared->limits->output_bytes);
	next = service->serve(service, w->context, &request, &out);
	conn->is_closing = next == NEXT_CLOSE || conn->is_too_long;
	conn->allowed--;
	conn_consume_request(conn);
	row->turn_us = conn->whole_us;
	row->last_length = out.length;
	row->length += out.length;
}

/* Whether the next request, which was found then, belongs to the row. */
static bool
goes_on(struct conn *conn, const struct row *row)
{
	return !conn->is_closing && conn->allowed > 0 &&
	    row->length < ROW_BYTES && conn_frame(conn) == PROGRESS_DONE &&
	    conn->whole_us < row->until_us;
}

/* Of the last request in the row. */
static void
note_served(struct worker *w, const struct conn *conn, const struct row *row)
{
	const struct transaction transaction = { &conn->peer,
		row->last_length, clock_monotonic_us() - row->turn_us };

	COUNT(&w->counters, served, 1);
	COUNT(&w->counters, bytes_out, row->last_length);
	conn->service->served(conn->service, w->context, &transaction);
}

/*
 * Behind the last answer, which the client knows to be whole by the close, the
 * log comes last.
 */
static void
answer_row(struct worker *w, struct conn *conn)
{
	struct row row = { .until_us = clock_monotonic_us() + ROW_US };
	enum progress sent;

	answer(w, conn, &row);
	while (goes_on(conn, &row)) {
		note_served(w, conn, &row);
		answer(w, conn, &row);
	}
	sent = conn_send(conn, (struct span){ w->output, row.length },
	    w->pool->shared->buffers);
	conn->state = state_after(w, conn, sent);
	if (conn->state == CONN_CLOSED)
		conn_close(conn);
	note_served(w, conn, &row);
}

static void
serve(struct worker *w, struct conn *conn)
{
	if (atomic_load(&w->pool->abandoned))
		conn_close(conn);
	else
		answer_row(w, conn);
	handback_put(w->pool->shared->handback, conn);
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
