/*
 * The network floor with a service that costs nothing: what is left of
 * bench_bare's rate is the price of workers, deadlines and limits.
 *
 * bench_net [WORKERS]   prints "listening ADDRESS:PORT"; SIGTERM: drains, and
 *                       prints the counters to standard error
 */

#include "answer.h"

#include "net/listen.h"
#include "net/net.h"
#include "sys/counters.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum frame
frame(const struct service *service, struct span input, bool ended,
    size_t *length)
{
	const char *end = memchr(input.data, '\n', input.length);

	(void)service;
	if (end == NULL)
		return ended ? FRAME_EMPTY : FRAME_MORE;
	*length = (size_t)(end - input.data) + 1;
	return FRAME_WHOLE;
}

static enum next
serve(const struct service *service, void *worker,
    const struct request *request, struct buf *out)
{
	(void)service, (void)worker, (void)request;
	buf_add(out, bench_answer(BENCH_ANSWER_BYTES));
	return NEXT_CLOSE;
}

static void
served(const struct service *service, void *worker,
    const struct transaction *transaction)
{
	(void)service, (void)worker, (void)transaction;
}

static void *
worker_new(void *context)
{
	return context;
}

static void
worker_free(void *context, void *worker)
{
	(void)context, (void)worker;
}

static void
print_counters(const struct net *net)
{
	struct counter_set set = net_counters(net);
	char memory[8192];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	counters_print(&out, COUNTERS_FORM_TEXT, &set);
	fwrite(out.data, 1, out.length, stderr);
}

static int
fail(const struct fault *fault)
{
	fprintf(stderr, "%s\n", fault->text);
	return EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
	static const struct service service = { .request_max = 1024,
		.frame = frame, .serve = serve, .served = served };
	const struct worker_maker maker = { NULL, worker_new, worker_free };
	struct net_limits limits;
	struct listener *listener;
	struct net *net;
	struct fault fault;
	char text[LISTENER_TEXT_MAX];
	sigset_t ends;
	int signal;

	net_limits_set_defaults(&limits);
	if (argc > 1)
		limits.workers = (unsigned)atoi(argv[1]);
	if (listener_open(&listener, span_from("127.0.0.1:0"), "", 0,
	    &service, &fault) != ERR_NONE ||
	    net_new(&net, &limits, &listener, 1, &maker, &fault) != ERR_NONE ||
	    net_start(net, &fault) != ERR_NONE)
		return fail(&fault);
	listener_format(listener, text);
	printf("listening %s\n", text);
	fflush(stdout);
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	sigwait(&ends, &signal);
	net_drain(net, 5000);
	print_counters(net);
	net_free(&net);
	listener_close(&listener);
	return EXIT_SUCCESS;
}
