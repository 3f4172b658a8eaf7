/*
 * With which bytes the terms of each kind begin.
 *
 * A question without a verb is looked for among keys, logins, mailboxes and
 * names, and is nearly always only one of them: no login begins with a digit,
 * and no key with a letter.  A set of 256 bits for each group, attribute and
 * form says so for a few instructions, where LMDB goes down a tree of a
 * million terms.  The writer makes it on the way, and `meta` keeps it.
 */

#ifndef DIR_FIRST_BYTES_H
#define DIR_FIRST_BYTES_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/span.h"
#include "record/key.h"
#include "record/schema.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	FIRST_BYTES_KINDS_MAX = SCHEMA_ATTRIBUTES_MAX * TERM_FORM_LAST,
	FIRST_BYTES_WORDS = 256 / 64,
	FIRST_BYTES_ENCODED = 4 + 256 / 8, /* of one kind */
	FIRST_BYTES_ENCODED_MAX = FIRST_BYTES_KINDS_MAX * FIRST_BYTES_ENCODED,
};

/* All bits 0: there are no terms. */
struct first_bytes {
	unsigned count;
	bool too_many; /* kinds: nothing is known */
	uint32_t kinds[FIRST_BYTES_KINDS_MAX]; /* ascending */
	uint64_t bytes[FIRST_BYTES_KINDS_MAX][FIRST_BYTES_WORDS];
};

/* The next of the keys of terms, which come in the order of their bytes. */
void first_bytes_note(struct first_bytes *first, struct span key);

/*
 * False: no term is of the kind of `key` and begins as its text does.  True of
 * what is too short to have a text.
 */
bool first_bytes_may_have(const struct first_bytes *first, struct span key);

/* At most FIRST_BYTES_ENCODED_MAX bytes; none: there were too many kinds. */
void first_bytes_encode(struct buf *out, const struct first_bytes *first);

/* False: they are no such bytes, and nothing is known. */
bool first_bytes_decode(struct first_bytes *first, struct span encoded)
    MUST_CHECK;

#endif
