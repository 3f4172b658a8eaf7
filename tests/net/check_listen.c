#include "unit.h"

#include "net/listen.h"
#include "net/service.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const struct service service;

static enum err
open_at(struct listener **listener, const char *address, struct fault *fault)
{
	return listener_open(listener, span_from(address), "x-nobody-knows",
	    4343, &service, fault);
}

/* False: this machine cannot have such a listener at all. */
static bool
has_ipv6(void)
{
	struct sockaddr_in6 name = { .sin6_family = AF_INET6,
		.sin6_addr = IN6ADDR_LOOPBACK_INIT };
	int fd = socket(AF_INET6, SOCK_STREAM, 0);
	bool has = fd >= 0 &&
	    bind(fd, (struct sockaddr *)&name, sizeof name) == 0;

	if (fd >= 0)
		close(fd);
	return has;
}

START_TEST(takes_a_free_port_and_says_which)
{
	struct listener *listener, *second;
	char text[LISTENER_TEXT_MAX];
	struct fault fault;
	unsigned port;
	char rest;

	ck_assert_int_eq(open_at(&listener, "127.0.0.1:0", &fault), ERR_NONE);
	listener_format(listener, text);
	ck_assert_int_eq(sscanf(text, "127.0.0.1:%u%c", &port, &rest), 1);
	ck_assert_uint_gt(port, 0);
	ck_assert_ptr_eq(listener_service(listener), &service);
	ck_assert_int_eq(open_at(&second, text, &fault), ERR_WORLD);
	ck_assert_ptr_null(second);
	ck_assert_ptr_nonnull(strstr(fault.text, text));
	ck_assert_ptr_nonnull(strstr(fault.text, "in use"));
	listener_close(&listener);
	ck_assert_ptr_null(listener);
}
END_TEST

START_TEST(refuses_addresses_with_a_sentence)
{
	static const struct {
		const char *address, *says;
	} rows[] = {
		{ "localhost:0", "not an IP address" },
		{ "127.0.0.300:0", "not an IP address" },
		{ "::1:0", "brackets" },
		{ "[::1]x:0", "brackets" },
		{ "127.0.0.1:65536", "the port" },
		{ "127.0.0.1:-1", "the port" },
		{ "127.0.0.1:no-such-service-name", "the port" },
		{ "198.51.100.1:0", "does not have that address" },
		{ "unix:relative", "must begin with /" },
		{ "unix:/no/such/folder/socket", "No such file" },
		{ "unix:/dev/null", "not a socket" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct listener *listener;
		struct fault fault = { 0 };

		ck_assert_msg(open_at(&listener, rows[i].address, &fault) !=
		    ERR_NONE, "%s", rows[i].address);
		ck_assert_ptr_null(listener);
		ck_assert_msg(strstr(fault.text, rows[i].says) != NULL &&
		    strstr(fault.text, rows[i].address) != NULL,
		    "%s: %s", rows[i].address, fault.text);
	}
}
END_TEST

START_TEST(falls_back_to_the_port_of_a_service_nobody_knows)
{
	struct listener *listener;
	char text[LISTENER_TEXT_MAX];
	struct fault fault;

	if (open_at(&listener, "127.99.1.2:x-nobody-knows", &fault) !=
	    ERR_NONE) {
		ck_assert_ptr_nonnull(strstr(fault.text, "in use"));
		return;
	}
	listener_format(listener, text);
	ck_assert_str_eq(text, "127.99.1.2:4343");
	listener_close(&listener);
}
END_TEST

/* A client's descriptor, connecting. */
static int
call_v4(const struct listener *listener)
{
	struct sockaddr_in name = { 0 };
	struct sockaddr_in6 bound;
	socklen_t length = sizeof bound;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	ck_assert_int_eq(getsockname(listener_descriptor(listener),
	    (struct sockaddr *)&bound, &length), 0);
	name.sin_family = AF_INET;
	name.sin_port = bound.sin6_port; /* at the same place in both */
	name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&name, sizeof name), 0);
	return fd;
}

static int
accept_soon(const struct listener *listener, struct peer *peer)
{
	struct pollfd fd = { .fd = listener_descriptor(listener),
		.events = POLLIN };

	ck_assert_int_eq(poll(&fd, 1, 10000), 1);
	return listener_accept(listener, peer);
}

START_TEST(gives_the_v4_address_of_a_v4_client_on_a_dual_socket)
{
	struct listener *listener;
	char text[ADDR_TEXT_MAX], at[LISTENER_TEXT_MAX];
	struct fault fault;
	struct peer peer;
	int client, server;

	ck_assert_int_eq(open_at(&listener, "*:0", &fault), ERR_NONE);
	listener_format(listener, at);
	ck_assert_int_eq(strncmp(at, "*:", 2), 0);
	client = call_v4(listener);
	ck_assert_int_eq(send(client, "x", 1, 0), 1);
	server = accept_soon(listener, &peer);
	ck_assert_int_ge(server, 0);
	addr_format(&peer.addr, text);
	ck_assert_str_eq(text, "127.0.0.1");
	ck_assert_uint_gt(peer.port, 0);
	ck_assert_int_eq(listener_accept(listener, &peer), -1);
	ck_assert_int_eq(errno, EAGAIN);
	close(client);
	close(server);
	listener_close(&listener);
}
END_TEST

START_TEST(formats_ipv6_in_brackets)
{
	struct listener *listener;
	char text[LISTENER_TEXT_MAX];
	struct fault fault;
	unsigned port;
	char rest;

	if (!has_ipv6())
		return;
	ck_assert_int_eq(open_at(&listener, "[::1]:0", &fault), ERR_NONE);
	listener_format(listener, text);
	ck_assert_int_eq(sscanf(text, "[::1]:%u%c", &port, &rest), 1);
	listener_close(&listener);
}
END_TEST

START_TEST(replaces_only_a_socket_nobody_listens_on)
{
	char folder[] = "/tmp/check-listen-XXXXXX", address[64];
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	struct listener *listener, *second;
	struct fault fault;
	struct peer peer;
	int dead, client, server;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(name.sun_path, sizeof name.sun_path, "%s/s", folder);
	snprintf(address, sizeof address, "unix:%s/s", folder);
	dead = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(bind(dead, (struct sockaddr *)&name, sizeof name), 0);
	close(dead);
	ck_assert_int_eq(open_at(&listener, address, &fault), ERR_NONE);
	ck_assert_int_eq(open_at(&second, address, &fault), ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(fault.text, "another server"));
	client = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(connect(client, (struct sockaddr *)&name,
	    sizeof name), 0);
	server = accept_soon(listener, &peer);
	ck_assert_int_ge(server, 0);
	ck_assert_int_eq(peer.addr.family, ADDR_NONE);
	close(server);
	close(client);
	listener_close(&listener);
	ck_assert_int_eq(access(name.sun_path, F_OK), -1);
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(adopts_a_socket_that_listens_and_says_where)
{
	static const char *const addresses[] = { "127.0.0.1:0", "*:0",
		"unix:/tmp/check_listen.adopted" };

	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		struct listener *theirs, *ours;
		char text[LISTENER_TEXT_MAX], same[LISTENER_TEXT_MAX];
		struct fault fault;
		struct peer peer;

		ck_assert_int_eq(open_at(&theirs, addresses[i], &fault),
		    ERR_NONE);
		ck_assert_int_eq(listener_adopt(&ours,
		    dup(listener_descriptor(theirs)), &service, &fault),
		    ERR_NONE);
		listener_format(theirs, text);
		listener_format(ours, same);
		ck_assert_str_eq(text, same);
		ck_assert_ptr_eq(listener_service(ours), &service);
		ck_assert_int_eq(listener_accept(ours, &peer), -1);
		ck_assert_int_eq(errno, EAGAIN);
		listener_close(&ours);
		/* Its name stays to whoever made it. */
		if (i == 2)
			ck_assert_int_eq(access("/tmp/check_listen.adopted",
			    F_OK), 0);
		listener_close(&theirs);
	}
}
END_TEST

START_TEST(adopts_nothing_that_does_not_listen)
{
	int descriptors[] = { open("/dev/null", O_RDWR),
		socket(AF_INET, SOCK_STREAM, 0),
		socket(AF_INET, SOCK_DGRAM, 0), 9999 };

	for (size_t i = 0; i < 4; i++) {
		struct listener *listener;
		struct fault fault;

		ck_assert_int_eq(listener_adopt(&listener, descriptors[i],
		    &service, &fault), ERR_REFUSED);
		ck_assert_ptr_null(listener);
		ck_assert_ptr_nonnull(strstr(fault.text, "handed over"));
		close(descriptors[i]);
	}
}
END_TEST

START_TEST(probes_without_taking_anything)
{
	static const struct {
		const char *address, *says; /* NULL: it is possible */
	} rows[] = {
		{ "127.0.0.1:43", NULL },
		{ "*:43", NULL },
		{ "unix:/tmp/check_listen.probed", NULL },
		{ "198.51.100.1:43", "does not have that address" },
		{ "unix:/no/such/folder/socket", "No such file" },
		{ "localhost:43", "not an IP address" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct fault fault = { 0 };
		enum err err = listener_probe(span_from(rows[i].address),
		    "x-nobody-knows", &fault);

		ck_assert_msg((err == ERR_NONE) == (rows[i].says == NULL),
		    "%s: %s", rows[i].address, fault.text);
		if (rows[i].says != NULL)
			ck_assert_ptr_nonnull(strstr(fault.text,
			    rows[i].says));
	}
	ck_assert_int_ne(access("/tmp/check_listen.probed", F_OK), 0);
}
END_TEST

UNIT_MAIN("net/listen", takes_a_free_port_and_says_which,
    refuses_addresses_with_a_sentence,
    falls_back_to_the_port_of_a_service_nobody_knows,
    gives_the_v4_address_of_a_v4_client_on_a_dual_socket,
    formats_ipv6_in_brackets, replaces_only_a_socket_nobody_listens_on,
    adopts_a_socket_that_listens_and_says_where,
    adopts_nothing_that_does_not_listen,
    probes_without_taking_anything)
