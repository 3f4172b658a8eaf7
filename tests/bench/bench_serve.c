/*
 * The whole path of a request in one process: network, face, directory, log.
 * Like whoisd, but without its sandbox and with a map that valgrind has room
 * for, so that tests/bench/instructions can count on it.
 *
 * bench_serve DIR [WORKERS]   prints "listening ADDRESS:PORT"; the log goes to
 *                             standard error.  SIGTERM: drains, and prints
 *                             what was served
 */

#include "dir/generation.h"
#include "net/listen.h"
#include "net/net.h"
#include "proto/face.h"
#include "server/config.h"
#include "server/serving.h"
#include "sys/counters.h"
#include "sys/log.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { DRAIN_MS = 5000, LOG_MS = 1000 };

#define MAP_BYTES ((size_t)1 << 34)

static int
fail(const struct fault *fault)
{
	fprintf(stderr, "%s\n", fault->text);
	return EXIT_FAILURE;
}

static void
wait_for_end(void)
{
	sigset_t ends;
	int signal;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigwait(&ends, &signal);
}

/* Before the first thread: all threads leave the signal to this one. */
static void
block_end(void)
{
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigprocmask(SIG_BLOCK, &ends, NULL);
}

static void
print_counters(const struct serving *serving)
{
	struct counter_set set = serving_counters(serving);
	char memory[8192];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	counters_print(&out, COUNTERS_FORM_TEXT, &set);
	fwrite(out.data, 1, out.length, stdout);
}

static int
serve(struct net *net, const struct listener *listener,
    const struct serving *serving)
{
	struct fault fault;
	char text[LISTENER_TEXT_MAX];

	if (net_start(net, &fault) != ERR_NONE)
		return fail(&fault);
	listener_format(listener, text);
	printf("listening %s\n", text);
	fflush(stdout);
	wait_for_end();
	net_drain(net, DRAIN_MS);
	print_counters(serving);
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	static struct config config;
	struct service service = serving_service(&face_whois);
	struct directory *directory;
	struct listener *listener;
	struct serving *serving;
	struct worker_maker maker;
	struct net *net;
	struct fault fault;
	int status;

	if (argc < 2) {
		fprintf(stderr, "usage: bench_serve DIR [WORKERS]\n");
		return EXIT_FAILURE;
	}
	config_set_defaults(&config);
	if (argc > 2)
		config.limits.workers = (unsigned)atoi(argv[2]);
	block_end();
	if (log_start(LOG_TO_STDERR, "bench_serve", &fault) != ERR_NONE ||
	    directory_open(&directory, argv[1], MAP_BYTES, &fault) != ERR_NONE)
		return fail(&fault);
	serving = serving_new(directory, &config.face, &config.policy.classes,
	    true);
	maker = serving_workers(serving);
	if (listener_open(&listener, span_from("127.0.0.1:0"), "", 0, &service,
	    &fault) != ERR_NONE ||
	    net_new(&net, &config.limits, &listener, 1, &maker, &fault) !=
	    ERR_NONE)
		return fail(&fault);
	status = serve(net, listener, serving);
	net_free(&net);
	listener_close(&listener);
	serving_free(&serving);
	directory_close(&directory);
	log_stop(LOG_MS);
	return status;
}
