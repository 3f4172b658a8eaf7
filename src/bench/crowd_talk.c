#include <config.h>

#include "bench/crowd_state.h"

#include "bench/protocol.h"
#include "bench/route.h"
#include "sys/clock.h"

#include <assert.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	ENDLESS_BYTES = 64 << 10,
	PIECES_A_TURN = 64,
	RECEIVE_BYTES = 1024,
	SEGMENT_BYTES = 536,
};

static const uint32_t failed_events = EPOLLERR | EPOLLHUP;

/* With a reset, whatever there is to read. */
static void
slam(struct crowd *crowd, struct client *client)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(client->descriptor, SOL_SOCKET, SO_LINGER, &at_once,
	    sizeof at_once);
	crowd_finish(crowd, client, OUTCOME_LEFT);
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

/*
 * Let the question itself complete the handshake, as it follows at once: one
 * packet less for both sides.  To the side that connects the option means that,
 * and unlike TCP_QUICKACK it outlasts the connection.
 */
static void
save_handshake(int descriptor)
{
	int yes = 1;

	setsockopt(descriptor, IPPROTO_TCP, TCP_DEFER_ACCEPT, &yes, sizeof yes);
}

/* To the next address; the kernel chooses the port when it connects. */
static bool
bind_source(struct crowd *crowd, int descriptor)
{
	const struct route *route = crowd->settings->route;
	struct sockaddr_in source = { .sin_family = AF_INET };
	int yes = 1;

	source.sin_addr.s_addr = htonl(route->source +
	    crowd->next_source++ % route->source_count);
	setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes,
	    sizeof yes);
	return bind(descriptor, (void *)&source, sizeof source) == 0;
}

/*
 * Keep the socket where the server has ended the connection: to make one, and
 * to watch it, is a fifth of what a question costs here.  Only on this machine,
 * whose kernel has exchanged the last packets before shutdown() returns: what
 * is disconnected sends none again that were lost.
 */
static bool
disconnect(const struct crowd *crowd, const struct client *client)
{
	static const struct sockaddr nobody = { .sa_family = AF_UNSPEC };

	return crowd->reuses_sockets && client->was_closed &&
	    client->group->kind->says == SAYS_QUESTION &&
	    shutdown(client->descriptor, SHUT_WR) == 0 &&
	    connect(client->descriptor, &nobody, sizeof nobody) == 0;
}

static void
hang_up(struct crowd *crowd, struct client *client)
{
	if (disconnect(crowd, client))
		client->spare = client->descriptor;
	else
		close(client->descriptor);
	client->descriptor = -1;
}

/* What comes of the questions behind one with this outcome, when it is over. */
static enum outcome
outcome_behind(enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_ANSWERED:
	case OUTCOME_WRONG:
	case OUTCOME_DENIED:
	case OUTCOME_EMPTY:
	case OUTCOME_CUT:
		return OUTCOME_EMPTY;
	case OUTCOME_RESET:
	case OUTCOME_REFUSED:
	case OUTCOME_UNREACHED:
	case OUTCOME_LATE:
	case OUTCOME_LEFT:
		return outcome;
	}
	assert(false && "an outcome of another kind");
}

void
crowd_finish(struct crowd *crowd, struct client *client, enum outcome outcome)
{
	struct group *group = client->group;

	if (outcome == OUTCOME_REFUSED)
		crowd->refused_us = crowd->now_us;
	while (client->under_way > 0) {
		crowd_settle(client, outcome);
		outcome = outcome_behind(outcome);
	}
	hang_up(crowd, client);
	group->connected -= client->is_talking;
	client->is_talking = false;
	crowd_move(crowd, client, &group->resting);
}

/* -1: the crowd has failed. */
static int
open_socket(struct crowd *crowd, const struct kind *kind)
{
	int descriptor = socket(crowd->settings->route->server.any.sa_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (descriptor < 0) {
		crowd_fail(crowd, "socket");
		return -1;
	}
	if (kind->says == SAYS_LARGE)
		narrow(descriptor);
	if (kind->says == SAYS_QUESTION)
		save_handshake(descriptor);
	if (!crowd->is_spread || bind_source(crowd, descriptor))
		return descriptor;
	crowd_fail(crowd, "bind");
	close(descriptor);
	return -1;
}

/* Of these events from now on, and at once of those that there are. */
static void
watch_for(struct crowd *crowd, struct client *client, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = client };

	if (epoll_ctl(crowd->epoll,
		client->watched == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD,
		client->descriptor, &event) != 0)
		crowd_fail(crowd, "epoll_ctl");
	client->watched = events;
}

static void
watch(struct crowd *crowd, struct client *client)
{
	uint32_t events = EPOLLIN | EPOLLRDHUP | EPOLLET;

	if (!client->is_talking || client->words_length > 0 ||
	    client->group->kind->says == SAYS_ENDLESS)
		events |= EPOLLOUT;
	if (events != client->watched)
		watch_for(crowd, client, events);
}

/* What `error` says about a connection that has come so far. */
static enum outcome
outcome_of(const struct client *client, int error)
{
	if (error == ETIMEDOUT)
		return client->is_talking ? OUTCOME_LATE : OUTCOME_UNREACHED;
	return client->is_talking ? OUTCOME_RESET : OUTCOME_REFUSED;
}

static int
take_error(int descriptor)
{
	int error = 0;
	socklen_t size = sizeof error;

	getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
	return error;
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

/*
 * All that an ordinary one has to say, in one write.  False: errno says why the
 * kernel takes nothing of it.
 */
static bool
say_words(struct client *client)
{
	ssize_t sent = send(client->descriptor, client->words,
	    client->words_length, MSG_NOSIGNAL);

	if (sent < 0)
		return false;
	client->words_length -= (size_t)sent;
	memmove(client->words, client->words + sent, client->words_length);
	return true;
}

/* What is left is said when the kernel tells that it has room. */
static void
go_on_saying(struct crowd *crowd, struct client *client)
{
	if (!client->is_talking || client->words_length == 0)
		return;
	(void)say_words(client); /* a connection that failed is heard of */
	if (client->words_length > 0)
		watch(crowd, client);
}

static void
note_talking(struct crowd *crowd, struct client *client)
{
	crowd->has_reached = client->is_talking = true;
	client->group->connected++;
	client->group->tally.reached++;
}

/*
 * On loopback the connection is there by now, and what is said at once saves
 * the wait for it.  Else the kernel says so, and watch() waits.
 */
static void
speak_at_once(struct crowd *crowd, struct client *client)
{
	if (say_words(client))
		note_talking(crowd, client);
	else if (errno != EAGAIN)
		crowd_finish(crowd, client, outcome_of(client, errno));
}

/* The ports of one address have run out: from now on there are others. */
static bool
spread(struct crowd *crowd, const struct client *client)
{
	if (crowd->is_spread || crowd->settings->route->source_count == 0)
		return false;
	crowd->is_spread = true;
	return bind_source(crowd, client->descriptor);
}

/* True: it is connected, or will be. */
static bool
begin_connecting(struct crowd *crowd, const struct client *client)
{
	const struct route *route = crowd->settings->route;

	while (connect(client->descriptor, &route->server.any,
		   route->server_length) != 0) {
		if (errno == EINPROGRESS)
			return true;
		if (errno != EADDRNOTAVAIL)
			return false;
		if (!spread(crowd, client)) {
			errno = EADDRNOTAVAIL;
			crowd_fail(crowd, "connect");
			return false;
		}
	}
	return true;
}

static void
connect_client(struct crowd *crowd, struct client *client)
{
	if (!begin_connecting(crowd, client)) {
		crowd_finish(crowd, client, outcome_of(client, errno));
		return;
	}
	if (client->group->kind->says == SAYS_QUESTION)
		speak_at_once(crowd, client);
	if (client->descriptor >= 0)
		watch(crowd, client);
}

/* False: the crowd has failed. */
static bool
take_socket(struct crowd *crowd, struct client *client)
{
	if (client->spare >= 0) {
		client->descriptor = client->spare;
		client->spare = -1;
		return true;
	}
	client->watched = 0;
	client->descriptor = open_socket(crowd, client->group->kind);
	return client->descriptor >= 0;
}

static bool
is_in_closed_loop(const struct crowd *crowd, const struct client *client)
{
	return client->group->kind->says == SAYS_QUESTION &&
	    crowd->settings->schedule == NULL;
}

/* At a rate, among those who can be asked to ask, or not any more. */
static void
place(struct crowd *crowd, struct client *client)
{
	struct group *group = client->group;

	crowd_move(crowd, client,
	    crowd->settings->schedule != NULL && crowd_has_room(crowd, client) ?
	    &group->free : &group->reaching);
}

void
crowd_reach(struct crowd *crowd, struct client *client, uint64_t began_us)
{
	if (!take_socket(crowd, client))
		return;
	crowd_begin_session(client);
	crowd_ask(crowd, client, began_us);
	if (is_in_closed_loop(crowd, client))
		crowd_ask_all(crowd, client);
	place(crowd, client);
	connect_client(crowd, client);
}

void
crowd_reach_again(struct crowd *crowd, struct client *client,
    uint64_t began_us)
{
	crowd_ask(crowd, client, began_us);
	place(crowd, client);
	go_on_saying(crowd, client);
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

void
crowd_speak(struct crowd *crowd, struct client *client)
{
	struct span question = crowd_oldest(client)->question.text;

	switch (client->group->kind->says) {
	case SAYS_NOTHING:
		break;
	case SAYS_A_BYTE:
		say(client, (struct span){ "x", 1 });
		break;
	case SAYS_QUESTION:
		go_on_saying(crowd, client);
		break;
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

	note_talking(crowd, client);
	if (group->kind->says != SAYS_QUESTION)
		crowd_move(crowd, client, &group->talking);
	if (group->kind->hears == HEARS_NOT)
		crowd_finish(crowd, client, OUTCOME_LEFT);
	else
		crowd_speak(crowd, client);
}

/* Of recv(): the answer goes on, has ended, or the connection has failed. */
static void
end_hearing(struct crowd *crowd, struct client *client, ssize_t got)
{
	if (got >= 0) {
		client->was_closed = true;
		client->heard_us = clock_monotonic_us();
		crowd_finish(crowd, client, crowd_judge_end(crowd, client));
	} else if (errno != EAGAIN)
		crowd_finish(crowd, client, outcome_of(client, errno));
}

/*
 * All that there is, up to a turn's worth: it may have no end, and the others
 * have their turn.  The kernel tells of more and of the end by another event,
 * unless it has told of the end by now: what was read then is all.
 */
static void
hear(struct crowd *crowd, struct client *client, uint32_t events)
{
	bool has_ended = (events & (EPOLLRDHUP | failed_events)) == EPOLLRDHUP;
	unsigned pieces = 0;
	ssize_t got;

	do {
		got = recv(client->descriptor, crowd->piece,
		    sizeof crowd->piece, 0);
		if (got > 0)
			crowd_take_in(crowd, client,
			    (struct span){ crowd->piece, (size_t)got });
	} while (++pieces < PIECES_A_TURN && (got == sizeof crowd->piece ||
	    (got > 0 && (events & failed_events) != 0)));
	if (crowd_has_heard_too_much(crowd, client))
		crowd_finish(crowd, client, OUTCOME_WRONG);
	else if (got > 0 && pieces == PIECES_A_TURN)
		watch_for(crowd, client, client->watched);
	else if (got <= 0 || has_ended)
		end_hearing(crowd, client, got);
}

/* On the same connection, when it has answers. */
static void
ask_again(struct crowd *crowd, struct client *client)
{
	if (client->descriptor < 0 ||
	    client->group->kind->says != SAYS_QUESTION ||
	    !crowd->settings->protocol->has_sessions)
		return;
	if (is_in_closed_loop(crowd, client)) {
		crowd_ask_all(crowd, client);
		go_on_saying(crowd, client);
	} else
		place(crowd, client);
}

static void
hear_a_byte(struct crowd *crowd, struct client *client)
{
	ssize_t got = recv(client->descriptor, crowd->piece, 1, 0);

	if (got > 0)
		slam(crowd, client);
	else
		end_hearing(crowd, client, got);
}

static void
listen_to_server(struct crowd *crowd, struct client *client, uint32_t events)
{
	switch (client->group->kind->hears) {
	case HEARS_ALL:
		hear(crowd, client, events);
		ask_again(crowd, client);
		break;
	case HEARS_A_BYTE:
		hear_a_byte(crowd, client);
		break;
	case HEARS_NOTHING:
		if ((events & (failed_events | EPOLLRDHUP)) != 0)
			crowd_finish(crowd, client, OUTCOME_EMPTY);
		break;
	case HEARS_NOT:
		break;
	}
}

/* Without an error the event is of the last connection of this socket. */
static void
fail_to_reach(struct crowd *crowd, struct client *client)
{
	int error = take_error(client->descriptor);

	if (error != 0)
		crowd_finish(crowd, client, outcome_of(client, error));
}

void
crowd_go_on(struct crowd *crowd, struct client *client, uint32_t events)
{
	const struct kind *kind = client->group->kind;

	if (client->descriptor < 0)
		return; /* of a spare socket: its last connection has ended */
	if (!client->is_talking && (events & failed_events) != 0) {
		fail_to_reach(crowd, client);
		return;
	}
	if (!client->is_talking)
		begin_talk(crowd, client);
	else if (kind->says == SAYS_ENDLESS && (events & EPOLLOUT) != 0)
		say_more(crowd, client);
	else if ((events & EPOLLOUT) != 0)
		go_on_saying(crowd, client);
	if (client->is_talking)
		listen_to_server(crowd, client, events);
}
