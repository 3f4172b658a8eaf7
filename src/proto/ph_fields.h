/*
 * The PH command fields: what is known of a person, as the schema has it.
 */

#ifndef PROTO_PH_FIELDS_H
#define PROTO_PH_FIELDS_H

struct ph;

void ph_fields(struct ph *ph);

#endif
