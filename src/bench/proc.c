#include <config.h>

#include "bench/proc.h"

#include <string.h>

enum {
	/* Of a line of /proc/net/tcp. */
	REST_WORDS = 5, /* between the state and the inode */
	STATE_LISTEN = 10,
	V4_DIGITS = 8,
	V6_DIGITS = 32,

	/* Of /proc/PID/stat behind the name: the 3rd field is the first. */
	WORDS_BEFORE_TIMES = 11,
};

static bool
read_hex(uint64_t *number, struct span text)
{
	*number = 0;
	if (text.length == 0 || text.length > 16)
		return false;
	for (size_t i = 0; i < text.length; i++) {
		const char *digits = "0123456789ABCDEF";
		const char *at = memchr(digits, text.data[i], 16);

		if (at == NULL)
			return false;
		*number = *number << 4 | (uint64_t)(at - digits);
	}
	return true;
}

static bool
read_decimal(uint64_t *number, struct span text)
{
	*number = 0;
	if (text.length == 0 || text.length > 19)
		return false;
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
		*number = *number * 10 + (uint64_t)(text.data[i] - '0');
	}
	return true;
}

/* Words of 32 bits, each printed as the number it is to this machine. */
static bool
read_address(struct addr *addr, struct span text)
{
	uint8_t bytes[16];

	if (text.length != V4_DIGITS && text.length != V6_DIGITS)
		return false;
	for (size_t i = 0; i < text.length / 8; i++) {
		uint64_t number;
		uint32_t word;

		if (!read_hex(&number, (struct span){ text.data + 8 * i, 8 }))
			return false;
		word = (uint32_t)number;
		memcpy(bytes + 4 * i, &word, sizeof word);
	}
	*addr = text.length == V4_DIGITS ? addr_v4(bytes) : addr_v6(bytes);
	return true;
}

/* "0100007F:10F7" */
static bool
read_endpoint(struct proc_socket *socket, struct span text)
{
	struct span address = span_cut(&text, ':');
	uint64_t port;

	if (!read_address(&socket->addr, address) ||
	    !read_hex(&port, text) || port > UINT16_MAX)
		return false;
	socket->port = (uint16_t)port;
	return true;
}

bool
proc_parse_socket(struct proc_socket *socket, struct span line)
{
	struct span rest = line;
	uint64_t state;

	span_next_word(&rest); /* "0:" */
	if (!read_endpoint(socket, span_next_word(&rest)))
		return false;
	span_next_word(&rest); /* the other end */
	if (!read_hex(&state, span_next_word(&rest)))
		return false;
	socket->listens = state == STATE_LISTEN;
	for (int i = 0; i < REST_WORDS; i++)
		span_next_word(&rest); /* queues, timers, user, timeouts */
	return read_decimal(&socket->inode, span_next_word(&rest));
}

/* The name, in parentheses, may hold blanks and parentheses. */
static struct span
skip_name(struct span text)
{
	const char *end = memrchr(text.data, ')', text.length);

	return end == NULL ? span_skip(text, text.length) :
	    span_skip(text, (size_t)(end - text.data) + 1);
}

bool
proc_parse_stat(struct proc_times *times, struct span text)
{
	uint64_t *const fields[] = { &times->user, &times->system,
		&times->children_user, &times->children_system };
	struct span rest;

	if (text.length == 0)
		return false;
	rest = skip_name(text);
	for (int i = 0; i < WORDS_BEFORE_TIMES; i++)
		span_next_word(&rest);
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (!read_decimal(fields[i], span_next_word(&rest)))
			return false;
	return true;
}
