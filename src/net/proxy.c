#include "net/proxy.h"

#include <string.h>

enum {
	LINE_MAX_BYTES = PROXY_NEEDED_MAX, /* with CR and LF */
	FIXED_BYTES = 16, /* of version 2, before the addresses */
	VERSION_2 = 2,
	V4_BYTES = 4 + 4 + 2 + 2,   /* both addresses, both ports */
	V6_BYTES = 16 + 16 + 2 + 2,
	UNIX_BYTES = 108 + 108,
};

enum command { COMMAND_LOCAL = 0, COMMAND_PROXY = 1 };

/* Family and transport, as they stand in one byte. */
enum kind {
	KIND_UNKNOWN = 0x00,
	KIND_TCP4 = 0x11,
	KIND_TCP6 = 0x21,
	KIND_UNIX = 0x31,
};

static const struct span line_start = SPAN_LITERAL("PROXY ");
static const struct span signature = SPAN_LITERAL("\r\n\r\n\0\r\nQUIT\n");

/* What is there of it is the beginning of `wanted`. */
static bool
begins_as(struct span input, struct span wanted)
{
	size_t length = input.length < wanted.length ? input.length :
	    wanted.length;

	return memcmp(input.data, wanted.data, length) == 0;
}

/* Decimal, with no zero in front. */
static bool
parse_port(uint16_t *port, struct span text)
{
	unsigned number;

	if ((text.length > 1 && text.data[0] == '0') ||
	    !span_read_number(text, UINT16_MAX, &number))
		return false;
	*port = (uint16_t)number;
	return true;
}

static bool
parse_address(struct addr *addr, struct span text, bool is_v6)
{
	bool has_colon = text.length > 0 &&
	    memchr(text.data, ':', text.length) != NULL;

	return has_colon == is_v6 && addr_parse(addr, text);
}

/* "SOURCE DESTINATION PORT PORT"; ours are checked and forgotten. */
static bool
parse_ends(struct peer *client, struct span text, bool is_v6)
{
	struct span source = span_cut(&text, ' ');
	struct span destination = span_cut(&text, ' ');
	struct span port = span_cut(&text, ' ');
	struct peer ours;

	return parse_address(&client->addr, source, is_v6) &&
	    parse_address(&ours.addr, destination, is_v6) &&
	    parse_port(&client->port, port) && parse_port(&ours.port, text);
}

/* What is between "PROXY " and the end of the line. */
static enum proxy_verdict
judge_line(struct span text, struct peer *client)
{
	struct span family = span_cut(&text, ' ');
	bool is_v6 = span_is(family, "TCP6");

	if (span_is(family, "UNKNOWN"))
		return PROXY_LOCAL;
	if (!is_v6 && !span_is(family, "TCP4"))
		return PROXY_MALFORMED;
	return parse_ends(client, text, is_v6) ? PROXY_CLIENT :
	    PROXY_MALFORMED;
}

static enum proxy_verdict
parse_line(struct span input, struct proxy_header *header)
{
	size_t seen = input.length < LINE_MAX_BYTES ? input.length :
	    LINE_MAX_BYTES;
	const char *end = memchr(input.data, '\n', seen);
	struct span text;

	if (end == NULL)
		return seen < LINE_MAX_BYTES ? PROXY_MORE : PROXY_MALFORMED;
	header->length = (size_t)(end - input.data) + 1;
	if (header->length < line_start.length + 2 || end[-1] != '\r')
		return PROXY_MALFORMED;
	text = (struct span){ input.data, header->length - 2 };
	return judge_line(span_skip(text, line_start.length), &header->client);
}

static unsigned
read_16(const uint8_t *bytes)
{
	return (unsigned)bytes[0] << 8 | bytes[1];
}

/* How many bytes addresses of this kind take; false: there is no such kind. */
static bool
measure_kind(unsigned kind, size_t *bytes)
{
	switch (kind) {
	case KIND_UNKNOWN:
		*bytes = 0;
		return true;
	case KIND_TCP4:
		*bytes = V4_BYTES;
		return true;
	case KIND_TCP6:
		*bytes = V6_BYTES;
		return true;
	case KIND_UNIX:
		*bytes = UNIX_BYTES;
		return true;
	default:
		return false;
	}
}

static struct peer
read_client(const uint8_t *at, unsigned kind)
{
	if (kind == KIND_TCP4)
		return (struct peer){ addr_v4(at), (uint16_t)read_16(at + 8) };
	return (struct peer){ addr_v6(at), (uint16_t)read_16(at + 32) };
}

static enum proxy_verdict
parse_binary(struct span input, struct proxy_header *header)
{
	const uint8_t *bytes = (const uint8_t *)input.data;
	size_t length, needed;
	unsigned command, kind;

	if (input.length < FIXED_BYTES)
		return PROXY_MORE;
	command = bytes[12] & 0x0f;
	kind = bytes[13];
	length = read_16(bytes + 14);
	if (bytes[12] >> 4 != VERSION_2 || command > COMMAND_PROXY)
		return PROXY_MALFORMED;
	header->length = FIXED_BYTES + length;
	if (command == COMMAND_LOCAL)
		return PROXY_LOCAL;
	if (!measure_kind(kind, &needed) || length < needed)
		return PROXY_MALFORMED;
	if (kind == KIND_UNKNOWN || kind == KIND_UNIX)
		return PROXY_LOCAL;
	if (input.length < FIXED_BYTES + needed)
		return PROXY_MORE;
	header->client = read_client(bytes + FIXED_BYTES, kind);
	return PROXY_CLIENT;
}

enum proxy_verdict
proxy_parse(struct span input, struct proxy_header *header)
{
	if (input.length == 0)
		return PROXY_MORE;
	if (begins_as(input, line_start))
		return parse_line(input, header);
	if (begins_as(input, signature))
		return parse_binary(input, header);
	return PROXY_MALFORMED;
}
