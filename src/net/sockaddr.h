/* Socket addresses: room for those that we meet, and whom they stand for. */

#ifndef NET_SOCKADDR_H
#define NET_SOCKADDR_H

#include "net/service.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

/* What accept(), getpeername() and getsockname() fill in. */
union sockaddr_any {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_un un;
};

/* ADDR_NONE for all but Internet addresses. */
struct peer sockaddr_peer(const union sockaddr_any *name);

#endif
