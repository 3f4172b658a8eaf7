/*
 * One connection, the table of them all, and what can be done with one without
 * ever waiting for its client.
 *
 * A connection has exactly one owner at a time.  Who it is follows from where
 * it has been handed to; only the owner touches it (but for what wait keeps in
 * it, which is the desk's at all times, net/io):
 *
 *              accept                                 answered, session
 *   CLOSED ──────────────► REQUEST ◄────────┬───────────────────────┐
 *      ▲                      │  ▲          │ first bytes           │
 *      │                whole │  └────────  IDLE ◄─────────────────┤
 *      │                      ▼                                     │
 *      │                    READY ──► queue ──► worker ─────────────┤
 *      │                      ▲                                     │
 *      │                      └─ ANSWER ◄─ the socket took not all ─┤
 *      │                            │                               │
 *      └────────── LINGER ◄─────────┴─ input behind the request ────┘
 *
 * REQUEST, IDLE, ANSWER and LINGER wait in epoll for their client, READY waits
 * for the queue: all of them the desk's.  The way back from a worker is
 * net/handback, for closed ones as well: the table is the desk's.
 *
 * A silent connection costs this struct and a descriptor: the buffers exist
 * only while there are bytes in them.
 */

#ifndef NET_CONN_H
#define NET_CONN_H

#include "base/attr.h"
#include "base/session.h"
#include "base/span.h"
#include "net/service.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

enum conn_state {
	CONN_CLOSED,
	CONN_REQUEST, /* a request is not whole yet */
	CONN_IDLE,    /* a session has not begun its next request */
	CONN_READY,   /* a request is whole, or too long */
	CONN_ANSWER,  /* the client has not taken all of its answer */
	CONN_LINGER,  /* all is said, but the client may still talk */
};

enum { CONN_STATES = CONN_LINGER + 1 };

struct conn {
	/* wait's */
	TAILQ_ENTRY(conn) by_silence;
	TAILQ_ENTRY(conn) by_age;
	uint64_t begun_ms;    /* its total time */
	uint64_t deadline_ms; /* in its state */
	uint64_t last_sign;   /* of life, in the order of all */
	bool is_waiting; /* for its client */
	bool is_timed;   /* its total time is running */
	bool is_expired; /* and is over */
	bool is_polled;  /* epoll knows the descriptor */
	bool is_holding; /* input, while it is waiting */

	TAILQ_ENTRY(conn) link; /* in the list of its owner */
	const struct service *service;
	struct peer peer; /* behind a proxy: the real client */
	int descriptor; /* -1: closed */

	/* An event for an earlier connection in this place is known by it. */
	uint32_t generation;
	enum conn_state state;

	char *input; /* NULL, or service->request_max bytes */
	size_t input_start;    /* what stands before it has been answered */
	size_t input_length;   /* from there */
	size_t request_length; /* of the first request in it */
	uint32_t header_left; /* bytes of a PROXY header, to be skipped */
	uint64_t whole_us; /* when the request became whole */
	struct session session; /* the service's */

	char *unsent; /* NULL, or what the socket did not take yet */
	size_t unsent_size;
	size_t unsent_done;

	bool has_ended;  /* the client will send no more */
	bool has_more;   /* the last read filled the buffer */
	bool is_too_long;
	bool is_closing; /* after the answer: said before that is sent */

	bool awaits_header; /* a PROXY header comes first */
	bool is_proxied;    /* and has named the client */

	bool is_known; /* the gate has been asked about it */
	bool is_in;    /* the gate was open: it must be told of the end */
	unsigned allowed; /* requests that may be served before it is asked */
};

TAILQ_HEAD(conn_list, conn);

/*
 * The table: places for `capacity` connections, whose buffers come from
 * `buffers`, which must outlive it.  Only at the desk.
 */
struct buffers;
struct conn_table;
struct conn_table *conn_table_new(unsigned capacity, struct buffers *buffers);
/* Closes what is still open: no other thread may have a connection. */
void conn_table_free(struct conn_table **table);

/* Cleared but for its generation.  NULL: the table is full. */
struct conn *conn_take(struct conn_table *table);

/* Close it if it is open, and end its generation. */
void conn_drop(struct conn_table *table, struct conn *conn);

unsigned conn_table_used(const struct conn_table *table);
unsigned conn_index(const struct conn_table *table, const struct conn *conn);

/* NULL: that generation has ended. */
struct conn *conn_find(struct conn_table *table, unsigned index,
    uint32_t generation);

/* The rest is for the owner; `buffers` are the table's. */

/* What came of an attempt to go on with a connection. */
enum progress {
	PROGRESS_NONE,   /* nothing: wait for the client */
	PROGRESS_SOME,   /* some: wait for more of it */
	PROGRESS_DONE,   /* the request is whole or too long; the answer sent */
	PROGRESS_EMPTY,  /* the client ended without asking: close */
	PROGRESS_BROKEN, /* the connection failed: close */
	PROGRESS_MALFORMED, /* no PROXY header where there must be one: close */
	PROGRESS_NO_MEMORY,
};

/*
 * Read until a request is whole, or there is nothing to read.  A PROXY header
 * that is awaited is read first, and tells who the peer is.
 */
enum progress conn_receive(struct conn *conn, struct buffers *buffers);

/* Look for a request in what has already been read. */
enum progress conn_frame(struct conn *conn);

/*
 * When one was found: how many there are, of `most` at most, with those behind
 * it that are whole.
 */
unsigned conn_count_requests(const struct conn *conn, unsigned most);

/* The request that conn_receive() or conn_frame() found; until consumed. */
struct span conn_request(const struct conn *conn);

/* It has been answered or refused: forget it. */
void conn_consume_request(struct conn *conn);

/* Send bytes; what the socket does not take is copied for conn_flush(). */
enum progress conn_send(struct conn *conn, struct span bytes,
    struct buffers *buffers);
enum progress conn_flush(struct conn *conn, struct buffers *buffers);

/* Send last words: what the socket does not take is forgotten. */
void conn_tell(struct conn *conn, struct span bytes);

/*
 * All that there was to say is sent, and its requests are consumed: what is
 * next, CLOSED, LINGER, or for a session READY, REQUEST or IDLE.  The state is
 * not set.
 */
enum conn_state conn_next(struct conn *conn);

/*
 * The server ends a session between two requests: CLOSED, or LINGER.  The state
 * is not set.
 */
enum conn_state conn_end(struct conn *conn);

/* Throw input away.  EMPTY or BROKEN: there will be no more. */
enum progress conn_discard(struct conn *conn);

/* The input's memory, when there are no bytes in it. */
void conn_trim(struct conn *conn, struct buffers *buffers);

void conn_close(struct conn *conn);

#endif
