#include "net/porter.h"

#include "base/buf.h"
#include "net/conn.h"
#include "net/counters.h"
#include "net/gate.h"

#include <assert.h>

static struct gate_caller
caller_of(const struct conn *conn, uint64_t now_ms)
{
	return (struct gate_caller){conn->service, &conn->peer, now_ms};
}

/* Before its request is whole, a client cannot be known to have said all. */
static enum conn_state
turn_away(struct conn *conn, struct span sentence)
{
	conn_tell(conn, sentence);
	conn->is_closing = true;
	return conn->state == CONN_READY ? conn_next(conn) : CONN_LINGER;
}

bool
porter_trusts(const struct porter *porter, const struct conn *conn)
{
	const struct gate *gate = porter->gate;

	return gate != NULL && gate->trusts(gate->context, &conn->peer.addr);
}

enum conn_state
porter_let_in(const struct porter *porter, struct conn *conn, uint64_t now_ms)
{
	const struct gate *gate = porter->gate;
	struct gate_caller caller;
	char memory[GATE_REFUSAL_MAX];
	struct buf refusal;

	if (gate == NULL || conn->is_known || conn->awaits_header)
		return conn->state;
	conn->is_known = true;
	caller = caller_of(conn, now_ms);
	buf_init(&refusal, memory, sizeof memory);
	switch (gate->enter(gate->context, &caller, &refusal)) {
	case GATE_OPEN:
		conn->is_in = true;
		return conn->state;
	case GATE_REFUSED:
		COUNT(porter->counters, refused_connections, 1);
		return turn_away(conn, buf_span(&refusal));
	case GATE_SILENT:
		break;
	}
	COUNT(porter->counters, refused_silent, 1);
	return CONN_CLOSED;
}

enum conn_state
porter_let_ask(const struct porter *porter, struct conn *conn, uint64_t now_ms)
{
	const struct gate *gate = porter->gate;
	struct gate_caller caller;
	char memory[GATE_REFUSAL_MAX];
	struct buf refusal;

	if (gate == NULL)
		return conn->state;
	assert(conn->is_in && conn->state == CONN_READY);
	caller = caller_of(conn, now_ms);
	buf_init(&refusal, memory, sizeof memory);
	switch (gate->ask(gate->context, &caller, &refusal)) {
	case GATE_OPEN:
		return conn->state;
	case GATE_REFUSED:
		COUNT(porter->counters, refused_requests, 1);
		return turn_away(conn, buf_span(&refusal));
	case GATE_SILENT:
		break;
	}
	COUNT(porter->counters, refused_silent, 1);
	return CONN_CLOSED;
}

void
porter_see_out(const struct porter *porter, struct conn *conn, uint64_t now_ms)
{
	struct gate_caller caller;

	if (!conn->is_in)
		return;
	conn->is_in = false;
	caller = caller_of(conn, now_ms);
	porter->gate->leave(porter->gate->context, &caller);
}
