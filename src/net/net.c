#include <config.h>

#include "net/net.h"

#include "net/buffers.h"
#include "net/counters.h"
#include "net/handback.h"
#include "net/io.h"
#include "net/pool.h"
#include "net/queue.h"
#include "net/shared.h"
#include "sys/clock.h"
#include "sys/thread.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct net {
	struct net_limits limits;
	struct net_shared shared;
	struct pool *pool;
	struct io *io;
	pthread_t relief;
	bool is_running; /* the relief */
};

void
net_limits_set_defaults(struct net_limits *limits)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	*limits = (struct net_limits){
		.workers = processors > 0 ? (unsigned)processors : 1,
		.queue = 1024,
		.queue_ms = 100,
		.connections = 16384,
		.request_ms = 10000,
		.write_ms = 30000,
		.total_ms = 120000,
		.idle_ms = 300000,
		.linger_ms = 2000,
		.output_bytes = 1 << 20,
		.buffer_bytes = 64 << 20,
	};
}

static enum err
make_io(struct net *n, struct listener *const *listeners, unsigned count,
    struct fault *fault)
{
	enum err err = handback_new(&n->shared.handback, fault);

	if (err == ERR_NONE)
		err = io_new(&n->io, &n->shared, fault);
	for (unsigned i = 0; err == ERR_NONE && i < count; i++)
		err = io_add_listener(n->io, listeners[i], fault);
	n->shared.io = n->io;
	return err;
}

enum err
net_new(struct net **net, const struct net_limits *limits,
    struct listener *const *listeners, unsigned listener_count,
    const struct worker_maker *workers, struct fault *fault)
{
	const struct queue_limits queue_limits = { limits->queue,
		limits->queue_ms, clock_monotonic_us };
	struct net *n = calloc(1, sizeof *n);
	enum err err;

	assert(n != NULL);
	n->limits = *limits;
	n->shared.limits = &n->limits;
	n->shared.queue = queue_new(&queue_limits);
	n->shared.buffers = buffers_new(limits->buffer_bytes);
	err = make_io(n, listeners, listener_count, fault);
	if (err == ERR_NONE)
		n->pool = pool_new(&n->shared, workers);
	else
		net_free(&n);
	*net = n;
	return err;
}

void
net_set_gate(struct net *n, const struct gate *gate)
{
	n->shared.gate = gate;
	io_set_gate(n->io, gate);
}

/* Signals are the main thread's. */
enum err
net_start(struct net *n, struct fault *fault)
{
	sigset_t saved = thread_block_signals();
	enum err err = pool_start(n->pool, fault);
	int error = 0;

	if (err == ERR_NONE)
		error = pthread_create(&n->relief, NULL, io_relief, n->io);
	if (error != 0)
		err = fault_set(fault, ERR_WORLD,
		    "cannot start a thread: %s", strerror(error));
	n->is_running = err == ERR_NONE;
	if (n->is_running && !queue_yield_desk(n->shared.queue))
		queue_leave_desk(n->shared.queue); /* they are on their way */
	thread_restore_signals(&saved);
	return err;
}

bool
net_drain(struct net *n, unsigned timeout_ms)
{
	void *cut_off;

	assert(n->is_running);
	io_drain(n->io, clock_coarse_ms() + timeout_ms);
	MUST_SUCCEED(pthread_join(n->relief, &cut_off));
	n->is_running = false;
	if (cut_off != NULL)
		pool_abandon(n->pool);
	return cut_off == NULL;
}

void
net_free(struct net **net)
{
	struct net *n = *net;

	*net = NULL;
	assert(!n->is_running);
	queue_close(n->shared.queue);
	if (n->pool != NULL)
		pool_free(&n->pool);
	if (n->io != NULL)
		io_free(&n->io);
	if (n->shared.handback != NULL)
		handback_free(&n->shared.handback);
	buffers_free(&n->shared.buffers);
	queue_free(&n->shared.queue);
	free(n);
}

static void
sum_counters(const void *owner, uint64_t *sums)
{
	const struct net *n = owner;

	io_sum_counters(n->io, sums);
	pool_sum_counters(n->pool, sums);
}

static void
sum_gauges(const void *owner, uint64_t *sums)
{
	const struct net *n = owner;
	uint64_t closed = handback_closed(n->shared.handback);

	io_sum_gauges(n->io, sums);
	if (sums[NET_GAUGE_connections] >= closed)
		sums[NET_GAUGE_connections] -= closed;
	sums[NET_GAUGE_queued] += queue_length(n->shared.queue);
	sums[NET_GAUGE_input_bytes] +=
	    buffers_used(n->shared.buffers, BUFFERS_INPUT);
	sums[NET_GAUGE_unsent_bytes] +=
	    buffers_used(n->shared.buffers, BUFFERS_UNSENT);
}

uint64_t
net_stalled_ms(const struct net *n, uint64_t now_ms)
{
	uint64_t io_ms = io_busy_ms(n->io, now_ms);
	uint64_t pool_ms = pool_busy_ms(n->pool, now_ms);

	return io_ms > pool_ms ? io_ms : pool_ms;
}

struct counter_set
net_gauges(const struct net *net)
{
	return (struct counter_set){ net_gauge_texts, NET_GAUGE_COUNT,
		sum_gauges, net };
}

struct counter_set
net_counters(const struct net *net)
{
	return (struct counter_set){ net_counter_texts, NET_COUNTER_COUNT,
		sum_counters, net };
}
