#include "net/io_state.h"

#include "base/addr.h"
#include "net/queue.h"
#include "net/wait.h"
#include "sys/log.h"

#include <sys/socket.h>

enum { COMPLAINT_MS = 10000 }; /* from one line in the log to the next */

void
io_drop(struct io *io, struct conn *conn)
{
	if (conn->is_waiting)
		wait_leave(io->wait, conn);
	wait_forget(io->wait, conn);
	porter_see_out(&io->porter, conn, io->now_ms);
	conn_drop(io->table, conn);
	COUNT(&io->counters, closed, 1);
}

bool
io_may_complain(struct io *io, enum complaint complaint)
{
	bool may = io->now_ms >= io->complaint_ms[complaint];

	if (may)
		io->complaint_ms[complaint] = io->now_ms + COMPLAINT_MS;
	return may;
}

/* The client is none, or knows nothing of what is expected here. */
void
io_complain_of_peer(struct io *io, enum complaint complaint,
    const struct conn *conn)
{
	char address[ADDR_TEXT_MAX];

	if (!io_may_complain(io, complaint))
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
	io_drop(io, conn);
}

/* After an event that changed nothing: the deadline stays. */
static void
park_again(struct io *io, struct conn *conn)
{
	conn_trim(conn, io->buffers);
	if (wait_again(io->wait, conn))
		return;
	COUNT(&io->counters, no_memory, 1);
	io_drop(io, conn);
}

/* In order: nobody overtakes those who could not be pushed before. */
static void
push(struct io *io, struct conn *conn)
{
	COUNT(&io->counters, requests, 1);
	if (!TAILQ_EMPTY(&io->ready) || !queue_push(io->queue, conn))
		TAILQ_INSERT_TAIL(&io->ready, conn, link);
}

void
io_push_ready(struct io *io)
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
		io_drop(io, conn);
}

/*
 * Nobody can know how long a session will last: its total time is that of one
 * request, from its beginning to the end of its answer.
 */
void
io_resume(struct io *io, struct conn *conn)
{
	bool asks_again = conn->state == CONN_REQUEST ||
	    conn->state == CONN_IDLE;

	if (asks_again && io->is_draining)
		conn->state = conn_end(conn);
	else if (conn->state == CONN_IDLE)
		wait_forget(io->wait, conn);
	else if (asks_again || conn->state == CONN_READY)
		wait_remember(io->wait, conn, io->now_ms);
	io_settle(io, conn);
}

void
io_settle(struct io *io, struct conn *conn)
{
	if (conn->state == CONN_READY)
		conn->state = porter_let_ask(&io->porter, conn, io->now_ms);
	switch (conn->state) {
	case CONN_CLOSED:
		io_drop(io, conn);
		break;
	case CONN_REQUEST:
	case CONN_IDLE:
		if (io->is_draining)
			io_drop(io, conn);
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
		io_complain_of_peer(io, COMPLAINT_MALFORMED, conn);
		break;
	default:
		COUNT(&io->counters, empty, conn->state == CONN_REQUEST);
		break;
	}
	io_drop(io, conn);
}

void
io_go_on(struct io *io, struct conn *conn, enum progress progress)
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
	io_settle(io, conn);
}

enum progress
io_receive(struct io *io, struct conn *conn)
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
	io_settle(io, conn);
}

void
io_on_input(struct io *io, struct conn *conn)
{
	enum progress progress = io_receive(io, conn);

	if (progress == PROGRESS_NONE ||
	    (progress == PROGRESS_SOME && conn->state == CONN_REQUEST)) {
		on_dribble(io, conn);
		return;
	}
	wait_leave(io->wait, conn);
	if (conn->state == CONN_IDLE)
		wait_remember(io->wait, conn, io->now_ms);
	io_go_on(io, conn, progress);
}

void
io_on_room(struct io *io, struct conn *conn)
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
		io_resume(io, conn);
}

void
io_on_waste(struct io *io, struct conn *conn)
{
	enum progress progress = conn_discard(conn);

	if (progress == PROGRESS_NONE || progress == PROGRESS_SOME)
		park_again(io, conn);
	else
		io_drop(io, conn);
}
