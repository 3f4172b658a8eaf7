/*
 * The PH command query, or ph (RFC 2378, section 3.8):
 *
 *   query selection... [return field...]
 *
 *   102:There were 2 matches to your request.
 *   -200:1:...                        proto/ph_entry
 *   200:Ok.
 *
 * Nothing found is 501, and more than ph_limit() is 502, without any of them.
 * 520: the search was given up before it was known which.  Of what makes no
 * query everything is told, and then 500.
 */

#ifndef PROTO_PH_QUERY_H
#define PROTO_PH_QUERY_H

struct ph;

void ph_query(struct ph *ph);

#endif
