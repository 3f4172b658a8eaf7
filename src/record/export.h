/*
 * A record written as LDIF or CSV that loads again, under the same schema, to
 * the same record.
 *
 * Every attribute is written under one name (schema_dump_source).  Of an
 * attribute with several values, LDIF has a line for each; a CSV field has
 * one a line, or one a word where the schema says `split blanks` and no value
 * holds a blank, as record/convert reads them.
 *
 * One thing a schema can make impossible: when the name under which one
 * attribute is written is also a later choice for a second, optional one, an
 * entry that lacks the second gets it from the first when it is loaded again,
 * as any input of that kind would give it.  The built-in schema has no such
 * pair.
 */

#ifndef RECORD_EXPORT_H
#define RECORD_EXPORT_H

#include "base/buf.h"
#include "base/span.h"
#include "record/record.h"

#include <stdint.h>

struct schema;

/* Room that is enough for any valid record. */
enum { EXPORT_LDIF_MAX = 32 * RECORD_BYTES_MAX,
       EXPORT_CSV_MAX = 3 * RECORD_BYTES_MAX };

/* What LDIF begins with, then one entry (RFC 2849) a record. */
void record_add_ldif_header(struct buf *out);
void record_add_ldif(struct buf *out, const struct schema *schema,
    struct span record);

/*
 * The header line, then one line a record, with CR LF (RFC 4180).  There are
 * columns for the attributes of these groups, and records have no others.
 */
void record_add_csv_header(struct buf *out, const struct schema *schema,
    uint32_t groups);
void record_add_csv(struct buf *out, const struct schema *schema,
    uint32_t groups, struct span record);

#endif
