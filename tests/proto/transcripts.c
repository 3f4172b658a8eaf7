/*
 * Run transcripts (script.h) against a face in memory, or against a server that
 * serves tests/transcripts/people.csv:
 *
 *   transcripts [--face FACE] [--connect HOST:PORT] [FILE...]
 *
 * The face is WHOIS unless another one is named, and the files are all of
 * tests/transcripts/FACE.  With no argument every face is run, in memory.
 */

#include "people.h"
#include "script.h"

#include "proto/face.h"

#include <glob.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { SILENCE_MAX_S = 20 };

struct options {
	const struct face *face;
	char *address; /* NULL: in memory */
	char **paths;  /* ended by NULL */
};

struct memory {
	struct people people;
	const struct face *face;
};

/* A server somewhere, and the connection to it. */
struct remote {
	const struct addrinfo *address;
	const struct face *face;
	bool is_session;
	int fd; /* -1: there is none */
};

static void
hang_up_memory(void *context)
{
	struct memory *memory = context;

	memory->people.session = (struct session){ 0 };
}

static struct span
ask_memory(void *context, struct span bytes, bool ended)
{
	struct memory *memory = context;

	return people_ask(&memory->people, memory->face, bytes, ended);
}

static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static struct addrinfo *
resolve(char *address)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *found;
	char *port = strrchr(address, ':');
	int error;

	if (port == NULL) {
		fprintf(stderr, "%s: HOST:PORT is needed\n", address);
		exit(EXIT_FAILURE);
	}
	*port++ = '\0';
	if (address[0] == '[' && port[-2] == ']') {
		port[-2] = '\0';
		address++;
	}
	error = getaddrinfo(address, port, &hints, &found);
	if (error != 0) {
		fprintf(stderr, "%s: %s\n", address, gai_strerror(error));
		exit(EXIT_FAILURE);
	}
	return found;
}

static void
hang_up_server(void *context)
{
	struct remote *remote = context;

	if (remote->fd >= 0)
		close(remote->fd);
	remote->fd = -1;
}

static void
call(struct remote *remote)
{
	const struct timeval patience = { .tv_sec = SILENCE_MAX_S };
	const struct addrinfo *address = remote->address;

	remote->fd = socket(address->ai_family, SOCK_STREAM, 0);
	if (remote->fd < 0 ||
	    connect(remote->fd, address->ai_addr, address->ai_addrlen) < 0)
		die("connect");
	setsockopt(remote->fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
	    sizeof patience);
}

/* How many answers these bytes will get; a blank line gets none. */
static unsigned
count_requests(const struct face *face, struct span bytes)
{
	unsigned count = 0;
	size_t length;

	while (bytes.length > 0 &&
	    face->frame(bytes, false, &length) == FACE_FRAME_WHOLE) {
		count += span_trim((struct span){ bytes.data, length })
		    .length > 0;
		bytes = span_skip(bytes, length);
	}
	return count;
}

/* Lines that end an answer: a code of 200 or more without a minus. */
static unsigned
count_finals(struct span answer)
{
	unsigned count = 0;

	while (answer.length > 0) {
		struct span line = span_cut(&answer, '\n');

		count += line.length > 4 && line.data[0] >= '2' &&
		    line.data[0] <= '9' && line.data[3] == ':';
	}
	return count;
}

/* In a session an answer has an end of its own, else it ends with the other. */
static bool
is_complete(const struct remote *remote, unsigned requests,
    struct span answer)
{
	return remote->is_session && count_finals(answer) >= requests &&
	    (answer.length == 0 || answer.data[answer.length - 1] == '\n');
}

static struct span
ask_server(void *context, struct span bytes, bool ended)
{
	static char answer[FACE_OUTPUT_BYTES];
	struct remote *remote = context;
	unsigned requests = count_requests(remote->face, bytes);
	size_t length = 0;
	ssize_t got = 1;

	if (remote->fd < 0)
		call(remote);
	if (send(remote->fd, bytes.data, bytes.length, MSG_NOSIGNAL) !=
	    (ssize_t)bytes.length)
		die("send");
	if (ended)
		shutdown(remote->fd, SHUT_WR);
	while (length < sizeof answer && got > 0 &&
	    (ended || !is_complete(remote, requests,
		(struct span){ answer, length }))) {
		got = recv(remote->fd, answer + length,
		    sizeof answer - length, 0);
		if (got < 0)
			die("recv");
		length += (size_t)got;
	}
	if (got == 0)
		hang_up_server(remote);
	return (struct span){ answer, length };
}

/* How each face ends its answers; those that are not here do not care. */
static const struct {
	const struct face *face;
	const char *closing;
} closings[] = {
	{ &face_whois, "\r\nFor more information try 'whois help'.\r\n" },
};

static const char *
closing_of(const struct face *face)
{
	for (size_t i = 0; i < sizeof closings / sizeof closings[0]; i++)
		if (closings[i].face == face)
			return closings[i].closing;
	return NULL;
}

/* Whether its connections last, each answer being ended by a code. */
static bool
is_session(const struct face *face)
{
	return face == &face_ph;
}

/* A face without transcripts is tested elsewhere. */
static void
run_folder(const struct face *face, const struct script_server *server,
    struct script_result *result)
{
	const char *source = getenv("top_srcdir");
	char pattern[4096];
	glob_t found;

	snprintf(pattern, sizeof pattern, "%s/tests/transcripts/%s/*.txt",
	    source != NULL ? source : ".", face->name);
	if (glob(pattern, 0, NULL, &found) != 0)
		return;
	for (size_t i = 0; i < found.gl_pathc; i++)
		script_run(found.gl_pathv[i], server, result);
	globfree(&found);
}

static void
run(const struct options *options, const struct script_server *server,
    struct script_result *result)
{
	for (size_t i = 0; options->paths[i] != NULL; i++)
		script_run(options->paths[i], server, result);
	if (options->paths[0] == NULL)
		run_folder(options->face, server, result);
}

static void
run_memory(const struct options *options, struct script_result *result)
{
	struct memory memory = { .face = options->face };
	const struct script_server server = { ask_memory, hang_up_memory,
		&memory, closing_of(options->face),
		is_session(options->face) };

	people_open(&memory.people);
	run(options, &server, result);
	people_close(&memory.people);
}

static void
run_server(const struct options *options, struct script_result *result)
{
	struct addrinfo *address = resolve(options->address);
	struct remote remote = { address, options->face,
		is_session(options->face), -1 };
	const struct script_server server = { ask_server, hang_up_server,
		&remote, closing_of(options->face), remote.is_session };

	run(options, &server, result);
	freeaddrinfo(address);
}

static struct options
read_options(int argc, char **argv)
{
	struct options options = { .face = faces[0] };
	int at = 1;

	for (; at + 1 < argc; at += 2) {
		if (strcmp(argv[at], "--face") == 0)
			options.face = face_find(span_from(argv[at + 1]));
		else if (strcmp(argv[at], "--connect") == 0)
			options.address = argv[at + 1];
		else
			break;
	}
	if (options.face == NULL) {
		fputs("there is no such face\n", stderr);
		exit(EXIT_FAILURE);
	}
	options.paths = argv + at;
	return options;
}

int
main(int argc, char **argv)
{
	struct options options = read_options(argc, argv);
	struct script_result result = { 0 };
	bool all = argc == 1;

	if (options.address != NULL)
		run_server(&options, &result);
	else
		run_memory(&options, &result);
	for (size_t i = 1; all && faces[i] != NULL; i++) {
		options.face = faces[i];
		run_memory(&options, &result);
	}
	printf("%u answers as they should be, %u not\n", result.passed,
	    result.failed);
	return result.failed == 0 && result.passed > 0 ? EXIT_SUCCESS :
	    EXIT_FAILURE;
}
