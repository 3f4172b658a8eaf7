/*
 * Run transcripts (script.h) against the WHOIS face in memory, or against a
 * server that serves tests/transcripts/people.csv:
 *
 *   transcripts [--connect HOST:PORT] [FILE...]
 *
 * Without FILE all of tests/transcripts are run.
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

static struct span
ask_memory(void *context, struct span bytes, bool ended)
{
	return people_ask(context, &face_whois, bytes, ended);
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

static struct span
ask_server(void *context, struct span bytes, bool ended)
{
	static char answer[FACE_OUTPUT_BYTES];
	const struct addrinfo *server = context;
	const struct timeval patience = { .tv_sec = SILENCE_MAX_S };
	int fd = socket(server->ai_family, SOCK_STREAM, 0);
	size_t length = 0;
	ssize_t got;

	if (fd < 0 || connect(fd, server->ai_addr, server->ai_addrlen) < 0)
		die("connect");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (send(fd, bytes.data, bytes.length, MSG_NOSIGNAL) !=
	    (ssize_t)bytes.length)
		die("send");
	if (ended)
		shutdown(fd, SHUT_WR);
	while (length < sizeof answer && (got = recv(fd, answer + length,
		sizeof answer - length, 0)) != 0) {
		if (got < 0)
			die("recv");
		length += (size_t)got;
	}
	close(fd);
	return (struct span){ answer, length };
}

static void
run_all(char **paths, script_ask *ask, void *context,
    struct script_result *result)
{
	const char *source = getenv("top_srcdir");
	char pattern[4096];
	glob_t found;

	for (size_t i = 0; paths[i] != NULL; i++)
		script_run(paths[i], ask, context, result);
	if (paths[0] != NULL)
		return;
	snprintf(pattern, sizeof pattern, "%s/tests/transcripts/*.txt",
	    source != NULL ? source : ".");
	if (glob(pattern, 0, NULL, &found) != 0) {
		fprintf(stderr, "%s: no transcripts\n", pattern);
		exit(EXIT_FAILURE);
	}
	for (size_t i = 0; i < found.gl_pathc; i++)
		script_run(found.gl_pathv[i], ask, context, result);
	globfree(&found);
}

int
main(int argc, char **argv)
{
	struct script_result result = { 0 };

	if (argc > 2 && strcmp(argv[1], "--connect") == 0) {
		struct addrinfo *server = resolve(argv[2]);

		run_all(argv + 3, ask_server, server, &result);
		freeaddrinfo(server);
	} else {
		struct people people;

		people_open(&people);
		run_all(argv + 1, ask_memory, &people, &result);
		people_close(&people);
	}
	printf("%u answers as they should be, %u not\n", result.passed,
	    result.failed);
	return result.failed == 0 && result.passed > 0 ? EXIT_SUCCESS :
	    EXIT_FAILURE;
}
