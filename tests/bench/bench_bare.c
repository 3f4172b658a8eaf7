/*
 * The least a server can do: one thread that accepts, reads, writes the same
 * answer and closes.  What it reaches is what the kernel gives on this
 * machine, and what the real server is measured against.
 *
 * bench_bare [BYTES]   answers with so many, 420 unless told otherwise; prints
 *                      "listening ADDRESS:PORT"; ends with SIGTERM
 */

#include "answer.h"

#include "net/listen.h"
#include "net/service.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void
serve(int fd, struct span answer)
{
	char request[1024];

	if (recv(fd, request, sizeof request, 0) > 0 &&
	    send(fd, answer.data, answer.length, MSG_NOSIGNAL) < 0)
		perror("send");
	close(fd);
}

static size_t
read_size(const char *text)
{
	size_t bytes = strtoul(text, NULL, 10);

	return bytes > 0 && bytes <= BENCH_ANSWER_MAX ? bytes
						      : BENCH_ANSWER_BYTES;
}

int
main(int argc, char **argv)
{
	static const struct service service;
	struct span answer = bench_answer(argc > 1 ? read_size(argv[1])
						   : BENCH_ANSWER_BYTES);
	char text[LISTENER_TEXT_MAX];
	struct listener *listener;
	struct fault fault;
	int fd;

	if (listener_open(&listener, span_from("127.0.0.1:0"), "", 0,
	    &service, &fault) != ERR_NONE) {
		fprintf(stderr, "%s\n", fault.text);
		return EXIT_FAILURE;
	}
	fd = listener_descriptor(listener);
	if (fcntl(fd, F_SETFL, 0) != 0)
		return EXIT_FAILURE;
	listener_format(listener, text);
	printf("listening %s\n", text);
	fflush(stdout);
	for (;;) {
		int client = accept(fd, NULL, NULL);

		if (client >= 0)
			serve(client, answer);
	}
}
