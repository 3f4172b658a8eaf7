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
 * as they have an answer, after a pause, or when a schedule says so.
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
struct route;
struct schedule;

struct tally {
	uint64_t reached; /* connections */
	uint64_t missed;  /* arrivals for which no client was free */
	uint64_t outcomes[OUTCOMES];
	uint64_t bytes;    /* of answers */
	struct latency us; /* of those ANSWERED */
};

/* What is pointed to must outlive the crowd; all of it is the thread's own. */
struct crowd_settings {
	const struct route *route;
	struct questions *questions;
	struct question large; /* what those ask who want much */
	const struct expectation *expectation;
	unsigned patience_ms; /* of the ordinary, from the beginning */
	unsigned pause_ms;    /* of the ordinary, between their questions */

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
 * not counted.  They ask no more than `questions_max`; the schedule begins.
 */
void crowd_measure(struct crowd *crowd, uint64_t questions_max);

/* From now on no ordinary one is due; those who are get their turn. */
void crowd_stop(struct crowd *crowd);

/* From now on nobody comes again. */
void crowd_leave(struct crowd *crowd);

/* Whether all of a kind that stays have come so far. */
bool crowd_has_come(const struct crowd *crowd);

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
