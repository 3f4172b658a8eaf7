/*
 * Where the answers of a session end: RFC 2378, 2.2.
 *
 *   102:There was 1 match to your request.
 *   -200:1:   name: Smith, John
 *   200:Ok.
 *
 * Each line begins with a code.  An answer ends with the first line whose code
 * has no minus sign and is 200 or more: what is less only tells how it goes.
 * A line without a code never ends one.
 *
 * Pure: bytes come as the network has cut them, answers go out one by one.
 */

#ifndef BENCH_REPLY_H
#define BENCH_REPLY_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>

enum reply_place {
	REPLY_AT_START, /* of a line */
	REPLY_IN_CODE,
	REPLY_IN_TEXT,
};

/* One for a connection; zeros at first. */
struct reply {
	enum reply_place place;
	bool goes_on;  /* the code of the line under way has a minus sign */
	unsigned code; /* of that line, 0: it has none */
};

/*
 * Cut from the front of `*bytes` what belongs to the answer under way.  True:
 * with it the answer is whole, and `code` is that of its last line.  False: all
 * bytes belong to it, and it has more.
 */
bool reply_cut(struct reply *reply, struct span *bytes, struct span *piece)
    MUST_CHECK;

#endif
