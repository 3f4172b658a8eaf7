/*
 * Questions in the words of PH: RFC 2378, 3.8.
 *
 *   query id=481800
 *   query name="Smith, John Q."
 *   query John Q. Smith
 *
 * Pure: whose value it is, and of which field, is for bench/wording to know.
 */

#ifndef BENCH_PH_WORDING_H
#define BENCH_PH_WORDING_H

#include "base/attr.h"
#include "base/span.h"
#include "bench/mix.h"

#include <stdbool.h>

struct buf;

/* Whether there is a way to ask so: not for what sounds alike. */
bool ph_wording_knows(enum mix_kind kind);

/*
 * Append the question of a kind for a value of that field, without a line end.
 * False: it cannot be said, for something in the value would be read as a
 * wildcard or as the end of a quotation; what was appended is nonsense.
 */
bool ph_wording_add(enum mix_kind kind, struct span field, struct span value,
    struct buf *out) MUST_CHECK;

#endif
