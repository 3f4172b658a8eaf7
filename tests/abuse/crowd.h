/*
 * Many clients of one server, in one thread: when each connects, and what came
 * of it.  How they behave is data (kind.h).
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

#ifndef ABUSE_CROWD_H
#define ABUSE_CROWD_H

#include "latency.h"
#include "kind.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

struct answers;
struct crowd;

enum outcome {
	OUTCOME_ANSWERED, /* as before, where that is known; else somehow */
	OUTCOME_WRONG,
	OUTCOME_REFUSED, /* by a sentence: "% ..." */
	OUTCOME_DROPPED, /* closed without a word */
	OUTCOME_RESET,
	OUTCOME_UNREACHED, /* not even connected */
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
	const struct answers *answers;
	uint32_t source;       /* the first address that clients come from */
	unsigned source_count; /* they are consecutive, and taken in turn */
	unsigned patience_ms;  /* of the ordinary */
	unsigned pause_ms;     /* of the ordinary: between their questions */
	unsigned rate;         /* of their arrivals a second; 0: each comes
				  again as soon as it has its answer */
};

/* The settings must outlive it. */
struct crowd *crowd_new(const struct crowd_settings *settings);
void crowd_free(struct crowd **crowd);

/* Once for each kind; they come at the next turns. */
void crowd_add(struct crowd *crowd, enum kind_name kind, unsigned count);

/* Go on for a while: some milliseconds at most. */
void crowd_turn(struct crowd *crowd);

/* From now on nobody comes again. */
void crowd_leave(struct crowd *crowd);

/* Whether all of a kind that stays have come so far. */
bool crowd_has_come(const struct crowd *crowd);

/* How many have a connection now. */
unsigned crowd_count(const struct crowd *crowd, enum kind_name kind);

const struct tally *crowd_tally(const struct crowd *crowd, enum kind_name kind);

#endif
