/*
 * Many clients of one server, in one thread: when each connects, and what came
 * of it.  How they behave is data (bench/kind), what they ask comes from a
 * source (bench/questions).
 *
 *            its turn            connected, or failed
 *   RESTING ---------> REACHING ---------------------> TALKING
 *      ^                                                  |
 *      +------------------- outcome <---------------------+
 *
 * The ordinary clients are the ones that are measured.  They ask again as soon
 * as they have an answer, after a pause, or when a schedule says so.  When one
 * is refused, all wait for ten milliseconds, but for those that a schedule
 * sends.
 *
 * Where the protocol has sessions they ask several questions on a connection,
 * some of them before those before are answered: what can be said at once is
 * one write.  The last question is followed by the farewell, and a session ends
 * when the server has closed.  What the server answers to the farewell is not
 * counted, and what it leaves unanswered is an error.
 */

#ifndef BENCH_CROWD_H
#define BENCH_CROWD_H

#include "bench/kind.h"
#include "bench/latency.h"
#include "bench/outcome.h"
#include "bench/questions.h"

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct crowd;
struct expectation;
struct protocol;
struct route;
struct schedule;

struct tally {
	uint64_t reached; /* connections */
	uint64_t missed;  /* arrivals for which no client was free */
	uint64_t heard;   /* right answers, whenever the question began */
	uint64_t outcomes[OUTCOMES];
	uint64_t bytes;    /* of answers */
	struct latency us; /* of those ANSWERED */
};

/* What is pointed to must outlive the crowd; all of it is the thread's own. */
struct crowd_settings {
	const struct route *route;
	const struct protocol *protocol;
	struct questions *questions;
	struct question large; /* what those ask who want much */
	const struct expectation *expectation;
	unsigned patience_ms; /* of the ordinary, with each question */
	unsigned pause_ms;    /* of the ordinary, between connections */

	/*
	 * How many questions an ordinary one asks on a connection, 0: as many
	 * as there are; and how many of them may wait for their answers at a
	 * time.  Both are 1 without sessions.
	 */
	unsigned session;
	unsigned pipeline;

	/* When ordinary ones arrive; NULL: whenever one is free. */
	const struct schedule *schedule;

	/*
	 * Whether an arrival waits for a free client; what it waits counts.
	 * Else it is missed.
	 */
	bool waits_for_turn;
};

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

/*
 * Count anew what the ordinary ask from now on; what they are still asking is
 * only counted in `heard`.  They ask no more than `questions_max`; the schedule
 * begins.
 */
void crowd_measure(struct crowd *crowd, uint64_t questions_max);

/* From now on no ordinary one is due; those who are get their turn. */
void crowd_stop(struct crowd *crowd);

/* From now on nobody comes again. */
void crowd_leave(struct crowd *crowd);

/* Whether all of a kind that stays have come so far. */
bool crowd_has_come(const struct crowd *crowd);

/* Whether there has ever been a connection, and one that was refused. */
bool crowd_has_reached(const struct crowd *crowd);
bool crowd_was_refused(const struct crowd *crowd);

/* Whether all the ordinary ones may ask is asked, and has its outcome. */
bool crowd_is_done(const struct crowd *crowd);

/* How many have a connection now. */
unsigned crowd_count(const struct crowd *crowd, enum kind_name kind);

/* How many questions the ordinary have begun, or were to begin. */
uint64_t crowd_offered(const struct crowd *crowd);

/* How long the thread has had nothing to do, of all its time. */
uint64_t crowd_idle_us(const struct crowd *crowd);

const struct tally *crowd_tally(const struct crowd *crowd, enum kind_name kind);

#endif
