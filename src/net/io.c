#include "net/io.h"

#include "net/doors.h"
#include "net/handback.h"
#include "net/io_state.h"
#include "net/listen.h"
#include "net/net.h"
#include "net/proxy.h"
#include "net/queue.h"
#include "net/shared.h"
#include "net/wait.h"
#include "sys/clock.h"
#include "sys/thread.h"

#include <assert.h>
#include <stdlib.h>

enum {
	LAST_ACCEPTS = 4096, /* while draining: what the backlog can hold */
	GLANCE_MS = 1000,    /* at what came back closed and woke nobody */
};

enum { SOURCE_HANDBACK = DOORS_MAX }; /* the doors have those below */

enum err
io_new(struct io **io, const struct net_shared *shared, struct fault *fault)
{
	struct io *o = calloc(1, sizeof *o);
	enum err err;

	assert(o != NULL);
	o->shared = shared;
	o->limits = shared->limits;
	o->queue = shared->queue;
	o->handback = shared->handback;
	o->buffers = shared->buffers;
	o->porter.counters = &o->counters;
	o->now_ms = clock_coarse_ms();
	reserve_open(&o->reserve, handback_descriptor(o->handback));
	o->table = conn_table_new(o->limits->connections, o->buffers);
	TAILQ_INIT(&o->ready);
	err = wait_new(&o->wait, o->table, o->limits, fault);
	if (err == ERR_NONE) {
		o->doors = doors_new(o->wait);
		err = wait_watch(o->wait, handback_descriptor(o->handback),
		    SOURCE_HANDBACK, fault);
	}
	if (err != ERR_NONE)
		io_free(&o);
	*io = o;
	return err;
}

static void
drop_all(struct io *io)
{
	struct conn *conn;

	handback_take(io->handback, &io->ready);
	while ((conn = TAILQ_FIRST(&io->ready)) != NULL) {
		TAILQ_REMOVE(&io->ready, conn, link);
		io_drop(io, conn);
	}
	while ((conn = wait_longest_silent(io->wait)) != NULL)
		io_drop(io, conn);
}

void
io_free(struct io **io)
{
	struct io *o = *io;

	*io = NULL;
	if (o->wait != NULL)
		drop_all(o);
	if (o->doors != NULL)
		doors_free(&o->doors);
	if (o->wait != NULL)
		wait_free(&o->wait);
	conn_table_free(&o->table);
	reserve_close(&o->reserve);
	free(o);
}

enum err
io_add_listener(struct io *io, const struct listener *listener,
    struct fault *fault)
{
	const struct service *service = listener_service(listener);

	assert(!service->wants_proxy ||
	    service->request_max >= PROXY_NEEDED_MAX);
	io->is_mute |= service->refuse == NULL;
	return doors_add(io->doors, listener, fault);
}

void
io_set_gate(struct io *io, const struct gate *gate)
{
	io->porter.gate = gate;
}

static void
take_events(struct io *io)
{
	struct wait_event event;

	while (wait_next_event(io->wait, &event)) {
		if (event.conn == NULL && event.source == SOURCE_HANDBACK)
			handback_clear(io->handback);
		else if (event.conn == NULL)
			doors_knock(io->doors, event.source);
		else if (event.conn->state == CONN_ANSWER)
			io_on_room(io, event.conn);
		else if (event.conn->state == CONN_LINGER)
			io_on_waste(io, event.conn);
		else
			io_on_input(io, event.conn);
	}
}

static void
take_back(struct io *io)
{
	struct conn_list list = TAILQ_HEAD_INITIALIZER(list);
	struct conn *conn;

	handback_take(io->handback, &list);
	while ((conn = TAILQ_FIRST(&list)) != NULL) {
		TAILQ_REMOVE(&list, conn, link);
		io->resume_ms = 0;
		if (conn->is_expired && conn->state != CONN_CLOSED) {
			COUNT(&io->counters, deadline_connection, 1);
			io_drop(io, conn);
		} else {
			io_resume(io, conn);
		}
	}
}

static void
drop_expired(struct io *io)
{
	struct conn *conn;

	while ((conn = wait_expired(io->wait, io->now_ms)) != NULL) {
		if (conn->is_expired)
			COUNT(&io->counters, deadline_connection, 1);
		else if (conn->state == CONN_REQUEST)
			COUNT(&io->counters, deadline_request, 1);
		else if (conn->state == CONN_IDLE)
			COUNT(&io->counters, deadline_idle, 1);
		else if (conn->state == CONN_ANSWER)
			COUNT(&io->counters, deadline_write, 1);
		io_drop(io, conn);
	}
}

/* Bounded, since some may go back to wait for more. */
static void
take_all_events(struct io *io)
{
	bool are_more = true;

	for (unsigned i = 0; are_more && i < io->limits->connections; i++) {
		are_more = wait_for_events(io->wait, 0);
		take_events(io);
	}
}

/*
 * Those who called before we stopped are let in, and those whose request is on
 * its way to us are read: they cannot know.
 */
static void
begin_drain(struct io *io)
{
	struct conn *conn;

	take_all_events(io);
	io->is_draining = true;
	io->last_accepts = LAST_ACCEPTS;
	doors_knock_all(io->doors);
	while ((conn = wait_first(io->wait, CONN_REQUEST)) != NULL ||
	    (conn = wait_first(io->wait, CONN_IDLE)) != NULL)
		io_drop(io, conn);
}

/* Some neither wait for their clients nor were dropped: workers have them. */
static bool
some_are_out(const struct io *io)
{
	unsigned waiting = 0;

	for (unsigned state = 0; state < CONN_STATES; state++)
		waiting += wait_count(io->wait, state);
	return conn_table_used(io->table) > waiting;
}

/* How long there is nothing to do, unless there are events. */
static uint64_t
sleep_until(struct io *io)
{
	uint64_t until_ms = wait_deadline(io->wait);
	uint64_t drain_ms = atomic_load(&io->drain_until_ms);
	uint64_t glance_ms = io->now_ms + GLANCE_MS;

	if (doors_have_callers(io->doors) && io_may_accept(io))
		return 0;
	if (glance_ms < until_ms && some_are_out(io))
		until_ms = glance_ms;
	if (io->resume_ms > 0 && io->resume_ms < until_ms)
		until_ms = io->resume_ms;
	if (drain_ms > 0 && drain_ms < until_ms)
		until_ms = drain_ms;
	return until_ms;
}

static void
gauge(struct io *io)
{
	static const struct {
		enum net_gauge gauge;
		enum conn_state state;
	} waiting[] = {
		{ NET_GAUGE_waiting_request, CONN_REQUEST },
		{ NET_GAUGE_waiting_idle, CONN_IDLE },
		{ NET_GAUGE_waiting_answer, CONN_ANSWER },
		{ NET_GAUGE_waiting_linger, CONN_LINGER },
	};

	counter_set(&io->gauges[NET_GAUGE_connections],
	    conn_table_used(io->table));
	for (size_t i = 0; i < sizeof waiting / sizeof waiting[0]; i++)
		counter_set(&io->gauges[waiting[i].gauge],
		    wait_count(io->wait, waiting[i].state));
}

void
io_turn(struct io *io)
{
	(void)wait_for_events(io->wait, sleep_until(io));
	io->now_ms = clock_coarse_ms();
	busy_begin(&io->busy, io->now_ms);
	if (io->resume_ms <= io->now_ms)
		io->resume_ms = 0;
	take_events(io);
	if (atomic_load(&io->drain_until_ms) > 0 && !io->is_draining)
		begin_drain(io);
	take_back(io);
	io_push_ready(io);
	drop_expired(io);
	(void)io_bound_buffers(io);
	io_accept_all(io);
	if (io->is_draining)
		handback_want(io->handback); /* the last one ends it */
	gauge(io);
	busy_end(&io->busy);
}

static bool
is_drained(const struct io *io)
{
	return io->is_draining && conn_table_used(io->table) == 0 &&
	    (!doors_have_callers(io->doors) || io->last_accepts == 0);
}

static bool
is_over(const struct io *io)
{
	return is_drained(io) || (io->is_draining &&
	    io->now_ms >= atomic_load(&io->drain_until_ms));
}

/* What is left when the time is over: does anybody miss an answer? */
static bool
is_cut_off(struct io *io)
{
	struct conn *conn;

	take_back(io);
	while ((conn = wait_first(io->wait, CONN_LINGER)) != NULL)
		io_drop(io, conn);
	return conn_table_used(io->table) > 0;
}

void *
io_relief(void *arg)
{
	struct io *io = arg;

	thread_name("relief");
	queue_relieve(io->queue);
	while (!is_over(io)) {
		io_turn(io);
		if (queue_yield_desk(io->queue))
			queue_relieve(io->queue);
	}
	return is_cut_off(io) ? io : NULL;
}

void
io_drain(struct io *io, uint64_t until_ms)
{
	atomic_store(&io->drain_until_ms, until_ms);
	queue_reserve_desk(io->queue);
	handback_wake(io->handback);
}

void
io_sum_counters(const struct io *io, uint64_t *sums)
{
	counters_sum(io->counters.set, sums, NET_COUNTER_COUNT);
}

void
io_sum_gauges(const struct io *io, uint64_t *sums)
{
	counters_sum(io->gauges, sums, NET_GAUGE_COUNT);
}

uint64_t
io_busy_ms(const struct io *io, uint64_t now_ms)
{
	return busy_for_ms(&io->busy, now_ms);
}
