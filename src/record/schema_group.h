/*
 * Visibility groups: the different answers of a schema to "who may see it".
 *
 * Attributes that are shown to the same classes of viewers are in one group,
 * in whatever order the classes were written.  Terms are stored by group
 * (record/key), and what a viewer may read is a set of groups, so nothing that
 * is done for a single value compares names of classes.
 */

#ifndef RECORD_SCHEMA_GROUP_H
#define RECORD_SCHEMA_GROUP_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>

struct schema;

/* Puts "everyone" into an empty schema: group 0, which there always is. */
void schema_begin_groups(struct schema *schema);

/*
 * The group of "everyone", "nobody", or words that are classes; a new one when
 * there is none yet, which borrows `classes`.  False: there are too many.
 */
bool schema_take_group(struct schema *schema, struct span classes,
    unsigned *group) MUST_CHECK;

#endif
