/* The gate, asked as the network asks it, with a clock of our own. */

#include "server/gatekeeper.h"

#include "access/policy.h"
#include "base/buf.h"
#include "net/gate.h"
#include "net/service.h"
#include "proto/face.h"
#include "sys/counters.h"
#include "unit.h"

#include <string.h>

static const struct service service = { .context = &face_whois };

static struct policy policy;
static struct gatekeeper *gatekeeper;
static uint64_t now_ms;
static bool is_proxy; /* whoever comes */
static char sentence[GATE_REFUSAL_MAX + 1]; /* of the last refusal */

static void
set_up(void)
{
	policy_set_defaults(&policy);
	policy.limits.exempt.count = 0;
	now_ms = 1000000;
	is_proxy = false;
	gatekeeper = gatekeeper_new(&policy);
}

static void
tear_down(void)
{
	gatekeeper_free(&gatekeeper);
}

static void
change(void)
{
	gatekeeper_change(gatekeeper, &policy);
}

static void
add_rule(const char *text)
{
	struct fault fault;

	ck_assert_int_eq(rule_parse(
	    &policy.rules.list[policy.rules.count++], span_from(text),
	    &fault), ERR_NONE);
}

static struct peer
peer_of(const char *text)
{
	struct peer peer = { .port = 1234 };

	if (strcmp(text, "local") != 0)
		ck_assert(addr_parse(&peer.addr, span_from(text)));
	return peer;
}

/* So many questions; or none, to come in. */
static enum gate_verdict
enter_or_ask(const char *text, unsigned *questions)
{
	const struct gate *gate = gatekeeper_gate(gatekeeper);
	struct peer peer = peer_of(text);
	struct gate_caller caller = { &service, &peer, is_proxy, now_ms };
	struct buf refusal;
	enum gate_verdict verdict;

	buf_init(&refusal, sentence, sizeof sentence - 1);
	if (questions == NULL)
		verdict = gate->enter(gate->context, &caller, &refusal);
	else
		verdict = gate->ask(gate->context, &caller, questions,
		    &refusal);
	ck_assert(!refusal.overflowed);
	sentence[refusal.length] = '\0';
	return verdict;
}

static enum gate_verdict
enter(const char *text)
{
	return enter_or_ask(text, NULL);
}

static enum gate_verdict
ask(const char *text)
{
	unsigned one = 1;

	return enter_or_ask(text, &one);
}

/* How many of so many questions may be asked. */
static unsigned
ask_many(const char *text, unsigned questions)
{
	ck_assert_int_eq(enter_or_ask(text, &questions), GATE_OPEN);
	return questions;
}

/* With so many questions that were let through and not asked. */
static void
leave_early(const char *text, unsigned unserved)
{
	const struct gate *gate = gatekeeper_gate(gatekeeper);
	struct peer peer = peer_of(text);
	struct gate_caller caller = { &service, &peer, is_proxy, now_ms };

	gate->leave(gate->context, &caller, unserved);
}

static void
leave(const char *text)
{
	leave_early(text, 0);
}

static uint64_t
counted(const char *name)
{
	struct counter_set set = gatekeeper_counters(gatekeeper);
	uint64_t sums[COUNTERS_MAX] = { 0 };

	set.sum(set.owner, sums);
	for (unsigned i = 0; i < set.count; i++)
		if (strcmp(set.texts[i].name, name) == 0)
			return sums[i];
	ck_abort_msg("there is no counter %s", name);
	return 0;
}

START_TEST(everybody_may_come_in_by_default)
{
	static const char *const callers[] = { "192.0.2.1", "2001:db8::1",
		"local" };

	for (size_t i = 0; i < sizeof callers / sizeof callers[0]; i++) {
		ck_assert_int_eq(enter(callers[i]), GATE_OPEN);
		ck_assert_int_eq(ask(callers[i]), GATE_OPEN);
		leave(callers[i]);
		ck_assert_str_eq(sentence, "");
	}
}
END_TEST

START_TEST(rules_refuse_and_are_silent)
{
	add_rule("allow 192.0.2.1");
	add_rule("refuse 192.0.2.0/24 say Write to M\303\274ller.");
	add_rule("silent 198.51.100.0/24 on whois");
	add_rule("refuse 203.0.113.0/24");
	add_rule("refuse all on finger");
	change();
	ck_assert_int_eq(enter("192.0.2.1"), GATE_OPEN);
	ck_assert_int_eq(enter("192.0.2.2"), GATE_REFUSED);
	ck_assert_str_eq(sentence, "% error: Write to M\303\274ller.\r\n");
	ck_assert_int_eq(enter("198.51.100.1"), GATE_SILENT);
	ck_assert_str_eq(sentence, "");
	ck_assert_int_eq(enter("203.0.113.1"), GATE_REFUSED);
	ck_assert_str_eq(sentence,
	    "% error: Your network may not ask here.\r\n");
	ck_assert_int_eq(enter("2001:db8::1"), GATE_OPEN);
	ck_assert_uint_eq(counted("rule_refused"), 2);
	ck_assert_uint_eq(counted("rule_silent"), 1);
}
END_TEST

START_TEST(a_rule_may_name_a_class)
{
	struct class *campus = &policy.classes.list[policy.classes.count++];
	struct fault fault;

	strcpy(campus->name, "campus");
	ck_assert_int_eq(networks_add(&campus->networks,
	    span_from("129.100.0.0/16"), &fault), ERR_NONE);
	add_rule("allow campus");
	add_rule("refuse all");
	change();
	ck_assert_int_eq(enter("129.100.3.4"), GATE_OPEN);
	ck_assert_int_eq(enter("129.101.3.4"), GATE_REFUSED);
}
END_TEST

START_TEST(each_limit_has_its_sentence_with_the_time_to_wait)
{
	policy.limits.connections = 1;
	policy.limits.rate = 1;
	policy.limits.burst = 1;
	policy.limits.daily = 2;
	change();
	ck_assert_int_eq(enter("192.0.2.1"), GATE_OPEN);
	ck_assert_int_eq(enter("192.0.2.1"), GATE_REFUSED);
	ck_assert_str_eq(sentence, "% error: Too many connections from your "
	    "network at once; try again in 10 seconds.\r\n");
	ck_assert_int_eq(ask("192.0.2.1"), GATE_OPEN);
	ck_assert_int_eq(ask("192.0.2.1"), GATE_REFUSED);
	ck_assert_str_eq(sentence, "% error: Too many questions from your "
	    "network; try again in 1 second.\r\n");
	now_ms += 1000;
	ck_assert_int_eq(ask("192.0.2.1"), GATE_OPEN);
	ck_assert_int_eq(ask("192.0.2.1"), GATE_REFUSED);
	ck_assert_str_eq(sentence, "% error: Your network has had all its "
	    "answers of a day; try again in 24 hours.\r\n");
	ck_assert_uint_eq(counted("source_too_many"), 1);
	ck_assert_uint_eq(counted("source_too_fast"), 1);
	ck_assert_uint_eq(counted("source_used_up"), 1);
	leave("192.0.2.1");
	ck_assert_int_eq(enter("192.0.2.1"), GATE_OPEN);
}
END_TEST

START_TEST(charges_each_question_of_a_session)
{
	policy.limits.rate = 1;
	policy.limits.burst = 10;
	policy.limits.daily = 12;
	change();
	ck_assert_int_eq(enter("192.0.2.1"), GATE_OPEN);
	ck_assert_uint_eq(ask_many("192.0.2.1", 4), 4);
	ck_assert_uint_eq(ask_many("192.0.2.1", 64), 6);
	ck_assert_int_eq(ask("192.0.2.1"), GATE_REFUSED);
	leave_early("192.0.2.1", 5);
	ck_assert_int_eq(enter("192.0.2.1"), GATE_OPEN);
	ck_assert_uint_eq(ask_many("192.0.2.1", 64), 5);
	now_ms += 10000;
	ck_assert_uint_eq(ask_many("192.0.2.1", 64), 2);
	ck_assert_int_eq(ask("192.0.2.1"), GATE_REFUSED);
	ck_assert_uint_eq(ask_many("192.0.2.2", 5), 5);
	is_proxy = true;
	ck_assert_uint_eq(ask_many("192.0.2.1", 64), 64);
}
END_TEST

START_TEST(a_rule_ends_a_session_that_came_in_before_it)
{
	ck_assert_int_eq(enter("192.0.2.1"), GATE_OPEN);
	ck_assert_int_eq(ask("192.0.2.1"), GATE_OPEN);
	add_rule("refuse 192.0.2.0/24 say No more.");
	change();
	ck_assert_int_eq(ask("192.0.2.1"), GATE_REFUSED);
	ck_assert_str_eq(sentence, "% error: No more.\r\n");
	ck_assert_int_eq(ask("198.51.100.1"), GATE_OPEN);
	leave("192.0.2.1");
}
END_TEST

START_TEST(a_time_to_wait_is_never_too_short)
{
	static const struct {
		unsigned left_s;
		const char *time;
	} rows[] = {
		{ 86400, "24 hours." },
		{ 82801, "24 hours." },
		{ 7201, "3 hours." },
		{ 7200, "120 minutes." },
		{ 121, "3 minutes." },
		{ 120, "120 seconds." },
		{ 2, "2 seconds." },
		{ 1, "1 second." },
	};
	uint64_t start_ms = now_ms;

	policy.limits.daily = 1;
	change();
	ck_assert_int_eq(ask("192.0.2.1"), GATE_OPEN);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		now_ms = start_ms + (86400 - rows[i].left_s) * UINT64_C(1000);
		ck_assert_int_eq(ask("192.0.2.1"), GATE_REFUSED);
		ck_assert_msg(strstr(sentence, rows[i].time) != NULL,
		    "%s: %s", rows[i].time, sentence);
	}
}
END_TEST

START_TEST(a_changed_policy_holds_for_the_next_caller)
{
	ck_assert_int_eq(enter("192.0.2.1"), GATE_OPEN);
	policy.limits.connections = 1;
	change();
	ck_assert_int_eq(enter("192.0.2.1"), GATE_REFUSED);
	policy.limits.connections = 0;
	add_rule("refuse 192.0.2.2");
	change();
	ck_assert_int_eq(enter("192.0.2.1"), GATE_OPEN);
	ck_assert_int_eq(enter("192.0.2.2"), GATE_REFUSED);
	policy.rules.count = 0;
	change();
	ck_assert_int_eq(enter("192.0.2.2"), GATE_OPEN);
}
END_TEST

START_TEST(only_listed_proxies_are_trusted)
{
	const struct gate *gate = gatekeeper_gate(gatekeeper);
	struct peer proxy = peer_of("10.0.0.1"), other = peer_of("10.0.0.2");
	struct fault fault;

	ck_assert(!gate->trusts(gate->context, &proxy.addr));
	ck_assert_int_eq(networks_add(&policy.proxies, span_from("10.0.0.1"),
	    &fault), ERR_NONE);
	change();
	ck_assert(gate->trusts(gate->context, &proxy.addr));
	ck_assert(!gate->trusts(gate->context, &other.addr));
}
END_TEST

START_TEST(a_proxy_that_asks_for_itself_meets_rules_but_no_limits)
{
	policy.limits.connections = 1;
	policy.limits.daily = 1;
	add_rule("refuse 198.51.100.0/24");
	change();
	ck_assert_int_eq(enter("192.0.2.1"), GATE_OPEN);
	is_proxy = true;
	for (unsigned i = 0; i < 3; i++) {
		ck_assert_int_eq(enter("192.0.2.1"), GATE_OPEN);
		ck_assert_int_eq(ask("192.0.2.1"), GATE_OPEN);
		leave("192.0.2.1");
	}
	ck_assert_int_eq(enter("198.51.100.1"), GATE_REFUSED);
	is_proxy = false;
	ck_assert_int_eq(enter("192.0.2.1"), GATE_REFUSED);
	ck_assert_int_eq(ask("192.0.2.1"), GATE_OPEN);
	ck_assert_int_eq(ask("192.0.2.1"), GATE_REFUSED);
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){ set_up, tear_down }),
    "server/gatekeeper", everybody_may_come_in_by_default,
    rules_refuse_and_are_silent, a_rule_may_name_a_class,
    each_limit_has_its_sentence_with_the_time_to_wait,
    charges_each_question_of_a_session,
    a_rule_ends_a_session_that_came_in_before_it,
    a_time_to_wait_is_never_too_short,
    a_changed_policy_holds_for_the_next_caller,
    only_listed_proxies_are_trusted,
    a_proxy_that_asks_for_itself_meets_rules_but_no_limits)
