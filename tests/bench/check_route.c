#include "bench/processes.h"
#include "bench/route.h"

#include "net/listen.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct service service;
static struct route route;
static struct fault fault;

static void
find(const char *host, const char *port)
{
	ck_assert_msg(route_find(&route, host, port, &fault) == ERR_NONE, "%s",
	    fault.text);
}

START_TEST(finds_addresses_and_ports)
{
	static const struct {
		const char *host, *port;
		unsigned number;
		bool loopback;
	} cases[] = {
		{ "127.0.0.1", "4343", 4343, true },
		{ "127.9.9.9", "whois", 43, true },
		{ "::1", "4343", 4343, false },
		{ "192.0.2.1", "43", 43, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		find(cases[i].host, cases[i].port);
		ck_assert_uint_eq(sockaddr_peer(&route.server).port,
		    cases[i].number);
		ck_assert_int_eq(route_is_loopback(&route), cases[i].loopback);
		ck_assert_int_eq(route.source_count > 0, cases[i].loopback);
		ck_assert_int_eq(route.spread, ROUTE_SPREAD_LATE);
	}
}
END_TEST

START_TEST(says_what_it_cannot_find)
{
	ck_assert_int_eq(route_find(&route, "127.0.0.1", "no-such-port",
	    &fault), ERR_WORLD);
	ck_assert_ptr_nonnull(strstr(fault.text, "no-such-port"));
	ck_assert_int_eq(route_find(&route, "host.invalid", "43", &fault),
	    ERR_WORLD);
	ck_assert_ptr_nonnull(strstr(fault.text, "host.invalid"));
}
END_TEST

START_TEST(knows_its_own_machine)
{
	find("127.0.0.1", "43");
	ck_assert(route_is_local(&route));
	find("192.0.2.1", "43");
	ck_assert(!route_is_local(&route));
}
END_TEST

static struct listener *
listen_at(const char *address)
{
	char text[LISTENER_TEXT_MAX];
	struct listener *listener;

	ck_assert_msg(listener_open(&listener, span_from(address), "", 0,
	    &service, &fault) == ERR_NONE, "%s", fault.text);
	listener_format(listener, text);
	find("127.0.0.1", strrchr(text, ':') + 1);
	return listener;
}

START_TEST(finds_the_process_that_listens)
{
	static const char *const addresses[] = { "127.0.0.1:0", "0.0.0.0:0" };

	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		struct listener *listener = listen_at(addresses[i]);
		struct processes processes;
		struct processor_time time;

		processes_find(&processes, &route);
		ck_assert_uint_eq(processes.count, 1);
		ck_assert_int_eq(processes.pids[0], getpid());
		ck_assert(processes_time(&processes, &time));
		ck_assert_uint_gt(time.total_us, 0);
		listener_close(&listener);
	}
}
END_TEST

START_TEST(finds_nobody_where_nobody_listens)
{
	struct listener *listener = listen_at("127.0.0.1:0");
	struct processes processes;
	struct processor_time time;

	listener_close(&listener);
	processes_find(&processes, &route);
	ck_assert_uint_eq(processes.count, 0);
	ck_assert(!processes_time(&processes, &time));
}
END_TEST

UNIT_MAIN("route", finds_addresses_and_ports, says_what_it_cannot_find,
    knows_its_own_machine, finds_the_process_that_listens,
    finds_nobody_where_nobody_listens)
