/*
 * A set of networks: does this address lie in one of them?
 *
 * The networks are kept in the order of their addresses, without those that lie
 * in another one, so that a look-up is one binary search and no two of them
 * ever contend for an address.  Which of several sets an address belongs to is
 * for whoever holds the sets.
 *
 * A value like any other: copied by assignment, and cleared it is empty.
 */

#ifndef ACCESS_NETWORKS_H
#define ACCESS_NETWORKS_H

#include "base/addr.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>

enum { NETWORKS_MAX = 128 };

struct networks {
	struct prefix list[NETWORKS_MAX];
	unsigned count;
};

/*
 * "ADDRESS/BITS", "ADDRESS", or "local" for those who have no address, the
 * clients of UNIX sockets.  Refused: anything else, and a network with bits
 * behind its length, where one or the other would be a slip.
 */
enum err network_parse(struct prefix *network, struct span text,
    struct fault *fault) MUST_CHECK;

/* As above.  Refused, too: there is no room for another one. */
enum err networks_add(struct networks *networks, struct span text,
    struct fault *fault) MUST_CHECK;

bool networks_contain(const struct networks *networks,
    const struct addr *addr);

#endif
