/* One question to one WHOIS server: connect, send, print what comes back. */

#ifndef TOOLS_ASK_H
#define TOOLS_ASK_H

#include "base/attr.h"
#include "base/err.h"
#include "proto/client.h"

#include <stdbool.h>
#include <stdint.h>

enum { ASK_ANSWER_MAX = 64 << 20 };

struct ask {
	struct span query;    /* safe (client_query_is_safe) */
	uint64_t deadline_ms; /* CLOCK_MONOTONIC; of all servers together */
	bool is_terminal;     /* standard output is one */
	bool refuse_local;    /* the server is a stranger's choice */
};

/*
 * Ask `server` and print its answer on standard output as it comes.  `notes`
 * are of this answer;  `*server_is_local` says whether the server's address is
 * loopback or private.  An answer above ASK_ANSWER_MAX bytes is cut off there,
 * which is a failure.  ERR_REFUSED: nothing was asked, `refuse_local` forbids
 * it.
 */
enum err ask_server(const struct ask *ask, const struct server_name *server,
    struct client_notes *notes, bool *server_is_local, struct fault *fault)
    MUST_CHECK;

#endif
