#include "net/io_state.h"

#include "base/buf.h"
#include "net/buffers.h"
#include "net/doors.h"
#include "net/gate.h"
#include "net/handback.h"
#include "net/net.h"
#include "net/wait.h"
#include "sys/log.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	ACCEPT_BATCH = 16,     /* then look at the waiting ones again */
	WASTE_BYTES = 4096,    /* read of those who are turned away */
	PAUSE_MS = 100,        /* without descriptors; then try again */
};

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
bool
io_bound_buffers(struct io *io)
{
	struct conn *conn;

	while (buffers_are_overdrawn(io->buffers) &&
	    (conn = greediest(io)) != NULL) {
		if (conn->state == CONN_ANSWER)
			COUNT(&io->counters, evicted_unsent, 1);
		else
			COUNT(&io->counters, evicted_input, 1);
		io_drop(io, conn);
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
	if (io_may_complain(io, COMPLAINT_SILENT))
		log_line(LOG_LEVEL_NOTICE, "%u connections are open:"
		    " dropping the longest silent ones",
		    conn_table_used(io->table));
	COUNT(&io->counters, evicted_silent, 1);
	io_drop(io, conn);
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
	conn->awaits_header = caller->service->wants_proxy;
	wait_remember(io->wait, conn, io->now_ms);
	COUNT(&io->counters, accepted, 1);
	reserve_note_plenty(&io->reserve);
	io->last_accepts -= io->is_draining;
	if (conn->awaits_header && !porter_trusts(&io->porter, conn)) {
		COUNT(&io->counters, proxy_untrusted, 1);
		io_complain_of_peer(io, COMPLAINT_UNTRUSTED, conn);
		io_drop(io, conn);
	} else {
		io_go_on(io, conn, io_receive(io, conn));
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
	if (io_may_complain(io, COMPLAINT_DESCRIPTORS))
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
	bool has_memory = io_bound_buffers(io);

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

bool
io_may_accept(struct io *io)
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

void
io_accept_all(struct io *io)
{
	bool was_open;

	io->is_hungry = false;
	was_open = io_may_accept(io);
	for (int i = 0; i < ACCEPT_BATCH && io_may_accept(io) &&
	    doors_have_callers(io->doors) && has_place(io); i++)
		accept_one(io);
	COUNT(&io->counters, queue_full,
	    was_open && !TAILQ_EMPTY(&io->ready));
	doors_watch(io->doors, io_may_accept(io) && !io->is_draining);
}
