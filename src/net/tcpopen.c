#include <config.h>

#include "net/tcpopen.h"

#include "net/sockaddr.h"
#include "sys/clock.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PORT_TEXT_MAX = 8 };

static struct addr
addr_of(const struct addrinfo *address)
{
	union sockaddr_any name = { .any.sa_family = AF_UNSPEC };

	if (address->ai_addrlen <= sizeof name)
		memcpy(&name, address->ai_addr, address->ai_addrlen);
	return sockaddr_peer(&name).addr;
}

/* How long one address may take, -1 for ever; 0: the deadline has passed. */
static int
patience_ms(const struct tcpopen_settings *settings)
{
	uint64_t now = clock_monotonic_ms();
	uint64_t left;

	if (settings->deadline_ms == 0)
		return settings->connect_ms > 0 ?
		    (int)settings->connect_ms : -1;
	if (settings->deadline_ms <= now)
		return 0;
	left = settings->deadline_ms - now;
	if (settings->connect_ms > 0 && settings->connect_ms < left)
		left = settings->connect_ms;
	return left < INT_MAX ? (int)left : INT_MAX;
}

/* Wait until the connection is made or has failed; 0 or an errno. */
static int
await_connection(int fd, int timeout_ms)
{
	struct pollfd pollfd = { .fd = fd, .events = POLLOUT };
	socklen_t size = sizeof(int);
	int ready, failure;

	do /* A signal gives the address its time once more. */
		ready = poll(&pollfd, 1, timeout_ms);
	while (ready < 0 && errno == EINTR);
	if (ready < 0)
		return errno;
	if (ready == 0)
		return ETIMEDOUT;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &size) != 0)
		return errno;
	return failure;
}

/* A connected socket; -1: errno says why not. */
static int
try_address(const struct addrinfo *address, int timeout_ms)
{
	int fd = socket(address->ai_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
	int failure = 0;

	if (fd < 0)
		return -1;
	if (connect(fd, address->ai_addr, address->ai_addrlen) != 0)
		failure = errno == EINPROGRESS ?
		    await_connection(fd, timeout_ms) : errno;
	if (failure == 0)
		return fd;
	close(fd);
	errno = failure;
	return -1;
}

enum err
tcpopen_any(int *descriptor, const struct addrinfo *addresses,
    const struct tcpopen_settings *settings, struct fault *fault)
{
	fault_set(fault, ERR_REFUSED, "it has no address");
	for (; addresses != NULL; addresses = addresses->ai_next) {
		struct addr addr = addr_of(addresses);
		int timeout_ms = patience_ms(settings);
		char text[ADDR_TEXT_MAX];

		addr_format(&addr, text);
		if (settings->refuse_local && addr_is_local(&addr)) {
			if (fault->code != ERR_WORLD)
				fault_set(fault, ERR_REFUSED, "%s is a local "
				    "or private address", text);
			continue;
		}
		if (timeout_ms == 0)
			return fault_set(fault, ERR_WORLD,
			    "%s: no time left", text);
		*descriptor = try_address(addresses, timeout_ms);
		if (*descriptor >= 0)
			return ERR_NONE;
		fault_set(fault, ERR_WORLD, "%s: %s", text, strerror(errno));
	}
	return fault->code;
}

/* getaddrinfo() would take such a number modulo 65,536. */
static bool
is_no_port(const char *service)
{
	return service[strspn(service, "0123456789")] == '\0' &&
	    (strlen(service) > 5 || strtoul(service, NULL, 10) > UINT16_MAX);
}

/*
 * As getaddrinfo(), with a port, unless it is 0, for a service that
 * /etc/services lacks.
 */
static int
resolve(struct addrinfo **addresses, const char *host, const char *service,
    uint16_t default_port)
{
	struct addrinfo hints = {
		.ai_flags = AI_IDN,
		.ai_socktype = SOCK_STREAM,
	};
	char port[PORT_TEXT_MAX];
	int rc;

	if (is_no_port(service))
		return EAI_SERVICE;
	rc = getaddrinfo(host, service, &hints, addresses);
	if (rc != EAI_SERVICE || default_port == 0)
		return rc;
	snprintf(port, sizeof port, "%u", default_port);
	hints.ai_flags |= AI_NUMERICSERV;
	return getaddrinfo(host, port, &hints, addresses);
}

enum err
tcpopen_resolve(struct addrinfo **addresses, const char *host,
    const char *service, uint16_t default_port, struct fault *fault)
{
	int rc = resolve(addresses, host, service, default_port);

	if (rc == 0)
		return ERR_NONE;
	if (rc == EAI_SERVICE)
		return fault_set(fault, ERR_WORLD, "there is no port %s",
		    service);
	return fault_set(fault, ERR_WORLD, "cannot find %s: %s", host,
	    rc == EAI_SYSTEM ? strerror(errno) : gai_strerror(rc));
}

enum err
tcpopen(int *descriptor, const char *host, const char *service,
    uint16_t default_port, const struct tcpopen_settings *settings,
    struct fault *fault)
{
	struct addrinfo *addresses;
	enum err err = tcpopen_resolve(&addresses, host, service, default_port,
	    fault);

	if (err != ERR_NONE)
		return err;
	err = tcpopen_any(descriptor, addresses, settings, fault);
	freeaddrinfo(addresses);
	if (err != ERR_NONE)
		fault_prefix(fault, "cannot connect to %s, port %s", host,
		    service);
	return err;
}

struct addr
tcpopen_peer(int descriptor)
{
	union sockaddr_any name = { .any.sa_family = AF_UNSPEC };
	socklen_t size = sizeof name;

	if (getpeername(descriptor, &name.any, &size) != 0)
		name.any.sa_family = AF_UNSPEC;
	return sockaddr_peer(&name).addr;
}
