/*
 * IP addresses and prefixes as values.
 *
 * IPv4 is kept as IPv4; a v4-mapped IPv6 address is turned into the IPv4
 * address it stands for, so that a dual-stack listener and a v4 listener give
 * the same address for the same client.
 */

#ifndef BASE_ADDR_H
#define BASE_ADDR_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

enum addr_family {
	ADDR_NONE, /* no IP address: a UNIX socket, a pipe */
	ADDR_V4,
	ADDR_V6,
};

struct addr {
	enum addr_family family;
	uint8_t bytes[16]; /* network order; IPv4 uses the first four */
};

struct prefix {
	struct addr addr;
	unsigned bits;
};

enum { ADDR_TEXT_MAX = 46 }; /* longest text with its NUL */

/* `bytes` are 4 or 16 bytes in network order. */
struct addr addr_v4(const uint8_t bytes[4]);
struct addr addr_v6(const uint8_t bytes[16]);

bool addr_parse(struct addr *addr, struct span text) MUST_CHECK;

/* "-" for ADDR_NONE. */
void addr_format(const struct addr *addr, char text[ADDR_TEXT_MAX]);

/* By family and bytes: negative, zero, positive as memcmp. */
int addr_compare(const struct addr *a, const struct addr *b);

/* The first `bits` of the address, the others cleared. */
struct addr addr_mask(const struct addr *addr, unsigned bits);

/* "ADDRESS/BITS"; without bits the whole address counts. */
bool prefix_parse(struct prefix *prefix, struct span text) MUST_CHECK;
bool prefix_contains(const struct prefix *prefix, const struct addr *addr);

/*
 * Addresses that no stranger should make us connect to: loopback, private
 * (RFC 1918, RFC 4193), link-local, shared (RFC 6598), multicast, unspecified,
 * reserved, and IPv6 forms that embed such an IPv4 address (NAT64, 6to4).
 */
bool addr_is_local(const struct addr *addr);

#endif
