/*
 * The PH command query, or ph: who is looked for, and what of them is wanted.
 */

#ifndef PROTO_PH_QUERY_H
#define PROTO_PH_QUERY_H

struct ph;

void ph_query(struct ph *ph);

#endif
