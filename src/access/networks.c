#include "access/networks.h"

#include <string.h>

enum err
network_parse(struct prefix *network, struct span text, struct fault *fault)
{
	char meant[ADDR_TEXT_MAX];
	struct addr start;

	if (span_is(text, "local")) {
		*network = (struct prefix){ .addr.family = ADDR_NONE };
		return ERR_NONE;
	}
	if (!prefix_parse(network, text))
		return fault_set(fault, ERR_REFUSED,
		    "\"%.*s\" is no network; one is written 192.0.2.0/24, "
		    "2001:db8::/32 or local",
		    (int)text.length, text.data);
	start = addr_mask(&network->addr, network->bits);
	if (addr_compare(&start, &network->addr) == 0)
		return ERR_NONE;
	addr_format(&start, meant);
	return fault_set(fault, ERR_REFUSED,
	    "\"%.*s\" has bits behind its first %u; "
	    "the network is %s/%u",
	    (int)text.length, text.data, network->bits, meant, network->bits);
}

/* How many begin at or before the address. */
static unsigned
count_before(const struct networks *networks, const struct addr *addr)
{
	unsigned low = 0, high = networks->count;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;

		if (addr_compare(&networks->list[middle].addr, addr) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* NULL: the address is in none. */
static const struct prefix *
find(const struct networks *networks, const struct addr *addr)
{
	unsigned before = count_before(networks, addr);
	const struct prefix *last;

	if (before == 0)
		return NULL;
	last = &networks->list[before - 1];
	return prefix_contains(last, addr) ? last : NULL;
}

bool
networks_contain(const struct networks *networks, const struct addr *addr)
{
	return find(networks, addr) != NULL;
}

static void
remove_inside(struct networks *networks, const struct prefix *network)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < networks->count; i++)
		if (!prefix_contains(network, &networks->list[i].addr))
			networks->list[kept++] = networks->list[i];
	networks->count = kept;
}

enum err
networks_add(struct networks *networks, struct span text, struct fault *fault)
{
	const struct prefix *around;
	struct prefix network;
	unsigned place;

	if (network_parse(&network, text, fault) != ERR_NONE)
		return fault->code;
	around = find(networks, &network.addr);
	if (around != NULL && around->bits <= network.bits)
		return ERR_NONE;
	remove_inside(networks, &network);
	if (networks->count == NETWORKS_MAX)
		return fault_set(fault, ERR_REFUSED,
		    "there may be at most %d networks", NETWORKS_MAX);
	place = count_before(networks, &network.addr);
	memmove(networks->list + place + 1, networks->list + place,
	    (networks->count - place) * sizeof network);
	networks->list[place] = network;
	networks->count++;
	return ERR_NONE;
}
