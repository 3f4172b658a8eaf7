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
 *   table word    key    word     4 bytes, native order (MDB_INTEGERKEY)
 *                 value  group  text
 *                        u8     the word, folded
 *
 *   table clue    key    group  kind  clue
 *                        u8     u8    1..CLUE_BYTES_MAX bytes
 *                 values words    sorted (MDB_DUPSORT, _DUPFIXED, _INTEGERDUP)
 *
 *   table near    key    bucket   4 bytes, native order (MDB_INTEGERKEY)
 *                 values tag  letters left out  word
 *                        u16  2 bits            30 bits, all big endian
 *                        sorted (MDB_DUPSORT, _DUPFIXED)
 *
 *   table meta    key    a name, "format", "fold", "schema", "serial", ...
 *                 value  text; of "first bytes" what dir/first_bytes encodes
 *
 * `group` is the visibility group (record/schema_group): 0 is everyone.  A
 * search reads only the groups its viewer may see, and the vocabulary has words
 * of group 0 only.  `attribute` is the attribute's id in the schema.
 * An id is the entry's place in collation order of the names, from 1 on.
 *
 * The last three tables are the vocabulary, the distinct words of names: words
 * are numbered from 1 on, and each is found by what sounds, ends or is like it
 * (dir/clue says how).  What is behind them is in the term table.
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
	TERM_START = 8,  /* the first characters of a word, see below */
	TERM_LAST_START = 9,  /* those of a word of the last name */
	TERM_ACCENTED = 10,   /* a word that has accents, with them */
	TERM_RUN = 11,   /* words side by side, written as one */
	TERM_INITIAL = 12, /* the first character of a first name */
	TERM_FORM_LAST = TERM_INITIAL,
};

/* What begins with so many characters is one list instead of thousands. */
enum { TERM_START_CHARS = 3 };

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

/* What kind of clue to a word it is.  Stored: never renumber. */
enum clue_kind {
	CLUE_SOUND = 1,  /* a key of text/sound */
	CLUE_ENDING = 2, /* the bytes in reverse: an ending is a prefix */
	CLUE_PART = 3,   /* CLUE_PART_CHARS characters anywhere in it */
};

enum { CLUE_PART_CHARS = 3, CLUE_BYTES_MAX = 120,
       CLUE_KEY_MAX = CLUE_BYTES_MAX + 2 };

struct clue {
	uint8_t group;
	enum clue_kind kind;
	struct span text; /* not empty, at most CLUE_BYTES_MAX bytes */
};

void key_add_clue(struct buf *out, const struct clue *clue);

/* A value of the near table, and the bucket it lies in. */
enum { NEAR_BUCKET_BITS = 18, NEAR_BYTES = 6, NEAR_LEFT_OUT_MAX = 2 };
#define NEAR_WORD_MAX ((UINT32_C(1) << 30) - 1)

struct near {
	uint32_t bucket;
	uint16_t tag;
	unsigned left_out; /* how many letters of the word */
	uint32_t word;
};

void key_add_near(struct buf *out, const struct near *near);

/* All but the bucket, from NEAR_BYTES bytes. */
struct near key_read_near(const char *bytes);

/* The id that these bytes are.  0, which no entry has: they are none. */
uint32_t key_read_id(struct span bytes) MUST_CHECK;

#endif
