#include "access/rules.h"

#include "unit.h"

#include <string.h>

static struct rules
make_rules(const char *const *texts)
{
	struct rules rules = { .count = 0 };

	for (; *texts != NULL; texts++) {
		struct fault fault;

		ck_assert_msg(rule_parse(&rules.list[rules.count++],
		    span_from(*texts), &fault) == ERR_NONE, "%s: %s", *texts,
		    fault.text);
	}
	return rules;
}

START_TEST(the_first_rule_that_fits_decides)
{
	static const char *const texts[] = {
		"allow 192.0.2.7",
		"refuse 192.0.2.0/24 on whois say Write to us.",
		"silent 203.0.113.0/24",
		"allow campus",
		"refuse local on finger",
		"allow local",
		"refuse all",
		NULL,
	};
	static const struct {
		const char *addr;
		const char *class;
		const char *face;
		unsigned rule;
	} rows[] = {
		{ "192.0.2.7", "", "whois", 0 },
		{ "192.0.2.8", "", "whois", 1 },
		{ "192.0.2.8", "", "finger", 6 },
		{ "203.0.113.1", "campus", "whois", 2 },
		{ "2001:db8::1", "campus", "whois", 3 },
		{ "2001:db8::1", "camp", "whois", 6 },
		{ "local", "", "finger", 4 },
		{ "local", "", "whois", 5 },
	};
	struct rules rules = make_rules(texts);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct addr addr = { .family = ADDR_NONE };
		struct viewer viewer = { .count = 1,
			.classes = { span_from(rows[i].class) } };

		if (strcmp(rows[i].addr, "local") != 0)
			ck_assert(addr_parse(&addr, span_from(rows[i].addr)));
		ck_assert_ptr_eq(rules_find(&rules, &(struct rule_caller){
		    &addr, &viewer, span_from(rows[i].face) }),
		    &rules.list[rows[i].rule]);
	}
}
END_TEST

START_TEST(no_rule_fits_when_none_is_for_the_caller)
{
	static const char *const texts[] = { "refuse 192.0.2.0/24", NULL };
	const struct rules none = { .count = 0 };
	struct rules rules = make_rules(texts);
	struct addr addr;
	const struct rule_caller caller = { &addr, &viewer_stranger,
		span_from("whois") };

	ck_assert(addr_parse(&addr, span_from("198.51.100.1")));
	ck_assert_ptr_null(rules_find(&rules, &caller));
	ck_assert_ptr_null(rules_find(&none, &caller));
}
END_TEST

START_TEST(a_sentence_is_the_rest_of_the_line)
{
	struct fault fault;
	struct rule rule;

	ck_assert_int_eq(rule_parse(&rule, span_from("  refuse  all on whois "
	    "say  Ask the desk, say at noon.  "), &fault), ERR_NONE);
	ck_assert_int_eq(rule.verdict, RULE_REFUSE);
	ck_assert_int_eq(rule.who, RULE_WHO_ALL);
	ck_assert_str_eq(rule.face, "whois");
	ck_assert_str_eq(rule_sentence(&rule), "Ask the desk, say at noon.");
	ck_assert_int_eq(rule_parse(&rule, span_from("refuse all"), &fault),
	    ERR_NONE);
	ck_assert_str_eq(rule_sentence(&rule),
	    "Your network may not ask here.");
}
END_TEST

START_TEST(says_what_is_wrong_with_a_rule)
{
	static const struct {
		const char *text;
		const char *sentence;
	} rows[] = {
		{ "", "a rule begins with allow, refuse or silent, "
		    "not \"\"" },
		{ "deny all", "a rule begins with allow, refuse or silent, "
		    "not \"deny\"" },
		{ "refuse", "the rule does not say whom it is for: a network, "
		    "a class or all" },
		{ "refuse 192.0.2.0/33", "\"192.0.2.0/33\" is no network; one "
		    "is written 192.0.2.0/24, 2001:db8::/32 or local" },
		{ "refuse all on", "behind \"on\" belongs the name of a "
		    "face" },
		{ "refuse all on afacewithalongna", NULL },
		{ "refuse all on afacewithalongnam", "behind \"on\" belongs "
		    "the name of a face" },
		{ "refuse all say", "behind \"say\" belongs one line of at "
		    "most 240 bytes in UTF-8" },
		{ "refuse all say a\001b", "behind \"say\" belongs one line "
		    "of at most 240 bytes in UTF-8" },
		{ "refuse all say M\374ller", "behind \"say\" belongs one "
		    "line of at most 240 bytes in UTF-8" },
		{ "silent all say Go away.", "only a rule that refuses may "
		    "say something" },
		{ "allow all at noon", "what does \"at\" mean? A rule reads "
		    "VERDICT WHO on FACE say SENTENCE" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct fault fault = { .text = "" };
		struct rule rule;
		enum err err = rule_parse(&rule, span_from(rows[i].text),
		    &fault);

		ck_assert_int_eq(err, rows[i].sentence == NULL ? ERR_NONE :
		    ERR_REFUSED);
		if (rows[i].sentence != NULL)
			ck_assert_str_eq(fault.text, rows[i].sentence);
	}
}
END_TEST

UNIT_MAIN("access/rules", the_first_rule_that_fits_decides,
    no_rule_fits_when_none_is_for_the_caller,
    a_sentence_is_the_rest_of_the_line, says_what_is_wrong_with_a_rule)
