#include "access/policy.h"

void
policy_set_defaults(struct policy *policy)
{
	*policy = (struct policy){ .proxies = { .count = 0 } };
	source_limits_set_defaults(&policy->limits);
}

const struct rule *
policy_find_rule(const struct policy *policy, const struct addr *addr,
    struct span face)
{
	struct viewer viewer;

	if (policy->rules.count == 0)
		return NULL;
	viewer = classes_view(&policy->classes, addr);
	return rules_find(&policy->rules,
	    &(struct rule_caller){ addr, &viewer, face });
}
