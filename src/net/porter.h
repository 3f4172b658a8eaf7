/*
 * The porter: asks the gate about those who call, and turns away those it
 * refuses.
 *
 * A refusal is one attempt to send one sentence; whoever does not take it goes
 * without.  The connection is then closed as politely as after an answer:
 * where its client may still talk it lingers, or a reset would cut off the
 * sentence.
 *
 * Only at the desk (net/io).
 */

#ifndef NET_PORTER_H
#define NET_PORTER_H

#include "base/attr.h"
#include "net/conn.h"

#include <stdbool.h>
#include <stdint.h>

struct gate;
struct net_counters;

struct porter {
	const struct gate *gate; /* NULL: everybody is let in */
	struct net_counters *counters;
};

/* Whether a connection comes from a proxy that is believed. */
bool porter_trusts(const struct porter *porter, const struct conn *conn);

/*
 * Ask whether a connection may come in, once it is known who calls; nothing
 * before that, or when it has been asked.  Its state is READY when a whole
 * request has been read.  Its next state: the same, or when it is refused
 * CLOSED or LINGER.  It is not set.
 */
enum conn_state porter_let_in(const struct porter *porter, struct conn *conn,
    uint64_t now_ms) MUST_CHECK;

/*
 * The same for the requests of one that is in and READY: how many may be served
 * is noted in it, and it is not asked about again before they are.
 */
enum conn_state porter_let_ask(const struct porter *porter,
    struct conn *conn, uint64_t now_ms) MUST_CHECK;

/* It ends.  For every connection, also one that never came in. */
void porter_see_out(
    const struct porter *porter, struct conn *conn, uint64_t now_ms);

#endif
