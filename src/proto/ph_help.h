/*
 * The PH command help, laid out as qi's: clients, their topics in columns, and
 * the text of a topic.
 *
 * Where qi knows `help client topic` only, a topic may stand alone here: people
 * ask the server itself, and `help query` should help with query.
 */

#ifndef PROTO_PH_HELP_H
#define PROTO_PH_HELP_H

struct ph;

void ph_help(struct ph *ph);

#endif
