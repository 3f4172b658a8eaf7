/*
 * What clients of WHOIS put around a query.
 *
 * People quote it for a shell that is not there, or type the name of the
 * client once more, and Debian's client sends the flags it has for RIPE's
 * servers to every server.
 */

#ifndef PROTO_WHOIS_LINE_H
#define PROTO_WHOIS_LINE_H

#include "base/span.h"

/*
 * The query in a line as query_clean() leaves it: without quotes around the
 * whole, "whois" words and flags in front, in any order, since each may uncover
 * another: whois "whois -B smith".  Part of `line`; all of it where nothing
 * else would be left.
 */
struct span whois_peel(struct span line);

#endif
