/*
 * The porter: asks the gate about those who call, and turns away those it
 * refuses.
 *
 * A refusal is one attempt to send one sentence; whoever does not take it goes
 * without.  The connection is then closed as politely as after an answer:
 * where its client may still talk it lingers, or a reset would cut off the
 * sentence.
 *
 * Only for the I/O thread.
 */

#ifndef NET_PORTER_H
#define NET_PORTER_H

#include <stdint.h>

struct conn;
struct gate;
struct net_counters;

struct porter {
	const struct gate *gate; /* NULL: everybody is let in */
	struct net_counters *counters;
};

/*
 * Ask whether a connection may come in, once it is known who calls; nothing
 * when that has been asked.  Its state is READY when a whole request has been
 * read.  When it is refused, its state becomes CLOSED or LINGER.
 */
void porter_let_in(
    const struct porter *porter, struct conn *conn, uint64_t now_ms);

/* The same for the request of one that is in and READY. */
void porter_let_ask(
    const struct porter *porter, struct conn *conn, uint64_t now_ms);

/* It ends.  For every connection, also one that never came in. */
void porter_see_out(
    const struct porter *porter, struct conn *conn, uint64_t now_ms);

#endif
