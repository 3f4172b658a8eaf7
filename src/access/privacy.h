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

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct record_parts;
struct schema;
struct viewer;

/* Bit i: the viewer may read group i; bit 0 is always set. */
uint32_t privacy_groups(const struct schema *schema,
    const struct viewer *viewer);

/* Bit i: the viewer may read the attribute with the id i. */
uint64_t privacy_attributes(const struct schema *schema, uint32_t groups);

/*
 * Those attributes of one entry that are shown to who may read `attributes`.
 * 0: its owner hides all of it, and for the viewer there is no such entry.
 */
uint64_t privacy_shown(const struct schema *schema, uint64_t attributes,
    const struct record_parts *parts) MUST_CHECK;

/* What is shown as a record.  False: the entry is hidden; nothing is added. */
bool privacy_add_record(struct buf *out, const struct schema *schema,
    uint64_t attributes, const struct record_parts *parts) MUST_CHECK;

#endif
