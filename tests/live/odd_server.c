/*
 * A server that does the wrong thing, one client after the other.
 *
 *   odd_server HOW     "silent": takes the question and says nothing
 *                      "reset": takes it and resets the connection
 *                      "empty": takes it and closes
 *                      "slow": answers in 3 pieces, 20 ms from each other
 *                      "endless": answers until the client closes
 *
 * Prints "listening ADDRESS:PORT"; ends with SIGTERM.
 */

#include <config.h>

#include "net/listen.h"
#include "net/service.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PIECES = 3, PIECE_NS = 20 * 1000 * 1000 };

static void
reset(int descriptor)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	if (setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once,
		sizeof at_once) != 0)
		perror("setsockopt");
	close(descriptor);
}

static void
answer_slowly(int descriptor)
{
	static const char piece[] = "a piece\r\n";

	for (int i = 0; i < PIECES; i++) {
		const struct timespec pause = { .tv_nsec = PIECE_NS };

		if (send(descriptor, piece, sizeof piece - 1,
			MSG_NOSIGNAL) < 0)
			perror("send");
		nanosleep(&pause, NULL);
	}
	close(descriptor);
}

static void
answer_without_end(int descriptor)
{
	static const char piece[1 << 16];

	while (send(descriptor, piece, sizeof piece, MSG_NOSIGNAL) > 0)
		;
	close(descriptor);
}

static void
serve(int descriptor, const char *how)
{
	char question[1024];

	if (recv(descriptor, question, sizeof question, 0) < 0)
		perror("recv");
	if (strcmp(how, "reset") == 0)
		reset(descriptor);
	else if (strcmp(how, "slow") == 0)
		answer_slowly(descriptor);
	else if (strcmp(how, "endless") == 0)
		answer_without_end(descriptor);
	else if (strcmp(how, "empty") == 0)
		close(descriptor);
	/* The silent one keeps it. */
}

int
main(int argc, char **argv)
{
	static const struct service service;
	char text[LISTENER_TEXT_MAX];
	struct listener *listener;
	struct fault fault;
	int descriptor;

	if (argc != 2)
		return 2;
	if (listener_open(&listener, span_from("127.0.0.1:0"), "", 0,
		&service, &fault) != ERR_NONE) {
		fprintf(stderr, "%s\n", fault.text);
		return EXIT_FAILURE;
	}
	descriptor = listener_descriptor(listener);
	if (fcntl(descriptor, F_SETFL, 0) != 0)
		return EXIT_FAILURE;
	listener_format(listener, text);
	printf("listening %s\n", text);
	fflush(stdout);
	for (;;) {
		int client = accept(descriptor, NULL, NULL);

		if (client >= 0)
			serve(client, argv[1]);
	}
}
