/* The answers that a client hears, and whether they are what they must be. */

#include <config.h>

#include "bench/crowd_state.h"

#include "bench/expectation.h"
#include "bench/protocol.h"
#include "sys/clock.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_BYTES_MAX = 64 << 20 };

/* With room for a byte more, which bench/expectation wants. */
static void
keep(struct client *client, struct span bytes)
{
	size_t wanted = client->heard + bytes.length + 1;

	if (wanted > client->answer_max) {
		client->answer_max = 2 * wanted;
		client->answer = realloc(client->answer, client->answer_max);
		assert(client->answer != NULL);
	}
	memcpy(client->answer + client->heard, bytes.data, bytes.length);
}

static bool
is_kept(const struct crowd *crowd, const struct client *client)
{
	const struct asking *oldest = crowd_oldest(client);

	return oldest != NULL &&
	    expectation_wants(crowd->settings->expectation, &oldest->question);
}

static void
note(const struct crowd *crowd, struct client *client, struct span bytes)
{
	if (client->heard == 0)
		client->first_byte = bytes.data[0];
	if (is_kept(crowd, client))
		keep(client, bytes);
	client->heard += bytes.length;
}

/* Whether an answer is what is expected of it, and else what it is. */
static enum outcome
hold_against(const struct crowd *crowd, const struct client *client)
{
	if (expectation_is_met(crowd->settings->expectation,
		&crowd_oldest(client)->question, client->answer, client->heard))
		return OUTCOME_ANSWERED;
	return protocol_refuses(crowd->settings->protocol, client->first_byte,
	    client->reply.code) ? OUTCOME_DENIED : OUTCOME_WRONG;
}

enum outcome
crowd_judge_end(const struct crowd *crowd, const struct client *client)
{
	if (client->heard == 0)
		return OUTCOME_EMPTY;
	if (client->group->kind->says != SAYS_QUESTION)
		return OUTCOME_ANSWERED;
	if (crowd->settings->protocol->has_sessions)
		return OUTCOME_CUT;
	return is_kept(crowd, client) ? hold_against(crowd, client) :
	    OUTCOME_ANSWERED;
}

/* Of a whole answer in a session, whose code says what it is. */
static enum outcome
judge_reply(const struct crowd *crowd, const struct client *client)
{
	if (is_kept(crowd, client))
		return hold_against(crowd, client);
	return protocol_refuses(crowd->settings->protocol, client->first_byte,
	    client->reply.code) ? OUTCOME_DENIED : OUTCOME_ANSWERED;
}

/* What nobody asked for, and what the farewell brings, answers no question. */
static void
end_reply(struct crowd *crowd, struct client *client)
{
	const struct asking *oldest = crowd_oldest(client);

	if (oldest == NULL || oldest->is_farewell) {
		client->heard = 0;
		return;
	}
	client->heard_us = clock_monotonic_us();
	crowd_settle(client, judge_reply(crowd, client));
}

void
crowd_take_in(struct crowd *crowd, struct client *client, struct span bytes)
{
	bool is_session = crowd->settings->protocol->has_sessions &&
	    client->group->kind->says == SAYS_QUESTION;
	struct span piece;
	bool is_whole;

	if (!is_session) {
		note(crowd, client, bytes);
		return;
	}
	while (bytes.length > 0) {
		is_whole = reply_cut(&client->reply, &bytes, &piece);
		note(crowd, client, piece);
		if (is_whole)
			end_reply(crowd, client);
	}
}

bool
crowd_has_heard_too_much(const struct crowd *crowd, const struct client *client)
{
	return client->heard > KEPT_BYTES_MAX && is_kept(crowd, client);
}
