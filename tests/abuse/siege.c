/*
 * A siege: attackers hold a server while ordinary clients ask it, and check
 * each answer against what it was before.
 *
 *   siege --port PORT --questions FILE [OPTION VALUE]...
 *
 * How many of each kind, --silent to --ordinary (bench/kind), and
 *   --seconds N     how long the ordinary ones ask: 5
 *   --stay N        seconds in which the server may drop those who hold on,
 *                   once nobody comes any more: 0
 *   --pause MS      between the questions of an ordinary one: 0
 *   --patience MS   after which one gives up connecting, or waiting: 30000
 *   --rate N        ordinary ones arrive so many a second, however long the
 *                   others take; --ordinary is how many there may be at once
 *   --from ADDRESS  the first address that clients come from: 127.1.0.1
 *   --sources N     how many addresses follow it: 200
 *
 * It asks all lines of FILE once, lets all attackers connect, prints
 * "attached", lets the ordinary ones ask, waits for what the server drops, and
 * prints "NAME VALUE" lines: for each kind in use the connections "reached",
 * arrivals "missed", each outcome (bench/outcome), and "open", those it has now;
 * for the ordinary ones "rate" (answered in a second while they asked) and the
 * percentiles "p50_us" and "p99_us" and "max_us" from connecting to the end of
 * the answer.
 */

#include <config.h>

#include "answers.h"
#include "die.h"

#include "bench/crowd.h"
#include "bench/expectation.h"
#include "bench/protocol.h"
#include "bench/route.h"
#include "bench/schedule.h"
#include "sys/clock.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { ATTACH_SECONDS = 120 };

struct siege {
	const char *questions;
	unsigned seconds;
	unsigned stay;
	unsigned counts[KINDS];
	uint64_t answered_in_time;
	struct route route;
	struct schedule schedule;
	struct crowd_settings settings;
	struct crowd *crowd;
};

static unsigned
number(const char *text)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (*text == '\0' || *end != '\0' || value > 1000000000)
		die_with("an option's value is not a number");
	return (unsigned)value;
}

static uint32_t
address(const char *text)
{
	struct in_addr in;

	if (inet_pton(AF_INET, text, &in) != 1)
		die_with("--from wants an IPv4 address");
	return ntohl(in.s_addr);
}

static bool
set_count(struct siege *s, const char *name, const char *value)
{
	for (unsigned i = 0; i < KINDS; i++)
		if (strcmp(name, kinds[i].name) == 0) {
			s->counts[i] = number(value);
			return true;
		}
	return false;
}

static bool
set_number(struct siege *s, const char *name, const char *value)
{
	const struct {
		const char *name;
		unsigned *number;
	} numbers[] = {
		{ "seconds", &s->seconds },
		{ "stay", &s->stay },
		{ "pause", &s->settings.pause_ms },
		{ "patience", &s->settings.patience_ms },
		{ "rate", &s->schedule.rate },
		{ "sources", &s->route.source_count },
	};

	for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (strcmp(name, numbers[i].name) == 0) {
			*numbers[i].number = number(value);
			return true;
		}
	return false;
}

static void
set(struct siege *s, const char *name, const char *value)
{
	if (strcmp(name, "port") == 0)
		s->route.server.v4.sin_port = htons((uint16_t)number(value));
	else if (strcmp(name, "questions") == 0)
		s->questions = value;
	else if (strcmp(name, "from") == 0)
		s->route.source = address(value);
	else if (!set_count(s, name, value) && !set_number(s, name, value))
		die_with("there is no such option; alone, siege explains");
}

static _Noreturn void
explain(void)
{
	fputs("usage: siege --port PORT --questions FILE [--OPTION VALUE]...\n"
	    "options are those at the top of siege.c, and how many\n", stderr);
	for (unsigned i = 0; i < KINDS; i++)
		fprintf(stderr, "  --%-10s %s\n", kinds[i].name,
		    kinds[i].meaning);
	exit(EXIT_FAILURE);
}

static void
read_options(struct siege *s, int argc, char **argv)
{
	s->seconds = 5;
	s->route.server.v4.sin_family = AF_INET;
	s->route.server.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->route.server_length = sizeof s->route.server.v4;
	s->route.spread = ROUTE_SPREAD_EACH;
	s->schedule.threads = 1;
	s->route.source = address("127.1.0.1");
	s->route.source_count = 200;
	s->settings.patience_ms = 30000;
	for (int i = 1; i < argc; i += 2) {
		if (strncmp(argv[i], "--", 2) != 0 || i + 1 == argc)
			explain();
		set(s, argv[i] + 2, argv[i + 1]);
	}
	if (s->questions == NULL || s->route.server.v4.sin_port == 0 ||
	    s->route.source_count == 0)
		explain();
}

static void
raise_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		die("getrlimit");
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
		die("setrlimit");
}

static bool
is_over(uint64_t until_ms)
{
	return clock_monotonic_ms() >= until_ms;
}

static uint64_t
in_seconds(unsigned seconds)
{
	return clock_monotonic_ms() + UINT64_C(1000) * seconds;
}

static void
turn(struct crowd *crowd)
{
	if (!crowd_turn(crowd))
		die_with(crowd_fault(crowd)->text);
}

static void
attach(struct siege *s)
{
	uint64_t until_ms = in_seconds(ATTACH_SECONDS);

	for (unsigned i = 0; i < KIND_ORDINARY; i++)
		if (s->counts[i] > 0)
			crowd_add(s->crowd, i, s->counts[i]);
	while (!crowd_has_come(s->crowd) && !is_over(until_ms))
		turn(s->crowd);
	if (!crowd_has_come(s->crowd))
		die_with("the attackers could not connect");
	printf("attached\n");
	fflush(stdout);
}

static void
besiege(struct siege *s)
{
	uint64_t until_ms = in_seconds(s->seconds);

	if (s->counts[KIND_ORDINARY] > 0)
		crowd_add(s->crowd, KIND_ORDINARY, s->counts[KIND_ORDINARY]);
	while (!is_over(until_ms))
		turn(s->crowd);
	s->answered_in_time = crowd_tally(s->crowd, KIND_ORDINARY)->us.count;
	crowd_leave(s->crowd);
	until_ms = in_seconds(s->settings.patience_ms / 1000 + 1);
	while (crowd_count(s->crowd, KIND_ORDINARY) > 0 && !is_over(until_ms))
		turn(s->crowd);
}

/* Those who never read never hear that they were dropped. */
static bool
is_anybody_held(const struct siege *s)
{
	for (unsigned i = 0; i < KINDS; i++)
		if (kinds[i].hears != HEARS_NOTHING &&
		    crowd_count(s->crowd, i) > 0)
			return true;
	return false;
}

static void
stay(struct siege *s)
{
	uint64_t until_ms = in_seconds(s->stay);

	while (is_anybody_held(s) && !is_over(until_ms))
		turn(s->crowd);
}

static void
print_times(const struct siege *s, const char *name, const struct tally *tally)
{
	const struct latency *us = &tally->us;

	printf("%s_rate %" PRIu64 "\n", name, s->answered_in_time / s->seconds);
	printf("%s_p50_us %" PRIu64 "\n", name, latency_permille(us, 500));
	printf("%s_p99_us %" PRIu64 "\n", name, latency_permille(us, 990));
	printf("%s_max_us %" PRIu64 "\n", name, us->max);
}

static void
report(const struct siege *s, enum kind_name kind)
{
	const struct tally *tally = crowd_tally(s->crowd, kind);
	const char *name = kinds[kind].name;

	printf("%s_reached %" PRIu64 "\n", name, tally->reached);
	printf("%s_missed %" PRIu64 "\n", name, tally->missed);
	for (unsigned i = 0; i < OUTCOMES; i++)
		printf("%s_%s %" PRIu64 "\n", name, outcome_texts[i].name,
		    tally->outcomes[i]);
	printf("%s_open %u\n", name, crowd_count(s->crowd, kind));
	if (kind == KIND_ORDINARY && s->seconds > 0)
		print_times(s, name, tally);
}

/* The expectation has no regular expression: the answers are what is known. */
static void
open_crowd(struct siege *s, struct answers *answers,
    struct expectation *expectation)
{
	struct fault fault;

	s->settings.route = &s->route;
	s->settings.protocol = &protocols[PROTOCOL_WHOIS];
	s->settings.session = s->settings.pipeline = 1;
	s->settings.questions = answers_questions(answers);
	s->settings.large = answers_largest(answers);
	s->settings.expectation = expectation;
	if (s->schedule.rate > 0)
		s->settings.schedule = &s->schedule;
	if (crowd_open(&s->crowd, &s->settings, &fault) != ERR_NONE)
		die_with(fault.text);
}

int
main(int argc, char **argv)
{
	static struct siege siege;
	struct expectation *expectation;
	struct answers *answers;
	struct fault fault;

	read_options(&siege, argc, argv);
	raise_descriptors();
	answers = answers_read(siege.questions);
	answers_learn(answers, &siege.route.server.v4);
	if (expectation_new(&expectation, NULL, &fault) != ERR_NONE)
		die_with(fault.text);
	open_crowd(&siege, answers, expectation);
	attach(&siege);
	besiege(&siege);
	stay(&siege);
	for (unsigned i = 0; i < KINDS; i++)
		if (siege.counts[i] > 0)
			report(&siege, i);
	crowd_close(&siege.crowd);
	expectation_free(&expectation);
	answers_free(&answers);
	return EXIT_SUCCESS;
}
