#include "server/gatekeeper.h"

#include "access/policy.h"
#include "base/buf.h"
#include "net/gate.h"
#include "net/service.h"
#include "proto/face.h"
#include "sys/counters.h"
#include "sys/log.h"
#include "sys/thread.h"

#include <assert.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/random.h>

enum { LINE_MS = 1000 }; /* from one line in the log to the next */

enum { SENTENCE_MAX = 256, MINUTE_S = 60, HOUR_S = 3600 };

static_assert((int)RULE_SENTENCE_MAX + (int)FACE_REFUSAL_EXTRA <=
    (int)GATE_REFUSAL_MAX && (int)SENTENCE_MAX + (int)FACE_REFUSAL_EXTRA <=
    (int)GATE_REFUSAL_MAX, "a refusal may be cut off");

enum {
	COUNTER_RULE_REFUSED,
	COUNTER_RULE_SILENT,
	COUNTER_TOO_MANY,
	COUNTER_TOO_FAST,
	COUNTER_USED_UP,
	COUNTER_FORGOTTEN,
	COUNTERS,
};

static const struct counter_text counter_texts[COUNTERS] = {
	[COUNTER_RULE_REFUSED] = { "rule_refused",
	    "callers refused by an access rule" },
	[COUNTER_RULE_SILENT] = { "rule_silent",
	    "callers closed by an access rule without a word" },
	[COUNTER_TOO_MANY] = { "source_too_many",
	    "connections refused: their source had too many" },
	[COUNTER_TOO_FAST] = { "source_too_fast",
	    "questions refused: their source asked too fast" },
	[COUNTER_USED_UP] = { "source_used_up",
	    "questions refused: their source had its answers of the day" },
	[COUNTER_FORGOTTEN] = { "source_forgotten",
	    "sources forgotten early: there was no room for another" },
};

struct gatekeeper {
	struct gate gate;

	/* the desk's, once there is one */
	struct policy policy;
	struct sources *sources;
	unsigned change; /* which policy this is */
	uint64_t now_ms;
	uint64_t line_ms; /* when the log may be told again */
	unsigned unsaid;  /* sources it was not told of */
	counter counters[COUNTERS];

	/* goes up with each change, so that no caller takes the lock */
	atomic_uint changes;

	pthread_mutex_t mtx;
	struct policy next; /* guarded by mtx */
};

/* One load when nothing has changed, which is nearly always. */
static void
follow_changes(struct gatekeeper *g)
{
	unsigned changes = atomic_load(&g->changes);

	if (changes == g->change)
		return;
	MUST_SUCCEED(pthread_mutex_lock(&g->mtx));
	g->policy = g->next;
	MUST_SUCCEED(pthread_mutex_unlock(&g->mtx));
	g->change = changes;
	sources_change(g->sources, &g->policy.limits, g->now_ms);
}

static void
begin(struct gatekeeper *g, const struct gate_caller *caller)
{
	g->now_ms = caller->now_ms;
	follow_changes(g);
}

/* "7 seconds", "1 hour": rounded up, so that who waits does not wait again. */
static void
add_time(struct buf *out, uint64_t s)
{
	const char *unit = "second";
	uint64_t n = s;

	if (s > 2 * HOUR_S) {
		unit = "hour";
		n = (s + HOUR_S - 1) / HOUR_S;
	} else if (s > 2 * MINUTE_S) {
		unit = "minute";
		n = (s + MINUTE_S - 1) / MINUTE_S;
	}
	buf_add_format(out, "%" PRIu64 " %s%s", n, unit, n == 1 ? "" : "s");
}

static void
describe_refusal(const struct source_answer *answer,
    char sentence[SENTENCE_MAX])
{
	static const char *const problems[] = {
		[SOURCE_TOO_MANY] = "Too many connections from your network at"
		    " once; try again in ",
		[SOURCE_TOO_FAST] = "Too many questions from your network; try"
		    " again in ",
		[SOURCE_USED_UP] = "Your network has had all its answers of a "
		    "day; try again in ",
	};
	struct buf out;

	buf_init(&out, sentence, SENTENCE_MAX - 1);
	buf_add_string(&out, problems[answer->verdict]);
	add_time(&out, answer->retry_s);
	buf_add_char(&out, '.');
	sentence[out.length] = '\0';
}

static void
log_refusal(struct gatekeeper *g, const struct gate_caller *caller,
    const char *sentence)
{
	const struct face *face = caller->service->context;
	struct prefix network = sources_network(g->sources,
	    &caller->peer->addr);
	char address[ADDR_TEXT_MAX], text[LOG_LINE_MAX];
	struct buf line;

	if (g->now_ms < g->line_ms) {
		g->unsaid++;
		return;
	}
	addr_format(&network.addr, address);
	buf_init(&line, text, sizeof text);
	buf_add_format(&line, "refused %s %s/%u", face->name, address,
	    network.bits);
	if (g->unsaid > 0)
		buf_add_format(&line, " (and %u more)", g->unsaid);
	buf_add_string(&line, ": ");
	buf_add_string(&line, sentence);
	log_text(LOG_LEVEL_NOTICE, buf_span(&line));
	g->line_ms = g->now_ms + LINE_MS;
	g->unsaid = 0;
}

static enum gate_verdict
judge_source(struct gatekeeper *g, const struct gate_caller *caller,
    const struct source_answer *answer, struct buf *refusal)
{
	static const unsigned counters[] = {
		[SOURCE_TOO_MANY] = COUNTER_TOO_MANY,
		[SOURCE_TOO_FAST] = COUNTER_TOO_FAST,
		[SOURCE_USED_UP] = COUNTER_USED_UP,
	};
	const struct face *face = caller->service->context;
	char sentence[SENTENCE_MAX];

	counter_set(&g->counters[COUNTER_FORGOTTEN],
	    sources_forgotten(g->sources));
	if (answer->verdict == SOURCE_OPEN)
		return GATE_OPEN;
	counter_add(&g->counters[counters[answer->verdict]], 1);
	describe_refusal(answer, sentence);
	if (answer->is_news)
		log_refusal(g, caller, sentence);
	face->refuse(sentence, refusal);
	return GATE_REFUSED;
}

static enum gate_verdict
judge_by_rules(struct gatekeeper *g, const struct gate_caller *caller,
    struct buf *refusal)
{
	const struct face *face = caller->service->context;
	const struct rule *rule = policy_find_rule(&g->policy,
	    &caller->peer->addr, span_from(face->name));

	if (rule == NULL || rule->verdict == RULE_ALLOW)
		return GATE_OPEN;
	if (rule->verdict == RULE_SILENT) {
		counter_add(&g->counters[COUNTER_RULE_SILENT], 1);
		return GATE_SILENT;
	}
	counter_add(&g->counters[COUNTER_RULE_REFUSED], 1);
	face->refuse(rule_sentence(rule), refusal);
	return GATE_REFUSED;
}

static bool
trusts(void *context, const struct addr *proxy)
{
	struct gatekeeper *g = context;

	follow_changes(g);
	return networks_contain(&g->policy.proxies, proxy);
}

static enum gate_verdict
enter(void *context, const struct gate_caller *caller, struct buf *refusal)
{
	struct gatekeeper *g = context;
	struct source_answer answer;
	enum gate_verdict verdict;

	begin(g, caller);
	verdict = judge_by_rules(g, caller, refusal);
	if (verdict != GATE_OPEN || caller->is_proxy)
		return verdict;
	answer = sources_enter(g->sources, &caller->peer->addr, g->now_ms);
	return judge_source(g, caller, &answer, refusal);
}

/* By the rules as well: a session may have come in under others. */
static enum gate_verdict
ask(void *context, const struct gate_caller *caller, unsigned *requests,
    struct buf *refusal)
{
	struct gatekeeper *g = context;
	struct source_answer answer;
	enum gate_verdict verdict;

	begin(g, caller);
	verdict = judge_by_rules(g, caller, refusal);
	if (verdict != GATE_OPEN || caller->is_proxy)
		return verdict;
	answer = sources_ask(g->sources, &caller->peer->addr, *requests,
	    g->now_ms);
	*requests = answer.granted;
	return judge_source(g, caller, &answer, refusal);
}

static void
leave(void *context, const struct gate_caller *caller, unsigned unserved)
{
	struct gatekeeper *g = context;

	if (!caller->is_proxy)
		sources_leave(g->sources, &caller->peer->addr, unserved);
}

/* Whoever knew the seed could aim at a place in the table. */
static struct sources *
make_sources(const struct source_limits *limits)
{
	uint8_t seed[SOURCES_SEED_BYTES];
	ssize_t got = getrandom(seed, sizeof seed, 0);

	assert(got == sizeof seed);
	return sources_new(limits, seed);
}

struct gatekeeper *
gatekeeper_new(const struct policy *policy)
{
	struct gatekeeper *g = calloc(1, sizeof *g);

	assert(g != NULL);
	g->gate = (struct gate){ g, trusts, enter, ask, leave };
	g->policy = *policy;
	g->sources = make_sources(&policy->limits);
	atomic_init(&g->changes, 0);
	MUST_SUCCEED(pthread_mutex_init(&g->mtx, NULL));
	return g;
}

void
gatekeeper_free(struct gatekeeper **gatekeeper)
{
	struct gatekeeper *g = *gatekeeper;

	*gatekeeper = NULL;
	MUST_SUCCEED(pthread_mutex_destroy(&g->mtx));
	sources_free(&g->sources);
	free(g);
}

void
gatekeeper_change(struct gatekeeper *g, const struct policy *policy)
{
	MUST_SUCCEED(pthread_mutex_lock(&g->mtx));
	g->next = *policy;
	MUST_SUCCEED(pthread_mutex_unlock(&g->mtx));
	atomic_fetch_add(&g->changes, 1);
}

const struct gate *
gatekeeper_gate(const struct gatekeeper *gatekeeper)
{
	return &gatekeeper->gate;
}

static void
sum_counters(const void *owner, uint64_t *sums)
{
	const struct gatekeeper *g = owner;

	counters_sum(g->counters, sums, COUNTERS);
}

struct counter_set
gatekeeper_counters(const struct gatekeeper *gatekeeper)
{
	return (struct counter_set){ counter_texts, COUNTERS, sum_counters,
		gatekeeper };
}
