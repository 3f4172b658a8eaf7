#include "base/addr.h"

#include "base/buf.h"

#include <arpa/inet.h>
#include <string.h>

struct addr
addr_v4(const uint8_t bytes[4])
{
	struct addr addr = { .family = ADDR_V4 };

	memcpy(addr.bytes, bytes, 4);
	return addr;
}

struct addr
addr_v6(const uint8_t bytes[16])
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	struct addr addr = { .family = ADDR_V6 };

	if (memcmp(bytes, mapped, sizeof mapped) == 0)
		return addr_v4(bytes + 12);
	memcpy(addr.bytes, bytes, 16);
	return addr;
}

bool
addr_parse(struct addr *addr, struct span text)
{
	char copy[ADDR_TEXT_MAX];
	uint8_t bytes[16];

	if (text.length >= sizeof copy)
		return false;
	memcpy(copy, text.data, text.length);
	copy[text.length] = '\0';
	if (strlen(copy) != text.length)
		return false;
	if (inet_pton(AF_INET, copy, bytes) == 1) {
		*addr = addr_v4(bytes);
		return true;
	}
	if (inet_pton(AF_INET6, copy, bytes) == 1) {
		*addr = addr_v6(bytes);
		return true;
	}
	return false;
}

/* Every line of the log has one, and inet_ntop() would take a printf for it. */
static void
format_v4(const uint8_t bytes[4], char text[ADDR_TEXT_MAX])
{
	struct buf out;

	buf_init(&out, text, ADDR_TEXT_MAX);
	for (int i = 0; i < 4; i++) {
		buf_add_number(&out, bytes[i]);
		buf_add_char(&out, i < 3 ? '.' : '\0');
	}
}

void
addr_format(const struct addr *addr, char text[ADDR_TEXT_MAX])
{
	switch (addr->family) {
	case ADDR_NONE:
		memcpy(text, "-", 2);
		break;
	case ADDR_V4:
		format_v4(addr->bytes, text);
		break;
	case ADDR_V6:
		inet_ntop(AF_INET6, addr->bytes, text, ADDR_TEXT_MAX);
		break;
	}
}

int
addr_compare(const struct addr *a, const struct addr *b)
{
	if (a->family != b->family)
		return a->family < b->family ? -1 : 1;
	return memcmp(a->bytes, b->bytes, sizeof a->bytes);
}

struct addr
addr_mask(const struct addr *addr, unsigned bits)
{
	struct addr masked = { .family = addr->family };
	unsigned whole = bits / 8, rest = bits % 8;

	memcpy(masked.bytes, addr->bytes, whole);
	if (rest > 0)
		masked.bytes[whole] = addr->bytes[whole] &
		    (uint8_t)(0xff00u >> rest);
	return masked;
}

static unsigned
width_bits(const struct addr *addr)
{
	return addr->family == ADDR_V4 ? 32 : 128;
}

static bool
parse_bits(unsigned *bits, struct span text, unsigned max)
{
	return text.length <= 3 && span_read_number(text, max, bits);
}

bool
prefix_parse(struct prefix *prefix, struct span text)
{
	bool has_bits = memchr(text.data, '/', text.length) != NULL;
	struct span rest = text;
	struct span address = span_cut(&rest, '/');

	if (!addr_parse(&prefix->addr, address))
		return false;
	prefix->bits = width_bits(&prefix->addr);
	return !has_bits || parse_bits(&prefix->bits, rest, prefix->bits);
}

bool
prefix_contains(const struct prefix *prefix, const struct addr *addr)
{
	unsigned whole = prefix->bits / 8, rest = prefix->bits % 8;
	uint8_t mask = (uint8_t)(0xff00u >> rest);

	if (prefix->addr.family != addr->family ||
	    memcmp(prefix->addr.bytes, addr->bytes, whole) != 0)
		return false;
	return rest == 0 ||
	    ((prefix->addr.bytes[whole] ^ addr->bytes[whole]) & mask) == 0;
}

static bool
in_any(const struct addr *addr, const char *const *prefixes)
{
	for (; *prefixes != NULL; prefixes++) {
		struct prefix prefix;

		if (prefix_parse(&prefix, span_from(*prefixes)) &&
		    prefix_contains(&prefix, addr))
			return true;
	}
	return false;
}

/* The IPv4 address inside a NAT64 (RFC 6052) or 6to4 (RFC 3056) address. */
static bool
embedded_v4(const struct addr *addr, struct addr *inner)
{
	static const char *const nat64[] = { "64:ff9b::/96", NULL };
	static const char *const sixtofour[] = { "2002::/16", NULL };

	if (in_any(addr, nat64))
		*inner = addr_v4(addr->bytes + 12);
	else if (in_any(addr, sixtofour))
		*inner = addr_v4(addr->bytes + 2);
	else
		return false;
	return true;
}

bool
addr_is_local(const struct addr *addr)
{
	static const char *const local[] = {
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
		"169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
		"192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
		"::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10",
		"ff00::/8", "100::/64", NULL,
	};
	struct addr inner;

	if (addr->family == ADDR_NONE || in_any(addr, local))
		return true;
	return embedded_v4(addr, &inner) && in_any(&inner, local);
}
