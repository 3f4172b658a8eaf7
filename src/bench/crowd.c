#include <config.h>

#include "bench/crowd.h"

#include "bench/crowd_state.h"
#include "bench/protocol.h"
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
	REFUSED_MS = 10,
};

void
crowd_fail(struct crowd *crowd, const char *what)
{
	if (crowd->fault.code == ERR_NONE)
		fault_set(&crowd->fault, ERR_WORLD, "%s: %s", what,
		    strerror(errno));
}

bool
crowd_has_failed(const struct crowd *crowd)
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
	struct asking *oldest;

	while ((oldest = TAILQ_FIRST(&group->under_way)) != NULL &&
	       is_over(crowd, oldest->began_us, crowd->settings->patience_ms))
		crowd_finish(crowd, oldest->client,
		    oldest->client->is_talking ? OUTCOME_LATE :
		    OUTCOME_UNREACHED);
}

static bool
is_ordinary(const struct group *group)
{
	return group->kind == &kinds[KIND_ORDINARY];
}

bool
crowd_may_come(const struct crowd *crowd, const struct group *group)
{
	return !crowd->is_leaving && !crowd_has_failed(crowd) &&
	    (!is_ordinary(group) || crowd->arrivals < crowd->arrivals_max);
}

/* Where nobody listens nobody tries again at once, which would keep us busy. */
static bool
was_just_refused(const struct crowd *crowd)
{
	return crowd->refused_us != 0 &&
	    !is_over(crowd, crowd->refused_us, REFUSED_MS);
}

/* Those who have rested long enough. */
static void
come(struct crowd *crowd, struct group *group)
{
	struct client *client;

	for (int i = 0; i < CONNECTS_A_TURN && crowd_may_come(crowd, group) &&
	    !was_just_refused(crowd); i++) {
		client = TAILQ_FIRST(&group->resting);
		if (client == NULL ||
		    !is_over(crowd, client->entered_us, group->pace_ms))
			return;
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

/* Who has a connection asks on it before somebody else makes one. */
static struct client *
next_client(const struct group *group)
{
	return !TAILQ_EMPTY(&group->free) ? TAILQ_FIRST(&group->free) :
	    TAILQ_FIRST(&group->resting);
}

static void
reach_due(struct crowd *crowd, struct client *client)
{
	if (client->descriptor < 0)
		crowd_reach(crowd, client, next_due_us(crowd));
	else
		crowd_reach_again(crowd, client, next_due_us(crowd));
}

static void
arrive(struct crowd *crowd, struct group *group)
{
	uint64_t due = count_due(crowd);

	while (crowd->arrivals < due && !crowd_has_failed(crowd)) {
		struct client *client = next_client(group);

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

	if (group->count == 0 || next_client(group) == NULL ||
	    !crowd_may_come(crowd, group))
		return TURN_US;
	if (crowd->settings->schedule == NULL)
		return group->pace_ms == 0 && !was_just_refused(crowd) ? 0 :
		    TURN_US;
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
	    crowd->settings->schedule == NULL)
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
	return !crowd_has_failed(crowd);
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
	assert(settings->pipeline > 0);
	assert(settings->protocol->has_sessions ||
	    (settings->session == 1 && settings->pipeline == 1));
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
		free(group->clients[i].words);
	}
	free(group->clients);
	free(group->askings);
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

static void
init_group(struct group *group, const struct crowd_settings *settings,
    enum kind_name kind, unsigned count)
{
	bool is_measured = kind == KIND_ORDINARY;

	group->kind = &kinds[kind];
	group->pace_ms = is_measured ? settings->pause_ms :
	    kinds[kind].pace_ms;
	group->clients = calloc(count, sizeof *group->clients);
	assert(group->clients != NULL);
	group->count = count;
	/* And the farewell. */
	group->askings_max = is_measured ? settings->pipeline + 1 : 1;
	group->askings = calloc((size_t)count * group->askings_max,
	    sizeof *group->askings);
	assert(group->askings != NULL);
	TAILQ_INIT(&group->under_way);
	TAILQ_INIT(&group->resting);
	TAILQ_INIT(&group->reaching);
	TAILQ_INIT(&group->talking);
	TAILQ_INIT(&group->free);
}

void
crowd_add(struct crowd *crowd, enum kind_name kind, unsigned count)
{
	struct group *group = &crowd->groups[kind];

	init_group(group, crowd->settings, kind, count);
	for (unsigned i = 0; i < count; i++) {
		struct client *client = &group->clients[i];

		client->group = group;
		client->descriptor = client->spare = -1;
		client->askings =
		    group->askings + (size_t)i * group->askings_max;
		enter(crowd, client, &group->resting);
	}
	if (kind == KIND_ORDINARY)
		crowd_measure(crowd, UINT64_MAX);
}

void
crowd_measure(struct crowd *crowd, uint64_t questions_max)
{
	struct group *group = &crowd->groups[KIND_ORDINARY];
	struct asking *asking;

	TAILQ_FOREACH (asking, &group->under_way, link)
		asking->counts = false;
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
crowd_has_reached(const struct crowd *crowd)
{
	return crowd->has_reached;
}

bool
crowd_was_refused(const struct crowd *crowd)
{
	return crowd->refused_us != 0;
}

bool
crowd_is_done(const struct crowd *crowd)
{
	return crowd->arrivals >= crowd->arrivals_max &&
	    TAILQ_EMPTY(&crowd->groups[KIND_ORDINARY].under_way);
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
