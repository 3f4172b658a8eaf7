#include "tools/follow.h"

#include "base/err.h"
#include "tools/ask.h"
#include "tools/report.h"

#include <stdio.h>
#include <unistd.h>

struct path {
	struct server_name servers[FOLLOW_HOPS_MAX + 1];
	unsigned count;
};

enum { SERVER_TEXT_MAX = SERVER_HOST_MAX + SERVER_PORT_MAX + 1 };

static void
format_server(char text[SERVER_TEXT_MAX], const struct server_name *server)
{
	snprintf(text, SERVER_TEXT_MAX, "%s%s%s", server->host,
	    server->port[0] != '\0' ? ":" : "", server->port);
}

static bool
was_asked(const struct path *path, const struct server_name *server)
{
	for (unsigned i = 0; i < path->count; i++)
		if (server_name_equal(&path->servers[i], server, "43"))
			return true;
	return false;
}

/* Add the server the answer refers to; false: there is none to go on to. */
static bool
go_on(struct path *path, const struct client_notes *notes)
{
	char text[SERVER_TEXT_MAX];

	if (!notes->has_referral) {
		if (notes->has_rwhois)
			report(ERR_NONE, "not followed: a referral to an "
			    "rwhois server, which is another protocol");
		return false;
	}
	format_server(text, &notes->referral);
	if (was_asked(path, &notes->referral)) {
		report(ERR_NONE, "not followed: a referral back to %s", text);
		return false;
	}
	if (path->count > FOLLOW_HOPS_MAX) {
		report(ERR_NONE, "not followed: a referral to %s, after %d "
		    "others", text, FOLLOW_HOPS_MAX);
		return false;
	}
	report(ERR_NONE, "going on to %s", text);
	path->servers[path->count++] = notes->referral;
	return true;
}

int
follow(const struct server_name *first, bool named, struct span query,
    uint64_t deadline_ms)
{
	struct ask ask = {
		.query = query,
		.deadline_ms = deadline_ms,
		.is_terminal = isatty(STDOUT_FILENO) == 1,
	};
	struct path path = { .servers = { *first }, .count = 1 };
	int status = ERR_NONE;
	struct client_notes notes;
	struct fault fault;

	do {
		bool is_local;
		enum err err = ask_server(&ask, &path.servers[path.count - 1],
		    &notes, &is_local, &fault);

		if (err == ERR_REFUSED) { /* then the answer before counts */
			report_fault(&fault);
			return status;
		}
		if (err != ERR_NONE)
			return report_fault(&fault);
		status = notes.outcome == CLIENT_FOUND ? ERR_NONE :
		    ERR_REFUSED;
		if (path.count == 1)
			ask.refuse_local = !(named && is_local);
	} while (go_on(&path, &notes));
	return status;
}
