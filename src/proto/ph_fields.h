/*
 * The fields of PH (RFC 2378, section 1.1.1): the attributes of the schema that
 * the viewer may see, by their names in PH.  There are no others for him, in
 * no command.
 *
 * The command tells of each its number, its name, how long a value may be, and
 *
 *   Indexed   it can be the key of a query
 *   Lookup    it can be used in a query: all of them can
 *   Public    everyone may see it
 *   LocalPub  only some may, and this viewer is one of them
 *   Default   it is shown where a query does not say what to return
 *
 * and then what people call it.  No text holds a colon: clients find the name
 * between the last two of a line.
 */

#ifndef PROTO_PH_FIELDS_H
#define PROTO_PH_FIELDS_H

#include "base/span.h"

struct answer;
struct attribute;
struct ph;

/* NULL: there is none of this name that the viewer may know of. */
const struct attribute *ph_find_field(
    const struct answer *answer, struct span name);

/* Such a name refused, in a line that others follow: 507. */
void ph_refuse_field(struct ph *ph, struct span name);

/* The command. */
void ph_fields(struct ph *ph);

#endif
