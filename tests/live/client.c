/*
 * Clients as a server fears them, for the live tests:
 *
 *   client silent PORT COUNT   COUNT connections that say nothing.  Prints
 *                              "held COUNT", waits for the end of standard
 *                              input, prints "open N": those not closed by
 *                              the server
 *   client bytes PORT          standard input in segments of one byte, then
 *                              what comes back
 *   client cut PORT AT         the same in two: the first AT bytes, the rest
 *   client stall PORT TEXT     asks, never reads, until it is killed
 *   client reset PORT TEXT     asks, reads one byte, resets the connection
 *   client ask PORT TEXT COUNT asks so often, one connection each; prints
 *                              "answered N": those that got an answer
 *   client either PORT TEXT FILE FILE
 *                              asks until standard input ends; prints
 *                              "neither N": answers that are, byte for byte,
 *                              not one of the files, and "answered N": those
 *                              that are
 *
 * and a server that never answers:
 *
 *   client record              listens on a free port, until it is killed or
 *                              RECORD_SECONDS are over.  Prints "port PORT",
 *                              then the line that each connection sends, with
 *                              \xNN for what is not printable ASCII, the end
 *                              of the line too
 */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { RECORD_SECONDS = 120 };

static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

/* A small `receive_bytes` makes the server's answer stall early; 0: any. */
static int
connect_to(const char *port, int receive_bytes)
{
	struct sockaddr_in name = { .sin_family = AF_INET };
	int descriptor = socket(AF_INET, SOCK_STREAM, 0), yes = 1;

	if (descriptor < 0)
		die("socket");
	name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	name.sin_port = htons((uint16_t)atoi(port));
	setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	if (receive_bytes > 0)
		setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receive_bytes,
		    sizeof receive_bytes);
	if (connect(descriptor, (void *)&name, sizeof name) != 0)
		die("connect");
	return descriptor;
}

static void
write_line(int descriptor, const char *text)
{
	char line[2048];
	int length = snprintf(line, sizeof line, "%s\r\n", text);

	if (send(descriptor, line, (size_t)length, MSG_NOSIGNAL) != length)
		die("send");
}

static int
is_open(int descriptor)
{
	char byte;

	return recv(descriptor, &byte, 1, MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

static int
hold_silent(const char *port, int count)
{
	struct rlimit limit;
	int *held = calloc((size_t)count, sizeof *held), open = 0;

	if (held == NULL || getrlimit(RLIMIT_NOFILE, &limit) != 0)
		die("limit");
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	for (int i = 0; i < count; i++)
		held[i] = connect_to(port, 0);
	printf("held %d\n", count);
	fflush(stdout);
	while (getchar() != EOF)
		;
	for (int i = 0; i < count; i++)
		open += is_open(held[i]);
	printf("open %d\n", open);
	free(held);
	return EXIT_SUCCESS;
}

static int
print_answer(int descriptor)
{
	char answer[4096];
	ssize_t got;

	while ((got = recv(descriptor, answer, sizeof answer, 0)) > 0)
		fwrite(answer, 1, (size_t)got, stdout);
	return got == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int
send_cut(const char *port, size_t at)
{
	int descriptor = connect_to(port, 0);
	char text[4096];
	size_t length = fread(text, 1, sizeof text, stdin);

	at = at < length ? at : length;
	if (send(descriptor, text, at, MSG_NOSIGNAL) != (ssize_t)at ||
	    send(descriptor, text + at, length - at, MSG_NOSIGNAL) !=
		(ssize_t)(length - at))
		die("send");
	return print_answer(descriptor);
}

static int
send_bytes(const char *port)
{
	int descriptor = connect_to(port, 0), byte;

	while ((byte = getchar()) != EOF) {
		char one = (char)byte;

		if (send(descriptor, &one, 1, MSG_NOSIGNAL) != 1)
			die("send");
	}
	return print_answer(descriptor);
}

static int
stall(const char *port, const char *text)
{
	write_line(connect_to(port, 1024), text);
	pause();
	return EXIT_SUCCESS;
}

static int
reset(const char *port, const char *text)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
	int descriptor = connect_to(port, 1024);
	char byte;

	write_line(descriptor, text);
	if (recv(descriptor, &byte, 1, 0) != 1)
		die("recv");
	setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once,
	    sizeof at_once);
	close(descriptor);
	return EXIT_SUCCESS;
}

struct answer {
	char data[65536];
	size_t length;
};

/* Whether there was an answer, read to its end; the first of it is kept. */
static int
ask_once(const char *port, const char *text, struct answer *answer)
{
	int descriptor = connect_to(port, 0);
	char bytes[4096];
	ssize_t got;

	answer->length = 0;
	write_line(descriptor, text);
	while ((got = recv(descriptor, bytes, sizeof bytes, 0)) > 0) {
		size_t room = sizeof answer->data - answer->length;
		size_t kept = (size_t)got < room ? (size_t)got : room;

		memcpy(answer->data + answer->length, bytes, kept);
		answer->length += kept;
	}
	close(descriptor);
	return got == 0 && answer->length > 0;
}

static int
ask(const char *port, const char *text, int count)
{
	static struct answer answer;
	int answered = 0;

	for (int i = 0; i < count; i++)
		answered += ask_once(port, text, &answer);
	printf("answered %d\n", answered);
	return EXIT_SUCCESS;
}

static void
read_answer(const char *path, struct answer *answer)
{
	FILE *file = fopen(path, "r");

	if (file == NULL)
		die(path);
	answer->length = fread(answer->data, 1, sizeof answer->data, file);
	fclose(file);
}

static int
equal(const struct answer *a, const struct answer *b)
{
	return a->length == b->length &&
	    memcmp(a->data, b->data, a->length) == 0;
}

static int
ask_for_either(const char *port, const char *text, char **files)
{
	static struct answer answer, wanted[2];
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	int answered = 0, neither = 0;

	read_answer(files[0], &wanted[0]);
	read_answer(files[1], &wanted[1]);
	while (poll(&input, 1, 0) == 0) {
		if (ask_once(port, text, &answer) &&
		    (equal(&answer, &wanted[0]) || equal(&answer, &wanted[1])))
			answered++;
		else
			neither++;
	}
	printf("neither %d\nanswered %d\n", neither, answered);
	return EXIT_SUCCESS;
}

static void
print_escaped(unsigned char byte)
{
	if (byte < ' ' || byte > '~')
		printf("\\x%02x", byte);
	else
		putchar(byte);
}

static void
record_line(int descriptor)
{
	unsigned char byte = 0;

	while (byte != '\n' && recv(descriptor, &byte, 1, 0) == 1)
		print_escaped(byte);
	putchar('\n');
	fflush(stdout);
}

/* What is recorded is written before the client sees the end. */
static int
record(void)
{
	struct sockaddr_in name = { .sin_family = AF_INET };
	socklen_t length = sizeof name;
	int listener = socket(AF_INET, SOCK_STREAM, 0), descriptor;

	name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (listener < 0 || bind(listener, (void *)&name, length) != 0 ||
	    listen(listener, 1) != 0 ||
	    getsockname(listener, (void *)&name, &length) != 0)
		die("listen");
	alarm(RECORD_SECONDS);
	printf("port %d\n", ntohs(name.sin_port));
	fflush(stdout);
	while ((descriptor = accept(listener, NULL, NULL)) >= 0) {
		record_line(descriptor);
		close(descriptor);
	}
	die("accept");
	return EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "silent") == 0)
		return hold_silent(argv[2], atoi(argv[3]));
	if (argc == 3 && strcmp(argv[1], "bytes") == 0)
		return send_bytes(argv[2]);
	if (argc == 4 && strcmp(argv[1], "cut") == 0)
		return send_cut(argv[2], (size_t)atoi(argv[3]));
	if (argc == 4 && strcmp(argv[1], "stall") == 0)
		return stall(argv[2], argv[3]);
	if (argc == 4 && strcmp(argv[1], "reset") == 0)
		return reset(argv[2], argv[3]);
	if (argc == 5 && strcmp(argv[1], "ask") == 0)
		return ask(argv[2], argv[3], atoi(argv[4]));
	if (argc == 6 && strcmp(argv[1], "either") == 0)
		return ask_for_either(argv[2], argv[3], argv + 4);
	if (argc == 2 && strcmp(argv[1], "record") == 0)
		return record();
	fputs("usage: client silent|bytes|cut|stall|reset|ask|either PORT ...\n"
	    "       client record\n", stderr);
	return EXIT_FAILURE;
}
