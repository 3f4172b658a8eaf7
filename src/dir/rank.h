/*
 * Which of the members of a set are shown, and in what order.
 *
 * A set may have half a million members of which fifty are shown, so nothing
 * is sorted: members are told apart by the sets they should rather be in, and
 * within each class they are in order of their ids, which is collation order.
 */

#ifndef DIR_RANK_H
#define DIR_RANK_H

#include <stdint.h>

struct postings;
struct postings_scope;

/* Sets to prefer, the more important one first. */
enum { RANK_PREFERENCES = 4 };

/*
 * Makes a set, and what is to be preferred in it; NULL: nothing is.  Each call
 * makes them anew, as a set is walked once.
 */
struct ranking {
	struct postings_scope *scope;
	struct postings *(*make)(void *context);
	struct postings *(*prefer)(void *context, unsigned nth);
	void *context;
};

/*
 * The first `max` members to `ids`, their number to `*taken`.  Returns how many
 * there are.
 */
uint64_t rank_take(const struct ranking *ranking, uint32_t *ids, unsigned max,
    unsigned *taken);

#endif
