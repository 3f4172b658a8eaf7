/*
 * The reserve: one descriptor kept for when there are no more.
 *
 * accept() needs a descriptor to tell a caller that there is none.  While they
 * are short for long, the reserve is lent to one caller at a time, so that
 * callers learn something instead of waiting in the kernel's backlog.
 *
 * Only at the desk (net/io).
 */

#ifndef NET_RESERVE_H
#define NET_RESERVE_H

#include <stdbool.h>
#include <stdint.h>

struct reserve {
	int descriptor;          /* -1: it is lent, or could not be had */
	int original;            /* what it is a copy of */
	uint64_t short_since_ms; /* 0: descriptors are not short */
};

/*
 * Any descriptor will do to make copies of; it stays the caller's and must
 * outlive the reserve.
 */
void reserve_open(struct reserve *reserve, int original);
void reserve_close(struct reserve *reserve);

/* There are descriptors: also the time to get back a reserve that was lost. */
void reserve_note_plenty(struct reserve *reserve);

/* There is none.  True: for a second and longer, and there is a reserve. */
bool reserve_note_lack(struct reserve *reserve, uint64_t now_ms);

/* Let the next descriptor that is asked for be the reserve's; take it back. */
void reserve_lend(struct reserve *reserve);
void reserve_regain(struct reserve *reserve);

#endif
