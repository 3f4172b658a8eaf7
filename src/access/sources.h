/*
 * What each source has taken: how many connections it holds, how fast it asks
 * and how much it was answered today.
 *
 * A source is a network, since whoever has one address of a household's /64 has
 * them all: a /32 of IPv4 and a /64 of IPv6 unless the limits say otherwise.
 * Clients without an address and those of exempt networks are not counted, not
 * stored and never turned away.
 *
 * Memory is one table of fixed size, made of sets of sixteen places.  A keyed
 * hash leads each source to its set, so that nobody can aim at one, and
 * whatever is asked touches that set alone.
 *
 * Fair forgetting.  A source that is new to a full set takes the place of the
 * one that has least to be remembered for.  What a source is remembered for is
 * a weight: the parts of the three limits that it has used up at the moment,
 * added.  Who holds no connection, has not asked of late and was not answered
 * today weighs nothing, and anyone who weighs nothing goes before all who weigh
 * something; among equals the one known longest stays.  So a flood of new
 * addresses, each light, pushes out only its own kind, however many there are.
 * Who is forgotten is a stranger again: nobody is ever refused for want of a
 * place.
 *
 * Who wants an abuser forgotten has to find fifteen others in the same set that
 * weigh more.  Not knowing the key he has to fill the table with them: for an
 * even chance nineteen places of twenty.  For one who used up his day that is,
 * by default, 62,000 other sources that have all used up their own (620
 * million answers), or are all at the end of their burst within the same ten
 * seconds (12 million questions), or hold all of their connections (four
 * million).
 *
 * The time is a parameter: milliseconds of a clock that never goes back.
 */

#ifndef ACCESS_SOURCES_H
#define ACCESS_SOURCES_H

#include "access/networks.h"

#include <stdbool.h>
#include <stdint.h>

struct addr;
struct sources;

enum {
	SOURCES_PLACES = 16, /* of one set: the least that `sources` can be */
	SOURCES_SEED_BYTES = 16,
	SOURCES_DAY_S = 86400,
	SOURCES_NEWS_S = 3600,
	SOURCES_RETRY_S = 10, /* by then who held on in silence was dropped */
};

/* For each source; 0 sets no bound. */
struct source_limits {
	unsigned connections; /* at a time */
	unsigned rate;        /* questions a second, in the long run */
	unsigned burst;       /* questions that may come at once; at least 1 */
	unsigned daily;       /* answers in the 24 hours from the first one */
	unsigned v4_bits;     /* what one source is: 1 to 32 */
	unsigned v6_bits;     /* 1 to 64 */
	unsigned sources;     /* how many are remembered, in whole sets */
	struct networks exempt;
};

/*
 * Generous, because many people may share one address: 64 connections, 20
 * questions a second after 200 at once, 10,000 answers a day, 65,536 sources
 * in 2.5 MiB, loopback exempt.  A program that asks one question after another
 * for people never meets them; one that copies the directory does.
 */
void source_limits_set_defaults(struct source_limits *limits);

enum source_verdict {
	SOURCE_OPEN,
	SOURCE_TOO_MANY, /* connections */
	SOURCE_TOO_FAST,
	SOURCE_USED_UP,  /* the day's answers */
};

struct source_answer {
	enum source_verdict verdict;
	unsigned granted; /* OPEN: so many questions, at least 1 */
	uint64_t retry_s; /* not OPEN: when to come again, at least 1 */

	/* Not OPEN: the first time, or again for the first time in an hour. */
	bool is_news;
};

/* The seed is as secret as it was random. */
struct sources *sources_new(const struct source_limits *limits,
    const uint8_t seed[SOURCES_SEED_BYTES]);
void sources_free(struct sources **sources);

/*
 * Other limits from now on.  What was taken so far stays taken, but for another
 * v4_bits or v6_bits, which make all sources new.  A smaller table keeps those
 * that weigh most; when there is no memory for a larger one, the old one stays.
 */
void sources_change(struct sources *sources,
    const struct source_limits *limits, uint64_t now_ms);

/*
 * A connection of the address begins.  OPEN: it counts until sources_leave();
 * else it was never there.
 */
struct source_answer sources_enter(struct sources *sources,
    const struct addr *addr, uint64_t now_ms);

/* It has ended, and `unasked` of what was granted to it cost nothing now. */
void sources_leave(struct sources *sources, const struct addr *addr,
    unsigned unasked);

/*
 * So many questions at once, at least one.  OPEN: as many of them as are
 * granted count; what is turned away costs nothing.
 */
struct source_answer sources_ask(struct sources *sources,
    const struct addr *addr, unsigned questions, uint64_t now_ms);

/* The network that the address counts as. */
struct prefix sources_network(const struct sources *sources,
    const struct addr *addr);

/* How many sources that weighed something were forgotten so far. */
uint64_t sources_forgotten(const struct sources *sources);

#endif
