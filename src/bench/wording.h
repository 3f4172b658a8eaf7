/*
 * What is asked for an entry: its record put into the words of a kind, as the
 * protocol wants them.
 *
 * Only what everyone may see is asked for, and only so that the server reads it
 * as it is meant: a name that would be taken for a command ("Full Moon") is
 * none to ask WHOIS for.
 */

#ifndef BENCH_WORDING_H
#define BENCH_WORDING_H

#include "base/attr.h"
#include "base/span.h"
#include "bench/mix.h"
#include "bench/protocol.h"

#include <stdbool.h>

struct buf;
struct random;
struct schema;
struct wording;

/* Whether there are questions of this kind in this protocol. */
bool wording_knows(enum protocol_name protocol, enum mix_kind kind);

/* Both must outlive it.  Dies without memory. */
struct wording *wording_new(const struct schema *schema,
    struct random *random, enum protocol_name protocol);
void wording_free(struct wording **wording);

/*
 * Append a question of a kind that it knows about an entry, without a line end.
 * False, and nothing is appended: the entry has no answer to it, or there is no
 * room.
 *
 * Whether a MIX_MISSING key is really missing is for the caller to see: it is a
 * key with other digits.
 */
bool wording_add(struct wording *wording, enum mix_kind kind,
    struct span record, struct buf *out) MUST_CHECK;

/* The value that the last one asks for; lives until the next one. */
struct span wording_value(const struct wording *wording);

/* The name and the Index Key, empty where they are not for everyone. */
struct span wording_name(const struct wording *wording, struct span record);
struct span wording_key(const struct wording *wording, struct span record);

#endif
