#include <config.h>

#include "lines.h"

#include "unit.h"

#include "net/listen.h"
#include "sys/clock.h"
#include "sys/counters.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void
hold(struct barrier *barrier)
{
	MUST_SUCCEED(pthread_mutex_lock(&barrier->mtx));
	barrier->held++;
	while (!barrier->is_open)
		MUST_SUCCEED(pthread_cond_wait(&barrier->opened,
		    &barrier->mtx));
	MUST_SUCCEED(pthread_mutex_unlock(&barrier->mtx));
}

static enum frame
frame_line(const struct service *service, struct span input, bool ended,
    size_t *length)
{
	const char *end = memchr(input.data, '\n', input.length);

	if (end != NULL)
		*length = (size_t)(end - input.data) + 1;
	else if (input.length == service->request_max)
		return FRAME_TOO_LONG;
	else if (!ended)
		return FRAME_MORE;
	else
		*length = input.length;
	if (span_is(span_trim(input), "halt"))
		hold((struct barrier *)(uintptr_t)service->context);
	return *length > 0 ? FRAME_WHOLE : FRAME_EMPTY;
}

static void
add_peer(struct buf *out, const struct peer *peer)
{
	char text[ADDR_TEXT_MAX];

	addr_format(&peer->addr, text);
	buf_add_format(out, "%s %u ", text, peer->port);
}

static enum next
serve_line(const struct service *service, void *worker,
    const struct request *request, struct buf *out)
{
	const struct peer *peer = request->peer;
	struct span line = span_trim(request->bytes);
	uint64_t *count = &request->session->words[0];

	ck_assert_ptr_nonnull(worker);
	ck_assert(peer->addr.family != ADDR_NONE);
	ck_assert_uint_eq(out->length, 0);
	if (request->too_long) {
		buf_add_string(out, "TOO LONG\n");
		return NEXT_GO_ON; /* net closes it all the same */
	}
	if (span_is(line, "+mute"))
		return NEXT_GO_ON;
	if (span_is(line, "wait") || span_is(line, "+wait"))
		hold((struct barrier *)(uintptr_t)service->context);
	if (span_is(line, "big") || span_is(line, "+big"))
		buf_add_repeat(out, 'B', BIG_BYTES);
	if (span_is(line, "who"))
		add_peer(out, peer);
	if (span_is(line, "+count"))
		buf_add_format(out, "%u ", (unsigned)*count);
	++*count;
	for (size_t i = 0; i < line.length; i++) {
		char c = line.data[i];

		buf_add_char(out, c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
	}
	buf_add_char(out, '\n');
	return line.length > 0 && line.data[0] == '+' ? NEXT_GO_ON : NEXT_CLOSE;
}

static void
refuse(const struct service *service, const char *sentence, struct buf *out)
{
	(void)service;
	ck_assert_uint_gt(strlen(sentence), 0);
	buf_add_string(out, "NO ROOM\n");
}

static void
note_served(const struct service *service, void *worker,
    const struct transaction *transaction)
{
	(void)service;
	ck_assert_uint_ne(transaction->peer->port, 0);
	++*(uint64_t *)worker;
}

static void *
make_worker(void *context)
{
	(void)context;
	return calloc(1, sizeof(uint64_t));
}

/* Counts what was served, to be compared with net's own count. */
static void
free_worker(void *context, void *worker)
{
	*(uint64_t *)context += *(uint64_t *)worker;
	free(worker);
}

void
server_init(struct server *s)
{
	memset(s, 0, sizeof *s);
	net_limits_set_defaults(&s->limits);
	s->limits.workers = 2;
	s->limits.output_bytes = BIG_BYTES + 64;
	MUST_SUCCEED(pthread_mutex_init(&s->barrier.mtx, NULL));
	MUST_SUCCEED(pthread_cond_init(&s->barrier.opened, NULL));
	s->service = (struct service){ .request_max = LINE_MAX_BYTES,
		.context = &s->barrier, .frame = frame_line,
		.serve = serve_line, .refuse = refuse, .served = note_served };
}

void
server_start(struct server *s)
{
	const struct worker_maker maker = { &s->served, make_worker,
		free_worker };
	socklen_t length = sizeof s->name;
	struct fault fault;

	ck_assert_msg(listener_open(&s->listener, span_from("127.0.0.1:0"),
	    "test", 0, &s->service, &fault) == ERR_NONE, "%s", fault.text);
	ck_assert_int_eq(getsockname(listener_descriptor(s->listener),
	    (struct sockaddr *)&s->name, &length), 0);
	ck_assert_msg(net_new(&s->net, &s->limits, &s->listener, 1, &maker,
	    &fault) == ERR_NONE, "%s", fault.text);
	if (s->gate != NULL)
		net_set_gate(s->net, s->gate);
	ck_assert_msg(net_start(s->net, &fault) == ERR_NONE, "%s", fault.text);
}

static uint64_t
find_value(const struct counter_set *set, const char *name)
{
	uint64_t sums[COUNTERS_MAX] = { 0 };
	unsigned i = 0;

	while (i < set->count && strcmp(set->texts[i].name, name) != 0)
		i++;
	ck_assert_msg(i < set->count, "%s", name);
	set->sum(set->owner, sums);
	return sums[i];
}

uint64_t
server_count(const struct server *s, const char *name)
{
	struct counter_set set = net_counters(s->net);

	return find_value(&set, name);
}

uint64_t
server_gauge(const struct server *s, const char *name)
{
	struct counter_set set = net_gauges(s->net);

	return find_value(&set, name);
}

/* Other threads count: give them time. */
void
server_await(const struct server *s, const char *name, uint64_t count)
{
	uint64_t until_ms = clock_monotonic_ms() + DEADLINE_MS;

	while (server_count(s, name) < count) {
		ck_assert_msg(clock_monotonic_ms() < until_ms,
		    "%s did not become %u", name, (unsigned)count);
		poll(NULL, 0, 1);
	}
	ck_assert_msg(server_count(s, name) == count, "%s is not %u", name,
	    (unsigned)count);
}

void
barrier_open(struct server *s)
{
	MUST_SUCCEED(pthread_mutex_lock(&s->barrier.mtx));
	s->barrier.is_open = true;
	MUST_SUCCEED(pthread_cond_broadcast(&s->barrier.opened));
	MUST_SUCCEED(pthread_mutex_unlock(&s->barrier.mtx));
}

void
barrier_await(struct server *s, unsigned count)
{
	uint64_t until_ms = clock_monotonic_ms() + DEADLINE_MS;
	unsigned held;

	do {
		ck_assert(clock_monotonic_ms() < until_ms);
		MUST_SUCCEED(pthread_mutex_lock(&s->barrier.mtx));
		held = s->barrier.held;
		MUST_SUCCEED(pthread_mutex_unlock(&s->barrier.mtx));
	} while (held < count);
}

void
server_free(struct server *s)
{
	uint64_t served = server_count(s, "served");

	barrier_open(s);
	net_free(&s->net);
	ck_assert_ptr_null(s->net);
	ck_assert_uint_ge(s->served, served);
	listener_close(&s->listener);
}

void
server_stop(struct server *s)
{
	ck_assert(net_drain(s->net, DEADLINE_MS));
	ck_assert_uint_eq(server_count(s, "accepted"),
	    server_count(s, "closed"));
	server_free(s);
}

int
make_socket(void)
{
	struct timeval patience = { .tv_sec = DEADLINE_MS / 1000 };
	int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;

	ck_assert_int_ge(fd, 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	return fd;
}

void
call(const struct server *s, int fd)
{
	ck_assert_int_eq(connect(fd, (const struct sockaddr *)&s->name,
	    sizeof s->name), 0);
}

void
say(int fd, const char *text)
{
	ck_assert_int_eq(send(fd, text, strlen(text), MSG_NOSIGNAL),
	    (ssize_t)strlen(text));
}

int
client_new(const struct server *s, const char *text)
{
	int fd = make_socket();

	call(s, fd);
	if (text != NULL)
		say(fd, text);
	return fd;
}

void
hears(int fd, const char *expected)
{
	char text[8192];
	size_t length = 0;
	ssize_t n;

	while ((n = recv(fd, text + length, sizeof text - 1 - length, 0)) > 0)
		length += (size_t)n;
	ck_assert_msg(n == 0, "%s", strerror(errno));
	text[length] = '\0';
	ck_assert_str_eq(text, expected);
	close(fd);
}

void
hears_some(int fd, const char *expected)
{
	char text[64];
	ssize_t n = recv(fd, text, strlen(expected), MSG_WAITALL);

	ck_assert_int_eq(n, (ssize_t)strlen(expected));
	ck_assert_int_eq(memcmp(text, expected, strlen(expected)), 0);
}

size_t
hears_big(int fd)
{
	static char waste[65536];
	size_t length = 0;
	ssize_t n;

	while ((n = recv(fd, waste, sizeof waste, 0)) > 0)
		length += (size_t)n;
	ck_assert_msg(n == 0, "%s", strerror(errno));
	return length;
}
