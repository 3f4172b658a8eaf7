/*
 * The server is the test itself: it answers between two turns of the crowd, so
 * that what happens before what is not left to chance.
 */

#include "bench/crowd.h"

#include "bench/expectation.h"
#include "bench/protocol.h"
#include "bench/route.h"
#include "bench/schedule.h"
#include "sys/clock.h"

#include "unit.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct route route;
static int listener;
static struct expectation *expectation;
static struct question question;
static struct schedule schedule;
static struct crowd_settings settings;
static struct crowd *crowd;

static struct question
next(struct questions *questions)
{
	(void)questions;
	return question;
}

static struct questions questions = { .next = next };

static void
set_up(void)
{
	struct sockaddr_in *name = &route.server.v4;
	struct fault fault;

	route = (struct route){ .server_length = sizeof *name };
	name->sin_family = AF_INET;
	name->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	ck_assert_int_eq(bind(listener, (void *)name, sizeof *name), 0);
	ck_assert_int_eq(listen(listener, 64), 0);
	ck_assert_int_eq(getsockname(listener, (void *)name,
	    &route.server_length), 0);
	ck_assert_int_eq(expectation_new(&expectation, NULL, &fault), ERR_NONE);
	question = (struct question){ .text = SPAN_LITERAL("smith\r\n") };
	settings = (struct crowd_settings){
		.route = &route,
		.protocol = &protocols[PROTOCOL_WHOIS],
		.questions = &questions,
		.expectation = expectation,
		.patience_ms = 60000,
		.session = 1,
		.pipeline = 1,
		.waits_for_turn = true,
	};
}

static void
tear_down(void)
{
	crowd_close(&crowd);
	expectation_free(&expectation);
	close(listener);
}

static void
come(unsigned clients)
{
	struct fault fault;

	ck_assert_msg(crowd_open(&crowd, &settings, &fault) == ERR_NONE, "%s",
	    fault.text);
	crowd_add(crowd, KIND_ORDINARY, clients);
}

/* Everybody who has connected; returns how many that were. */
static unsigned
serve(const char *answer)
{
	unsigned count = 0;
	int client;

	while ((client = accept(listener, NULL, NULL)) >= 0) {
		char line[64];

		ck_assert_int_eq(recv(client, line, sizeof line, 0), 7);
		ck_assert_int_eq(send(client, answer, strlen(answer), 0),
		    (ssize_t)strlen(answer));
		close(client);
		count++;
	}
	return count;
}

static void
go_on_until_done(const char *answer)
{
	while (!crowd_is_done(crowd)) {
		ck_assert_msg(crowd_turn(crowd), "%s",
		    crowd_fault(crowd)->text);
		if (answer != NULL)
			serve(answer);
	}
}

static void
go_on_until_connected(unsigned count)
{
	while (crowd_count(crowd, KIND_ORDINARY) < count)
		ck_assert(crowd_turn(crowd));
}

static const struct tally *
tally(void)
{
	return crowd_tally(crowd, KIND_ORDINARY);
}

/* On a busy machine even the connection may take that long. */
static uint64_t
out_of_patience(void)
{
	return tally()->outcomes[OUTCOME_LATE] +
	    tally()->outcomes[OUTCOME_UNREACHED];
}

START_TEST(asks_as_many_as_it_may_and_no_more)
{
	come(4);
	crowd_measure(crowd, 30);
	go_on_until_done("twelve bytes");
	ck_assert_uint_eq(crowd_offered(crowd), 30);
	ck_assert_uint_eq(tally()->outcomes[OUTCOME_ANSWERED], 30);
	ck_assert_uint_eq(tally()->us.count, 30);
	ck_assert_uint_eq(tally()->heard, 30);
	ck_assert_uint_eq(tally()->bytes, 30 * 12);
	ck_assert_uint_eq(serve("nobody"), 0);
}
END_TEST

START_TEST(has_no_more_connections_than_clients)
{
	come(3);
	go_on_until_connected(3);
	ck_assert(crowd_turn(crowd));
	ck_assert_uint_eq(crowd_count(crowd, KIND_ORDINARY), 3);
	ck_assert_uint_eq(serve("x"), 3);
	crowd_stop(crowd);
	go_on_until_done(NULL);
	ck_assert_uint_eq(crowd_count(crowd, KIND_ORDINARY), 0);
}
END_TEST

START_TEST(counts_nothing_that_began_before_it_measures)
{
	come(2);
	go_on_until_connected(2);
	crowd_measure(crowd, 0);
	ck_assert_uint_eq(serve("x"), 2);
	go_on_until_done(NULL);
	ck_assert_uint_eq(tally()->outcomes[OUTCOME_ANSWERED], 0);
	ck_assert_uint_eq(tally()->us.count, 0);
	ck_assert_uint_eq(tally()->heard, 2);
}
END_TEST

START_TEST(says_what_came_of_a_question)
{
	static const struct {
		const char *answer;
		enum outcome outcome;
	} cases[] = {
		{ "There is a Smith", OUTCOME_ANSWERED },
		{ "% There is a Smith", OUTCOME_ANSWERED },
		{ "There is nobody", OUTCOME_WRONG },
		{ "% error: come again", OUTCOME_DENIED },
		{ "", OUTCOME_EMPTY },
	};

	question.expected = span_from("Smith");
	question.expects = QUESTION_EXPECTS_TO_HOLD;
	come(1);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		crowd_measure(crowd, 3);
		go_on_until_done(cases[i].answer);
		ck_assert_uint_eq(tally()->outcomes[cases[i].outcome], 3);
		ck_assert_uint_eq(crowd_offered(crowd), 3);
	}
}
END_TEST

START_TEST(hears_an_answer_that_comes_in_pieces)
{
	static char large[200000];

	memset(large, 'x', sizeof large - 1);
	question.expected = span_from(large);
	question.expects = QUESTION_EXPECTS_TO_BE;
	come(1);
	crowd_measure(crowd, 2);
	go_on_until_done(large);
	ck_assert_uint_eq(tally()->outcomes[OUTCOME_ANSWERED], 2);
	ck_assert_uint_eq(tally()->bytes, 2 * (sizeof large - 1));
}
END_TEST

/* The kernel takes few whom nobody accepts; the others come when it has room. */
START_TEST(speaks_when_it_is_connected_at_last)
{
	ck_assert_int_eq(listen(listener, 0), 0);
	come(4);
	crowd_measure(crowd, 4);
	ck_assert(crowd_turn(crowd));
	ck_assert_uint_lt(crowd_count(crowd, KIND_ORDINARY), 4);
	go_on_until_done("x");
	ck_assert_uint_eq(tally()->outcomes[OUTCOME_ANSWERED], 4);
	ck_assert_uint_eq(tally()->reached, 4);
}
END_TEST

START_TEST(is_refused_where_nobody_listens)
{
	close(listener);
	come(2);
	crowd_measure(crowd, 6);
	go_on_until_done(NULL);
	ck_assert_uint_eq(tally()->outcomes[OUTCOME_REFUSED], 6);
	ck_assert(crowd_was_refused(crowd) && !crowd_has_reached(crowd));
	listener = dup(STDERR_FILENO);
}
END_TEST

/* However long the turns take, one is refused in ten milliseconds. */
START_TEST(does_not_spin_where_nobody_listens)
{
	uint64_t began_ms = clock_monotonic_ms();

	close(listener);
	come(50);
	for (int i = 0; i < 20; i++)
		ck_assert(crowd_turn(crowd));
	ck_assert_uint_gt(tally()->outcomes[OUTCOME_REFUSED], 0);
	ck_assert_uint_le(tally()->outcomes[OUTCOME_REFUSED],
	    (clock_monotonic_ms() - began_ms) / 10 + 1);
	listener = dup(STDERR_FILENO);
}
END_TEST

START_TEST(loses_patience_with_a_silent_server)
{
	settings.patience_ms = 20;
	come(2);
	crowd_measure(crowd, 4);
	go_on_until_done(NULL);
	ck_assert_uint_eq(out_of_patience(), 4);
}
END_TEST

/* All are due within ten milliseconds, and nobody is served for fifty. */
START_TEST(counts_from_when_a_question_was_due)
{
	uint64_t began_ms;

	schedule = (struct schedule){ .rate = 1000, .threads = 1 };
	settings.schedule = &schedule;
	come(1);
	crowd_measure(crowd, 10);
	began_ms = clock_monotonic_ms();
	while (clock_monotonic_ms() < began_ms + 50)
		ck_assert(crowd_turn(crowd));
	go_on_until_done("x");
	ck_assert_uint_eq(tally()->outcomes[OUTCOME_ANSWERED], 10);
	ck_assert_uint_eq(tally()->missed, 0);
	ck_assert_uint_ge(latency_permille(&tally()->us, 1), 40000);
}
END_TEST

START_TEST(forgets_no_question_that_nobody_was_free_to_ask)
{
	schedule = (struct schedule){ .rate = 1000, .threads = 1 };
	settings.schedule = &schedule;
	settings.patience_ms = 20;
	come(1);
	crowd_measure(crowd, 10);
	go_on_until_done(NULL);
	ck_assert_uint_eq(crowd_offered(crowd), 10);
	ck_assert_uint_eq(out_of_patience(), 10);
}
END_TEST

START_TEST(misses_what_does_not_wait)
{
	schedule = (struct schedule){ .rate = 1000, .threads = 1 };
	settings.schedule = &schedule;
	settings.waits_for_turn = false;
	settings.patience_ms = 200;
	come(1);
	crowd_measure(crowd, 10);
	go_on_until_done(NULL);
	ck_assert_uint_gt(tally()->missed, 0);
	ck_assert_uint_eq(tally()->missed + out_of_patience(), 10);
}
END_TEST

/*
 * A server of sessions, one at a time: each line gets the next of the answers,
 * over and over, and where NULL follows, the end of the connection.
 */
static struct {
	const char *const *answers;
	int descriptor;
	char heard[4096];
	size_t heard_length;
	size_t answered;
	unsigned sessions, farewells;
} server;

static void
have_sessions(const char *const *answers, unsigned session, unsigned pipeline)
{
	memset(&server, 0, sizeof server);
	server.descriptor = -1;
	server.answers = answers;
	settings.protocol = &protocols[PROTOCOL_PH];
	settings.session = session;
	settings.pipeline = pipeline;
}

static void
end_session(void)
{
	close(server.descriptor);
	server.descriptor = -1;
	server.heard_length = 0;
}

static void
say(const char *text)
{
	ck_assert_int_eq(send(server.descriptor, text, strlen(text),
	    MSG_NOSIGNAL), (ssize_t)strlen(text));
}

static void
answer_line(struct span line)
{
	if (span_is(line, "quit")) {
		server.farewells++;
		say("200:Bye!\r\n");
		end_session();
		return;
	}
	ck_assert(span_equal(line, (struct span){ question.text.data,
	    question.text.length - 2 }));
	say(server.answers[server.answered++]);
	if (server.answers[server.answered] != NULL)
		return;
	server.answered = 0;
	if (server.answers[1] != NULL)
		end_session();
}

static void
answer_lines(void)
{
	struct span rest = { server.heard, server.heard_length };
	char copy[sizeof server.heard];

	memcpy(copy, server.heard, server.heard_length);
	rest.data = copy;
	while (memchr(rest.data, '\n', rest.length) != NULL &&
	    server.descriptor >= 0)
		answer_line(span_trim(span_cut(&rest, '\n')));
	if (server.descriptor < 0)
		return;
	memmove(server.heard, rest.data, rest.length);
	server.heard_length = rest.length;
}

static void
serve_session(void)
{
	ssize_t got;

	if (server.descriptor < 0) {
		server.descriptor = accept(listener, NULL, NULL);
		server.sessions += server.descriptor >= 0;
	}
	if (server.descriptor < 0)
		return;
	got = recv(server.descriptor, server.heard + server.heard_length,
	    sizeof server.heard - server.heard_length, MSG_DONTWAIT);
	if (got == 0)
		end_session();
	if (got <= 0)
		return;
	server.heard_length += (size_t)got;
	answer_lines();
}

static void
go_on_in_sessions(void)
{
	while (!crowd_is_done(crowd)) {
		ck_assert_msg(crowd_turn(crowd), "%s",
		    crowd_fault(crowd)->text);
		serve_session();
	}
}

/* One answer for everything; it does not end the session. */
static const char *const always_ok[] = {
	"102:There was 1 match.\r\n-200:1:a: b\r\n200:Ok.\r\n", NULL
};

START_TEST(asks_in_sessions_of_so_many_questions)
{
	static const struct {
		unsigned session, pipeline, questions, sessions;
	} cases[] = {
		{ 1, 1, 5, 5 }, { 3, 1, 6, 2 }, { 3, 1, 7, 3 },
		{ 3, 2, 6, 2 }, { 3, 50, 6, 2 }, { 0, 1, 9, 1 },
		{ 0, 4, 9, 1 }, { 0, 50, 9, 1 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		have_sessions(always_ok, cases[i].session, cases[i].pipeline);
		come(1);
		crowd_measure(crowd, cases[i].questions);
		go_on_in_sessions();
		ck_assert_uint_eq(tally()->outcomes[OUTCOME_ANSWERED],
		    cases[i].questions);
		ck_assert_uint_eq(crowd_offered(crowd), cases[i].questions);
		ck_assert_uint_eq(tally()->us.count, cases[i].questions);
		ck_assert_uint_eq(tally()->heard, cases[i].questions);
		ck_assert_uint_eq(tally()->bytes,
		    cases[i].questions * strlen(always_ok[0]));
		ck_assert_uint_eq(server.sessions, cases[i].sessions);
		ck_assert_uint_eq(server.farewells, cases[i].sessions);
		crowd_close(&crowd);
	}
}
END_TEST

START_TEST(says_at_once_what_does_not_wait_for_an_answer)
{
	static const char wanted[] = "smith\r\nsmith\r\nsmith\r\nquit\r\n";
	char heard[64];
	int client;

	have_sessions(always_ok, 3, 10);
	come(1);
	go_on_until_connected(1);
	client = accept(listener, NULL, NULL);
	ck_assert_int_ge(client, 0);
	ck_assert_int_eq(recv(client, heard, sizeof heard, 0),
	    (ssize_t)strlen(wanted));
	ck_assert_mem_eq(heard, wanted, strlen(wanted));
	close(client);
}
END_TEST

START_TEST(judges_each_answer_of_a_session)
{
	static const char *const answers[] = {
		"102:x\r\n200:Smith.\r\n", "501:No matches.\r\n",
		"502:Too many.\r\n", "-507:x\r\n500:What?\r\n", NULL
	};
	static const struct {
		const char *expected;
		uint64_t answered, wrong, denied;
	} cases[] = {
		{ "", 3, 0, 1 }, { "Smith", 1, 2, 1 }, { "500:", 1, 3, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const uint64_t *outcomes;

		question.expected = span_from(cases[i].expected);
		question.expects = *cases[i].expected == '\0' ?
		    QUESTION_EXPECTS_ANYTHING : QUESTION_EXPECTS_TO_HOLD;
		have_sessions(answers, 4, 4);
		come(1);
		crowd_measure(crowd, 4);
		go_on_in_sessions();
		outcomes = tally()->outcomes;
		ck_assert_uint_eq(outcomes[OUTCOME_ANSWERED], cases[i].answered);
		ck_assert_uint_eq(outcomes[OUTCOME_WRONG], cases[i].wrong);
		ck_assert_uint_eq(outcomes[OUTCOME_DENIED], cases[i].denied);
		crowd_close(&crowd);
	}
}
END_TEST

START_TEST(counts_what_a_session_leaves_unanswered)
{
	static const char *const answers[] = {
		"200:Ok.\r\n", "102:One.\r\n-200:1:", NULL
	};

	have_sessions(answers, 5, 5);
	come(1);
	crowd_measure(crowd, 5);
	go_on_in_sessions();
	ck_assert_uint_eq(tally()->outcomes[OUTCOME_ANSWERED], 1);
	ck_assert_uint_eq(tally()->outcomes[OUTCOME_CUT], 1);
	ck_assert_uint_eq(tally()->outcomes[OUTCOME_EMPTY], 3);
}
END_TEST

START_TEST(loses_patience_with_all_of_a_session)
{
	static const char *const answers[] = { "-200:1:for ever\r\n", NULL };

	settings.patience_ms = 20;
	have_sessions(answers, 0, 3);
	come(1);
	crowd_measure(crowd, 3);
	go_on_in_sessions();
	ck_assert_uint_eq(out_of_patience(), 3);
}
END_TEST

/* More than the kernel takes while the server does not read. */
START_TEST(says_all_of_a_long_pipeline)
{
	static char line[1002];

	memset(line, 'x', 1000);
	line[1000] = '\r';
	line[1001] = '\n';
	question.text = (struct span){ line, sizeof line };
	have_sessions(always_ok, 0, 10000);
	come(1);
	crowd_measure(crowd, 10000);
	for (int i = 0; i < 10; i++)
		ck_assert(crowd_turn(crowd));
	go_on_in_sessions();
	ck_assert_uint_eq(tally()->outcomes[OUTCOME_ANSWERED], 10000);
	ck_assert_uint_eq(server.sessions, 1);
}
END_TEST

START_TEST(asks_on_one_connection_what_is_due)
{
	schedule = (struct schedule){ .rate = 1000, .threads = 1 };
	settings.schedule = &schedule;
	have_sessions(always_ok, 0, 20);
	come(3);
	crowd_measure(crowd, 20);
	go_on_in_sessions();
	ck_assert_uint_eq(tally()->outcomes[OUTCOME_ANSWERED], 20);
	ck_assert_uint_eq(server.sessions, 1);
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){ set_up, tear_down }), "crowd",
    asks_as_many_as_it_may_and_no_more, has_no_more_connections_than_clients,
    counts_nothing_that_began_before_it_measures, says_what_came_of_a_question,
    hears_an_answer_that_comes_in_pieces, speaks_when_it_is_connected_at_last,
    is_refused_where_nobody_listens, does_not_spin_where_nobody_listens,
    loses_patience_with_a_silent_server, counts_from_when_a_question_was_due,
    forgets_no_question_that_nobody_was_free_to_ask, misses_what_does_not_wait,
    asks_in_sessions_of_so_many_questions,
    says_at_once_what_does_not_wait_for_an_answer,
    judges_each_answer_of_a_session, counts_what_a_session_leaves_unanswered,
    loses_patience_with_all_of_a_session, says_all_of_a_long_pipeline,
    asks_on_one_connection_what_is_due)
