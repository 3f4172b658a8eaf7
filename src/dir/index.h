/*
 * The terms of an entry: what it can be found by.
 *
 * One function per kind of index, in a table.  Terms are a pure function of the
 * record and the schema, so that a later change can remove exactly what was
 * added, and verify can compare.
 *
 * Terms lie under the visibility group of their attribute.  What nobody may
 * see, or the owner of the entry hides (record/hidden), has none.
 *
 *   kind     forms under the attribute
 *   name     WORD   every plain and joined word and every part
 *            LAST   those of the last name, and all of it as one word
 *            FIRST  all others
 *            WHOLE  the words sorted, joined by blanks; with parts for joined
 *                   words as well, when there are any, and with a last name of
 *                   several words as one; all again without titles
 *                   (text/title)
 *            RUN    words that stand side by side, written as one: "delacruz"
 *                   and "lacruz" for De La Cruz
 *            START  the first characters of every WORD
 *            LAST_START  of every LAST
 *            INITIAL     the first character of every FIRST
 *            ACCENTED    every word that has accents, with them
 *            and all but the last once more for a name that has letters which
 *            ICAO 9303 spells as two: Mueller for Müller
 *   alias    WORD and WHOLE; when it is for everyone as the name is, WORD,
 *            START and WHOLE under the name's attribute as well
 *   words    WORD
 *   digits   DIGITS the digits of each number, reversed
 *   exact    EXACT  the whole folded value
 *   mail     EXACT  user@host
 *            HOST   host
 *   key      none: the key table has it
 *
 * Whoever searches cuts names and numbers with the same functions, here and in
 * dir/index_name.
 */

#ifndef DIR_INDEX_H
#define DIR_INDEX_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct record_field;
struct schema;
struct indexer;
struct term;

/* The schema must outlive it.  One thread at a time. */
struct indexer *indexer_new(const struct schema *schema);
void indexer_free(struct indexer **indexer);

/*
 * The term keys (record/key) of a record, at most RECORD_BYTES_MAX bytes, each
 * once, in no order.  Valid until the next call.
 */
const struct span *indexer_terms(struct indexer *indexer, struct span record,
    size_t *count);

/*
 * The same piece by piece, for who knows the terms of some fields already:
 * begin a record, add its fields, or only some, and then take all of it.  The
 * terms of a field are a function of attribute and value alone; those of a
 * record are those of its fields that are not hidden.  A term may come several
 * times.
 *
 * Whole values such as logins and mailboxes (EXACT) are as a rule nobody
 * else's, and are taken apart from what many entries share.  _add returns how
 * many shared terms it put behind those that there were.
 */
void indexer_begin(struct indexer *indexer);
size_t indexer_add(struct indexer *indexer, const struct record_field *field);
const struct span *indexer_take(struct indexer *indexer, size_t *count);
const struct span *indexer_take_own(struct indexer *indexer, size_t *count);

/*
 * The Index Key folded and cut: a key of the key table, empty when nothing of
 * it is left or the entry is hidden.  Valid until the next call.
 */
struct span indexer_key(struct indexer *indexer, struct span record);

/* The same of the Index Key itself, whoever hides it. */
struct span indexer_fold_key(struct indexer *indexer, struct span value);

/* At most TERM_BYTES_MAX bytes of a folded Index Key. */
struct span index_cut_key(struct span folded);

/*
 * Orders entries: the folded name, ", " as a byte lower than any other, so that
 * a last name stays together: "li, xu" before "li wei" and "lib, a".  Of longer
 * ones the first INDEX_COLLATION_MAX bytes count, and then the keys.
 */
enum { INDEX_COLLATION_MAX = 512 };
void index_add_collation(struct buf *out, struct span folded_name);

/* Whether a term key is a word of a name, and so one of the vocabulary. */
bool index_is_vocabulary(const struct schema *schema, struct span key,
    struct term *word) MUST_CHECK;

/*
 * The next number of a folded telephone value: blanks, dots, hyphens, slashes
 * and parentheses within it are left out, everything else ends it.  So
 * "679-2111x(6026)" is 6792111 and 6026.  Appends the digits in reverse, which
 * makes an ending a prefix.  False: no more.
 */
bool index_next_number(struct span *rest, struct buf *out) MUST_CHECK;

/* What is behind the last @ of a folded mailbox; empty when there is none. */
struct span index_mail_host(struct span folded);

#endif
