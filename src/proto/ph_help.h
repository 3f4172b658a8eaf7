/*
 * The help of PH, laid out as qi's: clients and their topics, each a text.
 */

#ifndef PROTO_PH_HELP_H
#define PROTO_PH_HELP_H

struct ph;

void ph_help(struct ph *ph);

#endif
