/* One connection on descriptors, with a service that answers "<REQUEST>". */

#include "server/inetd.h"

#include "net/net.h"
#include "unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REQUEST_MAX = 16, ANSWER_MAX = 4 << 20 };

/* What the last transaction was told to the log as. */
struct note {
	unsigned served;
	uint64_t bytes;
	unsigned too_long;
};

static enum frame
frame_line(const struct service *service, struct span input, bool ended,
    size_t *length)
{
	const char *end = input.length ?
	    memchr(input.data, '\n', input.length) : NULL;

	if (end != NULL)
		*length = (size_t)(end - input.data) + 1;
	else if (ended && input.length > 0)
		*length = input.length;
	else if (input.length == service->request_max)
		return FRAME_TOO_LONG;
	else
		return ended ? FRAME_EMPTY : FRAME_MORE;
	return FRAME_WHOLE;
}

/*
 * "big" gets all that fits, "more" goes on, "mute" does too and has no answer,
 * "count" tells how many lines came before it, and anything else is the end.
 */
static enum next
serve_line(const struct service *service, void *worker,
    const struct request *request, struct buf *out)
{
	struct note *note = worker;
	struct span line = span_trim(request->bytes);

	(void)service;
	note->too_long += request->too_long;
	if (span_is(line, "big"))
		buf_add_repeat(out, 'x', out->capacity);
	else if (span_is(line, "count"))
		buf_add_number(out, request->session->words[1]);
	else if (!span_is(line, "mute"))
		buf_add_format(out, "<%.*s>", (int)line.length, line.data);
	request->session->words[1]++;
	return span_is(line, "more") || span_is(line, "mute") ? NEXT_GO_ON :
	    NEXT_CLOSE;
}

static void
note_served(const struct service *service, void *worker,
    const struct transaction *transaction)
{
	struct note *note = worker;

	(void)service;
	note->served++;
	note->bytes = transaction->answer_bytes;
}

static const struct service service = {
	.request_max = REQUEST_MAX,
	.frame = frame_line,
	.serve = serve_line,
	.served = note_served,
};

static const struct net_limits quick = {
	.request_ms = 100, .write_ms = 100, .idle_ms = 100,
	.linger_ms = 100, .output_bytes = ANSWER_MAX,
};

static const struct peer nobody;

/* Send `text`, half-close, converse, and read what came back. */
static void
talk(const char *text, struct note *note, char *answer, size_t size)
{
	int ends[2];
	ssize_t got;
	size_t length = 0;

	memset(note, 0, sizeof *note);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	ck_assert_int_eq(write(ends[0], text, strlen(text)),
	    (int)strlen(text));
	shutdown(ends[0], SHUT_WR);
	inetd_converse(&service, note, &nobody,
	    (struct inetd_ends){ ends[1], ends[1] }, &quick);
	close(ends[1]);
	while ((got = read(ends[0], answer + length, size - 1 - length)) > 0)
		length += (size_t)got;
	answer[length] = '\0';
	close(ends[0]);
}

START_TEST(answers_what_inetd_hands_over)
{
	static const struct {
		const char *sent;
		const char *answer;
		unsigned served;
	} cases[] = {
		{ "smith\r\n", "<smith>", 1 },
		{ "smith\n", "<smith>", 1 },
		{ "smith", "<smith>", 1 },
		{ "smith\njones\n", "<smith>", 1 },
		{ "more\njones\n", "<more><jones>", 2 },
		{ "more\nmore\ncount\n", "<more><more>2", 3 },
		{ "more\nmute\nmute\ncount", "<more>3", 4 },
		{ "more\n", "<more>", 1 },
		{ "", "", 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct note note;
		char answer[256];

		talk(cases[i].sent, &note, answer, sizeof answer);
		ck_assert_str_eq(answer, cases[i].answer);
		ck_assert_uint_eq(note.served, cases[i].served);
	}
}
END_TEST

START_TEST(an_endless_line_is_passed_on_as_too_long)
{
	struct note note;
	char answer[256];

	talk("0123456789012345678901234567890123456789", &note, answer,
	    sizeof answer);
	ck_assert_uint_eq(note.too_long, 1);
	ck_assert_str_eq(answer, "<0123456789012345>");
	ck_assert_uint_eq(note.bytes, strlen(answer));
}
END_TEST

START_TEST(a_silent_client_is_left_at_the_deadline)
{
	struct note note = { 0 };
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	ck_assert(!inetd_converse(&service, &note, &nobody,
	    (struct inetd_ends){ ends[1], ends[1] }, &quick));
	ck_assert_uint_eq(note.served, 0);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

START_TEST(a_session_that_rests_too_long_was_served)
{
	struct note note = { 0 };
	char answer[16] = "";
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	ck_assert_int_eq(write(ends[0], "more\n", 5), 5);
	ck_assert(inetd_converse(&service, &note, &nobody,
	    (struct inetd_ends){ ends[1], ends[1] }, &quick));
	ck_assert_uint_eq(note.served, 1);
	ck_assert_int_eq(read(ends[0], answer, sizeof answer - 1), 6);
	ck_assert_str_eq(answer, "<more>");
	close(ends[0]);
	close(ends[1]);
}
END_TEST

START_TEST(a_client_that_never_reads_is_left_at_the_deadline)
{
	struct note note = { 0 };
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	ck_assert_int_eq(write(ends[0], "big\n", 4), 4);
	ck_assert(!inetd_converse(&service, &note, &nobody,
	    (struct inetd_ends){ ends[1], ends[1] }, &quick));
	ck_assert_uint_eq(note.served, 1);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

START_TEST(a_pipe_is_served_too)
{
	struct note note = { 0 };
	int in[2], out[2];
	char answer[16] = "";

	ck_assert_int_eq(pipe(in), 0);
	ck_assert_int_eq(pipe(out), 0);
	ck_assert_int_eq(write(in[1], "smith", 5), 5);
	close(in[1]);
	ck_assert(inetd_converse(&service, &note, &nobody,
	    (struct inetd_ends){ in[0], out[1] }, &quick));
	ck_assert_int_eq(read(out[0], answer, sizeof answer - 1), 7);
	ck_assert_str_eq(answer, "<smith>");
	close(in[0]);
	close(out[0]);
	close(out[1]);
}
END_TEST

/* A connected pair over loopback: ends[1] is what inetd would hand over. */
static void
connect_loopback(int ends[2], struct sockaddr_in *client)
{
	struct sockaddr_in name = { .sin_family = AF_INET };
	socklen_t size = sizeof name;
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(bind(listener, (void *)&name, sizeof name), 0);
	ck_assert_int_eq(listen(listener, 1), 0);
	ck_assert_int_eq(getsockname(listener, (void *)&name, &size), 0);
	ends[0] = socket(AF_INET, SOCK_STREAM, 0);
	ck_assert_int_eq(connect(ends[0], (void *)&name, sizeof name), 0);
	ends[1] = accept(listener, NULL, NULL);
	ck_assert_int_ge(ends[1], 0);
	size = sizeof *client;
	ck_assert_int_eq(getsockname(ends[0], (void *)client, &size), 0);
	close(listener);
}

START_TEST(finds_the_peer_of_a_socket_and_refuses_all_else)
{
	struct sockaddr_in client;
	char text[ADDR_TEXT_MAX];
	struct fault fault;
	struct peer peer;
	int ends[2];

	connect_loopback(ends, &client);
	ck_assert_int_eq(inetd_find_peer(ends[1], &peer, &fault), ERR_NONE);
	addr_format(&peer.addr, text);
	ck_assert_str_eq(text, "127.0.0.1");
	ck_assert_uint_eq(peer.port, ntohs(client.sin_port));
	close(ends[0]);
	close(ends[1]);

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	ck_assert_int_eq(inetd_find_peer(ends[1], &peer, &fault), ERR_NONE);
	ck_assert_int_eq(peer.addr.family, ADDR_NONE);
	close(ends[0]);
	close(ends[1]);

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(inetd_find_peer(ends[0], &peer, &fault), ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(fault.text, "--test"));
	close(ends[0]);
	close(ends[1]);
	ck_assert_int_eq(inetd_find_peer(ends[0], &peer, &fault), ERR_REFUSED);
}
END_TEST

UNIT_MAIN("server/inetd", answers_what_inetd_hands_over,
    an_endless_line_is_passed_on_as_too_long,
    a_silent_client_is_left_at_the_deadline,
    a_session_that_rests_too_long_was_served,
    a_client_that_never_reads_is_left_at_the_deadline, a_pipe_is_served_too,
    finds_the_peer_of_a_socket_and_refuses_all_else)
