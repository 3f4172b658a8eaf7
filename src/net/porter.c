#include "net/porter.h"

#include "base/buf.h"
#include "net/conn.h"
#include "net/counters.h"
#include "net/gate.h"

#include <assert.h>

/*
 * A client that sends many requests at once has its connection put back at the
 * end of the queue after so many, at the latest (net/pool).
 */
enum { REQUESTS_AT_ONCE = 64 };

static struct gate_caller
caller_of(const struct conn *conn, uint64_t now_ms)
{
	return (struct gate_caller){
		.service = conn->service,
		.peer = &conn->peer,
		.is_proxy = conn->service->wants_proxy && !conn->is_proxied,
		.now_ms = now_ms,
	};
}

/* Before its request is whole, a client cannot be known to have said all. */
static enum conn_state
turn_away(struct conn *conn, struct span sentence)
{
	conn->is_closing = true;
	conn_tell(conn, sentence);
	if (conn->state != CONN_READY)
		return CONN_LINGER;
	conn_consume_request(conn);
	return conn_next(conn);
}

static enum conn_state
obey(const struct porter *porter, enum gate_verdict verdict,
    struct conn *conn, struct span sentence)
{
	switch (verdict) {
	case GATE_OPEN:
		return conn->state;
	case GATE_REFUSED:
		return turn_away(conn, sentence);
	case GATE_SILENT:
		break;
	}
	COUNT(porter->counters, refused_silent, 1);
	return CONN_CLOSED;
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
	struct gate_caller caller = caller_of(conn, now_ms);
	enum gate_verdict verdict;
	char memory[GATE_REFUSAL_MAX];
	struct buf refusal;

	if (gate == NULL || conn->is_known || conn->awaits_header)
		return conn->state;
	buf_init(&refusal, memory, sizeof memory);
	verdict = gate->enter(gate->context, &caller, &refusal);
	conn->is_known = true;
	conn->is_in = verdict == GATE_OPEN;
	COUNT(porter->counters, refused_connections, verdict == GATE_REFUSED);
	return obey(porter, verdict, conn, buf_span(&refusal));
}

enum conn_state
porter_let_ask(const struct porter *porter, struct conn *conn, uint64_t now_ms)
{
	const struct gate *gate = porter->gate;
	struct gate_caller caller = caller_of(conn, now_ms);
	unsigned requests = REQUESTS_AT_ONCE;
	enum gate_verdict verdict = GATE_OPEN;
	char memory[GATE_REFUSAL_MAX];
	struct buf refusal;

	assert(conn->state == CONN_READY);
	if (conn->allowed > 0)
		return conn->state;
	buf_init(&refusal, memory, sizeof memory);
	if (gate != NULL) {
		assert(conn->is_in);
		requests = conn_count_requests(conn, REQUESTS_AT_ONCE);
		verdict = gate->ask(gate->context, &caller, &requests,
		    &refusal);
	}
	conn->allowed = verdict == GATE_OPEN ? requests : 0;
	COUNT(porter->counters, refused_requests, verdict == GATE_REFUSED);
	return obey(porter, verdict, conn, buf_span(&refusal));
}

void
porter_see_out(const struct porter *porter, struct conn *conn, uint64_t now_ms)
{
	struct gate_caller caller;

	if (!conn->is_in)
		return;
	conn->is_in = false;
	caller = caller_of(conn, now_ms);
	porter->gate->leave(porter->gate->context, &caller, conn->allowed);
}
