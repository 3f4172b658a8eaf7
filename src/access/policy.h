/*
 * All that is configured about who asks, as one value.
 */

#ifndef ACCESS_POLICY_H
#define ACCESS_POLICY_H

#include "access/classes.h"
#include "access/networks.h"
#include "access/rules.h"
#include "access/sources.h"

struct policy {
	struct classes classes;
	struct rules rules;
	struct source_limits limits;
	struct networks proxies; /* who may say for whom he asks */
};

/* No classes, no rules and no proxies; limits as access/sources.h has them. */
void policy_set_defaults(struct policy *policy);

/* The rule for a client of this address at this face.  NULL: none fits. */
const struct rule *policy_find_rule(const struct policy *policy,
    const struct addr *addr, struct span face);

#endif
