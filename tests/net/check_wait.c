#include <config.h>

#include "unit.h"

#include "net/buffers.h"
#include "net/conn.h"
#include "net/net.h"
#include "net/wait.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PLACES = 4, SOURCE = 7 };

struct room {
	struct buffers *buffers;
	struct conn_table *table;
	struct wait *wait;
	int far[PLACES]; /* the clients' ends */
	unsigned count;
};

static void
room_init(struct room *room)
{
	static const struct net_limits limits = { .request_ms = 100,
		.idle_ms = 300, .write_ms = 200, .linger_ms = 50,
		.total_ms = 1000 };
	struct fault fault;

	room->count = 0;
	room->buffers = buffers_new(1024);
	room->table = conn_table_new(PLACES, room->buffers);
	ck_assert_int_eq(wait_new(&room->wait, room->table, &limits, &fault),
	    ERR_NONE);
}

static void
room_fini(struct room *room)
{
	for (unsigned i = 0; i < room->count; i++)
		close(room->far[i]);
	wait_free(&room->wait);
	conn_table_free(&room->table);
	buffers_free(&room->buffers);
}

/* A connection that came at `now_ms` and waits for its request. */
static struct conn *
enter(struct room *room, uint64_t now_ms)
{
	static const struct service service;
	struct conn *conn = conn_take(room->table);
	int ends[2];

	ck_assert_ptr_nonnull(conn);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0,
	    ends), 0);
	room->far[room->count++] = ends[1];
	conn->service = &service;
	conn->descriptor = ends[0];
	conn->state = CONN_REQUEST;
	wait_remember(room->wait, conn, now_ms);
	ck_assert(wait_park(room->wait, conn, now_ms));
	return conn;
}

static void
leave(struct room *room, struct conn *conn)
{
	wait_leave(room->wait, conn);
	wait_forget(room->wait, conn);
	conn_drop(room->table, conn);
}

static void
move(struct room *room, struct conn *conn, enum conn_state state,
    uint64_t now_ms)
{
	wait_leave(room->wait, conn);
	conn->state = state;
	ck_assert(wait_park(room->wait, conn, now_ms));
}

START_TEST(gives_the_connections_whose_time_is_over_and_no_others)
{
	struct room room;
	struct conn *a, *b, *c;

	room_init(&room);
	ck_assert_uint_eq(wait_deadline(room.wait), UINT64_MAX);
	a = enter(&room, 1000);
	b = enter(&room, 1010);
	c = enter(&room, 1020);
	ck_assert_uint_eq(wait_deadline(room.wait), 1100);
	ck_assert_ptr_null(wait_expired(room.wait, 1099));
	move(&room, a, CONN_IDLE, 1050);    /* until 1350 */
	move(&room, b, CONN_ANSWER, 1060);  /* until 1260 */
	move(&room, c, CONN_LINGER, 1070);  /* until 1120 */
	ck_assert_uint_eq(wait_deadline(room.wait), 1120);
	ck_assert_uint_eq(wait_count(room.wait, CONN_IDLE), 1);
	ck_assert_uint_eq(wait_count(room.wait, CONN_REQUEST), 0);
	ck_assert_ptr_eq(wait_expired(room.wait, 1120), c);
	leave(&room, c);
	ck_assert_ptr_null(wait_expired(room.wait, 1259));
	ck_assert_ptr_eq(wait_expired(room.wait, 1300), b);
	move(&room, b, CONN_ANSWER, 1300);
	ck_assert_ptr_eq(wait_expired(room.wait, 1400), a);
	leave(&room, a);
	leave(&room, b);
	ck_assert_uint_eq(wait_deadline(room.wait), UINT64_MAX);
	room_fini(&room);
}
END_TEST

START_TEST(keeps_the_deadline_of_one_that_only_dribbles)
{
	struct wait_event event;
	struct room room;
	struct conn *a;

	room_init(&room);
	a = enter(&room, 1000);
	ck_assert_int_eq(send(room.far[0], "x", 1, 0), 1);
	wait_for_events(room.wait, UINT64_MAX);
	ck_assert(wait_next_event(room.wait, &event));
	ck_assert_ptr_eq(event.conn, a);
	ck_assert(!wait_next_event(room.wait, &event));
	ck_assert(wait_again(room.wait, a));
	ck_assert_ptr_eq(wait_expired(room.wait, 1100), a);
	leave(&room, a);
	room_fini(&room);
}
END_TEST

START_TEST(marks_one_that_is_too_old_wherever_it_is)
{
	struct room room;
	struct conn *waits, *works;

	room_init(&room);
	works = enter(&room, 1000);
	wait_leave(room.wait, works); /* as for a worker */
	waits = enter(&room, 1001);
	move(&room, waits, CONN_IDLE, 1900);
	ck_assert_uint_eq(wait_deadline(room.wait), 2000);
	ck_assert_ptr_null(wait_expired(room.wait, 2000));
	ck_assert(works->is_expired);
	ck_assert(!waits->is_expired);
	ck_assert_ptr_eq(wait_expired(room.wait, 2001), waits);
	ck_assert(waits->is_expired);
	leave(&room, waits);
	wait_forget(room.wait, works);
	conn_drop(room.table, works);
	room_fini(&room);
}
END_TEST

START_TEST(begins_the_total_time_anew_and_stops_it)
{
	struct room room;
	struct conn *a, *b;

	room_init(&room);
	a = enter(&room, 1000);
	b = enter(&room, 1100);
	move(&room, a, CONN_IDLE, 1900);
	move(&room, b, CONN_IDLE, 1900);
	wait_remember(room.wait, a, 1900);
	ck_assert_uint_eq(wait_deadline(room.wait), 2100);
	wait_forget(room.wait, b);
	ck_assert_uint_eq(wait_deadline(room.wait), 2200); /* idle */
	move(&room, a, CONN_IDLE, 2800);
	move(&room, b, CONN_IDLE, 2800);
	ck_assert_ptr_null(wait_expired(room.wait, 2899));
	ck_assert_ptr_eq(wait_expired(room.wait, 2900), a);
	ck_assert(!b->is_expired);
	leave(&room, a);
	leave(&room, b);
	room_fini(&room);
}
END_TEST

START_TEST(knows_who_has_been_silent_longest)
{
	struct room room;
	struct conn *a, *b;

	room_init(&room);
	ck_assert_ptr_null(wait_longest_silent(room.wait));
	a = enter(&room, 1000);
	b = enter(&room, 1000);
	ck_assert_ptr_eq(wait_longest_silent(room.wait), a);
	ck_assert(wait_again(room.wait, a));
	ck_assert_ptr_eq(wait_longest_silent(room.wait), b);
	leave(&room, b);
	ck_assert_ptr_eq(wait_longest_silent(room.wait), a);
	leave(&room, a);
	room_fini(&room);
}
END_TEST

/* Among all, and among those that have begun a request. */
START_TEST(knows_who_holds_input_and_has_been_silent_longest)
{
	struct conn *conn[3];
	char input[1];
	struct room room;

	room_init(&room);
	for (int i = 0; i < 3; i++)
		conn[i] = enter(&room, 1000);
	ck_assert_ptr_null(wait_longest_holding(room.wait));
	conn[2]->input = input;
	ck_assert(wait_again(room.wait, conn[2]));
	conn[1]->input = input;
	ck_assert(wait_again(room.wait, conn[1]));
	ck_assert_ptr_eq(wait_longest_holding(room.wait), conn[2]);
	ck_assert_ptr_eq(wait_longest_silent(room.wait), conn[0]);
	ck_assert(wait_again(room.wait, conn[0]));
	ck_assert_ptr_eq(wait_longest_silent(room.wait), conn[2]);
	/* It counts as it was when it began to wait. */
	conn[2]->input = NULL;
	ck_assert_ptr_eq(wait_longest_holding(room.wait), conn[2]);
	ck_assert(wait_again(room.wait, conn[2]));
	ck_assert_ptr_eq(wait_longest_holding(room.wait), conn[1]);
	conn[1]->input = NULL;
	for (int i = 0; i < 3; i++)
		leave(&room, conn[i]);
	ck_assert_ptr_null(wait_longest_holding(room.wait));
	room_fini(&room);
}
END_TEST

START_TEST(does_not_report_an_event_of_a_connection_that_has_gone)
{
	struct wait_event event;
	struct room room;
	struct conn *first, *other, *second;

	room_init(&room);
	first = enter(&room, 1000);
	other = enter(&room, 1000);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(send(room.far[i], "x", 1, 0), 1);
	wait_for_events(room.wait, UINT64_MAX);
	ck_assert(wait_next_event(room.wait, &event));
	/* Both events have come; handling one of them ends the other. */
	if (event.conn == first) {
		first = other;
		other = event.conn;
	}
	ck_assert_ptr_eq(event.conn, other);
	leave(&room, first);
	second = enter(&room, 1000);
	ck_assert_msg(second == first, "the place is taken anew");
	ck_assert(!wait_next_event(room.wait, &event));
	leave(&room, second);
	leave(&room, other);
	room_fini(&room);
}
END_TEST

START_TEST(reports_a_connection_once_until_it_waits_again)
{
	struct wait_event event;
	struct room room;
	struct conn *conn;
	int ends[2];
	struct fault fault;

	room_init(&room);
	conn = enter(&room, 1000);
	ck_assert_int_eq(send(room.far[0], "x", 1, 0), 1);
	wait_for_events(room.wait, UINT64_MAX);
	ck_assert(wait_next_event(room.wait, &event));
	wait_for_events(room.wait, 0);
	ck_assert(!wait_next_event(room.wait, &event));
	ck_assert(wait_again(room.wait, conn));
	wait_for_events(room.wait, UINT64_MAX);
	ck_assert(wait_next_event(room.wait, &event));
	ck_assert_ptr_eq(event.conn, conn);
	/* A watched descriptor is reported as long as it is readable. */
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
	ck_assert_int_eq(wait_watch(room.wait, ends[0], SOURCE, &fault),
	    ERR_NONE);
	for (int i = 0; i < 2; i++) {
		wait_for_events(room.wait, UINT64_MAX);
		ck_assert(wait_next_event(room.wait, &event));
		ck_assert_ptr_null(event.conn);
		ck_assert_uint_eq(event.source, SOURCE);
	}
	wait_set_watched(room.wait, ends[0], SOURCE, false);
	wait_for_events(room.wait, 0);
	ck_assert(!wait_next_event(room.wait, &event));
	close(ends[0]);
	close(ends[1]);
	leave(&room, conn);
	room_fini(&room);
}
END_TEST

UNIT_MAIN("net/wait", gives_the_connections_whose_time_is_over_and_no_others,
    keeps_the_deadline_of_one_that_only_dribbles,
    marks_one_that_is_too_old_wherever_it_is,
    begins_the_total_time_anew_and_stops_it,
    knows_who_has_been_silent_longest,
    knows_who_holds_input_and_has_been_silent_longest,
    does_not_report_an_event_of_a_connection_that_has_gone,
    reports_a_connection_once_until_it_waits_again)
