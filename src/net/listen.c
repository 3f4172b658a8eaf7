#include <config.h>

#include "net/listen.h"

#include "net/service.h"
#include "net/sockaddr.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BACKLOG = 4096,
	DEFER_S = 1,
	PORT_TEXT_MAX = 64,
	PORT_DIGITS_MAX = 5,
};

struct listener {
	const struct service *service;
	int descriptor;
	bool is_wildcard; /* "*" */
	bool is_adopted;
	union sockaddr_any name;
	socklen_t name_length;
};

/* What listener_open() was asked for, for those who report on it. */
struct listen_request {
	struct span address;
	const char *service_name;
	uint16_t default_port;
	struct fault *fault;
};

static enum err
refuse(const struct listen_request *r, const char *why)
{
	return fault_set(r->fault, ERR_REFUSED, "cannot listen on %.*s: %s",
	    (int)r->address.length, r->address.data, why);
}

static bool
is_unix(const struct listen_request *r)
{
	return span_starts_with(r->address, span_from("unix:"));
}

static enum err
fail(const struct listen_request *r, int error)
{
	const char *why = strerror(error);

	if (error == EADDRINUSE)
		why = "the port is in use by another server";
	else if ((error == EACCES || error == EPERM) && !is_unix(r))
		why = "permission denied; ports below 1024 need root or"
		    " CAP_NET_BIND_SERVICE";
	else if (error == EADDRNOTAVAIL)
		why = "this machine does not have that address";
	return fault_set(r->fault, ERR_WORLD, "cannot listen on %.*s: %s",
	    (int)r->address.length, r->address.data, why);
}

static bool
parse_number(uint16_t *port, struct span text)
{
	unsigned number;

	if (text.length > PORT_DIGITS_MAX ||
	    !span_read_number(text, UINT16_MAX, &number))
		return false;
	*port = (uint16_t)number;
	return true;
}

/* A service name, with the fallback when it is the service's own. */
static bool
find_port(uint16_t *port, struct span text, const struct listen_request *r)
{
	char name[PORT_TEXT_MAX];
	struct servent *entry;

	if (text.length == 0)
		text = span_from(r->service_name);
	if (parse_number(port, text))
		return true;
	if (text.length >= sizeof name)
		return false;
	memcpy(name, text.data, text.length);
	name[text.length] = '\0';
	entry = getservbyname(name, "tcp");
	if (entry != NULL)
		*port = ntohs((uint16_t)entry->s_port);
	else
		*port = r->default_port;
	return entry != NULL || span_is(text, r->service_name);
}

static void
set_v4(struct listener *l, const uint8_t bytes[4], uint16_t port)
{
	l->name_length = sizeof l->name.v4;
	l->name.v4.sin_family = AF_INET;
	l->name.v4.sin_port = htons(port);
	memcpy(&l->name.v4.sin_addr, bytes, 4);
}

static void
set_v6(struct listener *l, const uint8_t bytes[16], uint16_t port)
{
	l->name_length = sizeof l->name.v6;
	l->name.v6.sin6_family = AF_INET6;
	l->name.v6.sin6_port = htons(port);
	memcpy(&l->name.v6.sin6_addr, bytes, 16);
}

/* Cut "HOST:PORT" at the colon that is not part of an IPv6 address. */
static bool
split(struct span text, struct span *host, struct span *port)
{
	*port = text;
	if (text.length > 0 && text.data[0] == '[') {
		*port = span_skip(text, 1);
		*host = span_cut(port, ']');
		return port->length == 0 || span_cut(port, ':').length == 0;
	}
	*host = span_cut(port, ':');
	return memchr(port->data, ':', port->length) == NULL;
}

static enum err
set_inet(struct listener *l, const struct listen_request *r)
{
	static const uint8_t any[16];
	struct span host, port_text;
	struct addr addr;
	uint16_t port;

	if (!split(r->address, &host, &port_text))
		return refuse(r, "an IPv6 address needs brackets,"
		    " as in [::1]:43");
	if (!find_port(&port, port_text, r))
		return refuse(r, "the port is neither a number nor in"
		    " /etc/services");
	l->is_wildcard = span_is(host, "*");
	if (l->is_wildcard)
		set_v6(l, any, port);
	else if (!addr_parse(&addr, host))
		return refuse(r, "that is not an IP address (names are not"
		    " looked up) or *");
	else if (addr.family == ADDR_V4)
		set_v4(l, addr.bytes, port);
	else
		set_v6(l, addr.bytes, port);
	return ERR_NONE;
}

static enum err
set_unix(struct listener *l, const struct listen_request *r)
{
	struct span path = span_skip(r->address, strlen("unix:"));

	if (path.length == 0 || path.data[0] != '/')
		return refuse(r, "the path must begin with /");
	if (path.length >= sizeof l->name.un.sun_path)
		return refuse(r, "the path is too long for a socket");
	l->name_length = sizeof l->name.un;
	l->name.un.sun_family = AF_UNIX;
	memcpy(l->name.un.sun_path, path.data, path.length);
	return ERR_NONE;
}

static enum err
set_name(struct listener *l, const struct listen_request *r)
{
	return is_unix(r) ? set_unix(l, r) : set_inet(l, r);
}

enum err
listener_check(struct span address, const char *service_name,
    struct fault *fault)
{
	const struct listen_request r = {
		.address = address,
		.service_name = service_name,
		.fault = fault,
	};
	struct listener unused = { 0 };

	return set_name(&unused, &r);
}

/* The port stays out of it: the kernel finds a free one. */
static enum err
probe_inet(struct listener *l, const struct listen_request *r)
{
	int fd = socket(l->name.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int error = 0;

	if (l->name.any.sa_family == AF_INET)
		l->name.v4.sin_port = 0;
	else
		l->name.v6.sin6_port = 0;
	if (fd < 0 || bind(fd, &l->name.any, l->name_length) != 0)
		error = errno;
	if (fd >= 0)
		close(fd);
	/* Then it has IPv4 alone, which will do. */
	if (error == 0 || (l->is_wildcard && error == EAFNOSUPPORT))
		return ERR_NONE;
	return fail(r, error);
}

static enum err
probe_unix(const struct listener *l, const struct listen_request *r)
{
	struct stat status;
	char path[sizeof l->name.un.sun_path + 1];

	snprintf(path, sizeof path, "%s", l->name.un.sun_path);
	if (stat(dirname(path), &status) != 0)
		return fail(r, errno);
	return S_ISDIR(status.st_mode) ? ERR_NONE : fail(r, ENOTDIR);
}

enum err
listener_probe(struct span address, const char *service_name,
    struct fault *fault)
{
	const struct listen_request r = {
		.address = address,
		.service_name = service_name,
		.fault = fault,
	};
	struct listener l = { 0 };
	enum err err = set_name(&l, &r);

	if (err != ERR_NONE)
		return err;
	return is_unix(&r) ? probe_unix(&l, &r) : probe_inet(&l, &r);
}

/*
 * A dead server leaves its socket behind, and bind() will not have the name.
 * Only a socket to which connect() finds nobody listening is removed.
 */
static enum err
remove_stale(const struct listener *l, const struct listen_request *r)
{
	struct stat status;
	int fd, error;

	if (lstat(l->name.un.sun_path, &status) != 0)
		return ERR_NONE;
	if (!S_ISSOCK(status.st_mode))
		return refuse(r, "there is a file of that name that is not"
		    " a socket");
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return fail(r, errno);
	error = connect(fd, &l->name.any, l->name_length) == 0 ? 0 : errno;
	close(fd);
	if (error == 0 || error == EAGAIN)
		return refuse(r, "another server listens on it");
	if (error == ECONNREFUSED && unlink(l->name.un.sun_path) != 0)
		return fail(r, errno);
	return ERR_NONE;
}

static void
set_option(int fd, int level, int option, int value)
{
	int rc = setsockopt(fd, level, option, &value, sizeof value);

	assert(rc == 0);
}

/*
 * With TCP_DEFER_ACCEPT the kernel hands over a connection with its request,
 * which saves a turn through epoll.  After DEFER_S it hands over silent
 * clients as well: they must come under our own limits, not fill its table.
 */
static void
set_options(const struct listener *l)
{
	int fd = l->descriptor;

	if (l->name.any.sa_family == AF_UNIX)
		return;
	set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1);
	set_option(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, DEFER_S);
	set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
	if (l->name.any.sa_family == AF_INET6)
		set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, !l->is_wildcard);
}

/* Zero, or what errno said. */
static int
bind_and_listen(struct listener *l)
{
	l->descriptor = socket(l->name.any.sa_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (l->descriptor < 0)
		return errno;
	set_options(l);
	if (bind(l->descriptor, &l->name.any, l->name_length) != 0 ||
	    listen(l->descriptor, BACKLOG) != 0)
		return errno;
	if (l->name.any.sa_family != AF_UNIX &&
	    getsockname(l->descriptor, &l->name.any, &l->name_length) != 0)
		return errno;
	return 0;
}

/* A machine without IPv6 still has the IPv4 half of `*`. */
static bool
fall_back_to_v4(struct listener *l, int error)
{
	static const uint8_t any[4];
	uint16_t port = ntohs(l->name.v6.sin6_port);

	if (!l->is_wildcard ||
	    (error != EAFNOSUPPORT && error != EADDRNOTAVAIL))
		return false;
	if (l->descriptor >= 0)
		close(l->descriptor);
	memset(&l->name, 0, sizeof l->name);
	set_v4(l, any, port);
	return true;
}

static enum err
open_socket(struct listener *l, const struct listen_request *r)
{
	int error = bind_and_listen(l);

	if (error != 0 && fall_back_to_v4(l, error))
		error = bind_and_listen(l);
	return error == 0 ? ERR_NONE : fail(r, error);
}

enum err
listener_open(struct listener **listener, struct span address,
    const char *service_name, uint16_t default_port,
    const struct service *service, struct fault *fault)
{
	const struct listen_request r = { address, service_name, default_port,
		fault };
	struct listener *l = calloc(1, sizeof *l);
	enum err err;

	assert(l != NULL);
	l->service = service;
	l->descriptor = -1;
	err = set_name(l, &r);
	if (err == ERR_NONE && is_unix(&r))
		err = remove_stale(l, &r);
	if (err == ERR_NONE)
		err = open_socket(l, &r);
	if (err != ERR_NONE) {
		if (l->descriptor >= 0)
			close(l->descriptor);
		free(l);
		l = NULL;
	}
	*listener = l;
	return err;
}

static bool
has_option(int fd, int level, int option, int wanted)
{
	int value = 0;
	socklen_t size = sizeof value;

	return getsockopt(fd, level, option, &value, &size) == 0 &&
	    value == wanted;
}

static bool
is_any_address(const struct listener *l)
{
	return l->name.any.sa_family == AF_INET6 &&
	    IN6_IS_ADDR_UNSPECIFIED(&l->name.v6.sin6_addr) &&
	    has_option(l->descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0);
}

/*
 * Calling listen() again sets the backlog.  The flags are the file's, so they
 * hold for the one who shares it with us as well, which does not accept.
 */
static void
refit(const struct listener *l)
{
	int fd = l->descriptor;

	fcntl(fd, F_SETFD, FD_CLOEXEC);
	fcntl(fd, F_SETFL, O_NONBLOCK | fcntl(fd, F_GETFL));
	if (l->name.any.sa_family != AF_UNIX) {
		set_option(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, DEFER_S);
		set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
	}
	if (listen(fd, BACKLOG) != 0)
		errno = 0; /* then with the backlog that it has */
}

enum err
listener_adopt(struct listener **listener, int descriptor,
    const struct service *service, struct fault *fault)
{
	struct listener *l = calloc(1, sizeof *l);

	assert(l != NULL);
	l->service = service;
	l->descriptor = descriptor;
	l->is_adopted = true;
	l->name_length = sizeof l->name;
	*listener = NULL;
	if (!has_option(descriptor, SOL_SOCKET, SO_ACCEPTCONN, 1) ||
	    !has_option(descriptor, SOL_SOCKET, SO_TYPE, SOCK_STREAM) ||
	    getsockname(descriptor, &l->name.any, &l->name_length) != 0) {
		free(l);
		return fault_set(fault, ERR_REFUSED, "the descriptor %d that "
		    "was handed over is not a stream socket that listens",
		    descriptor);
	}
	l->is_wildcard = is_any_address(l);
	refit(l);
	*listener = l;
	return ERR_NONE;
}

void
listener_close(struct listener **listener)
{
	struct listener *l = *listener;

	*listener = NULL;
	if (l->name.any.sa_family == AF_UNIX && !l->is_adopted)
		unlink(l->name.un.sun_path);
	close(l->descriptor);
	free(l);
}

void
listener_format(const struct listener *l, char text[LISTENER_TEXT_MAX])
{
	char address[ADDR_TEXT_MAX];
	struct peer self = sockaddr_peer(&l->name);

	if (self.addr.family == ADDR_NONE) {
		snprintf(text, LISTENER_TEXT_MAX, "unix:%s",
		    l->name.un.sun_path);
		return;
	}
	addr_format(&self.addr, address);
	if (l->is_wildcard)
		snprintf(text, LISTENER_TEXT_MAX, "*:%u", self.port);
	else if (self.addr.family == ADDR_V6)
		snprintf(text, LISTENER_TEXT_MAX, "[%s]:%u", address,
		    self.port);
	else
		snprintf(text, LISTENER_TEXT_MAX, "%s:%u", address,
		    self.port);
}

int
listener_accept(const struct listener *l, struct peer *peer)
{
	union sockaddr_any name = { .any.sa_family = AF_UNSPEC };
	socklen_t length = sizeof name;
	int fd = accept4(l->descriptor, &name.any, &length,
	    SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd < 0)
		return -1;
	*peer = sockaddr_peer(&name);
	return fd;
}

bool
listener_has_caller(const struct listener *l)
{
	struct pollfd fd = { .fd = l->descriptor, .events = POLLIN };

	return poll(&fd, 1, 0) == 1;
}

int
listener_descriptor(const struct listener *l)
{
	return l->descriptor;
}

const struct service *
listener_service(const struct listener *l)
{
	return l->service;
}
