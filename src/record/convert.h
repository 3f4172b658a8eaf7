/*
 * A CSV row or an LDIF entry turned into a record by the schema.
 *
 * Values are made fit to be stored (record/value); what is empty then is
 * absent.  Of a CSV field of an attribute with several values each line is
 * one, or each word where the schema says `split blanks` and there is only one
 * line.  The lines of a Postal Address in LDIF are joined by ", ".  An entry
 * with a value of more characters than the schema allows is refused, not cut.
 */

#ifndef RECORD_CONVERT_H
#define RECORD_CONVERT_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>

struct schema;
struct csv_row;
struct ldif_entry;
struct converter;

struct converted {
	struct span record;  /* valid until the next conversion */
	struct span name;    /* the name as stored; borrows from record */
	struct span key;     /* the Index Key; borrows from record */
	bool key_is_generated; /* convert_generate_key(), occurrence 0 */
	bool hides;          /* it lists what its owner hides */
	bool was_latin1;     /* some value was no UTF-8: taken as ISO-8859-1 */
};

/* The schema must outlive the converter.  One thread at a time. */
struct converter *converter_new(const struct schema *schema);
void converter_free(struct converter **converter);

/*
 * Bind the columns of a CSV file to the attributes.  Unknown columns are left
 * out; a header that gives no name at all is refused.
 */
enum err converter_set_header(struct converter *converter,
    const struct csv_row *header, struct fault *fault) MUST_CHECK;

/*
 * Add the names of the columns of the header just set that are left out, fit
 * for a terminal, with ", " between them.  When `names` overflows it holds the
 * first of them, whole.
 */
void converter_list_unknown(const struct converter *converter,
    const struct csv_row *header, struct buf *names);

/* The fault is one sentence without file and line: the caller knows those. */
enum err convert_csv(struct converter *converter, const struct csv_row *row,
    struct converted *converted, struct fault *fault) MUST_CHECK;
enum err convert_ldif(struct converter *converter,
    const struct ldif_entry *entry, struct converted *converted,
    struct fault *fault) MUST_CHECK;

/*
 * The Index Key of an entry that came without one: the same for the same
 * `identity` (the dn of an LDIF entry, convert_add_identity() of a CSV row) at
 * every load, from a 64-bit hash (FNV-1a, finished as in MurmurHash3).
 * `occurrence` tells identical rows apart: 0 for the first, 1, 2, ...  The
 * digits end in NUL.
 */
enum { CONVERT_KEY_DIGITS = 18 };

void convert_generate_key(struct span identity, unsigned long occurrence,
    char digits[CONVERT_KEY_DIGITS + 1]);

/*
 * The fields that are for everyone and not hidden by their owner, but for the
 * Index Key: whoever sees a key could try values until they make the same one.
 * Of an entry that is hidden altogether, whose key nobody sees, all fields.
 */
void convert_add_identity(struct buf *out, const struct schema *schema,
    struct span record);

#endif
