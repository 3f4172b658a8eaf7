/*
 * What the control socket answers.
 *
 *   stats              all counters, for people
 *   stats prometheus   the same as Prometheus reads it
 *   help               these commands
 */

#ifndef SERVER_INQUIRY_H
#define SERVER_INQUIRY_H

#include "base/span.h"

struct buf;
struct statistics;
struct watch;

/* Both are borrowed. */
struct inquiry {
	const struct statistics *statistics;
	struct watch *watch;
};

/*
 * The answer to a command, of which nothing is trusted: an unknown one gets
 * "error: " and a sentence.  `inquiry` is a struct inquiry, as control_service
 * wants it.
 */
void inquiry_answer(void *inquiry, struct span command, struct buf *out);

#endif
