#include "net/sockaddr.h"

#include <arpa/inet.h>

struct peer
sockaddr_peer(const union sockaddr_any *name)
{
	struct peer peer = { .addr.family = ADDR_NONE };

	if (name->any.sa_family == AF_INET) {
		peer.addr = addr_v4((const uint8_t *)&name->v4.sin_addr);
		peer.port = ntohs(name->v4.sin_port);
	} else if (name->any.sa_family == AF_INET6) {
		peer.addr = addr_v6(name->v6.sin6_addr.s6_addr);
		peer.port = ntohs(name->v6.sin6_port);
	}
	return peer;
}
