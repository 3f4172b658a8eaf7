/*
 * For how long a thread has been busy with one and the same thing, for whoever
 * watches over it: a thread that works begins something new all the time.
 *
 * Written by the thread itself, at its own pace, and read by any other.
 */

#ifndef NET_BUSY_H
#define NET_BUSY_H

#include <stdatomic.h>
#include <stdint.h>

struct busy {
	_Atomic uint64_t since_ms; /* sys/clock; 0: it waits for work */
};

/* The next thing, which ends the one before. */
static inline void
busy_begin(struct busy *busy, uint64_t now_ms)
{
	atomic_store_explicit(&busy->since_ms, now_ms, memory_order_relaxed);
}

static inline void
busy_end(struct busy *busy)
{
	atomic_store_explicit(&busy->since_ms, 0, memory_order_relaxed);
}

/* 0: not at all, or it began after `now_ms`. */
static inline uint64_t
busy_for_ms(const struct busy *busy, uint64_t now_ms)
{
	uint64_t since_ms = atomic_load_explicit(&busy->since_ms,
	    memory_order_relaxed);

	return since_ms > 0 && since_ms < now_ms ? now_ms - since_ms : 0;
}

#endif
