#include "server/inetd.h"

#include "dir/generation.h"
#include "net/net.h"
#include "net/sockaddr.h"
#include "server/config.h"
#include "server/serving.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/mapped.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* How much we listen to from a client that was answered. */
enum { LINGER_BYTES = 64 << 10 };

/* How long what waits for the log may hold up the end. */
enum { LOG_MS = 500, APOLOGY_MS = 1000 };

static bool
is_socket(int descriptor)
{
	struct stat status;

	return fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode);
}

enum err
inetd_find_peer(int socket, struct peer *peer, struct fault *fault)
{
	union sockaddr_any name = { .any.sa_family = AF_UNSPEC };
	socklen_t size = sizeof name;

	*peer = (struct peer){ .addr.family = ADDR_NONE };
	if (getpeername(socket, &name.any, &size) != 0)
		return fault_set(fault, ERR_REFUSED, "-i: standard input is "
		    "not a connected socket, as inetd gives one (%s); "
		    "--test takes a pipe or a terminal", strerror(errno));
	*peer = sockaddr_peer(&name);
	if (peer->addr.family == ADDR_NONE && name.any.sa_family != AF_UNIX)
		return fault_set(fault, ERR_REFUSED, "-i: standard input is "
		    "neither an Internet nor a UNIX socket");
	return ERR_NONE;
}

/* Wait for `events`; false: the deadline has passed. */
static bool
await(int descriptor, short events, uint64_t deadline_ms)
{
	struct pollfd poller = { .fd = descriptor, .events = events };
	int ready;

	do {
		uint64_t now = clock_monotonic_ms();

		if (now >= deadline_ms)
			return false;
		ready = poll(&poller, 1, (int)(deadline_ms - now));
	} while (ready < 0 && errno == EINTR);
	return ready > 0;
}

/*
 * A socket is written to without blocking, a pipe or a terminal under --test
 * as it is: its O_NONBLOCK would be shared with whoever gave it to us.
 */
static ssize_t
write_some(int to, struct span bytes)
{
	ssize_t sent = send(to, bytes.data, bytes.length,
	    MSG_DONTWAIT | MSG_NOSIGNAL);

	if (sent < 0 && errno == ENOTSOCK)
		sent = write(to, bytes.data, bytes.length);
	if (sent < 0 && (errno == EAGAIN || errno == EINTR))
		sent = 0;
	return sent;
}

/* All of it, as long as there is progress within `progress_ms`. */
static bool
write_all(int to, struct span bytes, unsigned progress_ms)
{
	while (bytes.length > 0) {
		uint64_t deadline = clock_monotonic_ms() + progress_ms;
		ssize_t sent;

		if (!await(to, POLLOUT, deadline))
			return false;
		sent = write_some(to, bytes);
		if (sent < 0)
			return false;
		bytes = span_skip(bytes, (size_t)sent);
	}
	return true;
}

/*
 * Closing with input unread would send RST, which may cut off the tail of the
 * answer: say that we are done, and read on for a moment.
 */
static void
linger(struct inetd_ends ends, unsigned linger_ms)
{
	uint64_t deadline = clock_monotonic_ms() + linger_ms;
	size_t total = 0;
	char scratch[4096];
	ssize_t got = 1;

	if (shutdown(ends.to, SHUT_WR) != 0)
		return;
	while (got > 0 && total < LINGER_BYTES &&
	    await(ends.from, POLLIN, deadline)) {
		got = recv(ends.from, scratch, sizeof scratch, MSG_DONTWAIT);
		total += got > 0 ? (size_t)got : 0;
	}
}

/* What has come and where the answer grows. */
struct talk {
	const struct service *service;
	struct inetd_ends ends;
	const struct net_limits *limits;
	const struct peer *peer;
	struct session session;
	char *input;
	size_t length;
	bool ended;
	struct buf out;
	bool goes_on; /* another request may follow */
	bool sent;    /* the last answer, whole; false: there was none */
};

static bool
read_more(struct talk *t, uint64_t deadline_ms)
{
	ssize_t got;

	if (t->ended || !await(t->ends.from, POLLIN, deadline_ms))
		return false;
	got = read(t->ends.from, t->input + t->length,
	    t->service->request_max - t->length);
	if (got < 0)
		return errno == EINTR || errno == EAGAIN;
	t->ended = got == 0;
	t->length += (size_t)got;
	return true;
}

/* Where the request ends in what has come, as net/service.h has it. */
static enum frame
frame_input(const struct talk *t, size_t *length)
{
	enum frame frame = FRAME_MORE;

	if (t->length > 0 || t->ended)
		frame = t->service->frame(t->service,
		    (struct span){ t->input, t->length }, t->ended, length);
	if (frame == FRAME_MORE && t->length == t->service->request_max)
		frame = FRAME_TOO_LONG;
	if (frame == FRAME_MORE && t->ended)
		frame = FRAME_EMPTY;
	if (frame == FRAME_TOO_LONG)
		*length = t->length;
	return frame;
}

/*
 * Read until there is a request, whole or hopeless; false: there is none.  A
 * session may rest before the next one begins.
 */
static bool
read_request(struct talk *t, enum frame *frame, size_t *length)
{
	bool rests = t->sent && t->length == 0;
	uint64_t deadline;

	if (rests &&
	    !read_more(t, clock_monotonic_ms() + t->limits->idle_ms))
		return false;
	deadline = clock_monotonic_ms() + t->limits->request_ms;
	while ((*frame = frame_input(t, length)) == FRAME_MORE)
		if (!read_more(t, deadline))
			return false;
	return *frame != FRAME_EMPTY;
}

/* The request of `length` bytes that has been read. */
static void
answer(struct talk *t, void *worker, enum frame frame, size_t length)
{
	const struct request request = { t->peer, { t->input, length },
		frame == FRAME_TOO_LONG, &t->session };
	struct transaction done = { .peer = t->peer };
	uint64_t start = clock_monotonic_us();
	enum next next;

	buf_rewind(&t->out, 0);
	next = t->service->serve(t->service, worker, &request, &t->out);
	done.answer_bytes = t->out.length;
	t->sent = write_all(t->ends.to, buf_span(&t->out), t->limits->write_ms);
	done.microseconds = clock_monotonic_us() - start;
	t->service->served(t->service, worker, &done);
	memmove(t->input, t->input + length, t->length - length);
	t->length -= length;
	t->goes_on = t->sent && next == NEXT_GO_ON && frame != FRAME_TOO_LONG;
}

bool
inetd_converse(const struct service *service, void *worker,
    const struct peer *peer, struct inetd_ends ends,
    const struct net_limits *limits)
{
	char *output = malloc(limits->output_bytes);
	struct talk t = {
		.service = service,
		.ends = ends,
		.limits = limits,
		.peer = peer,
		.input = malloc(service->request_max),
		.goes_on = true,
	};
	enum frame frame;
	size_t length;

	assert(output != NULL && t.input != NULL);
	buf_init(&t.out, output, limits->output_bytes);
	while (t.goes_on && read_request(&t, &frame, &length))
		answer(&t, worker, frame, length);
	if (t.sent)
		linger(ends, limits->linger_ms);
	free(t.input);
	free(output);
	return t.sent;
}

/* inetd makes one socket of all three, other starters only of 0. */
static struct inetd_ends
find_ends(void)
{
	return (struct inetd_ends){ STDIN_FILENO, is_socket(STDIN_FILENO) ?
		STDIN_FILENO : STDOUT_FILENO };
}

/*
 * Say a sentence in the manner of the face, to a client that asks in vain.  The
 * question was not read: closing at once would reset.
 */
static void
turn_away(const struct face *face, const char *sentence,
    const struct net_limits *limits)
{
	char memory[RULE_SENTENCE_MAX + FACE_REFUSAL_EXTRA];
	struct inetd_ends ends = find_ends();
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	face->refuse(sentence, &out);
	if (write_all(ends.to, buf_span(&out), limits->write_ms))
		linger(ends, limits->linger_ms);
}

/* False: the access rules say no, and the client has been told if it may. */
static bool
let_in(const struct config *config, const struct face *face,
    const struct peer *peer)
{
	const struct rule *rule = policy_find_rule(&config->policy,
	    &peer->addr, span_from(face->name));

	if (rule == NULL || rule->verdict == RULE_ALLOW)
		return true;
	if (rule->verdict == RULE_REFUSE)
		turn_away(face, rule_sentence(rule), &config->limits);
	return false;
}

static void
serve_directory(const struct config *config, const struct face *face,
    const struct peer *peer, struct directory *directory)
{
	struct serving *serving = serving_new(directory, &config->face,
	    &config->policy.classes, config->log_queries);
	struct worker_maker maker = serving_workers(serving);
	struct service service = serving_service(face);
	void *worker = maker.worker_new(maker.context);

	inetd_converse(&service, worker, peer, find_ends(), &config->limits);
	maker.worker_free(maker.context, worker);
	serving_free(&serving);
}

enum err
inetd_run(const struct config *config, const struct face *face, bool test,
    struct fault *fault)
{
	enum directory_start opened;
	struct directory *directory;
	struct peer peer;
	enum err err = inetd_find_peer(STDIN_FILENO, &peer, fault);

	if (err != ERR_NONE && !test)
		return err;
	signal(SIGPIPE, SIG_IGN);
	mapped_guard(ERR_WORLD);
	if (!let_in(config, face, &peer))
		return ERR_NONE;
	opened = directory_open_any(&directory, config->directory, 0, fault);
	if (opened == DIRECTORY_REFUSED)
		return fault_prefix(fault, "the directory cannot be opened");
	err = log_start(LOG_TO_SYSLOG, "whoisd", fault);
	if (err != ERR_NONE) {
		directory_close(&directory);
		return err;
	}
	if (opened == DIRECTORY_FELL_BACK)
		log_line(LOG_LEVEL_ERROR, "an older generation answers, the "
		    "current one cannot be opened: %s", fault->text);
	serve_directory(config, face, &peer, directory);
	log_stop(LOG_MS);
	directory_close(&directory);
	return ERR_NONE;
}

void
inetd_report(const struct face *face, const struct fault *fault)
{
	static const struct net_limits limits = { .write_ms = APOLOGY_MS,
		.linger_ms = APOLOGY_MS };
	struct fault none;

	if (is_socket(STDIN_FILENO) && face != NULL)
		turn_away(face, "The directory cannot be read at the moment.",
		    &limits);
	if (!is_socket(STDERR_FILENO)) {
		fprintf(stderr, "whoisd: %s\n", fault->text);
	} else if (log_start(LOG_TO_SYSLOG, "whoisd", &none) == ERR_NONE) {
		log_line(LOG_LEVEL_ERROR, "%s", fault->text);
		log_stop(LOG_MS);
	}
}
