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
 * A set that nobody has walked, and what is preferred in it; NULL: nobody is.
 * Asked for once each, and only where it matters.
 */
struct ranking {
	struct postings_scope *scope;
	struct postings *set;
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
