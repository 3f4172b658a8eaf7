/*
 * The loop of the seed system, with the directory and the answers of today: one
 * process accepts and forks, and a child serves one connection and ends.
 *
 * The child opens the directory itself, since LMDB does not let a process use
 * what its parent has opened.  It logs nothing, which is to its advantage.
 *
 * bench_fork DIR   prints "listening ADDRESS:PORT"; ends with SIGTERM
 */

#include "dir/generation.h"
#include "net/listen.h"
#include "net/net.h"
#include "proto/face.h"
#include "server/config.h"
#include "server/inetd.h"
#include "server/serving.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int
fail(const struct fault *fault)
{
	fprintf(stderr, "%s\n", fault->text);
	return EXIT_FAILURE;
}

static void
converse(const struct config *config, const struct peer *peer, int client,
    struct directory *directory)
{
	struct serving *serving = serving_new(
	    directory, &config->face, &config->policy.classes, false);
	struct service service = serving_service(&face_whois);
	struct worker_maker maker = serving_workers(serving);
	void *worker = maker.worker_new(maker.context);

	inetd_converse(&service, worker, peer,
	    (struct inetd_ends){client, client}, &config->limits);
	maker.worker_free(maker.context, worker);
	serving_free(&serving);
}

/* What the child does. */
static int
serve(const struct config *config, int client)
{
	struct directory *directory;
	struct fault fault;
	struct peer peer;

	if (inetd_find_peer(client, &peer, &fault) != ERR_NONE ||
	    directory_open(&directory, config->directory, 0, &fault) !=
		ERR_NONE)
		return fail(&fault);
	converse(config, &peer, client, directory);
	directory_close(&directory);
	return EXIT_SUCCESS;
}

static void
accept_and_fork(const struct config *config, int fd)
{
	for (;;) {
		int client = accept(fd, NULL, NULL);
		pid_t child = client >= 0 ? fork() : -1;

		if (child == 0)
			_exit(serve(config, client));
		if (client >= 0)
			close(client);
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
	}
}

int
main(int argc, char **argv)
{
	static const struct service service;
	static struct config config;
	char text[LISTENER_TEXT_MAX];
	struct listener *listener;
	struct fault fault;
	int fd;

	if (argc != 2) {
		fprintf(stderr, "usage: bench_fork DIR\n");
		return 2;
	}
	config_set_defaults(&config);
	snprintf(config.directory, sizeof config.directory, "%s", argv[1]);
	if (listener_open(&listener, span_from("127.0.0.1:0"), "", 0, &service,
		&fault) != ERR_NONE)
		return fail(&fault);
	fd = listener_descriptor(listener);
	if (fcntl(fd, F_SETFL, 0) != 0)
		return EXIT_FAILURE;
	listener_format(listener, text);
	printf("listening %s\n", text);
	fflush(stdout);
	accept_and_fork(&config, fd);
}
