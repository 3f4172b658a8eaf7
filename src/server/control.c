#include <config.h>

#include "server/control.h"

#include "base/buf.h"
#include "net/listen.h"
#include "net/service.h"
#include "sys/clock.h"
#include "sys/thread.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	CLIENTS_MAX = 8,
	CLIENT_MS = 5000, /* for the command and its answer together */
	PAUSE_MS = 1000,  /* when no descriptor is left to accept with */
	SOCKET_MODE = 0660,
};

struct client {
	int descriptor; /* -1: the place is free */
	uint64_t until_ms;
	bool is_answered;
	size_t asked; /* bytes of the command so far */
	size_t sent;  /* of the answer */
	struct buf answer;
	char command[CONTROL_COMMAND_MAX];
	char memory[CONTROL_ANSWER_MAX];
};

struct control {
	struct listener *listener;
	char path[PATH_MAX];
	int ending; /* an eventfd */
	bool is_running;
	pthread_t thread;

	/* the thread's */
	struct control_service service;
	uint64_t accept_after_ms;
	struct client clients[CLIENTS_MAX];
};

/* Binding. */

static enum err
make_absolute(char absolute[PATH_MAX], const char *path, struct fault *fault)
{
	char folder[PATH_MAX];
	int length;

	if (path[0] == '/')
		length = snprintf(absolute, PATH_MAX, "%s", path);
	else if (getcwd(folder, sizeof folder) != NULL)
		length = snprintf(absolute, PATH_MAX, "%s/%s", folder, path);
	else
		return fault_set(fault, ERR_WORLD, "the working folder: %s",
		    strerror(errno));
	if (length < 0 || length >= PATH_MAX)
		return fault_set(fault, ERR_REFUSED,
		    "the name of the control socket is too long");
	return ERR_NONE;
}

static enum err
bind_socket(struct control *c, struct fault *fault)
{
	char address[PATH_MAX + sizeof "unix:"];
	int length = snprintf(address, sizeof address, "unix:%s", c->path);
	enum err err = listener_open(&c->listener,
	    (struct span){ address, (size_t)length }, "", 0, NULL, fault);

	return err == ERR_NONE ? err :
	    fault_prefix(fault, "the control socket");
}

enum err
control_open(struct control **control, const char *path, struct fault *fault)
{
	struct control *c = calloc(1, sizeof *c);
	mode_t umask_before;
	enum err err;

	assert(c != NULL);
	for (unsigned i = 0; i < CLIENTS_MAX; i++)
		c->clients[i].descriptor = -1;
	c->ending = -1;
	err = make_absolute(c->path, path, fault);
	umask_before = umask(0777 & ~SOCKET_MODE);
	if (err == ERR_NONE)
		err = bind_socket(c, fault);
	umask(umask_before);
	if (err != ERR_NONE)
		control_close(&c);
	*control = c;
	return err;
}

enum err
control_give(struct control *c, uid_t uid, gid_t gid, struct fault *fault)
{
	/* A link in its place would give away what it leads to. */
	if (lchown(c->path, uid, gid) == 0)
		return ERR_NONE;
	return fault_set(fault, ERR_WORLD, "the control socket %s cannot be "
	    "given to the user to become: %s", c->path, strerror(errno));
}

/* One client. */

static void
client_close(struct client *client)
{
	if (client->descriptor >= 0)
		close(client->descriptor);
	client->descriptor = -1;
}

/* A free place, or that of the client that came first. */
static struct client *
make_room(struct control *c)
{
	struct client *first = &c->clients[0];

	for (unsigned i = 0; i < CLIENTS_MAX; i++) {
		struct client *client = &c->clients[i];

		if (client->descriptor < 0)
			return client;
		if (client->until_ms < first->until_ms)
			first = client;
	}
	client_close(first);
	return first;
}

static void
accept_client(struct control *c, uint64_t now_ms)
{
	struct client *client;
	struct peer ignored;
	int fd = listener_accept(c->listener, &ignored);

	if (fd < 0) {
		if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
			c->accept_after_ms = now_ms + PAUSE_MS;
		return;
	}
	client = make_room(c);
	client->descriptor = fd;
	client->until_ms = now_ms + CLIENT_MS;
	client->is_answered = false;
	client->asked = client->sent = 0;
	buf_init(&client->answer, client->memory, sizeof client->memory);
}

static void
answer(struct control *c, struct client *client)
{
	static const char end[] = "# EOF\n";
	struct span rest = { client->command, client->asked };
	struct span command = span_trim(span_cut(&rest, '\n'));
	struct buf *out = &client->answer;

	c->service.answer(c->service.context, command, out);
	buf_add_string(out, end);
	if (out->overflowed) {
		buf_rewind(out, 0);
		buf_add_string(out, "error: the answer is too long\n");
		buf_add_string(out, end);
	}
	client->is_answered = true;
}

/* A command ends with its line, with what the client sends, or with us. */
static void
read_command(struct control *c, struct client *client)
{
	char *at = client->command + client->asked;
	size_t room = sizeof client->command - client->asked;
	ssize_t n = recv(client->descriptor, at, room, 0);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n < 0 || client->asked + (size_t)n == 0) {
		client_close(client);
		return;
	}
	client->asked += (size_t)n;
	if (n == 0 || (size_t)n == room || memchr(at, '\n', (size_t)n) != NULL)
		answer(c, client);
}

static void
write_answer(struct client *client)
{
	struct span rest = span_skip(buf_span(&client->answer), client->sent);
	ssize_t n = send(client->descriptor, rest.data, rest.length,
	    MSG_NOSIGNAL);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	client->sent += n > 0 ? (size_t)n : 0;
	if (n < 0 || (size_t)n == rest.length)
		client_close(client);
}

static void
serve_client(struct control *c, struct client *client)
{
	if (!client->is_answered)
		read_command(c, client);
	if (client->descriptor >= 0 && client->is_answered)
		write_answer(client);
}

/* All clients. */

enum { POLL_ENDING, POLL_LISTENER, POLL_CLIENTS };
enum { POLLS = POLL_CLIENTS + CLIENTS_MAX };

static void
fill_polls(const struct control *c, struct pollfd polls[POLLS],
    uint64_t now_ms)
{
	bool accepts = now_ms >= c->accept_after_ms;

	polls[POLL_ENDING] = (struct pollfd){ c->ending, POLLIN, 0 };
	polls[POLL_LISTENER] = (struct pollfd){
		accepts ? listener_descriptor(c->listener) : -1, POLLIN, 0
	};
	for (unsigned i = 0; i < CLIENTS_MAX; i++) {
		const struct client *client = &c->clients[i];

		polls[POLL_CLIENTS + i] = (struct pollfd){
			client->descriptor,
			client->is_answered ? POLLOUT : POLLIN, 0
		};
	}
}

/* Cut off who is late; how long poll() may sleep for the others. */
static int
keep_deadlines(struct control *c, uint64_t now_ms)
{
	uint64_t wait_ms = c->accept_after_ms > now_ms ? PAUSE_MS : UINT64_MAX;

	for (unsigned i = 0; i < CLIENTS_MAX; i++) {
		struct client *client = &c->clients[i];

		if (client->descriptor < 0)
			continue;
		if (client->until_ms <= now_ms)
			client_close(client);
		else if (client->until_ms - now_ms < wait_ms)
			wait_ms = client->until_ms - now_ms;
	}
	return wait_ms == UINT64_MAX ? -1 : (int)wait_ms;
}

static void *
run(void *arg)
{
	struct control *c = arg;
	struct pollfd polls[POLLS] = { 0 };

	thread_name("control");
	while (polls[POLL_ENDING].revents == 0) {
		uint64_t now_ms = clock_monotonic_ms();
		int wait_ms = keep_deadlines(c, now_ms);

		fill_polls(c, polls, now_ms);
		if (poll(polls, POLLS, wait_ms) <= 0)
			continue;
		for (unsigned i = 0; i < CLIENTS_MAX; i++)
			if (polls[POLL_CLIENTS + i].revents != 0)
				serve_client(c, &c->clients[i]);
		if (polls[POLL_LISTENER].revents != 0)
			accept_client(c, clock_monotonic_ms());
	}
	return NULL;
}

/* From start to end. */

enum err
control_start(struct control *c, const struct control_service *service,
    struct fault *fault)
{
	sigset_t saved;
	int error;

	c->service = *service;
	c->ending = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (c->ending < 0)
		return fault_set(fault, ERR_WORLD,
		    "cannot start the control thread: %s", strerror(errno));
	saved = thread_block_signals();
	error = pthread_create(&c->thread, NULL, run, c);
	thread_restore_signals(&saved);
	c->is_running = error == 0;
	return error == 0 ? ERR_NONE : fault_set(fault, ERR_WORLD,
	    "cannot start the control thread: %s", strerror(error));
}

void
control_close(struct control **control)
{
	struct control *c = *control;

	*control = NULL;
	if (c == NULL)
		return;
	if (c->is_running) {
		eventfd_write(c->ending, 1);
		MUST_SUCCEED(pthread_join(c->thread, NULL));
	}
	for (unsigned i = 0; i < CLIENTS_MAX; i++)
		client_close(&c->clients[i]);
	if (c->ending >= 0)
		close(c->ending);
	if (c->listener != NULL)
		listener_close(&c->listener);
	free(c);
}
