/* The questions of a client: those it is given, and what comes of them. */

#include <config.h>

#include "bench/crowd_state.h"

#include "bench/protocol.h"
#include "sys/clock.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool
is_ordinary(const struct client *client)
{
	return client->group->kind->says == SAYS_QUESTION;
}

static unsigned
questions_max(const struct crowd *crowd, const struct client *client)
{
	return is_ordinary(client) ? crowd->settings->session : 1;
}

static unsigned
pipeline(const struct crowd *crowd, const struct client *client)
{
	return is_ordinary(client) ? crowd->settings->pipeline : 1;
}

void
crowd_begin_session(struct client *client)
{
	assert(client->under_way == 0);
	client->asked = 0;
	client->said_farewell = client->was_closed = false;
	client->said = client->words_length = client->heard = 0;
	client->reply = (struct reply){ 0 };
}

/* Behind what it is still to say. */
static void
add_words(struct client *client, struct span words)
{
	size_t wanted = client->words_length + words.length;

	if (wanted > client->words_max) {
		client->words_max = 2 * wanted;
		client->words = realloc(client->words, client->words_max);
		assert(client->words != NULL);
	}
	memcpy(client->words + client->words_length, words.data, words.length);
	client->words_length = wanted;
}

static void
begin(struct client *client, struct asking asking)
{
	struct group *group = client->group;
	struct asking *place = &client->askings[
	    (client->oldest + client->under_way++) % group->askings_max];

	assert(client->under_way <= group->askings_max);
	if (client->under_way == 1)
		client->heard = 0; /* what nobody asked for has not been kept */
	asking.client = client;
	*place = asking;
	TAILQ_INSERT_TAIL(&group->under_way, place, link);
	if (is_ordinary(client))
		add_words(client, asking.question.text);
}

static void
say_farewell(struct crowd *crowd, struct client *client, uint64_t began_us)
{
	client->said_farewell = true;
	begin(client, (struct asking){
	    .question.text = crowd->settings->protocol->farewell,
	    .began_us = began_us,
	    .is_farewell = true,
	});
}

static struct question
choose_question(const struct crowd *crowd, const struct client *client)
{
	if (client->group->kind->says == SAYS_LARGE)
		return crowd->settings->large;
	return questions_next(crowd->settings->questions);
}

static bool
has_asked_all(const struct crowd *crowd, const struct client *client)
{
	unsigned most = questions_max(crowd, client);

	return most != 0 && client->asked == most;
}

bool
crowd_has_room(const struct crowd *crowd, const struct client *client)
{
	return client->under_way < pipeline(crowd, client) &&
	    !client->said_farewell && !has_asked_all(crowd, client);
}

/* Nothing is saved by waiting with a farewell that is due. */
void
crowd_ask(struct crowd *crowd, struct client *client, uint64_t began_us)
{
	assert(crowd_has_room(crowd, client));
	begin(client, (struct asking){
	    .question = choose_question(crowd, client),
	    .began_us = began_us,
	    .counts = true,
	});
	client->asked++;
	crowd->arrivals += is_ordinary(client);
	if (is_ordinary(client) && has_asked_all(crowd, client) &&
	    crowd->settings->protocol->has_sessions)
		say_farewell(crowd, client, began_us);
}

void
crowd_ask_all(struct crowd *crowd, struct client *client)
{
	uint64_t now_us = clock_monotonic_us();

	while (crowd_has_room(crowd, client) &&
	    crowd_may_come(crowd, client->group))
		crowd_ask(crowd, client, now_us);
	if (client->under_way == 0 && !client->said_farewell)
		say_farewell(crowd, client, now_us);
}

struct asking *
crowd_oldest(const struct client *client)
{
	return client->under_way == 0 ? NULL :
	    &client->askings[client->oldest];
}

static void
count(struct tally *tally, const struct asking *asking, enum outcome outcome)
{
	const struct client *client = asking->client;

	tally->outcomes[outcome]++;
	tally->bytes += client->heard;
	if (outcome == OUTCOME_ANSWERED)
		latency_add(&tally->us, client->heard_us - asking->began_us);
}

void
crowd_settle(struct client *client, enum outcome outcome)
{
	struct group *group = client->group;
	struct asking *asking = &client->askings[client->oldest];

	assert(client->under_way > 0);
	if (outcome == OUTCOME_ANSWERED && !asking->is_farewell)
		group->tally.heard++;
	if (asking->counts)
		count(&group->tally, asking, outcome);
	TAILQ_REMOVE(&group->under_way, asking, link);
	client->oldest = (client->oldest + 1) % group->askings_max;
	client->under_way--;
	client->heard = 0;
}
