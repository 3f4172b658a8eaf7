#include "bench/protocol.h"

#include <string.h>

enum {
	CODE_NO_MATCH = 501,
	CODE_TOO_MANY = 502,
	CODES_OF_FAILURE = 400, /* from here on */
};

const struct protocol protocols[PROTOCOLS] = {
	[PROTOCOL_WHOIS] = {
		.name = "whois",
		.service = "whois",
		.port = 43,
		.question = "help",
	},
	[PROTOCOL_FINGER] = {
		.name = "finger",
		.service = "finger",
		.port = 79,
		.question = "",
	},
	[PROTOCOL_PH] = {
		.name = "ph",
		.service = "csnet-ns",
		.port = 105,
		.question = "status",
		.has_sessions = true,
		.farewell = SPAN_LITERAL("quit\r\n"),
	},
};

bool
protocol_find(enum protocol_name *protocol, const char *name)
{
	for (unsigned i = 0; i < PROTOCOLS; i++)
		if (strcmp(protocols[i].name, name) == 0) {
			*protocol = (enum protocol_name)i;
			return true;
		}
	return false;
}

bool
protocol_refuses(const struct protocol *protocol, char first_byte,
    unsigned code)
{
	if (!protocol->has_sessions)
		return first_byte == '%';
	return code >= CODES_OF_FAILURE && code != CODE_NO_MATCH &&
	    code != CODE_TOO_MANY;
}
