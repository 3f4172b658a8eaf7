#include "query/telnet.h"

/* Up to and with IAC SE; IAC IAC is a byte of the argument. */
static size_t
subnegotiation_length(struct span text)
{
	const unsigned char *byte = (const unsigned char *)text.data;

	for (size_t i = 2; i + 1 < text.length; i++) {
		if (byte[i] != TELNET_IAC)
			continue;
		if (byte[i + 1] == TELNET_SE)
			return i + 2;
		i++;
	}
	return text.length + 1;
}

size_t
telnet_command_length(struct span text)
{
	const unsigned char *byte = (const unsigned char *)text.data;

	if (byte[0] != TELNET_IAC)
		return 0;
	if (text.length == 1)
		return 2;
	if (byte[1] >= TELNET_WILL && byte[1] <= TELNET_DONT)
		return 3;
	if (byte[1] == TELNET_SB)
		return subnegotiation_length(text);
	return byte[1] >= TELNET_SE ? 2 : 0;
}
