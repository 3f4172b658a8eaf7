/*
 * One value made fit to be stored: valid UTF-8 in NFC, without control
 * characters, white space runs as one blank and none at the ends.
 */

#ifndef RECORD_VALUE_H
#define RECORD_VALUE_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/span.h"

#include <stdbool.h>

/* ASCII that is fit as it stands: nearly every value.  Empty is not. */
bool value_is_plain(struct span raw);

/*
 * Append `raw`, any bytes, made fit; nothing when nothing is left of it.
 * Control characters count as white space.  Bytes that are not valid UTF-8
 * are taken as ISO-8859-1, all of them, and `*was_latin1` is set.  `scratch` is
 * overwritten; 6 times raw.length is enough room for it.
 */
void value_add(struct buf *out, struct span raw, struct buf *scratch,
    bool *was_latin1);

#endif
