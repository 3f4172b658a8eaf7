#include <config.h>

#include "bench/crowd.h"

#include "bench/crowd_state.h"
#include "bench/route.h"
#include "bench/schedule.h"
#include "sys/clock.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum {
	EVENTS = 64,
	TURN_US = 5000,
	CONNECTS_A_TURN = 64, /* of one kind: let the others be heard */
};

void
crowd_fail(struct crowd *crowd, const char *what)
{
	if (crowd->fault.code == ERR_NONE)
		fault_set(&crowd->fault, ERR_WORLD, "%s: %s", what,
		    strerror(errno));
}

static bool
has_failed(const struct crowd *crowd)
{
	return crowd->fault.code != ERR_NONE;
}

static void
enter(struct crowd *crowd, struct client *client, struct client_list *list)
{
	client->entered_us = crowd->now_us;
	client->list = list;
	TAILQ_INSERT_TAIL(list, client, link);
}

void
crowd_move(struct crowd *crowd, struct client *client,
    struct client_list *list)
{
	TAILQ_REMOVE(client->list, client, link);
	enter(crowd, client, list);
}

static void
count(struct tally *tally, const struct client *client, enum outcome outcome)
{
	tally->outcomes[outcome]++;
	tally->bytes += client->heard;
	if (outcome == OUTCOME_ANSWERED)
		latency_add(&tally->us, client->ended_us - client->began_us);
}

void
crowd_finish(struct crowd *crowd, struct client *client, enum outcome outcome)
{
	struct group *group = client->group;

	if (client->counts)
		count(&group->tally, client, outcome);
	crowd_hang_up(crowd, client);
	group->connected -= client->is_talking;
	client->is_talking = false;
	crowd_move(crowd, client, &group->resting);
}

static bool
is_over(const struct crowd *crowd, uint64_t since_us, unsigned ms)
{
	return crowd->now_us >= since_us + ms * UINT64_C(1000);
}

/* The next byte of those who say one at a time. */
static void
dribble(struct crowd *crowd, struct group *group)
{
	struct client *client;

	while ((client = TAILQ_FIRST(&group->talking)) != NULL &&
	       is_over(crowd, client->entered_us, group->pace_ms)) {
		crowd_move(crowd, client, &group->talking);
		crowd_speak(crowd, client);
	}
}

static void
lose_patience(struct crowd *crowd, struct group *group)
{
	struct client *client;

	while ((client = TAILQ_FIRST(&group->reaching)) != NULL &&
	       is_over(crowd, client->began_us, crowd->settings->patience_ms))
		crowd_finish(crowd, client,
		    client->is_talking ? OUTCOME_LATE : OUTCOME_UNREACHED);
}

static bool
is_ordinary(const struct group *group)
{
	return group->kind == &kinds[KIND_ORDINARY];
}

/* Whether this group may begin something more. */
static bool
may_come(const struct crowd *crowd, const struct group *group)
{
	return !has_failed(crowd) && (!is_ordinary(group) ||
	    crowd->arrivals < crowd->arrivals_max);
}

/* Those who have rested long enough. */
static void
come(struct crowd *crowd, struct group *group)
{
	struct client *client;

	for (int i = 0; i < CONNECTS_A_TURN && may_come(crowd, group); i++) {
		client = TAILQ_FIRST(&group->resting);
		if (client == NULL ||
		    !is_over(crowd, client->entered_us, group->pace_ms))
			return;
		crowd->arrivals += is_ordinary(group);
		crowd_reach(crowd, client, clock_monotonic_us());
	}
}

/* How many have been due by now, whatever has become of those before. */
static uint64_t
count_due(const struct crowd *crowd)
{
	uint64_t due = schedule_count(crowd->settings->schedule,
	    crowd->now_us - crowd->began_us);

	return due < crowd->arrivals_max ? due : crowd->arrivals_max;
}

static uint64_t
next_due_us(const struct crowd *crowd)
{
	return crowd->began_us +
	    schedule_due_us(crowd->settings->schedule, crowd->arrivals);
}

/* Whether the next one has waited for longer than anybody does. */
static bool
has_waited_too_long(const struct crowd *crowd)
{
	return crowd->settings->waits_for_turn &&
	    is_over(crowd, next_due_us(crowd), crowd->settings->patience_ms);
}

/* Nobody asks the next one. */
static void
give_up(struct crowd *crowd, struct group *group)
{
	if (crowd->settings->waits_for_turn)
		group->tally.outcomes[OUTCOME_LATE]++;
	else
		group->tally.missed++;
	crowd->arrivals++;
}

static void
reach_due(struct crowd *crowd, struct client *client)
{
	uint64_t due_us = next_due_us(crowd);

	crowd->arrivals++;
	crowd_reach(crowd, client, due_us);
}

static void
arrive(struct crowd *crowd, struct group *group)
{
	uint64_t due = count_due(crowd);

	while (crowd->arrivals < due && !has_failed(crowd)) {
		struct client *client = TAILQ_FIRST(&group->resting);

		if (has_waited_too_long(crowd))
			give_up(crowd, group);
		else if (client != NULL)
			reach_due(crowd, client);
		else if (crowd->settings->waits_for_turn)
			return;
		else
			give_up(crowd, group);
	}
}

static void
step(struct crowd *crowd, struct group *group)
{
	if (group->kind->says == SAYS_A_BYTE)
		dribble(crowd, group);
	if (is_ordinary(group))
		lose_patience(crowd, group);
	if (crowd->is_leaving)
		return;
	if (is_ordinary(group) && crowd->settings->schedule != NULL)
		arrive(crowd, group);
	else
		come(crowd, group);
}

/* How long nothing is to be done but what epoll tells. */
static uint64_t
turn_us(const struct crowd *crowd)
{
	const struct group *group = &crowd->groups[KIND_ORDINARY];
	uint64_t due_us, now_us = clock_monotonic_us();

	if (crowd->is_leaving || group->count == 0 ||
	    TAILQ_EMPTY(&group->resting) || !may_come(crowd, group))
		return TURN_US;
	if (crowd->settings->schedule == NULL)
		return group->pace_ms == 0 ? 0 : TURN_US;
	due_us = next_due_us(crowd);
	if (due_us <= now_us)
		return 0;
	return due_us - now_us < TURN_US ? due_us - now_us : TURN_US;
}

/*
 * epoll_wait() knows milliseconds only, so ppoll() waits for what is due
 * sooner.  What is spent in waiting is idle time.
 */
static int
await_events(struct crowd *crowd, struct epoll_event *events)
{
	uint64_t wait_us = turn_us(crowd), began_us;
	int ready;

	if (wait_us == 0)
		return epoll_wait(crowd->epoll, events, EVENTS, 0);
	began_us = clock_monotonic_us();
	if (wait_us < TURN_US)
		ppoll(&(struct pollfd){ crowd->epoll, POLLIN, 0 }, 1,
		    &(struct timespec){ .tv_nsec = (long)wait_us * 1000 },
		    NULL);
	ready = epoll_wait(crowd->epoll, events, EVENTS,
	    wait_us < TURN_US ? 0 : TURN_US / 1000);
	crowd->idle_us += clock_monotonic_us() - began_us;
	return ready;
}

/* Whoever has an answer asks again before others are heard. */
static void
handle(struct crowd *crowd, const struct epoll_event *event)
{
	struct client *client = event->data.ptr;
	struct group *group = client->group;

	crowd_go_on(crowd, client, event->events);
	if (client->descriptor < 0 && is_ordinary(group) &&
	    crowd->settings->schedule == NULL && !crowd->is_leaving)
		come(crowd, group);
}

bool
crowd_turn(struct crowd *crowd)
{
	struct epoll_event events[EVENTS];
	int ready = await_events(crowd, events);

	crowd->now_us = clock_monotonic_us();
	for (int i = 0; i < ready; i++)
		handle(crowd, &events[i]);
	for (unsigned i = 0; i < KINDS; i++)
		if (crowd->groups[i].count > 0)
			step(crowd, &crowd->groups[i]);
	return !has_failed(crowd);
}

const struct fault *
crowd_fault(const struct crowd *crowd)
{
	return &crowd->fault;
}

enum err
crowd_open(struct crowd **crowd, const struct crowd_settings *settings,
    struct fault *fault)
{
	struct crowd *c = calloc(1, sizeof *c);

	assert(c != NULL);
	*crowd = NULL;
	c->settings = settings;
	c->now_us = clock_monotonic_us();
	c->began_us = c->now_us;
	c->arrivals_max = UINT64_MAX;
	c->is_spread = settings->route->spread != ROUTE_SPREAD_LATE;
	c->reuses_sockets = settings->schedule == NULL &&
	    settings->pause_ms == 0 &&
	    settings->route->spread != ROUTE_SPREAD_EACH &&
	    route_is_local(settings->route);
	c->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (c->epoll < 0) {
		free(c);
		return fault_set(fault, ERR_WORLD, "epoll_create1: %s",
		    strerror(errno));
	}
	*crowd = c;
	return ERR_NONE;
}

static void
close_group(struct group *group)
{
	for (unsigned i = 0; i < group->count; i++) {
		if (group->clients[i].descriptor >= 0)
			close(group->clients[i].descriptor);
		if (group->clients[i].spare >= 0)
			close(group->clients[i].spare);
		free(group->clients[i].answer);
	}
	free(group->clients);
}

void
crowd_close(struct crowd **crowd)
{
	struct crowd *c = *crowd;

	*crowd = NULL;
	if (c == NULL)
		return;
	for (unsigned i = 0; i < KINDS; i++)
		close_group(&c->groups[i]);
	close(c->epoll);
	free(c);
}

void
crowd_add(struct crowd *crowd, enum kind_name kind, unsigned count)
{
	struct group *group = &crowd->groups[kind];

	group->kind = &kinds[kind];
	group->pace_ms = kind == KIND_ORDINARY ? crowd->settings->pause_ms
					       : kinds[kind].pace_ms;
	group->clients = calloc(count, sizeof *group->clients);
	assert(group->clients != NULL);
	group->count = count;
	TAILQ_INIT(&group->resting);
	TAILQ_INIT(&group->reaching);
	TAILQ_INIT(&group->talking);
	for (unsigned i = 0; i < count; i++) {
		group->clients[i].group = group;
		group->clients[i].descriptor = -1;
		group->clients[i].spare = -1;
		enter(crowd, &group->clients[i], &group->resting);
	}
	if (kind == KIND_ORDINARY)
		crowd_measure(crowd, UINT64_MAX);
}

void
crowd_measure(struct crowd *crowd, uint64_t questions_max)
{
	struct group *group = &crowd->groups[KIND_ORDINARY];

	for (unsigned i = 0; i < group->count; i++)
		group->clients[i].counts = false;
	group->tally = (struct tally){ 0 };
	crowd->began_us = clock_monotonic_us();
	crowd->arrivals = 0;
	crowd->arrivals_max = questions_max;
}

void
crowd_stop(struct crowd *crowd)
{
	crowd->now_us = clock_monotonic_us();
	crowd->arrivals_max = crowd->settings->schedule != NULL ?
	    count_due(crowd) : crowd->arrivals;
}

void
crowd_leave(struct crowd *crowd)
{
	crowd->is_leaving = true;
}

bool
crowd_has_come(const struct crowd *crowd)
{
	for (unsigned i = 0; i < KINDS; i++)
		if (kinds[i].holds &&
		    crowd->groups[i].tally.reached < crowd->groups[i].count)
			return false;
	return true;
}

bool
crowd_is_done(const struct crowd *crowd)
{
	return crowd->arrivals >= crowd->arrivals_max &&
	    TAILQ_EMPTY(&crowd->groups[KIND_ORDINARY].reaching);
}

unsigned
crowd_count(const struct crowd *crowd, enum kind_name kind)
{
	return crowd->groups[kind].connected;
}

uint64_t
crowd_offered(const struct crowd *crowd)
{
	return crowd->arrivals;
}

uint64_t
crowd_idle_us(const struct crowd *crowd)
{
	return crowd->idle_us;
}

const struct tally *
crowd_tally(const struct crowd *crowd, enum kind_name kind)
{
	return &crowd->groups[kind].tally;
}
