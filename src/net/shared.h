/*
 * What the desk and the workers share: all of it outlives both, and what
 * it points to is made for many threads or never changes.
 */

#ifndef NET_SHARED_H
#define NET_SHARED_H

struct buffers;
struct gate;
struct handback;
struct io;
struct net_limits;
struct queue;

struct net_shared {
	const struct net_limits *limits;
	const struct gate *gate; /* NULL: none */
	struct io *io;       /* for who is at the desk */
	struct queue *queue;
	struct handback *handback;
	struct buffers *buffers;
};

#endif
