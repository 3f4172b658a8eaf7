/*
 * How to ask again: after no match, and after too many.
 *
 * Each adds a remark of one line or a few, "% ..." and CR LF, with an example
 * made from the question where one can be made that works.  No colon is used:
 * gateways take a line with a colon for data.
 */

#ifndef PROTO_HINT_H
#define PROTO_HINT_H

struct answer;
struct buf;
struct query;

/* How the hits were found, where it was not as they were asked for. */
void hint_add_rung(struct buf *out, const struct answer *answer);

/* Nothing matched. */
void hint_add_none(struct buf *out, const struct answer *answer,
    const struct query *query);

/* More matched than is shown, or the search was given up: how many. */
void hint_add_count(struct buf *out, const struct answer *answer);

/* The same, and how to narrow the question. */
void hint_add_narrow(struct buf *out, const struct answer *answer,
    const struct query *query);

/* The handle that was found is also the name of hits.named_too people. */
void hint_add_named_too(struct buf *out, const struct answer *answer,
    const struct query *query);

#endif
