/*
 * The answer of a face that is read by people: how many entries were found and
 * how, then each in one of its two forms (proto/form), or a sentence that says
 * why there are none.
 *
 * Sentences that refuse are written by the face's own refuse().  Every function
 * here writes the report, too.
 */

#ifndef PROTO_LISTING_H
#define PROTO_LISTING_H

#include "base/attr.h"
#include "query/query.h"

#include <stdbool.h>
#include <stddef.h>

struct answer;
struct buf;
struct face;
struct face_report;
struct face_request;
struct face_worker;

struct listing {
	const struct face *face;
	const struct face_worker *worker;
	struct buf *out;
	struct face_report *report;
	bool too_large; /* for the memory of one request; see listing_end() */
	size_t start;   /* in `out` */
};

/* The report begins as that of an error, about the whole request. */
void listing_begin(struct listing *listing,
    const struct face_request *request);

/*
 * When the answer was too large for the arena or for `out`, `sentence` takes
 * the place of all of it: half an answer would read like a whole one.
 */
void listing_end(struct listing *listing, const char *sentence);

void listing_refuse(const struct listing *listing, const char *sentence);

/* answer_begin() and answer_search(); false: failed, and that is said. */
bool listing_open(const struct listing *listing, struct answer *answer)
    MUST_CHECK;
bool listing_search(const struct listing *listing, struct answer *answer,
    const struct query *query) MUST_CHECK;

/*
 * What was found: a line that says how many, one that says how where they were
 * not found as asked for, and those of hits.shown; a single one is in the long
 * form unless another one is asked for.
 */
void listing_add_hits(struct listing *listing, struct answer *answer,
    enum query_form form);

#endif
