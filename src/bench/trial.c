#include <config.h>

#include "bench/trial.h"

#include "bench/crowd.h"
#include "bench/expectation.h"
#include "bench/processes.h"
#include "bench/schedule.h"
#include "sys/clock.h"
#include "sys/counters.h"
#include "sys/thread.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	ATTACH_MS = 120000,
	BUSY_PERCENT = 90, /* from here on it is ourselves that we measure */
	SLACK_NS = 1,
	SECOND_US = 1000000,
};

/* Each thread waits at the end of each until the trial goes on to the next. */
enum phase { PHASE_ATTACH, PHASE_WARM_UP, PHASE_MEASURE, PHASE_END };

struct worker {
	struct trial *trial;
	pthread_t thread;
	struct schedule schedule;
	struct crowd_settings settings;
	struct expectation *expectation;
	struct crowd *crowd;
	uint64_t count_max;
	unsigned clients, idle, slow;

	/* By the worker while it measures, for the progress. */
	counter answered;
	counter errors;

	/* When it has measured; read once it has come to PHASE_END. */
	uint64_t answered_in_time;
	uint64_t idle_us;
	uint64_t measured_us;
	struct fault fault;
};

struct spent {
	uint64_t at_us;
	uint64_t own_us;
	bool knows_server;
	struct processor_time server;
};

struct trial {
	const struct trial_settings *settings;
	struct worker *workers;
	unsigned worker_count;
	uint64_t next_wake_us;
	struct spent before, after;

	pthread_mutex_t mtx;
	pthread_cond_t changed;
	enum phase phase; /* guarded by mtx */
	unsigned arrived; /* at the end of the phase; guarded by mtx */
	_Atomic bool is_given_up;
	_Atomic bool has_reached; /* any worker, the server */
};

/* This thread's part of what is shared equally. */
static uint64_t
share(uint64_t all, unsigned threads, unsigned thread)
{
	return all / threads + (thread < all % threads);
}

uint64_t
trial_errors(const uint64_t outcomes[OUTCOMES])
{
	uint64_t errors = 0;

	for (enum outcome o = OUTCOME_WRONG; o < OUTCOME_LEFT; o++)
		errors += outcomes[o];
	return errors;
}

/* A moment's work says nothing. */
bool
trial_was_bottleneck(const struct trial_result *result)
{
	return result->answered_in_time > 0 && result->seconds >= 0.1 &&
	    result->busy * 100 >= BUSY_PERCENT;
}

static void
take_spent(struct spent *spent, const struct processes *server)
{
	spent->knows_server = processes_time(server, &spent->server);
	spent->own_us = clock_processor_us();
	spent->at_us = clock_monotonic_us();
}

/* The worker's: it has done with a phase, and waits for the next. */
static void
await_phase(struct trial *trial, enum phase next)
{
	MUST_SUCCEED(pthread_mutex_lock(&trial->mtx));
	trial->arrived++;
	MUST_SUCCEED(pthread_cond_broadcast(&trial->changed));
	while (trial->phase < next)
		MUST_SUCCEED(pthread_cond_wait(&trial->changed, &trial->mtx));
	MUST_SUCCEED(pthread_mutex_unlock(&trial->mtx));
}

/* The trial's: all have done with the phase, or it is this late. */
static bool
await_workers(struct trial *trial, uint64_t until_us)
{
	const struct timespec until = {
		.tv_sec = (time_t)(until_us / SECOND_US),
		.tv_nsec = (long)(until_us % SECOND_US) * 1000,
	};
	bool all;
	int rc = 0;

	MUST_SUCCEED(pthread_mutex_lock(&trial->mtx));
	while (trial->arrived < trial->worker_count && rc == 0)
		rc = pthread_cond_timedwait(&trial->changed, &trial->mtx,
		    &until);
	all = trial->arrived == trial->worker_count;
	MUST_SUCCEED(pthread_mutex_unlock(&trial->mtx));
	return all;
}

static void
begin_phase(struct trial *trial, enum phase phase)
{
	MUST_SUCCEED(pthread_mutex_lock(&trial->mtx));
	trial->phase = phase;
	trial->arrived = 0;
	MUST_SUCCEED(pthread_cond_broadcast(&trial->changed));
	MUST_SUCCEED(pthread_mutex_unlock(&trial->mtx));
}

static void
give_up(struct worker *worker, const struct fault *fault)
{
	worker->fault = *fault;
	worker->trial->is_given_up = true;
}

/* False: this worker, or another one, cannot go on. */
static bool
turn(struct worker *worker)
{
	static const struct fault shut_out = { ERR_WORLD,
		"nobody listens there" };
	struct trial *trial = worker->trial;
	bool can_go_on = crowd_turn(worker->crowd);

	if (!trial->has_reached && crowd_has_reached(worker->crowd))
		trial->has_reached = true;
	if (!can_go_on)
		give_up(worker, crowd_fault(worker->crowd));
	else if (!trial->has_reached && crowd_was_refused(worker->crowd))
		give_up(worker, &shut_out);
	return !trial->is_given_up;
}

static void
attach(struct worker *worker)
{
	static const struct fault too_slow = { ERR_WORLD,
		"the idle and the slow clients cannot connect" };
	uint64_t until_ms = clock_monotonic_ms() + ATTACH_MS;

	if (worker->idle > 0)
		crowd_add(worker->crowd, KIND_SILENT, worker->idle);
	if (worker->slow > 0)
		crowd_add(worker->crowd, KIND_SLOW, worker->slow);
	while (!crowd_has_come(worker->crowd) && turn(worker))
		if (clock_monotonic_ms() >= until_ms)
			give_up(worker, &too_slow);
}

static void
warm_up(struct worker *worker)
{
	uint64_t ms = worker->trial->settings->warm_up_ms;
	uint64_t until_ms = clock_monotonic_ms() + ms;

	crowd_add(worker->crowd, KIND_ORDINARY, worker->clients);
	while (ms > 0 && clock_monotonic_ms() < until_ms && turn(worker))
		;
}

static void
publish(struct worker *worker)
{
	const struct tally *tally = crowd_tally(worker->crowd, KIND_ORDINARY);

	atomic_store_explicit(&worker->answered,
	    tally->outcomes[OUTCOME_ANSWERED], memory_order_relaxed);
	atomic_store_explicit(&worker->errors, trial_errors(tally->outcomes),
	    memory_order_relaxed);
}

static bool
is_over(const struct trial_settings *settings, uint64_t elapsed_us)
{
	return (settings->period_ms > 0 &&
		elapsed_us >= settings->period_ms * 1000) ||
	    (settings->is_interrupted != NULL && *settings->is_interrupted);
}

static void
measure(struct worker *worker)
{
	uint64_t idle_us = crowd_idle_us(worker->crowd);
	uint64_t began_us = clock_monotonic_us(), elapsed_us = 0;

	crowd_measure(worker->crowd, worker->count_max);
	while (!crowd_is_done(worker->crowd) &&
	    !is_over(worker->trial->settings, elapsed_us) && turn(worker)) {
		publish(worker);
		elapsed_us = clock_monotonic_us() - began_us;
	}
	worker->answered_in_time =
	    crowd_tally(worker->crowd, KIND_ORDINARY)->heard;
	worker->idle_us = crowd_idle_us(worker->crowd) - idle_us;
	worker->measured_us = elapsed_us;
}

/* Those under way lose their patience some time. */
static void
drain(struct worker *worker)
{
	crowd_stop(worker->crowd);
	while (!crowd_is_done(worker->crowd) && turn(worker))
		;
}

static void *
work(void *argument)
{
	struct worker *worker = argument;

	thread_name("clients");
	/* What is due is due then, not 50 microseconds later. */
	(void)prctl(PR_SET_TIMERSLACK, SLACK_NS);
	attach(worker);
	await_phase(worker->trial, PHASE_WARM_UP);
	warm_up(worker);
	await_phase(worker->trial, PHASE_MEASURE);
	measure(worker);
	await_phase(worker->trial, PHASE_END);
	drain(worker);
	return NULL;
}

static void
share_out(struct worker *worker, unsigned number)
{
	const struct trial_settings *all = worker->trial->settings;
	unsigned threads = all->threads;

	worker->clients = (unsigned)share(all->clients, threads, number);
	worker->idle = (unsigned)share(all->idle, threads, number);
	worker->slow = (unsigned)share(all->slow, threads, number);
	worker->count_max = all->count == 0 ? UINT64_MAX :
	    share(all->count, threads, number);
	worker->schedule =
	    (struct schedule){ all->rate, threads, number };
	worker->settings = (struct crowd_settings){
		.route = all->route,
		.protocol = all->protocol,
		.questions = all->questions[number],
		.patience_ms = all->patience_ms,
		.session = all->session,
		.pipeline = all->pipeline,
		.schedule = all->rate > 0 ? &worker->schedule : NULL,
		.waits_for_turn = true,
	};
}

static enum err
start_worker(struct trial *trial, unsigned number, struct fault *fault)
{
	struct worker *worker = &trial->workers[number];
	enum err err;
	int rc;

	worker->trial = trial;
	share_out(worker, number);
	err = expectation_new(&worker->expectation, trial->settings->check,
	    fault);
	if (err != ERR_NONE)
		return err;
	worker->settings.expectation = worker->expectation;
	err = crowd_open(&worker->crowd, &worker->settings, fault);
	if (err != ERR_NONE)
		return err;
	rc = pthread_create(&worker->thread, NULL, work, worker);
	if (rc != 0)
		return fault_set(fault, ERR_WORLD, "cannot start a thread: %s",
		    strerror(rc));
	trial->worker_count++;
	return ERR_NONE;
}

static enum err
start_workers(struct trial *trial, struct fault *fault)
{
	sigset_t signals = thread_block_signals();
	enum err err = ERR_NONE;

	for (unsigned i = 0; i < trial->settings->threads && err == ERR_NONE;
	     i++)
		err = start_worker(trial, i, fault);
	thread_restore_signals(&signals);
	return err;
}

/* The first worker's fault, where one could not go on. */
static enum err
find_fault(const struct trial *trial, struct fault *fault)
{
	for (unsigned i = 0; i < trial->worker_count; i++)
		if (trial->workers[i].fault.code != ERR_NONE) {
			*fault = trial->workers[i].fault;
			return fault->code;
		}
	return ERR_NONE;
}

static void
trial_free(struct trial **trial)
{
	struct trial *t = *trial;

	*trial = NULL;
	begin_phase(t, PHASE_END);
	for (unsigned i = 0; i < t->worker_count; i++)
		MUST_SUCCEED(pthread_join(t->workers[i].thread, NULL));
	for (unsigned i = 0; i < t->settings->threads; i++) {
		crowd_close(&t->workers[i].crowd);
		expectation_free(&t->workers[i].expectation);
	}
	MUST_SUCCEED(pthread_cond_destroy(&t->changed));
	MUST_SUCCEED(pthread_mutex_destroy(&t->mtx));
	free(t->workers);
	free(t);
}

/* Up to where it measures. */
static void
prepare(struct trial *trial)
{
	(void)await_workers(trial, UINT64_MAX / 2);
	begin_phase(trial, PHASE_WARM_UP);
	(void)await_workers(trial, UINT64_MAX / 2);
	take_spent(&trial->before, trial->settings->server);
	trial->next_wake_us = trial->before.at_us + SECOND_US;
	begin_phase(trial, PHASE_MEASURE);
}

enum err
trial_begin(struct trial **trial, const struct trial_settings *settings,
    struct fault *fault)
{
	struct trial *t = calloc(1, sizeof *t);
	enum err err;

	assert(t != NULL);
	assert(settings->threads > 0 && settings->threads <= TRIAL_THREADS_MAX);
	t->settings = settings;
	t->workers = calloc(settings->threads, sizeof *t->workers);
	assert(t->workers != NULL);
	MUST_SUCCEED(pthread_mutex_init(&t->mtx, NULL));
	thread_init_monotonic(&t->changed);
	*trial = t;
	err = start_workers(t, fault);
	if (err != ERR_NONE) {
		t->is_given_up = true;
		trial_free(trial);
		return err;
	}
	prepare(t);
	return ERR_NONE;
}

bool
trial_wait(struct trial *trial, struct trial_progress *progress)
{
	if (await_workers(trial, trial->next_wake_us)) {
		take_spent(&trial->after, trial->settings->server);
		return false;
	}
	progress->elapsed_ms = (trial->next_wake_us - trial->before.at_us) / 1000;
	progress->answered = progress->errors = 0;
	for (unsigned i = 0; i < trial->worker_count; i++) {
		progress->answered += trial->workers[i].answered;
		progress->errors += trial->workers[i].errors;
	}
	trial->next_wake_us += SECOND_US;
	return true;
}

static void
sum_worker(struct trial_result *result, const struct worker *worker)
{
	const struct tally *tally = crowd_tally(worker->crowd, KIND_ORDINARY);

	result->offered += crowd_offered(worker->crowd);
	result->answered_in_time += worker->answered_in_time;
	result->bytes += tally->bytes;
	for (unsigned i = 0; i < OUTCOMES; i++)
		result->outcomes[i] += tally->outcomes[i];
	latency_add_all(&result->us, &tally->us);
}

static double
busy_share(const struct trial *trial)
{
	uint64_t idle_us = 0, all_us = 0;

	for (unsigned i = 0; i < trial->worker_count; i++) {
		idle_us += trial->workers[i].idle_us;
		all_us += trial->workers[i].measured_us;
	}
	return all_us == 0 ? 0 : 1 - (double)idle_us / (double)all_us;
}

/* It is less than before where one of several processes has ended. */
static bool
knows_server(const struct spent *before, const struct spent *after)
{
	return before->knows_server && after->knows_server &&
	    after->server.total_us >= before->server.total_us &&
	    after->server.user_us >= before->server.user_us &&
	    after->server.system_us >= before->server.system_us;
}

static void
sum_up(const struct trial *trial, struct trial_result *result)
{
	const struct spent *before = &trial->before, *after = &trial->after;

	*result = (struct trial_result){
		.seconds = (double)(after->at_us - before->at_us) / 1e6,
		.clients = trial->settings->clients,
		.threads = trial->settings->threads,
		.own_us = after->own_us - before->own_us,
		.knows_server = knows_server(before, after),
		.busy = busy_share(trial),
	};
	if (result->knows_server) {
		result->server_us =
		    after->server.total_us - before->server.total_us;
		result->server_user_us =
		    after->server.user_us - before->server.user_us;
		result->server_system_us =
		    after->server.system_us - before->server.system_us;
	}
	for (unsigned i = 0; i < trial->worker_count; i++)
		sum_worker(result, &trial->workers[i]);
}

enum err
trial_end(struct trial **trial, struct trial_result *result,
    struct fault *fault)
{
	struct trial *t = *trial;
	enum err err;

	begin_phase(t, PHASE_END);
	for (unsigned i = 0; i < t->worker_count; i++)
		MUST_SUCCEED(pthread_join(t->workers[i].thread, NULL));
	sum_up(t, result);
	err = find_fault(t, fault);
	t->worker_count = 0;
	trial_free(trial);
	return err;
}
