#include <config.h>

#include "lines.h"
#include "unit.h"

#include "net/gate.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * A gate with a verdict for those who come and one for those who ask, and a
 * sentence for both.  It is asked at the desk and looked at in another thread.
 */
struct book {
	enum gate_verdict enter;
	enum gate_verdict ask;
	unsigned asks_max; /* so many are let through first */
	const char *sentence;
	unsigned granted;
	atomic_uint entered, asked, left;
	atomic_bool is_good; /* all callers were who they should be */
};

static void
look_at(struct book *book, const struct gate_caller *caller)
{
	if (caller->peer->addr.family != ADDR_V4 || caller->now_ms == 0 ||
	    caller->service->request_max != LINE_MAX_BYTES)
		book->is_good = false;
}

static enum gate_verdict
enter(void *context, const struct gate_caller *caller, struct buf *refusal)
{
	struct book *book = context;

	look_at(book, caller);
	if (book->enter == GATE_REFUSED)
		buf_add_string(refusal, book->sentence);
	book->entered += book->enter == GATE_OPEN;
	return book->enter;
}

static enum gate_verdict
ask(void *context, const struct gate_caller *caller, unsigned *requests,
    struct buf *refusal)
{
	struct book *book = context;
	unsigned left = book->asks_max - book->granted;

	look_at(book, caller);
	book->asked++;
	if (book->ask == GATE_OPEN)
		left = *requests;
	if (left > 0) {
		*requests = left < *requests ? left : *requests;
		book->granted += *requests;
		return GATE_OPEN;
	}
	if (book->ask == GATE_REFUSED)
		buf_add_string(refusal, book->sentence);
	return book->ask;
}

static void
leave(void *context, const struct gate_caller *caller, unsigned unserved)
{
	struct book *book = context;

	look_at(book, caller);
	book->granted -= unserved;
	book->left++;
}

static struct gate
gate_of(struct book *book)
{
	book->is_good = true;
	return (struct gate){ .context = book, .enter = enter, .ask = ask,
		.leave = leave };
}

static void
start(struct server *s, const struct gate *gate)
{
	server_init(s);
	s->gate = gate;
	server_start(s);
}

/* Everybody who came in has left, and nobody else. */
static void
stop(struct server *s, struct book *book)
{
	server_stop(s);
	ck_assert(book->is_good);
	ck_assert_uint_eq(book->left, book->entered);
}

static const struct {
	const char *first, *then;
} talks[] = {
	{ "smith\n", NULL },
	{ "smi", "th\n" },
	{ NULL, "smith\n" },
	{ "smith\nand more\n", NULL },
	{ "+smith\n", NULL },
};

enum { TALKS = sizeof talks / sizeof talks[0] };

START_TEST(refuses_with_one_sentence_and_an_orderly_end)
{
	static const struct {
		enum gate_verdict enter, ask;
		const char *counter;
	} rows[] = {
		{ GATE_REFUSED, GATE_OPEN, "refused_connections" },
		{ GATE_OPEN, GATE_REFUSED, "refused_requests" },
	};

	for (size_t i = 0; i < TALKS * sizeof rows / sizeof rows[0]; i++) {
		struct book book = { .enter = rows[i / TALKS].enter,
			.ask = rows[i / TALKS].ask, .sentence = "Go away.\n" };
		struct gate gate = gate_of(&book);
		struct server s;
		int fd;

		start(&s, &gate);
		fd = client_new(&s, talks[i % TALKS].first);
		if (talks[i % TALKS].then != NULL)
			(void)send(fd, talks[i % TALKS].then,
			    strlen(talks[i % TALKS].then), MSG_NOSIGNAL);
		hears(fd, "Go away.\n");
		server_await(&s, rows[i / TALKS].counter, 1);
		stop(&s, &book);
		ck_assert_uint_eq(s.served, 0);
	}
}
END_TEST

START_TEST(lets_a_refusal_arrive_whatever_the_client_still_sends)
{
	struct book book = { .enter = GATE_REFUSED, .sentence = "No.\n"};
	struct gate gate = gate_of(&book);
	static char much[65536];
	struct server s;

	memset(much, 'x', sizeof much);
	start(&s, &gate);
	for (int i = 0; i < 10; i++) {
		int fd = client_new(&s, NULL);

		ck_assert_int_eq(
		    send(fd, much, sizeof much, MSG_NOSIGNAL), sizeof much);
		hears(fd, "No.\n");
	}
	server_await(&s, "lingered", 10);
	stop(&s, &book);
}
END_TEST

START_TEST(closes_without_a_word)
{
	static const struct {
		enum gate_verdict enter, ask;
	} rows[] = {
		{ GATE_SILENT, GATE_OPEN },
		{ GATE_OPEN, GATE_SILENT },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct book book = {rows[i].enter, rows[i].ask};
		struct gate gate = gate_of(&book);
		struct server s;

		start(&s, &gate);
		hears(client_new(&s, "smith\n"), "");
		server_await(&s, "refused_silent", 1);
		stop(&s, &book);
		ck_assert_uint_eq(s.served, 0);
	}
}
END_TEST

/* Sent at once: it is a worker that finds the later ones. */
START_TEST(serves_no_request_of_a_session_before_it_was_asked_about)
{
	struct book book = { .ask = GATE_REFUSED, .asks_max = 3,
		.sentence = "Enough.\n" };
	struct gate gate = gate_of(&book);
	struct server s;

	start(&s, &gate);
	hears(client_new(&s, "+a\n+b\n+c\n+d\n+e\n"), "+A\n+B\n+C\nEnough.\n");
	server_await(&s, "refused_requests", 1);
	stop(&s, &book);
	ck_assert_uint_eq(book.asked, 2);
	ck_assert_uint_eq(book.entered, 1);
	ck_assert_uint_eq(s.served, 3);
}
END_TEST

START_TEST(asks_once_for_what_came_together_and_of_each_request)
{
	static const struct {
		const char *requests, *answers;
		unsigned granted;
	} rows[] = {
		{ "+a\n+b\n+c\nd\n", "+A\n+B\n+C\nD\n", 4 },
		/* What stands behind the last one was let through in vain. */
		{ "+a\nb\n+c\n+d\n", "+A\nB\n", 2 },
		{ "smith\nand more\n", "SMITH\n", 1 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct book book = { .ask = GATE_OPEN };
		struct gate gate = gate_of(&book);
		struct server s;

		start(&s, &gate);
		hears(client_new(&s, rows[i].requests), rows[i].answers);
		stop(&s, &book);
		ck_assert_uint_eq(book.asked, 1);
		ck_assert_uint_eq(book.granted, rows[i].granted);
		ck_assert_uint_eq(s.served, rows[i].granted);
	}
}
END_TEST

START_TEST(asks_again_after_an_answer_that_was_slow_to_go)
{
	struct book book = { .ask = GATE_REFUSED, .asks_max = 1,
		.sentence = "Enough.\n" };
	struct gate gate = gate_of(&book);
	struct server s;
	int fd;

	start(&s, &gate);
	fd = client_new(&s, "+big\n+b\n");
	server_await(&s, "unsent", 1);
	ck_assert_uint_eq(hears_big(fd), BIG_BYTES + strlen("+BIG\nEnough.\n"));
	close(fd);
	stop(&s, &book);
}
END_TEST

START_TEST(tells_of_the_end_of_everybody_who_came_in)
{
	struct book book = { .ask = GATE_OPEN };
	struct gate gate = gate_of(&book);
	struct server s;
	int fd[4];

	start(&s, &gate);
	fd[0] = client_new(&s, NULL);
	fd[1] = client_new(&s, "+a\n");
	fd[2] = client_new(&s, "big\n");
	fd[3] = client_new(&s, "wait\n");
	barrier_await(&s, 1);
	server_await(&s, "unsent", 1);
	server_await(&s, "accepted", 4);
	hears(client_new(&s, "smith\n"), "SMITH\n");
	ck_assert(!net_drain(s.net, 50));
	server_free(&s);
	ck_assert(book.is_good);
	ck_assert_uint_eq(book.entered, 5);
	ck_assert_uint_eq(book.left, 5);
	for (int i = 0; i < 4; i++)
		close(fd[i]);
}
END_TEST

UNIT_MAIN("net/gate", refuses_with_one_sentence_and_an_orderly_end,
    lets_a_refusal_arrive_whatever_the_client_still_sends,
    closes_without_a_word,
    serves_no_request_of_a_session_before_it_was_asked_about,
    asks_once_for_what_came_together_and_of_each_request,
    asks_again_after_an_answer_that_was_slow_to_go,
    tells_of_the_end_of_everybody_who_came_in)
