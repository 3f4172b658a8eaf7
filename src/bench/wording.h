/*
 * What is asked for an entry: its record put into the words of a kind.
 *
 * Only what everyone may see is asked for, and only so that the server reads it
 * as it is meant: a name that would be taken for a command ("Full Moon") is
 * none to ask for.
 */

#ifndef BENCH_WORDING_H
#define BENCH_WORDING_H

#include "base/attr.h"
#include "base/span.h"
#include "bench/mix.h"

#include <stdbool.h>

struct buf;
struct random;
struct schema;
struct wording;

/* Both must outlive it.  Dies without memory. */
struct wording *wording_new(const struct schema *schema,
    struct random *random);
void wording_free(struct wording **wording);

/*
 * Append a question of this kind about an entry, without a line end.  False,
 * and nothing is appended: the entry has no answer to it, or there is no room.
 *
 * Whether a MIX_MISSING key is really missing is for the caller to see: it is a
 * key with other digits.
 */
bool wording_add(struct wording *wording, enum mix_kind kind,
    struct span record, struct buf *out) MUST_CHECK;

/* The name and the Index Key, empty where they are not for everyone. */
struct span wording_name(const struct wording *wording, struct span record);
struct span wording_key(const struct wording *wording, struct span record);

#endif
