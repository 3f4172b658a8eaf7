/* What the process may do: how many descriptors, and as whom. */

#ifndef SERVER_PROCESS_H
#define SERVER_PROCESS_H

#include "base/attr.h"
#include "base/err.h"

/*
 * Raise the limit of open descriptors so that `wanted` fit; what then fits,
 * which is less than `wanted` where the system does not allow it.
 */
unsigned process_raise_descriptors(unsigned wanted);

/*
 * Give up root for `user`, for good; nothing when `user` is empty or already
 * who we are.  Once the ports are open, before anything a client sends is
 * read.
 */
enum err process_become(const char *user, struct fault *fault) MUST_CHECK;

#endif
