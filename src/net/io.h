/*
 * The I/O thread: accepts, reads, waits, and hands whole requests to the
 * queue.  All connections are its own but those that are queued or served.
 */

#ifndef NET_IO_H
#define NET_IO_H

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct io;
struct listener;
struct net_shared;

/* `shared` stays the caller's and must outlive the io. */
enum err io_new(struct io **io, const struct net_shared *shared,
    struct fault *fault) MUST_CHECK;

/* Before io_run(). */
enum err io_add_listener(struct io *io, const struct listener *listener,
    struct fault *fault) MUST_CHECK;

/*
 * The thread's function; `io` is a struct io.  Returns some time after
 * io_drain(): NULL when everything was answered, else `io`.
 */
void *io_run(void *io);

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

/* For how long it has been busy with one turn; any thread. */
uint64_t io_busy_ms(const struct io *io, uint64_t now_ms);

#endif
