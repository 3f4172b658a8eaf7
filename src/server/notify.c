#include "server/notify.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A path, or with an @ in the place of the NUL an abstract name. */
static socklen_t
set_name(struct sockaddr_un *name, const char *text)
{
	size_t length = strlen(text);

	*name = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if ((text[0] != '/' && text[0] != '@') || length < 2 ||
	    length >= sizeof name->sun_path)
		return 0;
	memcpy(name->sun_path, text, length);
	if (text[0] == '@')
		name->sun_path[0] = '\0';
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
}

static int
connect_to(const char *text)
{
	struct sockaddr_un name;
	socklen_t length = set_name(&name, text);
	int fd;

	if (length == 0)
		return -1;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && connect(fd, (void *)&name, length) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Half of what the manager waits; 0: it does not. */
static unsigned
read_watchdog(void)
{
	const char *process = getenv("WATCHDOG_PID");
	const char *time = getenv("WATCHDOG_USEC");

	if (time == NULL || (process != NULL &&
	    strtol(process, NULL, 10) != (long)getpid()))
		return 0;
	return (unsigned)(strtoul(time, NULL, 10) / 1000 / 2);
}

void
notify_open(struct notify *n)
{
	const char *name = getenv("NOTIFY_SOCKET");

	*n = (struct notify){ .descriptor = -1 };
	if (name != NULL)
		n->descriptor = connect_to(name);
	if (n->descriptor >= 0)
		n->watchdog_ms = read_watchdog();
}

void
notify_close(struct notify *n)
{
	if (n->descriptor >= 0)
		close(n->descriptor);
	n->descriptor = -1;
}

static void
say(const struct notify *n, const char *text)
{
	if (n->descriptor >= 0)
		(void)!send(n->descriptor, text, strlen(text), MSG_NOSIGNAL);
}

void
notify_ready(struct notify *n)
{
	say(n, "READY=1");
}

void
notify_reloading(struct notify *n, uint64_t now_us)
{
	char text[NOTIFY_TEXT_MAX];

	snprintf(text, sizeof text,
	    "RELOADING=1\nMONOTONIC_USEC=%" PRIu64, now_us);
	say(n, text);
}

void
notify_stopping(struct notify *n)
{
	say(n, "STOPPING=1");
}

void
notify_status(struct notify *n, const char *status)
{
	char text[sizeof "STATUS=" + NOTIFY_TEXT_MAX];

	if (strncmp(n->status, status, sizeof n->status - 1) == 0)
		return;
	snprintf(n->status, sizeof n->status, "%s", status);
	snprintf(text, sizeof text, "STATUS=%s", n->status);
	say(n, text);
}

void
notify_watchdog(struct notify *n, uint64_t now_ms, bool is_alive)
{
	if (n->watchdog_ms == 0 || !is_alive ||
	    now_ms < n->alive_ms + n->watchdog_ms)
		return;
	n->alive_ms = now_ms;
	say(n, "WATCHDOG=1");
}
