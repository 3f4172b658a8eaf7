/*
 * What a question and its answer are on the wire: WHOIS (RFC 3912), finger
 * (RFC 1288) and PH (RFC 2378).
 *
 * A question is a line.  Its answer ends when the server closes or, where there
 * are sessions, with a line that says so (bench/reply), and the next question
 * follows on the same connection.
 */

#ifndef BENCH_PROTOCOL_H
#define BENCH_PROTOCOL_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

enum protocol_name {
	PROTOCOL_WHOIS,
	PROTOCOL_FINGER,
	PROTOCOL_PH,
};

enum { PROTOCOLS = PROTOCOL_PH + 1 };

struct protocol {
	const char *name;     /* for people who choose */
	const char *service;  /* its name in /etc/services */
	uint16_t port;        /* its number, where that file lacks it */
	const char *question; /* which any server answers */
	bool has_sessions;

	/* A line that ends a session; the server then closes. */
	struct span farewell;
};

extern const struct protocol protocols[PROTOCOLS];

static const struct span protocol_line_end = SPAN_LITERAL("\r\n");

/* False: there is none of that name. */
bool protocol_find(enum protocol_name *protocol, const char *name) MUST_CHECK;

/*
 * Whether an answer is a refusal.  Of PH by the code that it ends with; that
 * nobody or too many match (501, 502) is an answer like others.  Of the others
 * by its first byte.
 */
bool protocol_refuses(const struct protocol *protocol, char first_byte,
    unsigned code);

#endif
