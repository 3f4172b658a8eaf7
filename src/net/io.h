/*
 * The desk: where callers are let in, connections read and waited for, and
 * whole requests handed to the queue.  All connections are the desk's but those
 * that are queued or served.
 *
 * One thread at a time is at it, which net/queue gives out.  Nothing here, or
 * in the modules that are "only at the desk", takes a lock: the hand-over from
 * one thread to the next does for all of it.
 */

#ifndef NET_IO_H
#define NET_IO_H

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct gate;
struct io;
struct listener;
struct net_shared;

/* `shared` stays the caller's and must outlive the io. */
enum err io_new(struct io **io, const struct net_shared *shared,
    struct fault *fault) MUST_CHECK;

/* Before the desk is left for the first time. */
enum err io_add_listener(struct io *io, const struct listener *listener,
    struct fault *fault) MUST_CHECK;
void io_set_gate(struct io *io, const struct gate *gate);

/*
 * At the desk: wait until there is something to do there, and do it; a bounded
 * part of it when there is much.
 */
void io_turn(struct io *io);

/*
 * The function of the relief (net/queue), a thread; `io` is a struct io.
 * Returns some time after io_drain(), at the desk: NULL when everything was
 * answered, else `io`.
 */
void *io_relief(void *io);

/* Once, from any thread: come to an end, before `until_ms` (sys/clock). */
void io_drain(struct io *io, uint64_t until_ms);

/*
 * When no other thread has a connection any more.  Closes what is open, and
 * tells the gate.
 */
void io_free(struct io **io);

/* Add its counters (net/counters.h) to `sums`. */
void io_sum_counters(const struct io *io, uint64_t *sums);

/* The same for its gauges, which are those of connections. */
void io_sum_gauges(const struct io *io, uint64_t *sums);

/* For how long one turn has lasted, without its wait; any thread. */
uint64_t io_busy_ms(const struct io *io, uint64_t now_ms);

#endif
