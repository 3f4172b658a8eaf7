/*
 * Who may see what: a viewer and an attribute, show or hide.
 *
 * A viewer may read groups of attributes (record/schema_group), which is found
 * out once for each request and is all that a search needs to know.  What of
 * an entry is shown is decided here and nowhere else: an attribute is, when
 * its group may be read and the owner of the entry does not hide it.
 */

#ifndef ACCESS_PRIVACY_H
#define ACCESS_PRIVACY_H

#include "base/attr.h"
#include "base/span.h"
#include "record/hidden.h"

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct record_field;
struct schema;
struct viewer;

/* Bit i: the viewer may read group i; bit 0 is always set. */
uint32_t privacy_groups(const struct schema *schema,
    const struct viewer *viewer);

/* The fields of a record that are shown, one by one. */
struct privacy_fields {
	const struct schema *schema;
	uint32_t groups;
	struct hidden hidden;
	struct span rest; /* borrowed from the record */
};

/*
 * For a valid record (record_is_valid).  False: its owner hides all of it, and
 * for the viewer there is no such entry.
 */
bool privacy_begin(struct privacy_fields *fields, const struct schema *schema,
    uint32_t groups, struct span record) MUST_CHECK;

/* In the order of the record.  False: no more. */
bool privacy_next(struct privacy_fields *fields, struct record_field *field)
    MUST_CHECK;

/* What is shown as a record.  False: the entry is hidden; nothing is added. */
bool privacy_add_record(struct buf *out, const struct schema *schema,
    uint32_t groups, struct span record) MUST_CHECK;

#endif
