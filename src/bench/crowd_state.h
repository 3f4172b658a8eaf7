/*
 * What the parts of the crowd share: crowd (whose turn it is), crowd_ask (the
 * questions under way), crowd_answer (what comes of them), crowd_talk
 * (connections).
 */

#ifndef BENCH_CROWD_STATE_H
#define BENCH_CROWD_STATE_H

#include "bench/crowd.h"
#include "bench/reply.h"

#include <stddef.h>
#include <sys/queue.h>

TAILQ_HEAD(asking_list, asking);
TAILQ_HEAD(client_list, client);

/* A question under way: from when it is to be asked until it has an outcome. */
struct asking {
	TAILQ_ENTRY(asking) link; /* of those of its group, by `began_us` */
	struct client *client;
	struct question question;
	uint64_t began_us; /* when it was said, or was due */
	bool counts;       /* it began since crowd_measure() */
	bool is_farewell;  /* it never counts; the end answers it */
};

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
	int descriptor;      /* -1 while it rests */
	int spare;           /* a socket for the next connection, or -1 */
	uint32_t watched;    /* the events of either that epoll tells of */
	bool is_talking;
	bool was_closed; /* by the server */

	/* Of this connection. */
	unsigned asked;     /* questions */
	bool said_farewell; /* or will, behind what it says now */
	size_t said;        /* bytes, by those who say nonsense */
	struct reply reply;

	/* Those without an outcome, in a ring: answers come in their order. */
	struct asking *askings;
	unsigned oldest;
	unsigned under_way;

	/* What the ordinary have to say, and the kernel has not yet taken. */
	char *words;
	size_t words_length;
	size_t words_max;

	/* The answer to the oldest, so far. */
	size_t heard;
	uint64_t heard_us; /* when the last of it came */
	char first_byte;
	char *answer; /* kept where something is expected of it */
	size_t answer_max;
};

struct group {
	const struct kind *kind;
	unsigned pace_ms;
	unsigned count;
	struct client *clients;
	struct asking *askings; /* the rings of all of them */
	unsigned askings_max;   /* in each */
	struct asking_list under_way;

	/*
	 * The ordinary stay in `reaching` until their connection ends; at a
	 * rate those are in `free` who can be given another question on it.
	 */
	struct client_list resting, reaching, talking, free;
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
	bool has_reached; /* somebody has been connected */
	uint64_t refused_us; /* when somebody was last; 0: never */

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

bool crowd_has_failed(const struct crowd *crowd);

/* Whether this group may begin something more. */
bool crowd_may_come(const struct crowd *crowd, const struct group *group);

/* To another list of its group. */
void crowd_move(struct crowd *crowd, struct client *client,
    struct client_list *list);

/* crowd_ask */

/* Before the first question of a connection. */
void crowd_begin_session(struct client *client);

/* Whether it can be given a question more on this connection. */
bool crowd_has_room(const struct crowd *crowd, const struct client *client);

/* Give it one, to be said: there is room. */
void crowd_ask(struct crowd *crowd, struct client *client, uint64_t began_us);

/*
 * In a closed loop: as many as it can be given, all at once; the farewell where
 * there are no more and it has all its answers.
 */
void crowd_ask_all(struct crowd *crowd, struct client *client);

/* NULL: there is none, and it waits for nothing. */
struct asking *crowd_oldest(const struct client *client);

/* The oldest one has its outcome. */
void crowd_settle(struct client *client, enum outcome outcome);

/* crowd_answer */

/*
 * Bytes have come: of the answer under way and, in a session, of those behind
 * it; what is whole by now is settled.
 */
void crowd_take_in(struct crowd *crowd, struct client *client,
    struct span bytes);

/* What is to be kept is more than any answer that we look at. */
bool crowd_has_heard_too_much(const struct crowd *crowd,
    const struct client *client);

/* The server has closed: what is that to the oldest question? */
enum outcome crowd_judge_end(const struct crowd *crowd,
    const struct client *client);

/* crowd_talk */

/*
 * The end of a connection: close it, and let it rest.  This is the outcome of
 * the oldest question, and what follows from it that of the others.
 */
void crowd_finish(struct crowd *crowd, struct client *client,
    enum outcome outcome);

/* Connect a resting client, whose question counts from `began_us`. */
void crowd_reach(struct crowd *crowd, struct client *client, uint64_t began_us);

/* The same of one who is connected, or about to be, and has room. */
void crowd_reach_again(struct crowd *crowd, struct client *client,
    uint64_t began_us);

/* Say what its kind says, or once more. */
void crowd_speak(struct crowd *crowd, struct client *client);

/* What epoll says of its connection. */
void crowd_go_on(struct crowd *crowd, struct client *client, uint32_t events);

#endif
