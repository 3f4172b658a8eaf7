/*
 * What a question and its answer are on the wire: RFC 3912.
 *
 * An answer ends when the server closes.  A protocol with sessions would say
 * here by what line one ends instead, and the crowd ask on when it has come.
 */

#ifndef BENCH_PROTOCOL_H
#define BENCH_PROTOCOL_H

#include "base/span.h"

#include <stdint.h>

struct protocol {
	const char *service; /* its name in /etc/services */
	uint16_t port;       /* its number, where that file lacks it */
	struct span line_end;
};

static const struct protocol protocol_whois = {
	.service = "whois",
	.port = 43,
	.line_end = SPAN_LITERAL("\r\n"),
};

#endif
