/*
 * Telnet commands (RFC 854) among what a client sends.
 *
 * People ask with telnet, and it negotiates.  One file says how long a command
 * is, for a face, which looks for the end of the line behind it, and for
 * query_clean(), which takes it out.
 */

#ifndef QUERY_TELNET_H
#define QUERY_TELNET_H

#include "base/span.h"

#include <stddef.h>

enum {
	TELNET_SE = 240,   /* end of a subnegotiation, the lowest command */
	TELNET_EC = 247,   /* erase character */
	TELNET_SB = 250,   /* beginning of a subnegotiation */
	TELNET_WILL = 251, /* WILL to DONT: an option follows */
	TELNET_DONT = 254,
	TELNET_IAC = 255,
};

/*
 * Bytes of the command at the start of `text`, which is not empty; IAC IAC,
 * a byte 255 of the text, counts as one.  0: it begins with none.  More than
 * there are: the command is not whole yet.
 */
size_t telnet_command_length(struct span text);

#endif
