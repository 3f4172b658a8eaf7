#include "net/conn.h"

#include "net/buffers.h"
#include "net/proxy.h"
#include "sys/clock.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Discarding for one client must not hold up the others. */
enum { DISCARD_BYTES = 4096, DISCARD_READS = 16 };

_Static_assert(sizeof(struct conn) <= 256, "a silent connection is cheap");

struct conn_table {
	struct buffers *buffers;
	struct conn_list free; /* places used before */
	unsigned touched;      /* places ever used: the first ones */
	unsigned used;
	unsigned capacity;
	struct conn places[];
};

/* Places that were never used are memory that is not there yet. */
struct conn_table *
conn_table_new(unsigned capacity, struct buffers *buffers)
{
	struct conn_table *t;

	assert(capacity > 0);
	t = calloc(1, sizeof *t + capacity * sizeof t->places[0]);
	assert(t != NULL);
	t->buffers = buffers;
	t->capacity = capacity;
	TAILQ_INIT(&t->free);
	return t;
}

void
conn_table_free(struct conn_table **table)
{
	struct conn_table *t = *table;

	*table = NULL;
	for (unsigned i = 0; i < t->touched; i++)
		if (t->places[i].service != NULL)
			conn_drop(t, &t->places[i]);
	free(t);
}

struct conn *
conn_take(struct conn_table *t)
{
	struct conn *conn = TAILQ_FIRST(&t->free);
	uint32_t generation;

	if (conn != NULL)
		TAILQ_REMOVE(&t->free, conn, link);
	else if (t->touched < t->capacity)
		conn = &t->places[t->touched++];
	else
		return NULL;
	t->used++;
	generation = conn->generation;
	memset(conn, 0, sizeof *conn);
	conn->generation = generation;
	conn->descriptor = -1;
	return conn;
}

static void
give_input(struct conn *conn, struct buffers *buffers)
{
	if (conn->input != NULL)
		buffers_give(buffers, BUFFERS_INPUT, conn->input,
		    conn->service->request_max);
	conn->input = NULL;
}

static void
give_unsent(struct conn *conn, struct buffers *buffers)
{
	if (conn->unsent != NULL)
		buffers_give(buffers, BUFFERS_UNSENT, conn->unsent,
		    conn->unsent_size);
	conn->unsent = NULL;
}

void
conn_drop(struct conn_table *t, struct conn *conn)
{
	if (conn->descriptor >= 0)
		conn_close(conn);
	give_input(conn, t->buffers);
	give_unsent(conn, t->buffers);
	conn->service = NULL;
	conn->generation++;
	TAILQ_INSERT_HEAD(&t->free, conn, link);
	t->used--;
}

unsigned
conn_table_used(const struct conn_table *t)
{
	return t->used;
}

unsigned
conn_index(const struct conn_table *t, const struct conn *conn)
{
	return (unsigned)(conn - t->places);
}

struct conn *
conn_find(struct conn_table *t, unsigned index, uint32_t generation)
{
	struct conn *conn = &t->places[index];

	assert(index < t->touched);
	return conn->generation == generation ? conn : NULL;
}

/* What has been read and not consumed. */
static struct span
input_of(const struct conn *conn)
{
	if (conn->input_length == 0)
		return (struct span){ "", 0 };
	return (struct span){ conn->input + conn->input_start,
		conn->input_length };
}

enum progress
conn_frame(struct conn *conn)
{
	const struct service *service = conn->service;
	struct span input = input_of(conn);
	enum frame frame = FRAME_MORE;

	if (input.length > 0 || conn->has_ended)
		frame = service->frame(service, input, conn->has_ended,
		    &conn->request_length);
	if (frame == FRAME_MORE && conn->has_ended)
		frame = FRAME_EMPTY;
	if (frame == FRAME_MORE && input.length < service->request_max)
		return PROGRESS_NONE;
	if (frame == FRAME_EMPTY)
		return PROGRESS_EMPTY;
	conn->is_too_long = frame != FRAME_WHOLE;
	if (conn->is_too_long)
		conn->request_length = input.length;
	assert(conn->request_length > 0 &&
	    conn->request_length <= input.length);
	conn->whole_us = clock_monotonic_us();
	return PROGRESS_DONE;
}

unsigned
conn_count_requests(const struct conn *conn, unsigned most)
{
	const struct service *service = conn->service;
	struct span rest = input_of(conn);
	size_t length = conn->request_length;
	unsigned count = 0;

	do {
		rest = span_skip(rest, length);
		count++;
	} while (count < most && rest.length > 0 &&
	    service->frame(service, rest, conn->has_ended, &length) ==
		FRAME_WHOLE);
	return count;
}

/*
 * One read.  NONE: there is nothing to read.  What is left of the input, which
 * is less than a request, moves to the front: once a read and not once a
 * request, of which there may be thousands in one read.
 */
static enum progress
read_some(struct conn *conn)
{
	size_t room = conn->service->request_max - conn->input_length;
	ssize_t n;

	memmove(conn->input, conn->input + conn->input_start,
	    conn->input_length);
	conn->input_start = 0;
	do
		n = recv(conn->descriptor, conn->input + conn->input_length,
		    room, 0);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return errno == EAGAIN ? PROGRESS_NONE : PROGRESS_BROKEN;
	conn->input_length += (size_t)n;
	conn->has_ended = n == 0;
	conn->has_more = (size_t)n == room;
	return PROGRESS_SOME;
}

/* The first `length` bytes of the input have served their purpose. */
static void
consume(struct conn *conn, size_t length)
{
	conn->input_start += length;
	conn->input_length -= length;
}

/* A header may be longer than the input: it goes as it comes. */
static void
skip_header(struct conn *conn)
{
	size_t length = conn->header_left < conn->input_length ?
	    conn->header_left : conn->input_length;

	consume(conn, length);
	conn->header_left -= (uint32_t)length;
}

/* NONE: it is not whole yet, or has been taken. */
static enum progress
take_header(struct conn *conn)
{
	struct span input = input_of(conn);
	struct proxy_header header;

	switch (proxy_parse(input, &header)) {
	case PROXY_MORE:
		if (conn->has_ended)
			return input.length == 0 ? PROGRESS_EMPTY :
			    PROGRESS_MALFORMED;
		return PROGRESS_NONE;
	case PROXY_CLIENT:
		conn->peer = header.client;
		conn->is_proxied = true;
		break;
	case PROXY_LOCAL:
		break;
	case PROXY_MALFORMED:
		return PROGRESS_MALFORMED;
	}
	conn->awaits_header = false;
	conn->header_left = (uint32_t)header.length;
	return PROGRESS_NONE;
}

/* Look at what has come: a header, its rest, a request. */
static enum progress
look(struct conn *conn)
{
	if (conn->awaits_header) {
		enum progress progress = take_header(conn);

		if (progress != PROGRESS_NONE || conn->awaits_header)
			return progress;
	}
	if (conn->header_left > 0)
		skip_header(conn);
	return conn_frame(conn);
}

enum progress
conn_receive(struct conn *conn, struct buffers *buffers)
{
	enum progress progress, so_far = PROGRESS_NONE;

	if (conn->input == NULL)
		conn->input = buffers_take(buffers, BUFFERS_INPUT,
		    conn->service->request_max);
	if (conn->input == NULL)
		return PROGRESS_NO_MEMORY;
	do {
		progress = read_some(conn);
		if (progress == PROGRESS_NONE)
			return so_far;
		so_far = PROGRESS_SOME;
		if (progress == PROGRESS_SOME)
			progress = look(conn);
	} while (progress == PROGRESS_NONE);
	return progress;
}

struct span
conn_request(const struct conn *conn)
{
	return (struct span){ conn->input + conn->input_start,
		conn->request_length };
}

void
conn_consume_request(struct conn *conn)
{
	consume(conn, conn->request_length);
	conn->request_length = 0;
}

/*
 * Send from `*rest`, which is moved past what was taken.
 *
 * The kernel may hold back the tail of a last answer: close() or shutdown()
 * follows at once, and takes it along with the end of the connection.  That is
 * one packet less each way, a quarter of what a short answer costs.
 */
static enum progress
send_some(struct conn *conn, struct span *rest)
{
	int flags = MSG_NOSIGNAL | (conn->is_closing ? MSG_MORE : 0);
	ssize_t n = 0;

	while (rest->length > 0) {
		n = send(conn->descriptor, rest->data, rest->length, flags);
		if (n >= 0 || errno != EINTR)
			break;
	}
	if (n < 0)
		return errno == EAGAIN ? PROGRESS_NONE : PROGRESS_BROKEN;
	*rest = span_skip(*rest, (size_t)n);
	return rest->length == 0 ? PROGRESS_DONE : PROGRESS_SOME;
}

enum progress
conn_send(struct conn *conn, struct span bytes, struct buffers *buffers)
{
	struct span rest = bytes;
	enum progress progress = send_some(conn, &rest);

	assert(conn->unsent == NULL);
	if (progress != PROGRESS_NONE && progress != PROGRESS_SOME)
		return progress;
	conn->unsent = buffers_take(buffers, BUFFERS_UNSENT, rest.length);
	if (conn->unsent == NULL)
		return PROGRESS_NO_MEMORY;
	memcpy(conn->unsent, rest.data, rest.length);
	conn->unsent_size = rest.length;
	conn->unsent_done = 0;
	return progress;
}

enum progress
conn_flush(struct conn *conn, struct buffers *buffers)
{
	struct span rest = { conn->unsent, conn->unsent_size };
	enum progress progress;

	rest = span_skip(rest, conn->unsent_done);
	progress = send_some(conn, &rest);
	conn->unsent_done = conn->unsent_size - rest.length;
	if (progress == PROGRESS_DONE)
		give_unsent(conn, buffers);
	return progress;
}

void
conn_tell(struct conn *conn, struct span bytes)
{
	(void)send_some(conn, &bytes);
}

/*
 * Closing a socket with input left unread makes the kernel send RST, which
 * may cut off the tail of the answer at the client.  What has been read is
 * not left; but a client that sent more than its request may still be at it.
 */
static bool
may_have_unread(const struct conn *conn)
{
	int unread = 0;

	if (conn->has_ended)
		return false;
	if (conn->is_too_long || conn->has_more || conn->input_length > 0)
		return true;
	return ioctl(conn->descriptor, FIONREAD, &unread) == 0 && unread > 0;
}

enum conn_state
conn_end(struct conn *conn)
{
	conn->is_closing = true;
	return may_have_unread(conn) ? CONN_LINGER : CONN_CLOSED;
}

enum conn_state
conn_next(struct conn *conn)
{
	if (conn->is_closing)
		return conn_end(conn);
	switch (conn_frame(conn)) {
	case PROGRESS_DONE:
		return CONN_READY;
	case PROGRESS_NONE:
		return conn->input_length > 0 ? CONN_REQUEST : CONN_IDLE;
	default:
		return CONN_CLOSED;
	}
}

enum progress
conn_discard(struct conn *conn)
{
	char waste[DISCARD_BYTES];

	for (int i = 0; i < DISCARD_READS; i++) {
		ssize_t n = recv(conn->descriptor, waste, sizeof waste, 0);

		if (n == 0)
			return PROGRESS_EMPTY;
		if (n < 0 && errno == EAGAIN)
			return PROGRESS_NONE;
		if (n < 0 && errno != EINTR)
			return PROGRESS_BROKEN;
	}
	return PROGRESS_SOME;
}

void
conn_trim(struct conn *conn, struct buffers *buffers)
{
	if (conn->input_length == 0)
		give_input(conn, buffers);
}

void
conn_close(struct conn *conn)
{
	close(conn->descriptor);
	conn->descriptor = -1;
	conn->state = CONN_CLOSED;
}
