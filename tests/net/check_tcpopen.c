#include "unit.h"

#include "base/err.h"
#include "net/tcpopen.h"
#include "sys/clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Long enough for a busy machine, short enough for a person. */
static const struct tcpopen_settings patient = { .connect_ms = 5000 };

/* One IPv4 address, ready for tcpopen_any(). */
struct target {
	struct sockaddr_in name;
	struct addrinfo info;
};

static void
target_init(struct target *target, const char *address, uint16_t port,
    struct target *next)
{
	*target = (struct target){
		.name = { .sin_family = AF_INET, .sin_port = htons(port) },
		.info = {
			.ai_family = AF_INET,
			.ai_socktype = SOCK_STREAM,
			.ai_addrlen = sizeof target->name,
			.ai_addr = (struct sockaddr *)&target->name,
			.ai_next = next ? &next->info : NULL,
		},
	};
	ck_assert_int_eq(inet_pton(AF_INET, address, &target->name.sin_addr),
	    1);
}

/* A socket bound to a free port of `address`; listening when backlog >= 0. */
static int
bind_free(const char *address, int backlog, uint16_t *port)
{
	struct sockaddr_in name = { .sin_family = AF_INET };
	socklen_t size = sizeof name;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	inet_pton(AF_INET, address, &name.sin_addr);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&name, size), 0);
	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&name, &size), 0);
	if (backlog >= 0)
		ck_assert_int_eq(listen(fd, backlog), 0);
	*port = ntohs(name.sin_port);
	return fd;
}

START_TEST(tries_the_next_address_when_one_refuses)
{
	struct target good, bad;
	struct fault fault;
	struct addr peer;
	char text[ADDR_TEXT_MAX];
	uint16_t port, closed;
	int listener = bind_free("127.0.0.2", 4, &port);
	int deaf = bind_free("127.0.0.1", -1, &closed), fd = -1;

	target_init(&good, "127.0.0.2", port, NULL);
	target_init(&bad, "127.0.0.1", closed, &good);
	ck_assert_int_eq(tcpopen_any(&fd, &bad.info, &patient, &fault),
	    ERR_NONE);
	peer = tcpopen_peer(fd);
	addr_format(&peer, text);
	ck_assert_str_eq(text, "127.0.0.2");
	close(fd);
	close(deaf);
	close(listener);
}
END_TEST

START_TEST(hands_over_a_non_blocking_descriptor)
{
	struct fault fault;
	uint16_t port;
	int listener = bind_free("127.0.0.1", 4, &port), fd = -1;
	char service[8], byte;

	snprintf(service, sizeof service, "%u", port);
	ck_assert_int_eq(tcpopen(&fd, "127.0.0.1", service, 1, &patient,
	    &fault), ERR_NONE);
	ck_assert_int_eq(recv(fd, &byte, 1, 0), -1);
	ck_assert_int_ne(fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);
	close(fd);
	close(listener);
}
END_TEST

START_TEST(names_the_last_failure)
{
	struct fault fault;
	uint16_t closed;
	int deaf = bind_free("127.0.0.1", -1, &closed), fd = -1;
	char service[8], wanted[128];

	snprintf(service, sizeof service, "%u", closed);
	snprintf(wanted, sizeof wanted, "cannot connect to 127.0.0.1, port %s:"
	    " 127.0.0.1: Connection refused", service);
	ck_assert_int_eq(tcpopen(&fd, "127.0.0.1", service, 1, &patient,
	    &fault), ERR_WORLD);
	ck_assert_str_eq(fault.text, wanted);
	close(deaf);
}
END_TEST

START_TEST(a_name_that_is_no_service_means_the_default_port)
{
	struct fault fault;
	uint16_t port;
	int listener = bind_free("127.0.0.1", 4, &port), fd = -1;

	ck_assert_int_eq(tcpopen(&fd, "127.0.0.1", "no-such-service", port,
	    &patient, &fault), ERR_NONE);
	close(fd);
	close(listener);
}
END_TEST

START_TEST(a_port_that_is_none_is_a_failure_of_the_world)
{
	static const struct {
		const char *service;
		uint16_t default_port;
	} cases[] = {
		{ "no-such-service", 0 }, { "65536", 43 }, { "065536", 43 },
		{ "99999999999999999999", 43 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fault fault;
		char wanted[64];
		int fd = -1;

		snprintf(wanted, sizeof wanted, "there is no port %s",
		    cases[i].service);
		ck_assert_int_eq(tcpopen(&fd, "127.0.0.1", cases[i].service,
		    cases[i].default_port, &patient, &fault), ERR_WORLD);
		ck_assert_str_eq(fault.text, wanted);
	}
}
END_TEST

START_TEST(a_host_nobody_knows_is_a_failure_of_the_world)
{
	struct fault fault;
	int fd = -1;

	ck_assert_int_eq(tcpopen(&fd, "127.0.0.1.invalid.", "43", 43, &patient,
	    &fault), ERR_WORLD);
	ck_assert_ptr_eq(strstr(fault.text, "cannot find 127.0.0.1.invalid"),
	    fault.text);
}
END_TEST

START_TEST(a_local_address_is_refused_to_a_stranger)
{
	const struct tcpopen_settings wary = {
		.connect_ms = 5000, .refuse_local = true,
	};
	struct fault fault;
	uint16_t port;
	int listener = bind_free("127.0.0.1", 4, &port), fd = -1;
	char service[8];

	snprintf(service, sizeof service, "%u", port);
	ck_assert_int_eq(tcpopen(&fd, "127.0.0.1", service, 1, &wary, &fault),
	    ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(fault.text, "local or private"));
	/* Nobody knocked. */
	ck_assert_int_eq(fcntl(listener, F_SETFL, O_NONBLOCK), 0);
	ck_assert_int_eq(accept(listener, NULL, NULL), -1);
	close(listener);
}
END_TEST

enum { CALLERS = 16 };

/* More connections than a backlog of 0 holds: the next one gets no answer. */
static void
fill_backlog(int callers[CALLERS], const struct target *target)
{
	for (int i = 0; i < CALLERS; i++) {
		callers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		ck_assert_int_ge(callers[i], 0);
		/* Made or under way: either fills the backlog. */
		if (connect(callers[i], target->info.ai_addr,
		    target->info.ai_addrlen) != 0)
			ck_assert_int_eq(errno, EINPROGRESS);
	}
}

START_TEST(gives_up_on_a_silent_address_in_time)
{
	struct tcpopen_settings hasty = { .connect_ms = 100 };
	struct target target;
	struct fault fault;
	uint64_t before = clock_monotonic_ms(), passed;
	uint16_t port;
	int listener = bind_free("127.0.0.1", 0, &port), fd = -1;
	int callers[CALLERS];

	target_init(&target, "127.0.0.1", port, NULL);
	fill_backlog(callers, &target);
	ck_assert_int_eq(tcpopen_any(&fd, &target.info, &hasty, &fault),
	    ERR_WORLD);
	ck_assert_str_eq(fault.text, "127.0.0.1: Connection timed out");
	passed = clock_monotonic_ms() - before;
	ck_assert_uint_ge(passed, 100);
	ck_assert_uint_lt(passed, 10000);
	/* And the deadline of the whole comes before that of one address. */
	hasty = (struct tcpopen_settings){ .connect_ms = 50000,
		.deadline_ms = clock_monotonic_ms() + 50 };
	before = clock_monotonic_ms();
	ck_assert_int_eq(tcpopen_any(&fd, &target.info, &hasty, &fault),
	    ERR_WORLD);
	ck_assert_uint_lt(clock_monotonic_ms() - before, 10000);
	for (int i = 0; i < CALLERS; i++)
		close(callers[i]);
	close(listener);
}
END_TEST

START_TEST(a_deadline_that_has_passed_lets_nothing_be_tried)
{
	const struct tcpopen_settings late = { .connect_ms = 5000,
		.deadline_ms = 1 };
	struct target target;
	struct fault fault;
	uint16_t port;
	int listener = bind_free("127.0.0.1", 4, &port), fd = -1;

	target_init(&target, "127.0.0.1", port, NULL);
	ck_assert_int_eq(tcpopen_any(&fd, &target.info, &late, &fault),
	    ERR_WORLD);
	ck_assert_str_eq(fault.text, "127.0.0.1: no time left");
	close(listener);
}
END_TEST

UNIT_MAIN("net/tcpopen", tries_the_next_address_when_one_refuses,
    hands_over_a_non_blocking_descriptor, names_the_last_failure,
    a_name_that_is_no_service_means_the_default_port,
    a_host_nobody_knows_is_a_failure_of_the_world,
    a_local_address_is_refused_to_a_stranger,
    gives_up_on_a_silent_address_in_time,
    a_deadline_that_has_passed_lets_nothing_be_tried,
    a_port_that_is_none_is_a_failure_of_the_world)
