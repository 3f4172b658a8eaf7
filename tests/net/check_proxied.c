#include <config.h>

#include "lines.h"
#include "unit.h"

#include "net/gate.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"
#define V4_ENDS "\xc0\0\x02\x01\xc6\x33\x64\x07\xdc\x04\0\x2b"
#define LINE "PROXY TCP4 192.0.2.1 198.51.100.7 56324 43\r\n"

enum { LONG_BYTES = 3000 };

/* A gate that knows who is a proxy, and who came to it behind one. */
struct book {
	bool trusts;
	enum gate_verdict enter;
	atomic_uint clients; /* 192.0.2.1, port 56324 */
	atomic_uint proxies; /* 127.0.0.1 */
	atomic_uint left;
};

static bool
is_from(const struct peer *peer, const char *address)
{
	char text[ADDR_TEXT_MAX];

	addr_format(&peer->addr, text);
	return strcmp(text, address) == 0;
}

static bool
trusts(void *context, const struct addr *proxy)
{
	const struct book *book = context;
	struct peer peer = { *proxy, 0 };

	return book->trusts && is_from(&peer, "127.0.0.1");
}

static enum gate_verdict
enter(void *context, const struct gate_caller *caller, struct buf *refusal)
{
	struct book *book = context;

	book->clients += is_from(caller->peer, "192.0.2.1") &&
	    caller->peer->port == 56324 && !caller->is_proxy;
	book->proxies += is_from(caller->peer, "127.0.0.1") &&
	    caller->is_proxy;
	if (book->enter == GATE_REFUSED)
		buf_add_string(refusal, "Go away.\n");
	return book->enter;
}

static enum gate_verdict
ask(void *context, const struct gate_caller *caller, unsigned *requests,
    struct buf *refusal)
{
	(void)context, (void)caller, (void)requests, (void)refusal;
	return GATE_OPEN;
}

static void
leave(void *context, const struct gate_caller *caller, unsigned unserved)
{
	struct book *book = context;

	(void)caller, (void)unserved;
	book->left++;
}

static void
start(struct server *s, struct book *book, struct gate *gate)
{
	*gate = (struct gate){ book, trusts, enter, ask, leave };
	server_init(s);
	s->gate = gate;
	s->service.wants_proxy = true;
	server_start(s);
}

static void
send_all(int fd, struct span bytes)
{
	ck_assert_int_eq(send(fd, bytes.data, bytes.length, MSG_NOSIGNAL),
	    (ssize_t)bytes.length);
}

START_TEST(serves_the_client_that_the_proxy_names)
{
	static const struct span headers[] = {
		SPAN_LITERAL(LINE),
		SPAN_LITERAL(SIGNATURE "\x21\x11\0\x0c" V4_ENDS),
		SPAN_LITERAL(SIGNATURE "\x21\x11\0\x13" V4_ENDS
		    "\x04\0\x04pad."),
	};
	enum { HEADERS = sizeof headers / sizeof headers[0], WAYS = 3 };
	struct book book = { .trusts = true };
	struct gate gate;
	struct server s;

	start(&s, &book, &gate);
	for (int i = 0; i < HEADERS * WAYS; i++) {
		/* Together with the request, before it, byte by byte. */
		struct span header = headers[i / WAYS];
		size_t step = i % WAYS == 2 ? 1 : header.length;
		char both[256];
		int fd = client_new(&s, NULL);

		memcpy(both, header.data, header.length);
		memcpy(both + header.length, "who\n", 4);
		if (i % WAYS == 0)
			step += 4;
		for (size_t at = 0; at < header.length; at += step)
			send_all(fd, (struct span){ both + at, step });
		if (i % WAYS != 0)
			say(fd, "who\n");
		hears(fd, "192.0.2.1 56324 WHO\n");
	}
	server_await(&s, "proxied", HEADERS * WAYS);
	server_stop(&s);
	ck_assert_uint_eq(book.clients, HEADERS * WAYS);
	ck_assert_uint_eq(book.left, HEADERS * WAYS);
}
END_TEST

START_TEST(skips_what_else_the_proxy_tells_however_long)
{
	static char header[LONG_BYTES] = SIGNATURE "\x21\x11\0\0" V4_ENDS;
	unsigned length = LONG_BYTES - 16;
	struct book book = { .trusts = true };
	struct gate gate;
	struct server s;
	int fd;

	header[14] = (char)(length >> 8);
	header[15] = (char)(length & 0xff);
	memset(header + 28, '\n', LONG_BYTES - 28);
	start(&s, &book, &gate);
	fd = client_new(&s, NULL);
	send_all(fd, (struct span){ header, LONG_BYTES });
	say(fd, "+who\nwho\n");
	hears(fd, "+WHO\n192.0.2.1 56324 WHO\n");
	server_await(&s, "proxied", 1);
	server_stop(&s);
}
END_TEST

START_TEST(answers_the_proxy_itself)
{
	static const struct span headers[] = {
		SPAN_LITERAL("PROXY UNKNOWN\r\n"),
		SPAN_LITERAL(SIGNATURE "\x20\0\0\0"),
		SPAN_LITERAL(SIGNATURE "\x21\0\0\0"),
	};
	enum { HEADERS = sizeof headers / sizeof headers[0] };
	struct book book = { .trusts = true };
	struct gate gate;
	struct server s;

	start(&s, &book, &gate);
	for (int i = 0; i < HEADERS; i++) {
		int fd = client_new(&s, NULL);

		send_all(fd, headers[i]);
		say(fd, "smith\n");
		hears(fd, "SMITH\n");
	}
	server_await(&s, "proxy_local", HEADERS);
	server_stop(&s);
	ck_assert_uint_eq(book.proxies, HEADERS);
}
END_TEST

START_TEST(takes_a_health_check_that_asks_nothing_for_what_it_is)
{
	static const struct {
		const char *header;
		uint64_t locals;
	} rows[] = {
		{ "PROXY UNKNOWN\r\n", 1 },
		{ "", 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct book book = { .trusts = true };
		struct gate gate;
		struct server s;
		int fd;

		start(&s, &book, &gate);
		fd = client_new(&s, rows[i].header);
		shutdown(fd, SHUT_WR);
		hears(fd, "");
		server_await(&s, "empty", 1);
		ck_assert_uint_eq(server_count(&s, "proxy_local"),
		    rows[i].locals);
		ck_assert_uint_eq(server_count(&s, "proxy_malformed"), 0);
		server_stop(&s);
	}
}
END_TEST

START_TEST(closes_what_has_no_header)
{
	static const char *const texts[] = { "smith\n", "PROXY TCP4 1\r\n",
		"PROXY TCP4 192.0.2.1" };
	enum { TEXTS = sizeof texts / sizeof texts[0] };
	struct book book = { .trusts = true };
	struct gate gate;
	struct server s;

	start(&s, &book, &gate);
	for (int i = 0; i < TEXTS; i++) {
		int fd = client_new(&s, texts[i]);

		shutdown(fd, SHUT_WR);
		hears(fd, "");
	}
	server_await(&s, "proxy_malformed", TEXTS);
	server_stop(&s);
	ck_assert_uint_eq(book.clients + book.proxies, 0);
	ck_assert_uint_eq(s.served, 0);
}
END_TEST

/* It is closed before it is read, so perhaps by a reset. */
static void
hears_nothing(int fd)
{
	char c;

	ck_assert_int_le(recv(fd, &c, 1, 0), 0);
	close(fd);
}

START_TEST(closes_whoever_is_no_proxy)
{
	struct book book = { .trusts = false };
	struct gate gate;
	struct server s;

	start(&s, &book, &gate);
	hears_nothing(client_new(&s, LINE "smith\n"));
	server_await(&s, "proxy_untrusted", 1);
	server_stop(&s);
	ck_assert_uint_eq(book.clients + book.proxies, 0);
}
END_TEST

START_TEST(takes_nobody_for_a_proxy_without_a_gate)
{
	struct server s;

	server_init(&s);
	s.service.wants_proxy = true;
	server_start(&s);
	hears_nothing(client_new(&s, LINE "smith\n"));
	server_await(&s, "proxy_untrusted", 1);
	server_stop(&s);
}
END_TEST

START_TEST(refuses_the_client_and_not_the_proxy)
{
	static const char *const texts[] = { LINE "smith\n", LINE, LINE "smi" };
	enum { TEXTS = sizeof texts / sizeof texts[0] };
	struct book book = { .trusts = true, .enter = GATE_REFUSED };
	struct gate gate;
	struct server s;

	start(&s, &book, &gate);
	for (int i = 0; i < TEXTS; i++)
		hears(client_new(&s, texts[i]), "Go away.\n");
	server_await(&s, "refused_connections", TEXTS);
	server_stop(&s);
	ck_assert_uint_eq(book.clients, TEXTS);
	ck_assert_uint_eq(book.left, 0);
}
END_TEST

START_TEST(gives_header_and_request_together_the_time_of_a_request)
{
	struct book book = { .trusts = true };
	struct gate gate;
	struct server s;
	int fd[2];

	gate = (struct gate){ &book, trusts, enter, ask, leave };
	server_init(&s);
	s.gate = &gate;
	s.service.wants_proxy = true;
	s.limits.request_ms = 200;
	server_start(&s);
	fd[0] = client_new(&s, "PROXY ");
	fd[1] = client_new(&s, LINE "smi");
	for (int i = 0; i < 2; i++)
		hears(fd[i], "");
	server_await(&s, "deadline_request", 2);
	server_stop(&s);
}
END_TEST

UNIT_MAIN("net/proxied", serves_the_client_that_the_proxy_names,
    skips_what_else_the_proxy_tells_however_long, answers_the_proxy_itself,
    takes_a_health_check_that_asks_nothing_for_what_it_is,
    closes_what_has_no_header, closes_whoever_is_no_proxy,
    takes_nobody_for_a_proxy_without_a_gate,
    refuses_the_client_and_not_the_proxy,
    gives_header_and_request_together_the_time_of_a_request)
