/* Fields of PH (RFC 2378) as a schema numbers them. */

#ifndef RECORD_SCHEMA_PH_H
#define RECORD_SCHEMA_PH_H

struct schema;

/*
 * Give each attribute that has none (SCHEMA_NO_PH_NUMBER) a free number that is
 * made from its name.  Only when all are read is it known which are free.
 */
void schema_ph_number_fields(struct schema *schema);

#endif
