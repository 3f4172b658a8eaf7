/*
 * The texts of PH's help: one for each command and each code that is sent.
 *
 * They are plain ASCII, in lines of at most 70 characters.  A topic belongs to
 * a client, as in qi: "ph" is what people type, "native" is the server's own.
 */

#ifndef PROTO_PH_TOPICS_H
#define PROTO_PH_TOPICS_H

#include "base/span.h"

struct ph_topic {
	const char *client;
	const char *name;
	const char *text; /* its lines, each with a newline */
};

/* In the order of the clients' and then of their own names. */
extern const struct ph_topic ph_topics[];
extern const unsigned ph_topic_count;

/* NULL: the client has no such topic.  Capitals make no difference. */
const struct ph_topic *ph_topic_find(struct span client, struct span name);

#endif
