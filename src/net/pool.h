/*
 * The workers: each takes a connection from the queue, asks its service for
 * the answer, writes what the socket takes and hands the connection back.
 * None ever waits for a client.
 */

#ifndef NET_POOL_H
#define NET_POOL_H

#include "base/attr.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct handback;
struct net_limits;
struct pool;
struct queue;
struct worker_maker;

/* `queue` and `handback` stay the caller's and must outlive the pool. */
struct pool *pool_new(const struct net_limits *limits, struct queue *queue,
    struct handback *handback, const struct worker_maker *maker);
enum err pool_start(struct pool *pool, struct fault *fault) MUST_CHECK;

/*
 * Before pool_start(): hand a session back after each answer, since each of
 * its requests has to pass the gate.
 */
void pool_set_gated(struct pool *pool);

/* From now on close what is queued without an answer. */
void pool_abandon(struct pool *pool);

/* Waits for the workers: the queue must be closed. */
void pool_free(struct pool **pool);

/* Add the workers' counters (net/counters.h) to `sums`. */
void pool_sum_counters(const struct pool *pool, uint64_t *sums);

#endif
