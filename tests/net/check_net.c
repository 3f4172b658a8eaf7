#include <config.h>

#include "lines.h"
#include "unit.h"

#include "sys/clock.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

START_TEST(answers_a_line_however_it_arrives)
{
	static const struct {
		const char *request, *answer;
		bool byte_by_byte, half_closes;
	} rows[] = {
		{ "smith\n", "SMITH\n", false, false },
		{ "smith\r\n", "SMITH\n", false, false },
		{ "smith\r\n", "SMITH\n", true, false },
		{ "smith\r\n", "SMITH\n", false, true },
		{ "smith", "SMITH\n", false, true },
		{ "smith", "SMITH\n", true, true },
		{ "\n", "\n", false, false },
	};
	struct server s;

	server_init(&s);
	server_start(&s);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int fd = client_new(&s, NULL);

		for (const char *c = rows[i].request;
		    rows[i].byte_by_byte && *c != '\0'; c++)
			say(fd, (char[]){ *c, '\0' });
		if (!rows[i].byte_by_byte)
			say(fd, rows[i].request);
		if (rows[i].half_closes)
			shutdown(fd, SHUT_WR);
		hears(fd, rows[i].answer);
	}
	server_await(&s, "served", sizeof rows / sizeof rows[0]);
	server_stop(&s);
}
END_TEST

START_TEST(closes_a_connection_that_ends_without_asking)
{
	struct server s;
	int fd;

	server_init(&s);
	server_start(&s);
	fd = client_new(&s, NULL);
	shutdown(fd, SHUT_WR);
	hears(fd, "");
	server_await(&s, "empty", 1);
	ck_assert_uint_eq(server_count(&s, "served"), 0);
	server_stop(&s);
}
END_TEST

START_TEST(refuses_an_endless_line_and_lets_the_refusal_arrive)
{
	struct server s;
	char *line = malloc(65536);

	memset(line, 'x', 65536);
	server_init(&s);
	server_start(&s);
	for (int i = 0; i < 10; i++) {
		int fd = client_new(&s, NULL);

		ck_assert_int_eq(send(fd, line, 65536, MSG_NOSIGNAL), 65536);
		hears(fd, "TOO LONG\n");
	}
	server_await(&s, "too_long", 10);
	server_await(&s, "lingered", 10);
	server_stop(&s);
	free(line);
}
END_TEST

START_TEST(lets_an_answer_arrive_though_more_was_sent_meanwhile)
{
	struct server s;
	int fd;

	server_init(&s);
	server_start(&s);
	fd = client_new(&s, "wait\n");
	barrier_await(&s, 1);
	say(fd, "smith\n");
	barrier_open(&s);
	hears(fd, "WAIT\n");
	server_await(&s, "lingered", 1);
	server_stop(&s);
}
END_TEST

START_TEST(sends_a_large_answer_whole_to_a_slow_reader)
{
	struct server s;
	int fd, polite;

	server_init(&s);
	server_start(&s);
	fd = client_new(&s, "big\n");
	server_await(&s, "unsent", 1);
	polite = client_new(&s, "smith\n");
	hears(polite, "SMITH\n");
	ck_assert_uint_eq(hears_big(fd), BIG_BYTES + 4);
	close(fd);
	server_stop(&s);
}
END_TEST

START_TEST(goes_on_with_a_session_after_a_large_answer)
{
	struct server s;
	int fd;

	server_init(&s);
	s.limits.output_bytes = BIG_BYTES + 64;
	server_start(&s);
	fd = client_new(&s, "+a\nbig\nnever asked\n");
	ck_assert_uint_eq(hears_big(fd), 3 + BIG_BYTES + 4);
	close(fd);
	server_await(&s, "served", 2);
	server_stop(&s);
}
END_TEST

START_TEST(drops_a_client_that_does_not_read)
{
	struct server s;
	int fd[3];

	server_init(&s);
	s.limits.write_ms = 100;
	server_start(&s);
	for (int i = 0; i < 3; i++)
		fd[i] = client_new(&s, "big\n");
	server_await(&s, "deadline_write", 3);
	server_await(&s, "closed", 3);
	for (int i = 0; i < 3; i++)
		close(fd[i]);
	server_stop(&s);
}
END_TEST

START_TEST(bounds_the_memory_of_answers_nobody_reads)
{
	struct server s;
	int fd[4];

	server_init(&s);
	s.limits.buffer_bytes = 2 * BIG_BYTES;
	server_start(&s);
	for (int i = 0; i < 4; i++) {
		fd[i] = client_new(&s, "big\n");
		server_await(&s, "unsent", (uint64_t)i + 1);
	}
	server_await(&s, "evicted_unsent", 2);
	ck_assert_uint_eq(hears_big(fd[3]), BIG_BYTES + 4);
	ck_assert_uint_eq(hears_big(fd[2]), BIG_BYTES + 4);
	for (int i = 0; i < 4; i++)
		close(fd[i]);
	server_stop(&s);
}
END_TEST

START_TEST(bounds_the_memory_of_requests_nobody_finishes)
{
	enum { ROOM = 4, CLIENTS = 7 };
	struct server s;
	int fd[CLIENTS], silent;

	server_init(&s);
	s.limits.buffer_bytes = ROOM * LINE_MAX_BYTES;
	server_start(&s);
	silent = client_new(&s, NULL);
	server_await(&s, "parked", 1);
	for (int i = 0; i < CLIENTS; i++) {
		fd[i] = client_new(&s, "smi");
		server_await(&s, "parked", (uint64_t)i + 2);
	}
	server_await(&s, "evicted_input", CLIENTS - ROOM);
	for (int i = 0; i < CLIENTS - ROOM; i++)
		hears(fd[i], "");
	for (int i = CLIENTS - ROOM; i < CLIENTS; i++) {
		say(fd[i], "th\n");
		hears(fd[i], "SMITH\n");
	}
	/* Who holds nothing has nothing to give. */
	say(silent, "smith\n");
	hears(silent, "SMITH\n");
	server_stop(&s);
}
END_TEST

START_TEST(survives_a_reset_in_the_middle_of_an_answer)
{
	struct linger now = { .l_onoff = 1, .l_linger = 0 };
	struct server s;

	server_init(&s);
	server_start(&s);
	for (uint64_t i = 1; i <= 10; i++) {
		int fd = client_new(&s, "big\n");

		server_await(&s, "unsent", i);
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
		close(fd);
	}
	server_await(&s, "broken", 10);
	hears(client_new(&s, "smith\n"), "SMITH\n");
	server_stop(&s);
}
END_TEST

START_TEST(serves_others_beside_hundreds_of_silent_clients)
{
	enum { SILENT = 300 };
	struct server s;
	int fd[SILENT];

	server_init(&s);
	s.limits.request_ms = 3000;
	server_start(&s);
	/* Half are silent, half begin a request and leave it. */
	for (int i = 0; i < SILENT; i++)
		fd[i] = client_new(&s, i % 2 == 0 ? NULL : "x");
	for (int i = 0; i < 100; i++)
		hears(client_new(&s, "smith\n"), "SMITH\n");
	server_await(&s, "deadline_request", SILENT);
	for (int i = 0; i < SILENT; i++)
		hears(fd[i], "");
	server_stop(&s);
}
END_TEST

START_TEST(makes_room_by_dropping_the_longest_silent)
{
	struct server s;
	int fd[4];

	server_init(&s);
	s.limits.connections = 4;
	server_start(&s);
	for (int i = 0; i < 4; i++) {
		fd[i] = client_new(&s, i == 0 ? "+" : "x");
		server_await(&s, "parked", (uint64_t)i + 1);
	}
	/* The first speaks up and goes on: the second is longest silent. */
	say(fd[0], "x\n");
	hears_some(fd[0], "+X\n");
	server_await(&s, "parked", 5);
	ck_assert_uint_eq(server_count(&s, "evicted_silent"), 0);
	hears(client_new(&s, "smith\n"), "SMITH\n");
	server_await(&s, "evicted_silent", 1);
	hears(fd[1], "");
	for (int i = 0; i < 4; i++)
		if (i != 1) {
			say(fd[i], "z\n");
			hears(fd[i], i == 0 ? "Z\n" : "XZ\n");
		}
	server_stop(&s);
}
END_TEST

START_TEST(keeps_everybody_waiting_rather_than_refuse)
{
	enum { CLIENTS = 200 };
	struct server s;
	int fd[CLIENTS];

	server_init(&s);
	s.limits.workers = 1;
	s.limits.queue = 1;
	server_start(&s);
	for (int i = 0; i < CLIENTS; i++)
		fd[i] = client_new(&s, "wait\n");
	barrier_await(&s, 1);
	server_await(&s, "accepted", 3);
	ck_assert_uint_ge(server_count(&s, "queue_full"), 1);
	barrier_open(&s);
	for (int i = 0; i < CLIENTS; i++)
		hears(fd[i], "WAIT\n");
	server_stop(&s);
	ck_assert_uint_eq(s.served, CLIENTS);
}
END_TEST

START_TEST(waits_when_every_connection_is_busy)
{
	enum { CLIENTS = 20 };
	struct server s;
	int fd[CLIENTS];

	server_init(&s);
	s.limits.connections = 2;
	server_start(&s);
	for (int i = 0; i < CLIENTS; i++)
		fd[i] = client_new(&s, "wait\n");
	barrier_await(&s, 2);
	ck_assert_uint_eq(server_count(&s, "accepted"), 2);
	barrier_open(&s);
	for (int i = 0; i < CLIENTS; i++)
		hears(fd[i], "WAIT\n");
	ck_assert_uint_gt(server_count(&s, "table_full"), 0);
	server_stop(&s);
}
END_TEST

static void
await_gauge(const struct server *s, const char *name, uint64_t value)
{
	uint64_t until_ms = clock_monotonic_ms() + DEADLINE_MS;

	while (server_gauge(s, name) != value) {
		ck_assert_msg(clock_monotonic_ms() < until_ms,
		    "%s did not become %u", name, (unsigned)value);
		poll(NULL, 0, 1);
	}
}

START_TEST(says_what_there_is_at_the_moment)
{
	static const struct {
		const char *name;
		uint64_t value;
	} rows[] = {
		{ "connections", 6 },
		{ "waiting_request", 1 },
		{ "waiting_idle", 1 },
		{ "waiting_answer", 1 },
		{ "waiting_linger", 0 },
		{ "queued", 1 },
		{ "input_bytes", 4 * LINE_MAX_BYTES },
	};
	struct server s;
	int fd[6];

	server_init(&s);
	server_start(&s);
	fd[0] = client_new(&s, "smi");
	fd[1] = client_new(&s, "+a\n");
	hears_some(fd[1], "+A\n");
	fd[2] = client_new(&s, "big\n");
	server_await(&s, "unsent", 1);
	fd[3] = client_new(&s, "wait\n");
	fd[4] = client_new(&s, "wait\n");
	barrier_await(&s, 2);
	fd[5] = client_new(&s, "smith\n");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		await_gauge(&s, rows[i].name, rows[i].value);
	ck_assert_uint_gt(server_gauge(&s, "unsent_bytes"), 0);
	for (int i = 0; i < 6; i++)
		close(fd[i]);
	barrier_open(&s);
	await_gauge(&s, "connections", 0);
	server_stop(&s);
}
END_TEST

START_TEST(forgets_the_last_client_though_nobody_else_comes)
{
	struct server s;

	server_init(&s);
	server_start(&s);
	hears(client_new(&s, "smith\n"), "SMITH\n");
	await_gauge(&s, "connections", 0);
	await_gauge(&s, "input_bytes", 0);
	server_await(&s, "closed", 1);
	server_stop(&s);
}
END_TEST

START_TEST(knows_how_long_a_thread_has_been_busy_with_one_thing)
{
	static const char *const stuck[] = { "wait\n", "halt\n" };

	for (int i = 0; i < 2; i++) {
		uint64_t far_ms = clock_coarse_ms() + 1000000;
		struct server s;
		int fd;

		server_init(&s);
		server_start(&s);
		hears(client_new(&s, "smith\n"), "SMITH\n");
		while (net_stalled_ms(s.net, far_ms) != 0)
			poll(NULL, 0, 1);
		fd = client_new(&s, stuck[i]);
		barrier_await(&s, 1);
		ck_assert_uint_ge(net_stalled_ms(s.net, far_ms), 900000);
		barrier_open(&s);
		hears(fd, i == 0 ? "WAIT\n" : "HALT\n");
		while (net_stalled_ms(s.net, far_ms) != 0)
			poll(NULL, 0, 1);
		server_stop(&s);
	}
}
END_TEST

START_TEST(serves_others_while_one_answer_takes_long)
{
	struct server s;
	int slow;

	server_init(&s);
	server_start(&s);
	slow = client_new(&s, "wait\n");
	barrier_await(&s, 1);
	for (int i = 0; i < 20; i++)
		hears(client_new(&s, "smith\n"), "SMITH\n");
	barrier_open(&s);
	hears(slow, "WAIT\n");
	server_stop(&s);
}
END_TEST

START_TEST(lets_in_and_drops_while_every_worker_is_busy)
{
	struct server s;
	int slow, half;

	server_init(&s);
	s.limits.workers = 1;
	s.limits.request_ms = 50;
	server_start(&s);
	slow = client_new(&s, "wait\n");
	barrier_await(&s, 1);
	half = client_new(&s, "smi");
	server_await(&s, "deadline_request", 1);
	hears(half, "");
	barrier_open(&s);
	hears(slow, "WAIT\n");
	server_stop(&s);
}
END_TEST

static void
await_main_thread_sleeps(void)
{
	uint64_t until_ms = clock_monotonic_ms() + DEADLINE_MS;
	char path[64], state = 'R';

	snprintf(path, sizeof path, "/proc/%ld/stat", (long)getpid());
	while (state != 'S') {
		FILE *file = fopen(path, "r");

		ck_assert_ptr_nonnull(file);
		ck_assert_int_eq(fscanf(file, "%*d %*s %c", &state), 1);
		fclose(file);
		ck_assert(clock_monotonic_ms() < until_ms);
	}
}

static void *
open_when_draining(void *arg)
{
	await_main_thread_sleeps();
	barrier_open(arg);
	return NULL;
}

START_TEST(answers_a_pipelined_session_in_order)
{
	enum { REQUESTS = 100 };
	struct server s;
	char requests[REQUESTS * 8] = "", answers[REQUESTS * 8] = "";
	int fd;

	for (int i = 0; i < REQUESTS; i++) {
		sprintf(requests + strlen(requests), "+a%d\n", i);
		sprintf(answers + strlen(answers), "+A%d\n", i);
	}
	strcat(requests, "end\n");
	strcat(answers, "END\n");
	server_init(&s);
	server_start(&s);
	hears(client_new(&s, requests), answers);
	/* The client may have ended before it is answered. */
	fd = client_new(&s, "+a\n+b\n+c");
	shutdown(fd, SHUT_WR);
	hears(fd, "+A\n+B\n+C\n");
	server_await(&s, "served", REQUESTS + 4);
	server_stop(&s);
}
END_TEST

/* Each answer is a write of its own, or of several that came together. */
START_TEST(answers_a_session_however_it_is_cut)
{
	static const char requests[] = "+a\n+bb\r\n+mute\n+count\n+c\nend\n";
	static const char answers[] = "+A\n+BB\n2 +COUNT\n+C\nEND\n";
	struct server s;

	server_init(&s);
	server_start(&s);
	for (size_t cut = 0; cut < sizeof requests; cut++) {
		char head[sizeof requests] = "";
		int fd;

		memcpy(head, requests, cut);
		fd = client_new(&s, head);
		if (cut < 3)
			server_await(&s, "accepted", cut + 1);
		else
			hears_some(fd, "+A\n");
		say(fd, requests + cut);
		hears(fd, cut < 3 ? answers : answers + 3);
	}
	server_stop(&s);
	ck_assert_uint_eq(s.served, 6 * sizeof requests);
}
END_TEST

START_TEST(remembers_a_session_and_nothing_of_the_one_before)
{
	struct server s;

	server_init(&s);
	s.limits.connections = 1;
	server_start(&s);
	for (int i = 0; i < 3; i++)
		hears(client_new(&s, "+count\n+count\n+count\nend\n"),
		    "0 +COUNT\n1 +COUNT\n2 +COUNT\nEND\n");
	server_stop(&s);
}
END_TEST

/* An answer may be as long as the output wherever it stands in a row. */
START_TEST(cuts_no_answer_that_stands_behind_others)
{
	enum { BIGS = 3 };
	struct server s;
	int fd;

	server_init(&s);
	s.limits.output_bytes = BIG_BYTES + strlen("+BIG\n");
	server_start(&s);
	fd = client_new(&s, "+a\n+big\n+b\n+mute\n+big\n+c\nbig\n");
	ck_assert_uint_eq(hears_big(fd), strlen("+A\n+BIG\n+B\n+BIG\n+C\n"
	    "BIG\n") + (size_t)BIGS * BIG_BYTES);
	close(fd);
	server_await(&s, "served", 7);
	server_stop(&s);
}
END_TEST

START_TEST(serves_no_more_of_a_session_than_its_client_reads)
{
	struct server s;
	int fd;

	server_init(&s);
	server_start(&s);
	fd = client_new(&s, "+a\n+big\n+b\n+big\n+c\n");
	server_await(&s, "unsent", 1);
	hears(client_new(&s, "smith\n"), "SMITH\n");
	server_await(&s, "served", 3);
	shutdown(fd, SHUT_WR);
	ck_assert_uint_eq(hears_big(fd), 2 * (size_t)BIG_BYTES +
	    strlen("+A\n+BIG\n+B\n+BIG\n+C\n"));
	close(fd);
	server_await(&s, "served", 6);
	server_stop(&s);
}
END_TEST

/* A thousand requests in one read are many rows, and others come between. */
START_TEST(gives_others_their_turn_beside_a_session_that_never_ends)
{
	enum { REQUESTS = 500, ROUNDS = 20 };
	char requests[REQUESTS * 2 + 1], answers[REQUESTS * 2 + 1];
	struct server s;
	int fd;

	for (int i = 0; i < REQUESTS; i++) {
		memcpy(requests + 2 * i, "+\n", 3);
		memcpy(answers + 2 * i, "+\n", 3);
	}
	server_init(&s);
	s.limits.workers = 1;
	server_start(&s);
	fd = client_new(&s, NULL);
	for (int i = 0; i < ROUNDS; i++) {
		char heard[sizeof answers];

		say(fd, requests);
		hears(client_new(&s, "smith\n"), "SMITH\n");
		ck_assert_int_eq(recv(fd, heard, sizeof heard - 1, MSG_WAITALL),
		    (ssize_t)sizeof heard - 1);
		ck_assert_int_eq(memcmp(heard, answers, sizeof heard - 1), 0);
	}
	close(fd);
	server_await(&s, "served", ROUNDS * (REQUESTS + 1));
	server_stop(&s);
}
END_TEST

START_TEST(refuses_an_endless_line_behind_answers)
{
	struct server s;
	char request[LINE_MAX_BYTES * 2] = "+a\n+b\n";
	size_t length = strlen(request);
	int fd;

	memset(request + length, 'x', sizeof request - 1 - length);
	request[sizeof request - 1] = '\0';
	server_init(&s);
	server_start(&s);
	fd = client_new(&s, request);
	hears(fd, "+A\n+B\nTOO LONG\n");
	server_await(&s, "too_long", 1);
	server_stop(&s);
}
END_TEST

START_TEST(drains_all_that_has_come_of_a_session)
{
	struct server s;
	pthread_t opener;
	int fd;

	server_init(&s);
	server_start(&s);
	fd = client_new(&s, "+a\n+wait\n+b\n+c\n+d");
	barrier_await(&s, 1);
	MUST_SUCCEED(pthread_create(&opener, NULL, open_when_draining, &s));
	ck_assert(net_drain(s.net, DEADLINE_MS));
	MUST_SUCCEED(pthread_join(opener, NULL));
	hears(fd, "+A\n+WAIT\n+B\n+C\n");
	server_free(&s);
}
END_TEST

START_TEST(keeps_a_session_open_between_its_requests)
{
	struct server s;
	int fd;

	server_init(&s);
	s.limits.request_ms = 100;
	s.limits.idle_ms = 400;
	server_start(&s);
	fd = client_new(&s, "+a\n");
	hears_some(fd, "+A\n");
	say(fd, "+b\n+");
	hears_some(fd, "+B\n");
	/* The next request has begun, and is not finished in time. */
	hears(fd, "");
	server_await(&s, "deadline_request", 1);
	fd = client_new(&s, "+c\n");
	hears_some(fd, "+C\n");
	hears(fd, "");
	server_await(&s, "deadline_idle", 1);
	server_stop(&s);
}
END_TEST

START_TEST(ends_a_connection_that_lasts_too_long)
{
	struct server s;
	int session, half;

	server_init(&s);
	s.limits.total_ms = 500;
	server_start(&s);
	session = client_new(&s, "+a\n");
	hears_some(session, "+A\n");
	await_gauge(&s, "waiting_idle", 1);
	half = client_new(&s, "smi");
	hears(half, "");
	server_await(&s, "deadline_connection", 1);
	/* Only the time of a request counts. */
	say(session, "+b\n");
	hears_some(session, "+B\n");
	say(session, "+");
	hears(session, "");
	server_await(&s, "deadline_connection", 2);
	server_stop(&s);
}
END_TEST

START_TEST(drains_what_is_queued_and_closes_the_rest)
{
	enum { CLIENTS = 30 };
	struct server s;
	int fd[CLIENTS], silent;

	server_init(&s);
	s.limits.workers = 1;
	s.limits.queue = 2;
	s.barrier.is_open = true;
	server_start(&s);
	silent = client_new(&s, "x");
	server_await(&s, "parked", 1);
	for (int i = 0; i < CLIENTS; i++)
		fd[i] = client_new(&s, "wait\n");
	ck_assert(net_drain(s.net, DEADLINE_MS));
	hears(silent, "");
	for (int i = 0; i < CLIENTS; i++)
		hears(fd[i], "WAIT\n");
	ck_assert_uint_eq(server_count(&s, "closed"), CLIENTS + 1);
	server_free(&s);
}
END_TEST

START_TEST(drains_what_has_arrived_but_was_not_read)
{
	enum { CLIENTS = 200 };
	struct server s;
	pthread_t opener;
	int fd[CLIENTS], halting;

	server_init(&s);
	server_start(&s);
	for (int i = 0; i < CLIENTS; i++)
		fd[i] = client_new(&s, "smi");
	server_await(&s, "parked", CLIENTS);
	halting = client_new(&s, "halt\n");
	barrier_await(&s, 1);
	for (int i = 0; i < CLIENTS; i++)
		say(fd[i], "th\n");
	MUST_SUCCEED(pthread_create(&opener, NULL, open_when_draining, &s));
	ck_assert(net_drain(s.net, DEADLINE_MS));
	MUST_SUCCEED(pthread_join(opener, NULL));
	for (int i = 0; i < CLIENTS; i++)
		hears(fd[i], "SMITH\n");
	hears(halting, "HALT\n");
	server_free(&s);
}
END_TEST

START_TEST(says_when_draining_cut_an_answer_off)
{
	struct server s;
	int fd[2];

	server_init(&s);
	server_start(&s);
	fd[0] = client_new(&s, "wait\n");
	fd[1] = client_new(&s, "big\n");
	barrier_await(&s, 1);
	server_await(&s, "unsent", 1);
	ck_assert(!net_drain(s.net, 50));
	server_free(&s);
	close(fd[0]);
	close(fd[1]);
}
END_TEST

/* From now on only so many more can be opened. */
static void
leave_descriptors(unsigned count)
{
	struct rlimit limit;
	int next = dup(0);

	close(next);
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = (rlim_t)next + count;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

START_TEST(takes_a_descriptor_from_the_silent_when_there_are_no_more)
{
	enum { CLIENTS = 12 };
	struct server s;
	int fd[CLIENTS];

	server_init(&s);
	server_start(&s);
	for (int i = 0; i < CLIENTS; i++)
		fd[i] = make_socket();
	leave_descriptors(4);
	for (int i = 0; i < CLIENTS - 1; i++) {
		call(&s, fd[i]);
		say(fd[i], "x");
		server_await(&s, "parked", (uint64_t)i + 1);
	}
	server_await(&s, "evicted_silent", CLIENTS - 1 - 4);
	ck_assert_uint_gt(server_count(&s, "fd_exhausted"), 0);
	call(&s, fd[CLIENTS - 1]);
	say(fd[CLIENTS - 1], "smith\n");
	hears(fd[CLIENTS - 1], "SMITH\n");
	for (int i = 0; i < CLIENTS - 1; i++)
		close(fd[i]);
	server_stop(&s);
}
END_TEST

START_TEST(waits_for_a_descriptor_when_nobody_is_silent)
{
	enum { CLIENTS = 8 };
	struct server s;
	int fd[CLIENTS];

	server_init(&s);
	s.service.refuse = NULL; /* nobody is turned away */
	server_start(&s);
	for (int i = 0; i < CLIENTS; i++)
		fd[i] = make_socket();
	leave_descriptors(2);
	for (int i = 0; i < CLIENTS; i++) {
		call(&s, fd[i]);
		say(fd[i], "wait\n");
	}
	barrier_await(&s, 2);
	server_await(&s, "accepted", 2);
	barrier_open(&s);
	for (int i = 0; i < CLIENTS; i++)
		hears(fd[i], "WAIT\n");
	ck_assert_uint_gt(server_count(&s, "fd_exhausted"), 0);
	server_stop(&s);
}
END_TEST

START_TEST(tells_callers_when_descriptors_are_short_for_long)
{
	enum { BUSY = 2, CLIENTS = 5 };
	struct server s;
	int fd[CLIENTS];

	server_init(&s);
	server_start(&s);
	for (int i = 0; i < CLIENTS; i++)
		fd[i] = make_socket();
	leave_descriptors(BUSY);
	for (int i = 0; i < CLIENTS; i++) {
		call(&s, fd[i]);
		say(fd[i], "wait\n");
		if (i == BUSY - 1)
			barrier_await(&s, BUSY);
	}
	/* Closing one here would give the server a descriptor. */
	for (int i = BUSY; i < CLIENTS; i++)
		hears_some(fd[i], "NO ROOM\n");
	server_await(&s, "turned_away", CLIENTS - BUSY);
	for (int i = BUSY; i < CLIENTS; i++)
		hears(fd[i], "");
	barrier_open(&s);
	for (int i = 0; i < BUSY; i++)
		hears(fd[i], "WAIT\n");
	hears(client_new(&s, "smith\n"), "SMITH\n");
	server_stop(&s);
}
END_TEST

UNIT_MAIN("net", answers_a_line_however_it_arrives,
    closes_a_connection_that_ends_without_asking,
    refuses_an_endless_line_and_lets_the_refusal_arrive,
    lets_an_answer_arrive_though_more_was_sent_meanwhile,
    sends_a_large_answer_whole_to_a_slow_reader,
    goes_on_with_a_session_after_a_large_answer,
    drops_a_client_that_does_not_read,
    bounds_the_memory_of_answers_nobody_reads,
    bounds_the_memory_of_requests_nobody_finishes,
    survives_a_reset_in_the_middle_of_an_answer,
    serves_others_beside_hundreds_of_silent_clients,
    makes_room_by_dropping_the_longest_silent,
    keeps_everybody_waiting_rather_than_refuse,
    waits_when_every_connection_is_busy, says_what_there_is_at_the_moment,
    forgets_the_last_client_though_nobody_else_comes,
    knows_how_long_a_thread_has_been_busy_with_one_thing,
    serves_others_while_one_answer_takes_long,
    lets_in_and_drops_while_every_worker_is_busy,
    answers_a_pipelined_session_in_order,
    answers_a_session_however_it_is_cut,
    remembers_a_session_and_nothing_of_the_one_before,
    cuts_no_answer_that_stands_behind_others,
    serves_no_more_of_a_session_than_its_client_reads,
    gives_others_their_turn_beside_a_session_that_never_ends,
    refuses_an_endless_line_behind_answers,
    drains_all_that_has_come_of_a_session,
    keeps_a_session_open_between_its_requests,
    ends_a_connection_that_lasts_too_long,
    drains_what_is_queued_and_closes_the_rest,
    drains_what_has_arrived_but_was_not_read,
    says_when_draining_cut_an_answer_off,
    takes_a_descriptor_from_the_silent_when_there_are_no_more,
    waits_for_a_descriptor_when_nobody_is_silent,
    tells_callers_when_descriptors_are_short_for_long)
