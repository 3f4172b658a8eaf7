/*
 * One measurement: threads with a crowd each, and what they found, together.
 *
 *   begin      the idle and the slow connect; ordinary ones ask for the time
 *              of the warm-up, uncounted; then all threads begin to measure
 *   wait       until the time is over, all questions are asked, or somebody
 *              interrupts it
 *   end        nobody asks any more; those under way get their answers
 *
 * A rate is of what was answered while it measured; counts and latencies hold
 * what was begun then, whenever it ended.
 */

#ifndef BENCH_TRIAL_H
#define BENCH_TRIAL_H

#include "bench/latency.h"
#include "bench/outcome.h"

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct processes;
struct protocol;
struct questions;
struct route;
struct trial;

enum { TRIAL_THREADS_MAX = 256 };

/* All numbers are of all threads together. */
struct trial_settings {
	const struct route *route;
	const struct protocol *protocol;
	struct questions **questions; /* for each thread one */
	const char *check;            /* a regular expression, or NULL */
	const struct processes *server;
	unsigned threads; /* at most TRIAL_THREADS_MAX, and `clients` */
	unsigned clients; /* ordinary ones */
	unsigned idle;
	unsigned slow;
	unsigned patience_ms;
	unsigned session;    /* questions a connection; 0: any */
	unsigned pipeline;   /* that wait for answers on one */
	unsigned rate;       /* of arrivals a second; 0: closed loop */
	uint64_t count;      /* of questions; 0: any */
	uint64_t period_ms;  /* 0: until `count` are asked */
	uint64_t warm_up_ms;

	/* Once it is true the time is over; NULL: nobody says so. */
	const _Atomic bool *is_interrupted;
};

/* While it measures. */
struct trial_progress {
	uint64_t elapsed_ms;
	uint64_t answered;
	uint64_t errors;
};

struct trial_result {
	double seconds;
	unsigned clients;
	unsigned threads;
	uint64_t offered;
	uint64_t answered_in_time;
	uint64_t outcomes[OUTCOMES];
	uint64_t bytes; /* of all answers */
	struct latency us;

	/* Processor time while it measured; of the server, where known. */
	uint64_t own_us;
	bool knows_server;
	uint64_t server_us;
	uint64_t server_user_us;
	uint64_t server_system_us;

	double busy; /* the share of time in which our threads had work */
};

/* The settings must outlive it.  Returns when it measures. */
enum err trial_begin(struct trial **trial,
    const struct trial_settings *settings, struct fault *fault) MUST_CHECK;

/* Wait until a second has passed, or the measurement is over: false. */
bool trial_wait(struct trial *trial, struct trial_progress *progress);

/*
 * The end of a trial that is over; it is freed whatever is returned.
 * ERR_WORLD: the system gave too little of something, or nobody has ever
 * listened.
 */
enum err trial_end(struct trial **trial, struct trial_result *result,
    struct fault *fault) MUST_CHECK;

/* How many of the outcomes are errors. */
uint64_t trial_errors(const uint64_t outcomes[OUTCOMES]);

/* Whether what it says about the server is rather about ourselves. */
bool trial_was_bottleneck(const struct trial_result *result);

#endif
