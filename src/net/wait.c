#include <config.h>

#include "net/wait.h"

#include "net/conn.h"
#include "net/net.h"
#include "sys/clock.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { BATCH = 64 };

/* In the upper half of an event's data, where connections have a place. */
static const uint32_t SOURCE_PLACE = UINT32_MAX;

struct wait {
	int epoll;
	struct conn_table *table;
	struct conn_list by_deadline[CONN_STATES];
	unsigned waiting[CONN_STATES];
	unsigned timeout_ms[CONN_STATES];
	struct conn_list by_silence[2]; /* [1]: those that hold input */
	uint64_t signs; /* of life, so far */
	struct conn_list by_age;
	unsigned total_ms;
	unsigned next, count; /* of the events that have come */
	struct epoll_event events[BATCH];
};

static uint64_t
pack(uint32_t place, uint32_t generation)
{
	return (uint64_t)place << 32 | generation;
}

enum err
wait_new(struct wait **wait, struct conn_table *table,
    const struct net_limits *limits, struct fault *fault)
{
	struct wait *w = calloc(1, sizeof *w);

	assert(w != NULL);
	w->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (w->epoll < 0) {
		free(w);
		return fault_set(fault, ERR_WORLD, "epoll: %s",
		    strerror(errno));
	}
	w->table = table;
	w->timeout_ms[CONN_REQUEST] = limits->request_ms;
	w->timeout_ms[CONN_IDLE] = limits->idle_ms;
	w->timeout_ms[CONN_ANSWER] = limits->write_ms;
	w->timeout_ms[CONN_LINGER] = limits->linger_ms;
	w->total_ms = limits->total_ms;
	for (unsigned i = 0; i < CONN_STATES; i++)
		TAILQ_INIT(&w->by_deadline[i]);
	TAILQ_INIT(&w->by_silence[false]);
	TAILQ_INIT(&w->by_silence[true]);
	TAILQ_INIT(&w->by_age);
	*wait = w;
	return ERR_NONE;
}

void
wait_free(struct wait **wait)
{
	struct wait *w = *wait;

	*wait = NULL;
	close(w->epoll);
	free(w);
}

enum err
wait_watch(struct wait *w, int descriptor, unsigned source,
    struct fault *fault)
{
	struct epoll_event event = { .events = EPOLLIN,
		.data.u64 = pack(SOURCE_PLACE, source) };

	if (epoll_ctl(w->epoll, EPOLL_CTL_ADD, descriptor, &event) != 0)
		return fault_set(fault, ERR_WORLD, "epoll: %s",
		    strerror(errno));
	return ERR_NONE;
}

void
wait_set_watched(struct wait *w, int descriptor, unsigned source, bool wanted)
{
	struct epoll_event event = { .events = wanted ? EPOLLIN : 0,
		.data.u64 = pack(SOURCE_PLACE, source) };
	int rc = epoll_ctl(w->epoll, EPOLL_CTL_MOD, descriptor, &event);

	assert(rc == 0);
}

/* The time that is left for epoll_wait(), rounded up. */
static int
time_left(uint64_t until_ms)
{
	uint64_t now_ms;

	if (until_ms == UINT64_MAX)
		return -1;
	if (until_ms == 0)
		return 0;
	now_ms = clock_coarse_ms();
	if (until_ms <= now_ms)
		return 0;
	return until_ms - now_ms < INT_MAX ? (int)(until_ms - now_ms) : INT_MAX;
}

bool
wait_for_events(struct wait *w, uint64_t until_ms)
{
	int n = epoll_wait(w->epoll, w->events, BATCH, time_left(until_ms));

	assert(n >= 0 || errno == EINTR);
	w->next = 0;
	w->count = n > 0 ? (unsigned)n : 0;
	return n == BATCH;
}

bool
wait_next_event(struct wait *w, struct wait_event *event)
{
	while (w->next < w->count) {
		uint64_t data = w->events[w->next++].data.u64;
		uint32_t place = (uint32_t)(data >> 32);
		uint32_t low = (uint32_t)data;

		event->conn = NULL;
		event->source = low;
		if (place == SOURCE_PLACE)
			return true;
		event->conn = conn_find(w->table, place, low);
		if (event->conn != NULL) {
			assert(event->conn->is_waiting);
			return true;
		}
	}
	return false;
}

void
wait_remember(struct wait *w, struct conn *conn, uint64_t now_ms)
{
	wait_forget(w, conn);
	conn->begun_ms = now_ms;
	conn->is_timed = true;
	TAILQ_INSERT_TAIL(&w->by_age, conn, by_age);
}

void
wait_forget(struct wait *w, struct conn *conn)
{
	if (conn->is_timed)
		TAILQ_REMOVE(&w->by_age, conn, by_age);
	conn->is_timed = false;
}

static bool
arm(struct wait *w, struct conn *conn)
{
	uint32_t interest = conn->state == CONN_ANSWER ? EPOLLOUT : EPOLLIN;
	struct epoll_event event = { .events = interest | EPOLLONESHOT,
		.data.u64 = pack(conn_index(w->table, conn),
		    conn->generation) };
	int how = conn->is_polled ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;

	conn->is_polled = true;
	return epoll_ctl(w->epoll, how, conn->descriptor, &event) == 0;
}

/* It has given a sign of life. */
static void
enter_silence(struct wait *w, struct conn *conn)
{
	conn->last_sign = ++w->signs;
	conn->is_holding = conn->input != NULL;
	TAILQ_INSERT_TAIL(&w->by_silence[conn->is_holding], conn, by_silence);
}

static void
leave_silence(struct wait *w, struct conn *conn)
{
	TAILQ_REMOVE(&w->by_silence[conn->is_holding], conn, by_silence);
}

bool
wait_park(struct wait *w, struct conn *conn, uint64_t now_ms)
{
	if (!arm(w, conn))
		return false;
	conn->deadline_ms = now_ms + w->timeout_ms[conn->state];
	TAILQ_INSERT_TAIL(&w->by_deadline[conn->state], conn, link);
	w->waiting[conn->state]++;
	enter_silence(w, conn);
	conn->is_waiting = true;
	return true;
}

bool
wait_again(struct wait *w, struct conn *conn)
{
	leave_silence(w, conn);
	enter_silence(w, conn);
	if (arm(w, conn))
		return true;
	wait_leave(w, conn);
	return false;
}

void
wait_leave(struct wait *w, struct conn *conn)
{
	TAILQ_REMOVE(&w->by_deadline[conn->state], conn, link);
	w->waiting[conn->state]--;
	leave_silence(w, conn);
	conn->is_waiting = false;
}

uint64_t
wait_deadline(const struct wait *w)
{
	const struct conn *oldest = TAILQ_FIRST(&w->by_age);
	uint64_t first_ms = UINT64_MAX;

	if (w->total_ms > 0 && oldest != NULL)
		first_ms = oldest->begun_ms + w->total_ms;
	for (unsigned i = 0; i < CONN_STATES; i++) {
		const struct conn *head = TAILQ_FIRST(&w->by_deadline[i]);

		if (head != NULL && head->deadline_ms < first_ms)
			first_ms = head->deadline_ms;
	}
	return first_ms;
}

/* Each is looked at once: it leaves the list, wherever it is. */
static struct conn *
too_old(struct wait *w, uint64_t now_ms)
{
	struct conn *conn;

	while ((conn = TAILQ_FIRST(&w->by_age)) != NULL && w->total_ms > 0 &&
	    conn->begun_ms + w->total_ms <= now_ms) {
		wait_forget(w, conn);
		conn->is_expired = true;
		if (conn->is_waiting)
			return conn;
	}
	return NULL;
}

struct conn *
wait_expired(struct wait *w, uint64_t now_ms)
{
	for (unsigned i = 0; i < CONN_STATES; i++) {
		struct conn *head = TAILQ_FIRST(&w->by_deadline[i]);

		if (head != NULL && head->deadline_ms <= now_ms)
			return head;
	}
	return too_old(w, now_ms);
}

struct conn *
wait_longest_silent(const struct wait *w)
{
	struct conn *empty = TAILQ_FIRST(&w->by_silence[false]);
	struct conn *holding = TAILQ_FIRST(&w->by_silence[true]);

	if (empty == NULL || holding == NULL)
		return empty != NULL ? empty : holding;
	return empty->last_sign < holding->last_sign ? empty : holding;
}

struct conn *
wait_longest_holding(const struct wait *w)
{
	return TAILQ_FIRST(&w->by_silence[true]);
}

struct conn *
wait_first(const struct wait *w, unsigned state)
{
	return TAILQ_FIRST(&w->by_deadline[state]);
}

unsigned
wait_count(const struct wait *w, unsigned state)
{
	return w->waiting[state];
}
