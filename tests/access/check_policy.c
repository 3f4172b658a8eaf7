#include "access/policy.h"

#include "unit.h"

#include <string.h>

static void
add_rule(struct policy *policy, const char *text)
{
	struct fault fault;

	ck_assert_int_eq(rule_parse(
	    &policy->rules.list[policy->rules.count++], span_from(text),
	    &fault), ERR_NONE);
}

static const struct rule *
find(const struct policy *policy, const char *text)
{
	struct addr addr;

	ck_assert(addr_parse(&addr, span_from(text)));
	return policy_find_rule(policy, &addr, span_from("whois"));
}

START_TEST(by_default_nobody_is_turned_away_or_trusted)
{
	struct policy policy;

	policy_set_defaults(&policy);
	ck_assert_ptr_null(find(&policy, "192.0.2.1"));
	ck_assert_uint_eq(policy.classes.count, 0);
	ck_assert_uint_eq(policy.proxies.count, 0);
	ck_assert_uint_gt(policy.limits.connections, 0);
	ck_assert_uint_gt(policy.limits.exempt.count, 0);
}
END_TEST

START_TEST(a_rule_for_a_class_is_for_its_networks)
{
	struct policy policy;
	struct class *campus = &policy.classes.list[0];
	struct fault fault;

	policy_set_defaults(&policy);
	policy.classes.count = 1;
	strcpy(campus->name, "campus");
	ck_assert_int_eq(networks_add(&campus->networks,
	    span_from("2001:db8::/32"), &fault), ERR_NONE);
	add_rule(&policy, "allow campus");
	add_rule(&policy, "refuse all");
	ck_assert_ptr_eq(find(&policy, "2001:db8::1"), &policy.rules.list[0]);
	ck_assert_ptr_eq(find(&policy, "2001:db9::1"), &policy.rules.list[1]);
}
END_TEST

UNIT_MAIN("access/policy", by_default_nobody_is_turned_away_or_trusted,
    a_rule_for_a_class_is_for_its_networks)
