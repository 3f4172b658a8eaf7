#include <config.h>

#include "bench/route.h"

#include "bench/protocol.h"
#include "net/tcpopen.h"

#include <assert.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

enum { CONNECT_MS = 3000, SOURCES = 200 };

/* Not 127.0.0.1, which others on this machine use. */
static const uint32_t first_source = 0x7f010001; /* 127.1.0.1 */

static void
take(struct route *route, const struct addrinfo *address)
{
	assert(address->ai_addrlen <= sizeof route->server);
	memcpy(&route->server, address->ai_addr, address->ai_addrlen);
	route->server_length = address->ai_addrlen;
}

static bool
accepts(const struct addrinfo *address)
{
	const struct tcpopen_settings settings = { .connect_ms = CONNECT_MS };
	struct addrinfo alone = *address;
	struct fault fault;
	int descriptor;

	alone.ai_next = NULL;
	if (tcpopen_any(&descriptor, &alone, &settings, &fault) != ERR_NONE)
		return false;
	close(descriptor);
	return true;
}

/* Where there is no choice nobody is troubled to find out. */
static const struct addrinfo *
choose(const struct addrinfo *addresses)
{
	if (addresses->ai_next == NULL)
		return addresses;
	for (const struct addrinfo *a = addresses; a != NULL; a = a->ai_next)
		if (accepts(a))
			return a;
	return addresses;
}

/* Of the services that we speak to; 0: of others. */
static uint16_t
known_port(const char *service)
{
	for (unsigned i = 0; i < PROTOCOLS; i++)
		if (strcmp(service, protocols[i].service) == 0)
			return protocols[i].port;
	return 0;
}

enum err
route_find(struct route *route, const char *host, const char *service,
    struct fault *fault)
{
	struct addrinfo *addresses;
	enum err err;

	*route = (struct route){ 0 };
	err = tcpopen_resolve(&addresses, host, service,
	    known_port(service), fault);
	if (err != ERR_NONE)
		return err;
	take(route, choose(addresses));
	freeaddrinfo(addresses);
	if (route_is_loopback(route)) {
		route->source = first_source;
		route->source_count = SOURCES;
	}
	return ERR_NONE;
}

/* One can listen only at an address of one's own. */
bool
route_is_local(const struct route *route)
{
	union sockaddr_any name = route->server;
	int descriptor = socket(name.any.sa_family,
	    SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool is_bound;

	if (descriptor < 0)
		return false;
	if (name.any.sa_family == AF_INET)
		name.v4.sin_port = 0;
	else
		name.v6.sin6_port = 0;
	is_bound = bind(descriptor, &name.any, route->server_length) == 0;
	close(descriptor);
	return is_bound;
}

bool
route_is_loopback(const struct route *route)
{
	return route->server.any.sa_family == AF_INET &&
	    ntohl(route->server.v4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}
