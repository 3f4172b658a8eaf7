#include "server/inherit.h"

#include "base/span.h"
#include "proto/face.h"
#include "server/config.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

static bool
parse_number(long *number, const char *text)
{
	char *end;

	if (text == NULL || text[0] == '\0')
		return false;
	*number = strtol(text, &end, 10);
	return *end == '\0';
}

static const struct face *
choose_face(struct span name)
{
	const struct face *face = face_find(name);

	return face != NULL ? face : face_find(span_from("whois"));
}

static struct inherited
name_socket(struct span name)
{
	struct inherited socket = { .wants_proxy = false };

	socket.wants_proxy = span_cut_suffix(&name, CONFIG_PROXY_SUFFIX);
	socket.face = choose_face(name);
	return socket;
}

enum err
inherit_take(struct inherited *sockets, unsigned max, unsigned *count,
    struct fault *fault)
{
	const char *names = getenv("LISTEN_FDNAMES");
	struct span rest = span_from(names != NULL ? names : "");
	long process = 0, wanted = 0;
	bool is_ours = parse_number(&process, getenv("LISTEN_PID")) &&
	    process == (long)getpid() &&
	    parse_number(&wanted, getenv("LISTEN_FDS"));

	*count = 0;
	if (is_ours && (wanted < 0 || wanted > (long)max))
		return fault_set(fault, ERR_REFUSED, "%ld sockets were handed "
		    "over; at most %u can be served", wanted, max);
	while (is_ours && (long)*count < wanted) {
		sockets[*count] = name_socket(span_cut(&rest, ':'));
		sockets[*count].descriptor = INHERIT_FIRST + (int)*count;
		++*count;
	}
	/* The names are borrowed from the environment until here. */
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_FDNAMES");
	return ERR_NONE;
}
