/* What the process may do: how many descriptors, and as whom. */

#ifndef SERVER_PROCESS_H
#define SERVER_PROCESS_H

#include "base/attr.h"
#include "base/err.h"

#include <sys/types.h>

/*
 * Raise the limit of open descriptors so that `wanted` fit; what then fits,
 * which is less than `wanted` where the system does not allow it.
 */
unsigned process_raise_descriptors(unsigned wanted);

struct identity {
	const char *user; /* borrowed; empty: stay who we are */
	uid_t uid;
	gid_t gid;
};

/*
 * Look up `user`, and `group`, which stands in for the user's own when it is
 * not empty.  Refused: one of them is not known, or a group without a user.
 */
enum err process_find(struct identity *identity, const char *user,
    const char *group, struct fault *fault) MUST_CHECK;

/*
 * Give up root for that user and the groups the user is in, for good; nothing
 * when that is who we are.  Once the ports are open, before anything a client
 * sends is read.
 */
enum err process_become(const struct identity *identity, struct fault *fault)
    MUST_CHECK;

/*
 * Give up what a starter like systemd lends so that a port below 1024 can be
 * bound.  Root keeps its own: it may have to read a directory of others.
 */
void process_drop_capabilities(void);

#endif
