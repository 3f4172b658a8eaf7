#include <config.h>

#include "crowd.h"

#include "answers.h"
#include "die.h"

#include "base/span.h"
#include "sys/clock.h"

#include <assert.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	EVENTS = 256,
	TURN_MS = 5,
	CONNECTS_A_TURN = 64, /* of one kind: let the others be heard */
	PIECE_BYTES = 16 << 10,
	ENDLESS_BYTES = 64 << 10,
	RECEIVE_BYTES = 1024,
	SEGMENT_BYTES = 536,
};

struct client {
	TAILQ_ENTRY(client) link;
	struct group *group;
	uint64_t entered_us; /* its list */
	uint64_t began_us;
	int descriptor;
	unsigned question;
	size_t said;
	size_t heard;
	bool is_talking;
	bool is_wrong;
	bool is_refused;
};

TAILQ_HEAD(client_list, client);

struct group {
	const struct kind *kind;
	unsigned pace_ms;
	unsigned count;
	struct client *clients;
	struct client_list resting, reaching, talking;
	unsigned connected;
	struct tally tally;
};

struct crowd {
	const struct crowd_settings *settings;
	int epoll;
	uint64_t now_us;
	uint64_t arrivals_began_us;
	uint64_t arrivals;
	uint32_t next_source;
	unsigned next_question;
	bool is_leaving;
	char piece[PIECE_BYTES];
	struct group groups[KINDS];
};

const char *const outcome_names[OUTCOMES] = {
	[OUTCOME_ANSWERED] = "answered",
	[OUTCOME_WRONG] = "wrong",
	[OUTCOME_REFUSED] = "refused",
	[OUTCOME_DROPPED] = "dropped",
	[OUTCOME_RESET] = "reset",
	[OUTCOME_UNREACHED] = "unreached",
	[OUTCOME_LATE] = "late",
	[OUTCOME_LEFT] = "left",
};

static void
enter(struct crowd *crowd, struct client *client, struct client_list *list)
{
	client->entered_us = crowd->now_us;
	TAILQ_INSERT_TAIL(list, client, link);
}

static struct client_list *
list_of(struct client *client)
{
	if (client->descriptor < 0)
		return &client->group->resting;
	return client->is_talking ? &client->group->talking
				  : &client->group->reaching;
}

static void
move(struct crowd *crowd, struct client *client, struct client_list *list)
{
	TAILQ_REMOVE(list_of(client), client, link);
	enter(crowd, client, list);
}

/* The end of a connection, and what it was. */
static void
finish(struct crowd *crowd, struct client *client, enum outcome outcome)
{
	struct group *group = client->group;

	move(crowd, client, &group->resting);
	close(client->descriptor);
	client->descriptor = -1;
	group->connected -= client->is_talking;
	client->is_talking = false;
	group->tally.outcomes[outcome]++;
	if (outcome == OUTCOME_ANSWERED)
		latency_add(&group->tally.us, crowd->now_us - client->began_us);
}

/* With a reset, whatever there is to read. */
static void
slam(struct crowd *crowd, struct client *client)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(client->descriptor, SOL_SOCKET, SO_LINGER, &at_once,
	    sizeof at_once);
	finish(crowd, client, OUTCOME_LEFT);
}

/*
 * So that the server's kernel, too, takes little of what this client will not
 * read: it makes room for so many segments, and those of loopback are huge.
 */
static void
narrow(int descriptor)
{
	int bytes = RECEIVE_BYTES, segment = SEGMENT_BYTES;

	setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
	setsockopt(descriptor, IPPROTO_TCP, TCP_MAXSEG, &segment,
	    sizeof segment);
}

/* Bound to the next address; the kernel chooses the port when it connects. */
static int
open_socket(struct crowd *crowd, const struct kind *kind)
{
	const struct crowd_settings *settings = crowd->settings;
	struct sockaddr_in source = { .sin_family = AF_INET };
	int yes = 1;
	int descriptor =
	    socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (descriptor < 0)
		die("socket");
	source.sin_addr.s_addr = htonl(settings->source +
	    crowd->next_source++ % settings->source_count);
	setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes,
	    sizeof yes);
	if (kind->says == SAYS_LARGE)
		narrow(descriptor);
	if (bind(descriptor, (void *)&source, sizeof source) != 0)
		die("bind");
	return descriptor;
}

static void
watch(struct crowd *crowd, struct client *client)
{
	struct epoll_event event = {
		.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
		.data.ptr = client,
	};

	if (epoll_ctl(crowd->epoll, EPOLL_CTL_ADD, client->descriptor,
	    &event) != 0)
		die("epoll_ctl");
}

static unsigned
choose_question(struct crowd *crowd, const struct kind *kind)
{
	const struct answers *answers = crowd->settings->answers;

	if (kind->says == SAYS_LARGE)
		return answers_largest(answers);
	return crowd->next_question++ % answers_count(answers);
}

static void
reach(struct crowd *crowd, struct client *client)
{
	const struct sockaddr_in *server = &crowd->settings->server;
	struct group *group = client->group;

	TAILQ_REMOVE(&group->resting, client, link);
	client->descriptor = open_socket(crowd, group->kind);
	client->question = choose_question(crowd, group->kind);
	client->said = client->heard = 0;
	client->is_wrong = client->is_refused = false;
	client->began_us = crowd->now_us;
	enter(crowd, client, &group->reaching);
	if (connect(client->descriptor, (const void *)server, sizeof *server) ==
		0 ||
	    errno == EINPROGRESS)
		watch(crowd, client);
	else
		finish(crowd, client, OUTCOME_UNREACHED);
}

/* What the kernel does not take is said never: it is little, or nonsense. */
static void
say(struct client *client, struct span bytes)
{
	ssize_t sent =
	    send(client->descriptor, bytes.data, bytes.length, MSG_NOSIGNAL);

	if (sent > 0)
		client->said += (size_t)sent;
}

static void
say_garbage(struct crowd *crowd, struct client *client)
{
	size_t length = 1 + (size_t)rand() % 1000;

	for (size_t i = 0; i < length; i++)
		crowd->piece[i] = (char)rand();
	crowd->piece[length - 1] = '\n';
	say(client, (struct span){ crowd->piece, length });
}

static void
say_more(struct crowd *crowd, struct client *client)
{
	memset(crowd->piece, 'x', sizeof crowd->piece);
	if (client->said < ENDLESS_BYTES)
		say(client, (struct span){ crowd->piece, sizeof crowd->piece });
}

static void
speak(struct crowd *crowd, struct client *client)
{
	struct span question =
	    answers_question(crowd->settings->answers, client->question);

	switch (client->group->kind->says) {
	case SAYS_NOTHING:
		break;
	case SAYS_A_BYTE:
		say(client, (struct span){ "x", 1 });
		break;
	case SAYS_QUESTION:
	case SAYS_LARGE:
		say(client, question);
		break;
	case SAYS_HALF:
		question.length /= 2;
		say(client, question);
		break;
	case SAYS_GARBAGE:
		say_garbage(crowd, client);
		break;
	case SAYS_ENDLESS:
		say_more(crowd, client);
		break;
	}
}

static void
begin_talk(struct crowd *crowd, struct client *client)
{
	struct group *group = client->group;

	move(crowd, client, &group->talking);
	client->is_talking = true;
	group->connected++;
	group->tally.reached++;
	if (group->kind->hears == HEARS_NOT)
		finish(crowd, client, OUTCOME_LEFT);
	else
		speak(crowd, client);
}

static void
note(struct crowd *crowd, struct client *client, struct span bytes)
{
	if (client->heard == 0)
		client->is_refused = bytes.data[0] == '%';
	if (!answers_match(crowd->settings->answers, client->question,
		client->heard, bytes))
		client->is_wrong = true;
	client->heard += bytes.length;
}

/* The server has closed: was that an answer? */
static enum outcome
judge(const struct crowd *crowd, const struct client *client)
{
	if (client->heard == 0)
		return OUTCOME_DROPPED;
	if (client->group->kind->says != SAYS_QUESTION)
		return OUTCOME_ANSWERED;
	if (!client->is_wrong && answers_is_whole(crowd->settings->answers,
				     client->question, client->heard))
		return OUTCOME_ANSWERED;
	return client->is_refused ? OUTCOME_REFUSED : OUTCOME_WRONG;
}

static void
hear(struct crowd *crowd, struct client *client)
{
	bool enough = client->group->kind->hears == HEARS_A_BYTE;
	ssize_t got;

	do {
		got = recv(client->descriptor, crowd->piece,
		    enough ? 1 : sizeof crowd->piece, 0);
		if (got > 0)
			note(crowd, client,
			    (struct span){ crowd->piece, (size_t)got });
	} while (got > 0 && !enough);
	if (got > 0)
		slam(crowd, client);
	else if (got == 0)
		finish(crowd, client, judge(crowd, client));
	else if (errno != EAGAIN)
		finish(crowd, client, OUTCOME_RESET);
}

static void
go_on(struct crowd *crowd, struct client *client, uint32_t events)
{
	const struct kind *kind = client->group->kind;

	if (!client->is_talking && (events & (EPOLLERR | EPOLLHUP)) != 0) {
		finish(crowd, client, OUTCOME_UNREACHED);
		return;
	}
	if (!client->is_talking)
		begin_talk(crowd, client);
	else if (kind->says == SAYS_ENDLESS && (events & EPOLLOUT) != 0)
		say_more(crowd, client);
	if (!client->is_talking)
		return;
	if (kind->hears != HEARS_NOTHING)
		hear(crowd, client);
	else if ((events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) != 0)
		finish(crowd, client, OUTCOME_DROPPED);
}

static bool
is_over(const struct crowd *crowd, const struct client *client, unsigned ms)
{
	return crowd->now_us - client->entered_us >= ms * UINT64_C(1000);
}

/* The next byte of those who say one at a time. */
static void
dribble(struct crowd *crowd, struct group *group)
{
	struct client *client;

	while ((client = TAILQ_FIRST(&group->talking)) != NULL &&
	       is_over(crowd, client, group->pace_ms)) {
		move(crowd, client, &group->talking);
		speak(crowd, client);
	}
}

static void
lose_patience(struct crowd *crowd, struct client_list *list)
{
	struct client *client;

	while ((client = TAILQ_FIRST(list)) != NULL &&
	       is_over(crowd, client, crowd->settings->patience_ms))
		finish(crowd, client, OUTCOME_LATE);
}

static void
come(struct crowd *crowd, struct group *group)
{
	struct client *client;

	for (int i = 0; i < CONNECTS_A_TURN &&
			(client = TAILQ_FIRST(&group->resting)) != NULL &&
			is_over(crowd, client, group->pace_ms);
	     i++)
		reach(crowd, client);
}

/* As many as are due by now, whatever has become of those before. */
static void
arrive(struct crowd *crowd, struct group *group)
{
	uint64_t due;

	if (crowd->arrivals_began_us == 0)
		crowd->arrivals_began_us = crowd->now_us;
	due = (crowd->now_us - crowd->arrivals_began_us) *
	      crowd->settings->rate / 1000000;
	for (; crowd->arrivals < due; crowd->arrivals++) {
		struct client *client = TAILQ_FIRST(&group->resting);

		if (client != NULL)
			reach(crowd, client);
		else
			group->tally.missed++;
	}
}

static void
step(struct crowd *crowd, struct group *group)
{
	bool is_ordinary = group->kind == &kinds[KIND_ORDINARY];

	if (group->kind->says == SAYS_A_BYTE)
		dribble(crowd, group);
	if (is_ordinary) {
		lose_patience(crowd, &group->reaching);
		lose_patience(crowd, &group->talking);
	}
	if (crowd->is_leaving)
		return;
	if (is_ordinary && crowd->settings->rate > 0)
		arrive(crowd, group);
	else
		come(crowd, group);
}

/* Not at all while an ordinary client may come again at once. */
static int
turn_ms(const struct crowd *crowd)
{
	const struct group *group = &crowd->groups[KIND_ORDINARY];

	if (crowd->is_leaving || group->count == 0)
		return TURN_MS;
	if (crowd->settings->rate > 0)
		return 1;
	return group->pace_ms == 0 && !TAILQ_EMPTY(&group->resting) ? 0
								    : TURN_MS;
}

void
crowd_turn(struct crowd *crowd)
{
	struct epoll_event events[EVENTS];
	int count = epoll_wait(crowd->epoll, events, EVENTS, turn_ms(crowd));

	crowd->now_us = clock_monotonic_us();
	for (int i = 0; i < count; i++)
		go_on(crowd, events[i].data.ptr, events[i].events);
	for (unsigned i = 0; i < KINDS; i++)
		if (crowd->groups[i].count > 0)
			step(crowd, &crowd->groups[i]);
}

struct crowd *
crowd_new(const struct crowd_settings *settings)
{
	struct crowd *crowd = calloc(1, sizeof *crowd);

	assert(crowd != NULL);
	crowd->settings = settings;
	crowd->now_us = clock_monotonic_us();
	crowd->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (crowd->epoll < 0)
		die("epoll_create1");
	return crowd;
}

void
crowd_free(struct crowd **crowd)
{
	struct crowd *c = *crowd;

	*crowd = NULL;
	for (unsigned i = 0; i < KINDS; i++) {
		for (unsigned n = 0; n < c->groups[i].count; n++)
			if (c->groups[i].clients[n].descriptor >= 0)
				close(c->groups[i].clients[n].descriptor);
		free(c->groups[i].clients);
	}
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
		enter(crowd, &group->clients[i], &group->resting);
	}
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

unsigned
crowd_count(const struct crowd *crowd, enum kind_name kind)
{
	return crowd->groups[kind].connected;
}

const struct tally *
crowd_tally(const struct crowd *crowd, enum kind_name kind)
{
	return &crowd->groups[kind].tally;
}
