/*
 * A CSV row or an LDIF entry turned into a record by the schema.
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
	bool key_is_generated;
	bool was_latin1;     /* some value was invalid UTF-8, taken as ISO-8859-1 */
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

/* The fault is one sentence without file and line: the caller knows those. */
enum err convert_csv(struct converter *converter, const struct csv_row *row,
    struct converted *converted, struct fault *fault) MUST_CHECK;
enum err convert_ldif(struct converter *converter,
    const struct ldif_entry *entry, struct converted *converted,
    struct fault *fault) MUST_CHECK;

#endif
