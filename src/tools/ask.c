#include "tools/ask.h"

#include "net/tcpopen.h"
#include "sys/clock.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PORT = 43, CONNECT_MS = 10000, RECEIVED_MAX = 64 * 1024 };

/* What has come and is not printed yet. */
struct received {
	size_t length;
	size_t total;
	char data[RECEIVED_MAX];
	char shown[3 * RECEIVED_MAX];
};

/* Wait until `fd` is ready for `events`. */
static enum err
await(int fd, short events, uint64_t deadline_ms, struct fault *fault)
{
	struct pollfd pollfd = { .fd = fd, .events = events };

	for (;;) {
		uint64_t now = clock_monotonic_ms();
		int ready = 0;

		if (now < deadline_ms)
			ready = poll(&pollfd, 1, (int)(deadline_ms - now));
		if (ready > 0)
			return ERR_NONE;
		if (ready == 0)
			return fault_set(fault, ERR_WORLD,
			    "no answer in time");
		if (errno != EINTR)
			return fault_set(fault, ERR_WORLD, "%s",
			    strerror(errno));
	}
}

static enum err
send_all(int fd, struct span bytes, uint64_t deadline_ms, struct fault *fault)
{
	while (bytes.length > 0) {
		ssize_t sent = send(fd, bytes.data, bytes.length, MSG_NOSIGNAL);
		enum err err = ERR_NONE;

		if (sent >= 0)
			bytes = span_skip(bytes, (size_t)sent);
		else if (errno == EAGAIN)
			err = await(fd, POLLOUT, deadline_ms, fault);
		else if (errno != EINTR)
			err = fault_set(fault, ERR_WORLD, "%s",
			    strerror(errno));
		if (err != ERR_NONE)
			return err;
	}
	return ERR_NONE;
}

/* The query and its CR LF in one write, as servers expect it. */
static enum err
send_query(const struct ask *ask, int fd, struct fault *fault)
{
	char line[4096];
	struct buf out;

	buf_init(&out, line, sizeof line);
	buf_add(&out, ask->query);
	buf_add_string(&out, "\r\n");
	if (out.overflowed)
		return fault_set(fault, ERR_USAGE, "the query is too long");
	return send_all(fd, buf_span(&out), ask->deadline_ms, fault);
}

/* Print the first `length` bytes of what has come. */
static enum err
show(const struct ask *ask, struct received *received, size_t length,
    struct client_notes *notes, struct fault *fault)
{
	struct span piece = { received->data, length };
	struct buf out;

	buf_init(&out, received->shown, sizeof received->shown);
	client_note(notes, piece);
	client_add_shown(&out, piece, ask->is_terminal);
	received->length -= length;
	memmove(received->data, received->data + length, received->length);
	if (fwrite(out.data, 1, out.length, stdout) < out.length)
		return fault_set(fault, ERR_WORLD, "standard output: %s",
		    strerror(errno));
	return ERR_NONE;
}

/* One read.  `*ended`: the server has closed. */
static enum err
receive_some(int fd, struct received *received, uint64_t deadline_ms,
    bool *ended, struct fault *fault)
{
	enum err err = await(fd, POLLIN, deadline_ms, fault);
	ssize_t got;

	if (err != ERR_NONE)
		return err;
	got = recv(fd, received->data + received->length,
	    sizeof received->data - received->length, 0);
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return ERR_NONE;
	if (got < 0)
		return fault_set(fault, ERR_WORLD, "%s", strerror(errno));
	*ended = got == 0;
	received->length += (size_t)got;
	received->total += (size_t)got;
	if (received->total > ASK_ANSWER_MAX)
		return fault_set(fault, ERR_WORLD, "the answer is longer than"
		    " %d bytes; the rest is left out", ASK_ANSWER_MAX);
	return ERR_NONE;
}

/* Read to the end, printing whole lines as they come. */
static enum err
receive_all(const struct ask *ask, int fd, struct client_notes *notes,
    struct fault *fault)
{
	static struct received received;
	bool ended = false;
	enum err err;

	received.length = received.total = 0;
	do {
		size_t length;

		err = receive_some(fd, &received, ask->deadline_ms, &ended,
		    fault);
		if (err != ERR_NONE)
			return err;
		length = received.length;
		if (!ended)
			length = client_piece_length(
			    (struct span){ received.data, length },
			    length == RECEIVED_MAX);
		err = show(ask, &received, length, notes, fault);
	} while (err == ERR_NONE && !ended);
	return err;
}

enum err
ask_server(const struct ask *ask, const struct server_name *server,
    struct client_notes *notes, bool *server_is_local, struct fault *fault)
{
	const struct tcpopen_settings settings = {
		.connect_ms = CONNECT_MS,
		.deadline_ms = ask->deadline_ms,
		.refuse_local = ask->refuse_local,
	};
	bool is_usual = server->port[0] == '\0' ||
	    strcmp(server->port, "whois") == 0;
	const char *port = is_usual ? "whois" : server->port;
	struct addr peer;
	enum err err;
	int fd;

	*notes = (struct client_notes){ 0 };
	err = tcpopen(&fd, server->host, port, is_usual ? PORT : 0, &settings,
	    fault);
	if (err != ERR_NONE)
		return err;
	peer = tcpopen_peer(fd);
	*server_is_local = addr_is_local(&peer);
	err = send_query(ask, fd, fault);
	if (err == ERR_NONE)
		err = receive_all(ask, fd, notes, fault);
	close(fd);
	return err == ERR_NONE ? err : fault_prefix(fault, "%s", server->host);
}
