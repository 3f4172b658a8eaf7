/*
 * All that the server counts, gathered in one place, for the log (SIGUSR1) and
 * for those who ask over the control socket.
 *
 * Nothing is kept here: the owners' counters are summed when somebody asks,
 * and reading them costs those who count nothing.
 */

#ifndef SERVER_STATISTICS_H
#define SERVER_STATISTICS_H

#include "sys/counters.h"
#include "sys/histogram.h"

enum {
	STATISTICS_SETS_MAX = 8,
	STATISTICS_TEXT_MAX = 32 << 10, /* room that is always enough */
};

struct buf;

struct statistics {
	uint64_t started_ms; /* sys/clock's */
	unsigned count;
	struct counter_set sets[STATISTICS_SETS_MAX];
	struct histogram_set times; /* of answers; none before they are set */
};

/* With what belongs to the whole process.  It is not to be moved after this. */
void statistics_init(struct statistics *statistics, uint64_t now_ms);

/* Before anybody asks; the owner must outlive those who ask. */
void statistics_add(struct statistics *statistics,
    const struct counter_set *set);

void statistics_set_times(struct statistics *statistics,
    const struct histogram_set *set);

/* From any thread. */
void statistics_print(const struct statistics *statistics,
    enum counters_form form, struct buf *out);

#endif
