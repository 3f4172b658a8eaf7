#include "access/sources.h"

#include "base/addr.h"
#include "base/siphash.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { US_PER_S = 1000000, US_PER_MS = 1000, WHOLE = 1000 };

struct source {
	uint64_t network; /* the first 64 bits of the address */
	uint64_t paid_us; /* when all questions so far are paid for */
	uint32_t day_s;   /* when its day of answers began */
	uint32_t answers; /* of that day */
	uint32_t connections;
	uint32_t told_s; /* when somebody was told of a refusal */
	uint8_t family;  /* ADDR_NONE: a free place */
	bool was_told;
};

struct sources {
	struct source_limits limits;
	uint8_t seed[SOURCES_SEED_BYTES];
	struct source *places;
	unsigned sets;
	uint64_t forgotten;
};

void
source_limits_set_defaults(struct source_limits *limits)
{
	static const char *const loopback[] = { "127.0.0.0/8", "::1" };

	*limits = (struct source_limits){
		.connections = 64,
		.rate = 20,
		.burst = 200,
		.daily = 10000,
		.v4_bits = 32,
		.v6_bits = 64,
		.sources = 65536,
	};
	for (unsigned i = 0; i < 2; i++) {
		struct fault fault;
		enum err err = networks_add(&limits->exempt,
		    span_from(loopback[i]), &fault);

		assert(err == ERR_NONE);
	}
}

static unsigned
count_sets(const struct source_limits *limits)
{
	return (limits->sources + SOURCES_PLACES - 1) / SOURCES_PLACES;
}

/* NULL: there is no memory. */
static struct source *
make_places(unsigned sets)
{
	return calloc((size_t)sets * SOURCES_PLACES, sizeof(struct source));
}

struct sources *
sources_new(const struct source_limits *limits,
    const uint8_t seed[SOURCES_SEED_BYTES])
{
	struct sources *sources = calloc(1, sizeof *sources);

	assert(sources != NULL);
	sources->limits = *limits;
	memcpy(sources->seed, seed, sizeof sources->seed);
	sources->sets = count_sets(limits);
	sources->places = make_places(sources->sets);
	assert(sources->sets > 0 && sources->places != NULL);
	return sources;
}

void
sources_free(struct sources **sources)
{
	struct sources *s = *sources;

	*sources = NULL;
	free(s->places);
	free(s);
}

struct prefix
sources_network(const struct sources *sources, const struct addr *addr)
{
	unsigned bits = addr->family == ADDR_V4 ? sources->limits.v4_bits :
	    sources->limits.v6_bits;

	return (struct prefix){ addr_mask(addr, bits), bits };
}

/* What a source is known by, its limits aside. */
static struct source
identify(const struct sources *sources, const struct addr *addr)
{
	struct prefix network = sources_network(sources, addr);
	struct source source = { .family = (uint8_t)network.addr.family };

	memcpy(&source.network, network.addr.bytes, sizeof source.network);
	return source;
}

static struct source *
find_set(const struct sources *sources, const struct source *source)
{
	const uint64_t words[] = { source->network, source->family };
	uint64_t hash = siphash(sources->seed,
	    (struct span){ (const char *)words, sizeof words });
	uint64_t set = (hash >> 32) * sources->sets >> 32;

	return sources->places + set * SOURCES_PLACES;
}

/* NULL: it is not remembered. */
static struct source *
find_in_set(struct source *set, const struct source *wanted)
{
	for (unsigned i = 0; i < SOURCES_PLACES; i++)
		if (set[i].network == wanted->network &&
		    set[i].family == wanted->family)
			return &set[i];
	return NULL;
}

/* How long it takes to earn one question. */
static uint64_t
price_us(const struct sources *sources)
{
	return US_PER_S / sources->limits.rate;
}

/* What is not paid for yet; never more than a burst, which may have shrunk. */
static uint64_t
debt_us(const struct sources *sources, const struct source *source,
    uint64_t now_ms)
{
	uint64_t now_us = now_ms * US_PER_MS, most_us;

	if (sources->limits.rate == 0 || source->paid_us <= now_us)
		return 0;
	most_us = sources->limits.burst * price_us(sources);
	return source->paid_us - now_us < most_us ? source->paid_us - now_us :
	    most_us;
}

static uint64_t
day_left_s(const struct source *source, uint64_t now_ms)
{
	uint64_t gone_s = now_ms / 1000 - source->day_s;

	return gone_s < SOURCES_DAY_S ? SOURCES_DAY_S - gone_s : 0;
}

static uint32_t
answers_today(const struct source *source, uint64_t now_ms)
{
	return day_left_s(source, now_ms) > 0 ? source->answers : 0;
}

/* In thousandths; something used is never nothing. */
static unsigned
part_used(uint64_t used, uint64_t limit)
{
	if (used == 0 || limit == 0)
		return 0;
	return used >= limit ? WHOLE : (unsigned)(used * WHOLE / limit) + 1;
}

static unsigned
weigh(const struct sources *sources, const struct source *source,
    uint64_t now_ms)
{
	const struct source_limits *limits = &sources->limits;
	uint64_t debt = debt_us(sources, source, now_ms);

	return part_used(source->connections, limits->connections) +
	    part_used(answers_today(source, now_ms), limits->daily) +
	    (debt > 0 ? part_used(debt, limits->burst * price_us(sources)) : 0);
}

/* A place of the set: a free one, or that of whom it costs least to forget. */
static struct source *
make_room(struct sources *sources, struct source *set, uint64_t now_ms)
{
	struct source *lightest = NULL;
	unsigned least = 0;

	for (unsigned i = 0; i < SOURCES_PLACES; i++) {
		unsigned weight = weigh(sources, &set[i], now_ms);

		if (set[i].family == ADDR_NONE)
			return &set[i];
		if (lightest == NULL || weight < least ||
		    (weight == least && set[i].day_s > lightest->day_s)) {
			lightest = &set[i];
			least = weight;
		}
	}
	return lightest;
}

/* Who weighs nothing has nothing to be remembered for. */
static void
note_forgotten(struct sources *sources, const struct source *source,
    uint64_t now_ms)
{
	sources->forgotten += weigh(sources, source, now_ms) > 0;
}

static struct source *
remember(struct sources *sources, const struct addr *addr, uint64_t now_ms)
{
	struct source wanted = identify(sources, addr);
	struct source *set = find_set(sources, &wanted);
	struct source *source = find_in_set(set, &wanted);

	if (source != NULL)
		return source;
	source = make_room(sources, set, now_ms);
	note_forgotten(sources, source, now_ms);
	*source = wanted;
	source->day_s = (uint32_t)(now_ms / 1000);
	return source;
}

static bool
is_exempt(const struct sources *sources, const struct addr *addr)
{
	return addr->family == ADDR_NONE ||
	    networks_contain(&sources->limits.exempt, addr);
}

static struct source_answer
refuse(struct source *source, enum source_verdict verdict, uint64_t retry_s,
    uint64_t now_ms)
{
	uint32_t now_s = (uint32_t)(now_ms / 1000);
	bool is_news =
	    !source->was_told || now_s - source->told_s >= SOURCES_NEWS_S;

	if (is_news)
		source->told_s = now_s;
	source->was_told = true;
	return (struct source_answer){ .verdict = verdict, .retry_s = retry_s,
		.is_news = is_news };
}

struct source_answer
sources_enter(struct sources *sources, const struct addr *addr, uint64_t now_ms)
{
	unsigned most = sources->limits.connections;
	struct source *source;

	if (is_exempt(sources, addr))
		return (struct source_answer){ .verdict = SOURCE_OPEN };
	source = remember(sources, addr, now_ms);
	if (most > 0 && source->connections >= most)
		return refuse(source, SOURCE_TOO_MANY, SOURCES_RETRY_S, now_ms);
	source->connections++;
	return (struct source_answer){ .verdict = SOURCE_OPEN };
}

/* What a source was granted and did not use. */
static void
give_back(const struct sources *sources, struct source *source,
    unsigned questions)
{
	uint64_t us = 0;

	if (sources->limits.rate > 0)
		us = questions * price_us(sources);
	source->paid_us -= us < source->paid_us ? us : source->paid_us;
	source->answers -= questions < source->answers ? questions :
	    source->answers;
}

/*
 * Also for exempt ones, which may have entered when they were not: nobody may
 * be left with a connection that does not exist.
 */
void
sources_leave(struct sources *sources, const struct addr *addr,
    unsigned unasked)
{
	struct source wanted, *source;

	if (addr->family == ADDR_NONE)
		return;
	wanted = identify(sources, addr);
	source = find_in_set(find_set(sources, &wanted), &wanted);
	if (source == NULL)
		return;
	source->connections -= source->connections > 0;
	give_back(sources, source, unasked);
}

/* Forget what was paid long ago, and what a smaller burst forgives. */
static void
settle(const struct sources *sources, struct source *source, uint64_t now_ms)
{
	source->paid_us = now_ms * US_PER_MS + debt_us(sources, source, now_ms);
}

/* How long until one more question would be within the burst. */
static uint64_t
wait_us(const struct sources *sources, const struct source *source,
    uint64_t now_ms)
{
	uint64_t debt = debt_us(sources, source, now_ms), room_us;

	if (debt == 0)
		return 0;
	room_us = (sources->limits.burst - 1) * price_us(sources);
	return debt > room_us ? debt - room_us : 0;
}

/* Of so many questions, how many are within the burst and the day. */
static unsigned
grant(const struct sources *sources, const struct source *source,
    unsigned questions, uint64_t now_ms)
{
	const struct source_limits *limits = &sources->limits;
	uint64_t debt = debt_us(sources, source, now_ms);
	uint64_t most = questions;

	if (limits->rate > 0)
		most = limits->burst - (debt + price_us(sources) - 1) /
		    price_us(sources);
	if (limits->daily > 0 &&
	    limits->daily - answers_today(source, now_ms) < most)
		most = limits->daily - answers_today(source, now_ms);
	return most < questions ? (unsigned)most : questions;
}

/* A source that has settled. */
static void
charge(const struct sources *sources, struct source *source,
    unsigned questions, uint64_t now_ms)
{
	if (day_left_s(source, now_ms) == 0 || source->answers == 0) {
		source->answers = 0;
		source->day_s = (uint32_t)(now_ms / 1000);
	}
	source->answers += questions;
	if (sources->limits.rate > 0)
		source->paid_us += questions * price_us(sources);
}

struct source_answer
sources_ask(struct sources *sources, const struct addr *addr,
    unsigned questions, uint64_t now_ms)
{
	struct source_answer open = { SOURCE_OPEN, .granted = questions };
	unsigned daily = sources->limits.daily;
	struct source *source;
	uint64_t us;

	assert(questions > 0);
	if (is_exempt(sources, addr))
		return open;
	source = remember(sources, addr, now_ms);
	if (daily > 0 && answers_today(source, now_ms) >= daily)
		return refuse(source, SOURCE_USED_UP,
		    day_left_s(source, now_ms), now_ms);
	settle(sources, source, now_ms);
	us = wait_us(sources, source, now_ms);
	if (us > 0)
		return refuse(source, SOURCE_TOO_FAST,
		    (us + US_PER_S - 1) / US_PER_S, now_ms);
	open.granted = grant(sources, source, questions, now_ms);
	charge(sources, source, open.granted, now_ms);
	return open;
}

/* Into a table of another size; where a set is full the heavier one stays. */
static void
move(struct sources *sources, const struct source *source, uint64_t now_ms)
{
	struct source *place =
	    make_room(sources, find_set(sources, source), now_ms);

	bool is_lighter = weigh(sources, place, now_ms) <
	    weigh(sources, source, now_ms);

	if (place->family == ADDR_NONE || is_lighter) {
		note_forgotten(sources, place, now_ms);
		*place = *source;
	} else {
		note_forgotten(sources, source, now_ms);
	}
}

static void
resize(struct sources *sources, unsigned sets, uint64_t now_ms)
{
	struct source *old = sources->places;
	size_t old_count = (size_t)sources->sets * SOURCES_PLACES;
	struct source *places = make_places(sets);

	if (places == NULL)
		return;
	sources->places = places;
	sources->sets = sets;
	for (size_t i = 0; i < old_count; i++)
		if (old[i].family != ADDR_NONE)
			move(sources, &old[i], now_ms);
	free(old);
}

void
sources_change(struct sources *sources, const struct source_limits *limits,
    uint64_t now_ms)
{
	bool are_others = sources->limits.v4_bits != limits->v4_bits ||
	    sources->limits.v6_bits != limits->v6_bits;

	sources->limits = *limits;
	if (are_others)
		memset(sources->places, 0,
		    (size_t)sources->sets * SOURCES_PLACES *
			sizeof *sources->places);
	if (count_sets(limits) != sources->sets)
		resize(sources, count_sets(limits), now_ms);
}

uint64_t
sources_forgotten(const struct sources *sources)
{
	return sources->forgotten;
}
