/*
 * What the names in a schema are made of (whoisd-schema(5)): each kind by what
 * has to read it elsewhere, be it a question, a configuration or a file.
 */

#ifndef RECORD_SCHEMA_NAME_H
#define RECORD_SCHEMA_NAME_H

#include "base/span.h"

#include <stdbool.h>

/* In bytes, of an attribute or a class. */
enum { SCHEMA_NAME_MAX = 32 };

/* Small letters, and behind the first of them digits and "_". */
bool schema_name_is_attribute(struct span name);

/* What the configuration can name so (access/classes): "-" as well. */
bool schema_name_is_class(struct span name);

/* The same, but at most SCHEMA_PH_NAME_MAX bytes. */
bool schema_name_is_ph_field(struct span name);

/* An attribute of LDIF or a column: letters of either case, digits, "_-.". */
bool schema_name_is_source(struct span name);

#endif
