/* What the parts of the crowd share: crowd (whose turn it is), crowd_talk. */

#ifndef BENCH_CROWD_STATE_H
#define BENCH_CROWD_STATE_H

#include "bench/crowd.h"

#include <stddef.h>
#include <sys/queue.h>

TAILQ_HEAD(client_list, client);

/*
 * A client is in one list of its group at any time.  Since each waits equally
 * long for its next step, a list in the order of entering is in the order of
 * what is due, and only its head is looked at.
 */
struct client {
	TAILQ_ENTRY(client) link;
	struct client_list *list;
	struct group *group;
	uint64_t entered_us; /* its list */
	uint64_t began_us;   /* its question, or when that was due */
	uint64_t ended_us;   /* when the server had, 0 before */
	int descriptor;      /* -1 while it rests */
	int spare;           /* a socket for the next connection, or -1 */
	uint32_t watched;    /* the events of either that epoll tells of */
	bool is_talking;
	bool counts; /* it began since crowd_measure() */
	struct question question;
	size_t said;
	size_t heard;
	char first_byte;
	char *answer; /* so far; kept where something is expected of it */
	size_t answer_max;
};

struct group {
	const struct kind *kind;
	unsigned pace_ms;
	unsigned count;
	struct client *clients;

	/*
	 * The ordinary stay in `reaching` until they have their answer, for
	 * their patience is one for all of it.
	 */
	struct client_list resting, reaching, talking;
	unsigned connected;
	struct tally tally;
};

enum { CROWD_PIECE_BYTES = 16 << 10 };

struct crowd {
	const struct crowd_settings *settings;
	int epoll;
	uint64_t now_us; /* when this turn began */
	uint64_t idle_us;
	uint64_t began_us; /* to measure */
	uint64_t arrivals; /* of ordinary ones since then */
	uint64_t arrivals_max;
	uint32_t next_source;
	bool is_spread; /* over source addresses */

	/*
	 * Where they keep their address, and are used again at once: an idle
	 * one makes epoll tell that it is not connected.
	 */
	bool reuses_sockets;
	bool is_leaving;
	struct fault fault; /* sticky */
	char piece[CROWD_PIECE_BYTES];
	struct group groups[KINDS];
};

/* The first failure stays: those that follow come from it.  errno says why. */
void crowd_fail(struct crowd *crowd, const char *what);

/* To another list of its group. */
void crowd_move(struct crowd *crowd, struct client *client,
    struct client_list *list);

/* The end of a connection: close it, count the outcome, and let it rest. */
void crowd_finish(struct crowd *crowd, struct client *client,
    enum outcome outcome);

/* Close its connection; the socket may be kept for the next one. */
void crowd_hang_up(struct crowd *crowd, struct client *client);

/* Connect a resting client, whose time counts from `began_us`. */
void crowd_reach(struct crowd *crowd, struct client *client, uint64_t began_us);

/* Say what its kind says, or once more. */
void crowd_speak(struct crowd *crowd, struct client *client);

/* What epoll says of its connection. */
void crowd_go_on(struct crowd *crowd, struct client *client, uint32_t events);

#endif
