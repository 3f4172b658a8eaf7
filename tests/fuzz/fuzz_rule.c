/* An access rule, and the caller that it would be for. */

#include "access/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rules rules = { .count = 1 };
	struct rule *rule = &rules.list[0];
	struct fault fault;

	if (rule_parse(rule, (struct span){ (const char *)data, size },
		&fault) == ERR_NONE)
		(void)rules_find(&rules, &(struct rule_caller){
		    &rule->network.addr, &viewer_stranger,
		    span_from(rule->face) });
	return 0;
}
