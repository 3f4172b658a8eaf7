#include <config.h>

#include "bench/crowd.h"

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
	struct question question;
	size_t said;
	size_t heard;
	char *answer; /* so far; kept where the question expects something */
	size_t answer_max;
	bool is_talking;
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
	bool is_leaving;
	struct fault fault; /* sticky */
	char piece[PIECE_BYTES];
	struct group groups[KINDS];
};

const char *const outcome_names[OUTCOMES] = {
	[OUTCOME_ANSWERED] = "answered",
	[OUTCOME_WRONG] = "wrong",
	[OUTCOME_DENIED] = "denied",
	[OUTCOME_EMPTY] = "empty",
	[OUTCOME_RESET] = "reset",
	[OUTCOME_REFUSED] = "refused",
	[OUTCOME_UNREACHED] = "unreached",
	[OUTCOME_LATE] = "late",
	[OUTCOME_LEFT] = "left",
};

/* The first failure stays: those that follow come from it. */
static void
fail(struct crowd *crowd, const char *what)
{
	if (crowd->fault.code == ERR_NONE)
		fault_set(&crowd->fault, ERR_WORLD, "%s: %s", what,
		    strerror(errno));
}

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

/* To the next address; the kernel chooses the port when it connects. */
static int
bind_source(struct crowd *crowd, int descriptor)
{
	const struct crowd_settings *settings = crowd->settings;
	struct sockaddr_in source = { .sin_family = AF_INET };
	int yes = 1;

	source.sin_addr.s_addr = htonl(settings->source +
	    crowd->next_source++ % settings->source_count);
	setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes,
	    sizeof yes);
	return bind(descriptor, (void *)&source, sizeof source);
}

/* -1: the crowd has failed. */
static int
open_socket(struct crowd *crowd, const struct kind *kind)
{
	int descriptor =
	    socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (descriptor < 0) {
		fail(crowd, "socket");
		return -1;
	}
	if (kind->says == SAYS_LARGE)
		narrow(descriptor);
	if (bind_source(crowd, descriptor) == 0)
		return descriptor;
	fail(crowd, "bind");
	close(descriptor);
	return -1;
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
		fail(crowd, "epoll_ctl");
}

static struct question
choose_question(const struct crowd *crowd, const struct kind *kind)
{
	if (kind->says == SAYS_LARGE)
		return crowd->settings->large;
	return questions_next(crowd->settings->questions);
}

static void
reach(struct crowd *crowd, struct client *client)
{
	const struct sockaddr_in *server = &crowd->settings->server;
	struct group *group = client->group;
	int descriptor = open_socket(crowd, group->kind);

	if (descriptor < 0)
		return;
	TAILQ_REMOVE(&group->resting, client, link);
	client->descriptor = descriptor;
	client->question = choose_question(crowd, group->kind);
	client->said = client->heard = 0;
	client->began_us = crowd->now_us;
	enter(crowd, client, &group->reaching);
	if (connect(client->descriptor, (const void *)server, sizeof *server) ==
		0 ||
	    errno == EINPROGRESS)
		watch(crowd, client);
	else
		finish(crowd, client, OUTCOME_REFUSED);
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
	struct span question = client->question.text;

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
keep(struct client *client, struct span bytes)
{
	if (client->heard + bytes.length > client->answer_max) {
		client->answer_max = 2 * (client->heard + bytes.length);
		client->answer = realloc(client->answer, client->answer_max);
		assert(client->answer != NULL);
	}
	memcpy(client->answer + client->heard, bytes.data, bytes.length);
}

static void
note(struct client *client, struct span bytes)
{
	if (client->question.expects != QUESTION_EXPECTS_ANYTHING)
		keep(client, bytes);
	client->heard += bytes.length;
}

static bool
is_as_expected(const struct question *question, struct span answer)
{
	struct span expected = question->expected;

	switch (question->expects) {
	case QUESTION_EXPECTS_ANYTHING:
		return true;
	case QUESTION_EXPECTS_TO_HOLD:
		return memmem(answer.data, answer.length, expected.data,
			   expected.length) != NULL;
	case QUESTION_EXPECTS_TO_BE:
		return span_equal(answer, expected);
	}
	assert(!"a question expects what there is");
}

/* The server has closed: was that an answer? */
static enum outcome
judge(const struct client *client)
{
	struct span answer = { client->answer, client->heard };

	if (client->heard == 0)
		return OUTCOME_EMPTY;
	if (client->group->kind->says != SAYS_QUESTION ||
	    is_as_expected(&client->question, answer))
		return OUTCOME_ANSWERED;
	return answer.data[0] == '%' ? OUTCOME_DENIED : OUTCOME_WRONG;
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
			note(client,
			    (struct span){ crowd->piece, (size_t)got });
	} while (got > 0 && !enough);
	if (got > 0)
		slam(crowd, client);
	else if (got == 0)
		finish(crowd, client, judge(client));
	else if (errno != EAGAIN)
		finish(crowd, client, OUTCOME_RESET);
}

static void
go_on(struct crowd *crowd, struct client *client, uint32_t events)
{
	const struct kind *kind = client->group->kind;

	if (!client->is_talking && (events & (EPOLLERR | EPOLLHUP)) != 0) {
		finish(crowd, client, OUTCOME_REFUSED);
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
		finish(crowd, client, OUTCOME_EMPTY);
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
lose_patience(
    struct crowd *crowd, struct client_list *list, enum outcome outcome)
{
	struct client *client;

	while ((client = TAILQ_FIRST(list)) != NULL &&
	       is_over(crowd, client, crowd->settings->patience_ms))
		finish(crowd, client, outcome);
}

static void
come(struct crowd *crowd, struct group *group)
{
	struct client *client;

	for (int i = 0; i < CONNECTS_A_TURN && crowd->fault.code == ERR_NONE &&
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
		lose_patience(crowd, &group->reaching, OUTCOME_UNREACHED);
		lose_patience(crowd, &group->talking, OUTCOME_LATE);
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

bool
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
	return crowd->fault.code == ERR_NONE;
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
