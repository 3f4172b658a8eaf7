/*
 * The workers: each takes a connection from the queue, asks its service for
 * the answer, writes what the socket takes and hands the connection back; and
 * when there is none, takes a turn at the desk (net/io) if it is empty.  None
 * ever waits for a single client.
 */

#ifndef NET_POOL_H
#define NET_POOL_H

#include "base/attr.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct net_shared;
struct pool;
struct worker_maker;

/* `shared` stays the caller's and must outlive the pool. */
struct pool *pool_new(const struct net_shared *shared,
    const struct worker_maker *maker);
enum err pool_start(struct pool *pool, struct fault *fault) MUST_CHECK;

/* From now on close what is queued without an answer. */
void pool_abandon(struct pool *pool);

/* Waits for the workers: the queue must be closed. */
void pool_free(struct pool **pool);

/* Add the workers' counters (net/counters.h) to `sums`. */
void pool_sum_counters(const struct pool *pool, uint64_t *sums);

/* For how long a worker has been busy with one answer, the longest. */
uint64_t pool_busy_ms(const struct pool *pool, uint64_t now_ms);

#endif
