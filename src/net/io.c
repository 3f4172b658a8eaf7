#include "net/io.h"

#include "base/buf.h"
#include "net/buffers.h"
#include "net/busy.h"
#include "net/conn.h"
#include "net/counters.h"
#include "net/doors.h"
#include "net/gate.h"
#include "net/handback.h"
#include "net/listen.h"
#include "net/net.h"
#include "net/porter.h"
#include "net/proxy.h"
#include "net/queue.h"
#include "net/reserve.h"
#include "net/shared.h"
#include "net/wait.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/thread.h"

#include <assert.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	ACCEPT_BATCH = 16,     /* then look at the waiting ones again */
	LAST_ACCEPTS = 4096,   /* while draining: what the backlog can hold */
	WASTE_BYTES = 4096,    /* read of those who are turned away */
	PAUSE_MS = 100,        /* without descriptors; then try again */
	COMPLAINT_MS = 10000,  /* from one line in the log to the next */
};

/* What the log is told of now and then, each for itself. */
enum complaint {
	COMPLAINT_DESCRIPTORS,
	COMPLAINT_SILENT,
	COMPLAINT_UNTRUSTED,
	COMPLAINT_MALFORMED,
};

enum { COMPLAINTS = COMPLAINT_MALFORMED + 1 };

enum { SOURCE_HANDBACK = DOORS_MAX }; /* the doors have those below */

struct io {
	const struct net_limits *limits;
	const struct net_shared *shared;
	struct queue *queue;
	struct handback *handback;
	struct buffers *buffers;
	struct conn_table *table;
	struct wait *wait;
	struct doors *doors;
	struct porter porter;
	struct reserve reserve;
	struct conn_list ready; /* whole, and the queue was full */
	uint64_t now_ms;
	uint64_t resume_ms;     /* accept again: descriptors were used up */
	uint64_t complaint_ms[COMPLAINTS]; /* when the log may be told again */
	bool is_mute;           /* a service has no words to turn away with */
	bool is_hungry;         /* in this turn: for a place in the table */
	bool is_draining;
	unsigned last_accepts;
	_Atomic uint64_t drain_until_ms; /* 0: not asked for */
	struct busy busy; /* with one turn */
	struct net_counters counters;
	counter gauges[NET_GAUGE_COUNT];
};

static void
drop(struct io *io, struct conn *conn)
{
	if (conn->is_waiting)
		wait_leave(io->wait, conn);
	wait_forget(io->wait, conn);
	porter_see_out(&io->porter, conn, io->now_ms);
	conn_drop(io->table, conn);
	COUNT(&io->counters, closed, 1);
}

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
		drop(io, conn);
	}
	while ((conn = wait_longest_silent(io->wait)) != NULL)
		drop(io, conn);
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

/* Under overload one line must not become thousands. */
static bool
may_complain(struct io *io, enum complaint complaint)
{
	bool may = io->now_ms >= io->complaint_ms[complaint];

	if (may)
		io->complaint_ms[complaint] = io->now_ms + COMPLAINT_MS;
	return may;
}

/* The client is none, or knows nothing of what is expected here. */
static void
complain_of_peer(struct io *io, enum complaint complaint,
    const struct conn *conn)
{
	char address[ADDR_TEXT_MAX];

	if (!may_complain(io, complaint))
		return;
	addr_format(&conn->peer.addr, address);
	log_line(LOG_LEVEL_NOTICE, complaint == COMPLAINT_UNTRUSTED ?
	    "closed a connection from %s, which is not one of the proxies" :
	    "closed a connection from %s, which sent no PROXY header",
	    address);
}

static void
park(struct io *io, struct conn *conn)
{
	conn_trim(conn, io->buffers);
	COUNT(&io->counters, parked, 1);
	if (wait_park(io->wait, conn, io->now_ms))
		return;
	COUNT(&io->counters, no_memory, 1);
	drop(io, conn);
}

/* After an event that changed nothing: the deadline stays. */
static void
park_again(struct io *io, struct conn *conn)
{
	conn_trim(conn, io->buffers);
	if (wait_again(io->wait, conn))
		return;
	COUNT(&io->counters, no_memory, 1);
	drop(io, conn);
}

/* In order: nobody overtakes those who could not be pushed before. */
static void
push(struct io *io, struct conn *conn)
{
	COUNT(&io->counters, requests, 1);
	if (!TAILQ_EMPTY(&io->ready) || !queue_push(io->queue, conn))
		TAILQ_INSERT_TAIL(&io->ready, conn, link);
}

static void
push_ready(struct io *io)
{
	struct conn *conn;

	while ((conn = TAILQ_FIRST(&io->ready)) != NULL) {
		TAILQ_REMOVE(&io->ready, conn, link);
		if (queue_push(io->queue, conn))
			continue;
		TAILQ_INSERT_HEAD(&io->ready, conn, link);
		return;
	}
}

static void
linger(struct io *io, struct conn *conn)
{
	COUNT(&io->counters, lingered, 1);
	conn->input_length = 0;
	if (shutdown(conn->descriptor, SHUT_WR) == 0)
		park(io, conn);
	else
		drop(io, conn);
}

/* Bring a connection to where its state belongs. */
static void
settle(struct io *io, struct conn *conn)
{
	if (conn->state == CONN_READY)
		conn->state = porter_let_ask(&io->porter, conn, io->now_ms);
	switch (conn->state) {
	case CONN_CLOSED:
		drop(io, conn);
		break;
	case CONN_REQUEST:
	case CONN_IDLE:
		if (io->is_draining)
			drop(io, conn);
		else
			park(io, conn);
		break;
	case CONN_READY:
		push(io, conn);
		break;
	case CONN_ANSWER:
		park(io, conn);
		break;
	case CONN_LINGER:
		linger(io, conn);
		break;
	}
}

/* A connection that neither waits nor goes on: why, and the end of it. */
static void
give_up(struct io *io, struct conn *conn, enum progress why)
{
	switch (why) {
	case PROGRESS_NO_MEMORY:
		COUNT(&io->counters, no_memory, 1);
		break;
	case PROGRESS_BROKEN:
		COUNT(&io->counters, broken, 1);
		break;
	case PROGRESS_MALFORMED:
		COUNT(&io->counters, proxy_malformed, 1);
		complain_of_peer(io, COMPLAINT_MALFORMED, conn);
		break;
	default:
		COUNT(&io->counters, empty, conn->state == CONN_REQUEST);
		break;
	}
	drop(io, conn);
}

/* What follows from an attempt to receive a request. */
static void
go_on(struct io *io, struct conn *conn, enum progress progress)
{
	switch (progress) {
	case PROGRESS_DONE:
		conn->state = CONN_READY;
		break;
	case PROGRESS_NONE:
	case PROGRESS_SOME:
		conn->state = CONN_REQUEST;
		break;
	default:
		give_up(io, conn, progress);
		return;
	}
	conn->state = porter_let_in(&io->porter, conn, io->now_ms);
	settle(io, conn);
}

static enum progress
receive(struct io *io, struct conn *conn)
{
	bool awaited_header = conn->awaits_header;
	enum progress progress = conn_receive(conn, io->buffers);

	if (awaited_header && !conn->awaits_header) {
		COUNT(&io->counters, proxied, conn->is_proxied);
		COUNT(&io->counters, proxy_local, !conn->is_proxied);
	}
	return progress;
}

/* Some more of a request, or of what comes before it: the deadline stays. */
static void
on_dribble(struct io *io, struct conn *conn)
{
	enum conn_state next = porter_let_in(&io->porter, conn, io->now_ms);

	if (next == conn->state) {
		park_again(io, conn);
		return;
	}
	wait_leave(io->wait, conn);
	conn->state = next;
	settle(io, conn);
}

static void
on_input(struct io *io, struct conn *conn)
{
	enum progress progress = receive(io, conn);

	if (progress == PROGRESS_NONE ||
	    (progress == PROGRESS_SOME && conn->state == CONN_REQUEST)) {
		on_dribble(io, conn);
		return;
	}
	wait_leave(io->wait, conn);
	go_on(io, conn, progress);
}

static void
on_room(struct io *io, struct conn *conn)
{
	enum progress progress = conn_flush(conn, io->buffers);

	if (progress == PROGRESS_NONE) {
		park_again(io, conn);
		return;
	}
	wait_leave(io->wait, conn);
	if (progress == PROGRESS_DONE)
		conn->state = conn_next(conn);
	if (progress == PROGRESS_BROKEN)
		give_up(io, conn, progress);
	else
		settle(io, conn);
}

static void
on_waste(struct io *io, struct conn *conn)
{
	enum progress progress = conn_discard(conn);

	if (progress == PROGRESS_NONE || progress == PROGRESS_SOME)
		park_again(io, conn);
	else
		drop(io, conn);
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
			on_room(io, event.conn);
		else if (event.conn->state == CONN_LINGER)
			on_waste(io, event.conn);
		else
			on_input(io, event.conn);
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
			COUNT(&io->counters, deadline_total, 1);
			drop(io, conn);
		} else {
			settle(io, conn);
		}
	}
}

static void
drop_expired(struct io *io)
{
	struct conn *conn;

	while ((conn = wait_expired(io->wait, io->now_ms)) != NULL) {
		if (conn->is_expired)
			COUNT(&io->counters, deadline_total, 1);
		else if (conn->state == CONN_REQUEST)
			COUNT(&io->counters, deadline_request, 1);
		else if (conn->state == CONN_IDLE)
			COUNT(&io->counters, deadline_idle, 1);
		else if (conn->state == CONN_ANSWER)
			COUNT(&io->counters, deadline_write, 1);
		drop(io, conn);
	}
}

/* Whoever waits and holds most without need; NULL: nobody does. */
static struct conn *
greediest(struct io *io)
{
	struct conn *conn = wait_first(io->wait, CONN_ANSWER);

	return conn != NULL ? conn : wait_longest_holding(io->wait);
}

/*
 * Clients must not fill the memory: first go those that have taken nothing of
 * their answer for longest, then those that have been silent longest in the
 * middle of a request.  False: only queued requests are left, which workers
 * will see to.
 */
static bool
bound_buffers(struct io *io)
{
	struct conn *conn;

	while (buffers_are_overdrawn(io->buffers) &&
	    (conn = greediest(io)) != NULL) {
		if (conn->state == CONN_ANSWER)
			COUNT(&io->counters, evicted_unsent, 1);
		else
			COUNT(&io->counters, evicted_input, 1);
		drop(io, conn);
	}
	return !buffers_are_overdrawn(io->buffers);
}

/* True: one place more, in the table and among the descriptors. */
static bool
evict_silent(struct io *io)
{
	struct conn *conn = wait_longest_silent(io->wait);

	if (conn == NULL)
		return false;
	if (may_complain(io, COMPLAINT_SILENT))
		log_line(LOG_LEVEL_NOTICE, "%u connections are open:"
		    " dropping the longest silent ones",
		    conn_table_used(io->table));
	COUNT(&io->counters, evicted_silent, 1);
	drop(io, conn);
	return true;
}

/* Most callers have sent their whole request by now: read it at once. */
static void
admit(struct io *io, const struct caller *caller)
{
	struct conn *conn = conn_take(io->table);

	if (conn == NULL && evict_silent(io))
		conn = conn_take(io->table);
	assert(conn != NULL);
	conn->service = caller->service;
	conn->peer = caller->peer;
	conn->descriptor = caller->descriptor;
	conn->state = CONN_REQUEST;
	conn->accepted_ms = io->now_ms;
	conn->awaits_header = caller->service->wants_proxy;
	wait_remember(io->wait, conn);
	COUNT(&io->counters, accepted, 1);
	reserve_note_plenty(&io->reserve);
	io->last_accepts -= io->is_draining;
	if (conn->awaits_header && !porter_trusts(&io->porter, conn)) {
		COUNT(&io->counters, proxy_untrusted, 1);
		complain_of_peer(io, COMPLAINT_UNTRUSTED, conn);
		drop(io, conn);
	} else {
		go_on(io, conn, receive(io, conn));
	}
}

/*
 * What has come is read first, since closing with input left unread could cut
 * off the sentence.  There is no descriptor to linger with.
 */
static void
tell_no_room(const struct caller *caller)
{
	char waste[WASTE_BYTES], memory[GATE_REFUSAL_MAX];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	caller->service->refuse(caller->service, "The server has no room for "
	    "more callers; try again in a minute.", &out);
	(void)recv(caller->descriptor, waste, sizeof waste, MSG_DONTWAIT);
	(void)send(caller->descriptor, out.data, out.length,
	    MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* With the descriptor kept in reserve; the others wait in the backlog. */
static void
turn_one_away(struct io *io)
{
	struct caller caller;

	reserve_lend(&io->reserve);
	if (doors_answer(io->doors, &caller) == ANSWERED_CALLER) {
		tell_no_room(&caller);
		COUNT(&io->counters, turned_away, 1);
		close(caller.descriptor);
	}
	reserve_regain(&io->reserve);
}

/*
 * A silent connection gives up its descriptor; when none is silent, accepting
 * rests until one is closed.  When that lasts, one caller is turned away at
 * each attempt: the kernel's backlog keeps all of them, but not for ever.
 */
static void
find_descriptor(struct io *io, int error)
{
	COUNT(&io->counters, fd_exhausted, 1);
	if (may_complain(io, COMPLAINT_DESCRIPTORS))
		log_line(LOG_LEVEL_ERROR, "cannot accept with %u connections"
		    " open: %s", conn_table_used(io->table), strerror(error));
	if (evict_silent(io))
		return;
	if (reserve_note_lack(&io->reserve, io->now_ms) && !io->is_mute)
		turn_one_away(io);
	io->resume_ms = io->now_ms + PAUSE_MS;
	handback_want(io->handback);
}

static bool
has_place(struct io *io)
{
	bool has_memory = bound_buffers(io);

	if (has_memory &&
	    (conn_table_used(io->table) < io->limits->connections ||
	    wait_longest_silent(io->wait) != NULL))
		return true;
	COUNT(&io->counters, buffers_full, !has_memory);
	COUNT(&io->counters, table_full, has_memory);
	io->is_hungry = true;
	handback_want(io->handback);
	return false;
}

/* No, while the queue is full, every connection busy, or descriptors short. */
static bool
may_accept(struct io *io)
{
	if (io->is_draining && io->last_accepts == 0)
		return false;
	return TAILQ_EMPTY(&io->ready) && !io->is_hungry &&
	    io->resume_ms <= io->now_ms;
}

static void
accept_one(struct io *io)
{
	struct caller caller;

	switch (doors_answer(io->doors, &caller)) {
	case ANSWERED_CALLER:
		admit(io, &caller);
		break;
	case ANSWERED_NO_DESCRIPTOR:
		find_descriptor(io, errno);
		break;
	case ANSWERED_NOBODY:
		break;
	}
}

static void
accept_all(struct io *io)
{
	bool was_open;

	io->is_hungry = false;
	was_open = may_accept(io);
	for (int i = 0; i < ACCEPT_BATCH && may_accept(io) &&
	    doors_have_callers(io->doors) && has_place(io); i++)
		accept_one(io);
	COUNT(&io->counters, queue_full,
	    was_open && !TAILQ_EMPTY(&io->ready));
	doors_watch(io->doors, may_accept(io) && !io->is_draining);
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
		drop(io, conn);
}

/* How long there is nothing to do, unless there are events. */
static uint64_t
sleep_until(struct io *io)
{
	uint64_t until_ms = wait_deadline(io->wait);
	uint64_t drain_ms = atomic_load(&io->drain_until_ms);

	if (doors_have_callers(io->doors) && may_accept(io))
		return 0;
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

static void
turn(struct io *io)
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
	push_ready(io);
	drop_expired(io);
	(void)bound_buffers(io);
	accept_all(io);
	queue_wake(io->queue);
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

/* What is left when the time is over: does anybody miss an answer? */
static bool
is_cut_off(struct io *io)
{
	struct conn *conn;

	take_back(io);
	while ((conn = wait_first(io->wait, CONN_LINGER)) != NULL)
		drop(io, conn);
	return conn_table_used(io->table) > 0;
}

void *
io_run(void *arg)
{
	struct io *io = arg;

	thread_name("io");
	io->porter.gate = io->shared->gate;
	io->now_ms = clock_coarse_ms();
	do
		turn(io);
	while (!is_drained(io) && (!io->is_draining ||
	    io->now_ms < atomic_load(&io->drain_until_ms)));
	return is_cut_off(io) ? io : NULL;
}

void
io_drain(struct io *io, uint64_t until_ms)
{
	atomic_store(&io->drain_until_ms, until_ms);
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
