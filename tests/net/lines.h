/*
 * A server of lines for the tests of net, and the clients that call it.
 *
 * Each line is answered in capitals.  One that begins with "+" goes on as a
 * session, "big" and "+big" have an answer that no socket takes at once, and
 * "wait" and "+wait" are answered when the barrier is open.  "halt" keeps who
 * is at the desk until then.  "who" is answered with the client's address and
 * port first, "+count" with how many lines of its session came before it, and
 * "+mute" not at all.
 */

#ifndef TESTS_NET_LINES_H
#define TESTS_NET_LINES_H

#include "net/service.h"
#include "net/net.h"
#include "sys/thread.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DEADLINE_MS = 20000, LINE_MAX_BYTES = 1024, BIG_BYTES = 16 << 20 };

struct barrier {
	pthread_mutex_t mtx;
	pthread_cond_t opened;
	bool is_open;  /* guarded by mtx */
	unsigned held; /* guarded by mtx */
};

struct server {
	struct net_limits limits;
	const struct gate *gate; /* NULL: none */
	struct barrier barrier;
	struct service service;
	struct listener *listener;
	struct net *net;
	struct sockaddr_in name;
	uint64_t served; /* known when it has stopped */
};

/* Defaults, to be changed before server_start(). */
void server_init(struct server *server);
void server_start(struct server *server);

/* Drain it, and see that nothing is left.  server_free() when it is drained. */
void server_stop(struct server *server);
void server_free(struct server *server);

/* A counter or a gauge, now; a counter, as soon as it has come to `count`. */
uint64_t server_count(const struct server *server, const char *name);
uint64_t server_gauge(const struct server *server, const char *name);
void server_await(const struct server *server, const char *name,
    uint64_t count);

/* Wait until so many threads stand at it; let all of them go. */
void barrier_await(struct server *server, unsigned count);
void barrier_open(struct server *server);

int make_socket(void);
void call(const struct server *server, int fd);
void say(int fd, const char *text);

/* A connection that has said `text`, if it is not NULL. */
int client_new(const struct server *server, const char *text);

/* All there is to hear, up to the orderly end; closes. */
void hears(int fd, const char *expected);

/* Just so much; the connection stays. */
void hears_some(int fd, const char *expected);

/* How much there is to hear, up to the orderly end. */
size_t hears_big(int fd);

#endif
