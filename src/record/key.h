/*
 * Every key in the LMDB file, drawn.
 *
 *   table entry   key    id       4 bytes, native order (MDB_INTEGERKEY)
 *                 value  record   (record/record)
 *
 *   table key     key    folded Index Key
 *                 value  id       4 bytes, native order
 *
 *   table term    key    group  attribute  form  term
 *                        u8     u8         u8    1..TERM_BYTES_MAX bytes
 *                 values ids     sorted (MDB_DUPSORT, _DUPFIXED, _INTEGERDUP)
 *
 *   table meta    key    a name, "format", "fold", "schema", "serial", ...
 *                 value  text
 *
 * `group` is the visibility group: 0 is everyone.  A search reads only the
 * groups its viewer may see.  `attribute` is the attribute's id in the schema.
 * An id is the entry's place in collation order of the names, from 1 on.
 */

#ifndef RECORD_KEY_H
#define RECORD_KEY_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

enum { KEY_GROUP_EVERYONE = 0 };
enum { TERM_BYTES_MAX = 400, TERM_KEY_MAX = TERM_BYTES_MAX + 3 };

/* What kind of term it is, within its attribute.  Stored: never renumber. */
enum term_form {
	TERM_WORD = 1,   /* a word of the value, its joined form or a part */
	TERM_LAST = 2,   /* a word of the last name */
	TERM_FIRST = 3,  /* a word of the first names */
	TERM_WHOLE = 4,  /* all words of a name, sorted, joined by blanks */
	TERM_EXACT = 5,  /* the whole folded value: key, uid, user@host */
	TERM_HOST = 6,   /* of a mailbox: host */
	TERM_DIGITS = 7, /* digits in reverse: an ending is a prefix */
};

struct term {
	uint8_t group;
	uint8_t attribute;
	enum term_form form;
	struct span text;
};

/* Cut at TERM_BYTES_MAX, at a character. */
void key_add_term(struct buf *out, const struct term *term);

/* Borrows from `key`.  False: too short, too long, or an unknown form. */
bool key_read_term(struct span key, struct term *term) MUST_CHECK;

/* The id that these bytes are.  0, which no entry has: they are none. */
uint32_t key_read_id(struct span bytes) MUST_CHECK;

#endif
