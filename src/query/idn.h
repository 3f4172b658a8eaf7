/*
 * Punycode in a query (RFC 3492).
 *
 * Clients built for domain names encode what their user typed: the one of
 * Debian the last word ("xn--mller-kva"), another the whole line with its
 * blanks ("xn--rene mller-d7a5u").
 */

#ifndef QUERY_IDN_H
#define QUERY_IDN_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>

struct arena;

/*
 * Decode every label, between blanks, full stops, commas and at signs.  False:
 * there was nothing to decode, or the arena is used up.
 */
bool idn_decode_words(struct span text, struct arena *arena,
    struct span *decoded) MUST_CHECK;

/* Decode a line of plain words that is one label.  False as above. */
bool idn_decode_line(struct span line, struct arena *arena,
    struct span *decoded) MUST_CHECK;

#endif
