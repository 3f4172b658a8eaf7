/*
 * The inside of the desk, for the files that it is made of:
 *
 *   net/io         turns at it: what there is to do, in which order
 *   net/io_accept  callers are let in, while there is room for them
 *   net/io_conn    what becomes of a connection then
 *
 * Nobody else includes this.
 */

#ifndef NET_IO_STATE_H
#define NET_IO_STATE_H

#include "net/busy.h"
#include "net/conn.h"
#include "net/counters.h"
#include "net/porter.h"
#include "net/reserve.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct buffers;
struct doors;
struct handback;
struct net_limits;
struct net_shared;
struct queue;
struct wait;

/* What the log is told of now and then, each for itself. */
enum complaint {
	COMPLAINT_DESCRIPTORS,
	COMPLAINT_SILENT,
	COMPLAINT_UNTRUSTED,
	COMPLAINT_MALFORMED,
};

enum { COMPLAINTS = COMPLAINT_MALFORMED + 1 };

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

/* net/io_conn: the end of a connection, whoever still knows it. */
void io_drop(struct io *io, struct conn *conn);

/* Read, and count what a PROXY header said. */
enum progress io_receive(struct io *io, struct conn *conn);

/* What follows from it for one that does not wait. */
void io_go_on(struct io *io, struct conn *conn, enum progress progress);

/* Bring a connection to where its state belongs. */
void io_settle(struct io *io, struct conn *conn);

/* The same for one whose requests so far were answered, if it is not closed. */
void io_resume(struct io *io, struct conn *conn);

/* Events: there is input, room for more of the answer, input to throw away. */
void io_on_input(struct io *io, struct conn *conn);
void io_on_room(struct io *io, struct conn *conn);
void io_on_waste(struct io *io, struct conn *conn);

/* Try again what the queue did not take. */
void io_push_ready(struct io *io);

/* Whether a line may go into the log: under overload one must not be many. */
bool io_may_complain(struct io *io, enum complaint complaint);
void io_complain_of_peer(struct io *io, enum complaint complaint,
    const struct conn *conn);

/*
 * net/io_accept: let callers in.  Not while the queue is full, every connection
 * busy, or descriptors short.
 */
void io_accept_all(struct io *io);
bool io_may_accept(struct io *io);

/* Drop those who hold memory without need; false: only workers can help. */
bool io_bound_buffers(struct io *io);

#endif
