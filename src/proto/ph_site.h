/*
 * What PH tells of the server itself: status, siteinfo and id.
 *
 * Their lines have no blanks between the colons, because clients want none.
 */

#ifndef PROTO_PH_SITE_H
#define PROTO_PH_SITE_H

struct ph;

void ph_status(struct ph *ph);
void ph_siteinfo(struct ph *ph);
void ph_id(struct ph *ph);

#endif
