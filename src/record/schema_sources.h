/*
 * Where the values of an attribute come from: the lines "ldif" and "csv" of a
 * schema, whose words are alternatives such as cn, sn+givenName or cn[2].
 */

#ifndef RECORD_SCHEMA_SOURCES_H
#define RECORD_SCHEMA_SOURCES_H

#include "base/span.h"

struct schema_reading;
struct schema_sources;

/* The alternatives of one line, which are borrowed from it. */
void schema_sources_take(struct schema_reading *reading,
    struct schema_sources *sources, struct span value);

/* A format without a line of its own takes the attribute's name. */
void schema_sources_set_default(struct schema_sources *sources,
    struct span name);

/* Refuse the words of LDIF itself, which record/ldif sees to. */
void schema_sources_check_ldif(struct schema_reading *reading,
    const struct schema_sources *sources);

#endif
