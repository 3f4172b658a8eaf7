/*
 * Many clients of one server, in one thread: when each connects, and what came
 * of it.  How they behave is data (bench/kind), what they ask comes from a
 * source (bench/questions).
 *
 * A client is in one list of its group at any time.  Since each waits equally
 * long for its next step, a list in the order of entering is in the order of
 * what is due, and only its head is looked at.
 *
 *            pace is over             connected, or failed
 *   RESTING ─────────────► REACHING ───────────────────────► TALKING
 *      ▲                                                        │
 *      └───────────────── outcome ◄─────────────────────────────┘
 */

#ifndef BENCH_CROWD_H
#define BENCH_CROWD_H

#include "bench/kind.h"
#include "bench/latency.h"
#include "bench/questions.h"

#include "base/attr.h"
#include "base/err.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

struct crowd;

enum outcome {
	OUTCOME_ANSWERED, /* as the question expects */
	OUTCOME_WRONG,
	OUTCOME_DENIED,    /* by a sentence in place of the answer: "% ..." */
	OUTCOME_EMPTY,     /* closed without a word */
	OUTCOME_RESET,     /* the connection, once there was one */
	OUTCOME_REFUSED,   /* the connection */
	OUTCOME_UNREACHED, /* not connected while its patience lasted */
	OUTCOME_LATE,      /* not answered while its patience lasted */
	OUTCOME_LEFT,      /* by its own will */
};

enum { OUTCOMES = OUTCOME_LEFT + 1 };

extern const char *const outcome_names[OUTCOMES];

struct tally {
	uint64_t reached;
	uint64_t missed; /* arrivals for which no client was free */
	uint64_t outcomes[OUTCOMES];
	struct latency us; /* from connecting to the end of what is ANSWERED */
};

struct crowd_settings {
	struct sockaddr_in server;
	struct questions *questions;
	struct question large; /* what those ask who want much */
	uint32_t source;       /* the first address that clients come from */
	unsigned source_count; /* they are consecutive, and taken in turn */
	unsigned patience_ms;  /* of the ordinary */
	unsigned pause_ms;     /* of the ordinary: between their questions */
	unsigned rate;         /* of their arrivals a second; 0: each comes
				  again as soon as it has its answer */
};

/* The settings and the questions must outlive it; the thread's own. */
enum err crowd_open(struct crowd **crowd,
    const struct crowd_settings *settings, struct fault *fault) MUST_CHECK;
void crowd_close(struct crowd **crowd);

/* Once for each kind; they come at the next turns. */
void crowd_add(struct crowd *crowd, enum kind_name kind, unsigned count);

/*
 * Go on for a while: some milliseconds at most.  False: it cannot, now or ever
 * again, and crowd_fault() says why.
 */
bool crowd_turn(struct crowd *crowd) MUST_CHECK;
const struct fault *crowd_fault(const struct crowd *crowd);

/* From now on nobody comes again. */
void crowd_leave(struct crowd *crowd);

/* Whether all of a kind that stays have come so far. */
bool crowd_has_come(const struct crowd *crowd);

/* How many have a connection now. */
unsigned crowd_count(const struct crowd *crowd, enum kind_name kind);

const struct tally *crowd_tally(const struct crowd *crowd, enum kind_name kind);

#endif
