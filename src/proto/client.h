/*
 * WHOIS as its client sees it: what may be asked, what an answer says, and how
 * it is shown.  Bytes in, bytes out, like the faces.
 */

#ifndef PROTO_CLIENT_H
#define PROTO_CLIENT_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/span.h"

#include <stdbool.h>

enum { SERVER_HOST_MAX = 256, SERVER_PORT_MAX = 32 };

/* A server as the resolver wants it. */
struct server_name {
	char host[SERVER_HOST_MAX];
	char port[SERVER_PORT_MAX]; /* a number or a service; may be empty */
};

/*
 * "HOST", "HOST:PORT", "[IPV6]", "[IPV6]:PORT", or an IPv6 address alone.
 * False: it is none of these, or a part is empty, too long or holds a blank or
 * a control character.
 */
bool server_name_parse(struct server_name *name, struct span text) MUST_CHECK;

/* Letters aside, the same host and port; no port is `default_port`. */
bool server_name_equal(const struct server_name *a,
    const struct server_name *b, const char *default_port);

/* A control character in a query could make two commands of it. */
bool client_query_is_safe(struct span query);

enum client_outcome {
	CLIENT_FOUND,
	CLIENT_NOTHING, /* "There were 0 matches" */
	CLIENT_REFUSED, /* "% error:" */
};

/* What has been read of one answer; begin with { 0 }. */
struct client_notes {
	bool inside_line;  /* the last piece ended in the middle of a line */
	enum client_outcome outcome;
	bool has_referral; /* ReferralServer: whois://host[:port] */
	bool has_rwhois;   /* ... rwhois://, which is another protocol */
	struct server_name referral; /* the first one */
};

/*
 * Take note of the next piece of an answer: whole lines, but for a line too
 * long for the reader, whose pieces are recognised as such.
 */
void client_note(struct client_notes *notes, struct span piece);

/*
 * How much of `received` makes a piece: whole lines if there are any, else
 * nothing, or, with `must_go`, everything but a character cut in two.
 */
size_t client_piece_length(struct span received, bool must_go);

/*
 * Append a piece as it is shown: CR LF becomes LF.  On a terminal every other
 * control character but tab and every malformed byte becomes U+FFFD.  At most
 * three times as long as the piece.
 */
void client_add_shown(struct buf *out, struct span piece, bool is_terminal);

#endif
