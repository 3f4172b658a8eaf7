/*
 * Whom a PH query looks for: its selections (RFC 2378, section 2.3) as a tree.
 *
 *   query Quinton "info tech" phone=679* department="info tech"
 *
 * A value alone is one of the name, to which nicknames belong; all selections
 * must hold.  A value in quotes is a phrase, its words stand side by side in
 * this order; without quotes it is a word, or several parted by commas.  Each
 * may have wildcards: * + ? [..].
 *
 * One selection at least must be a key: in an indexed field, longer than one
 * byte, and not beginning with a wildcard.  The others only test what it finds.
 */

#ifndef PROTO_PH_SELECT_H
#define PROTO_PH_SELECT_H

#include "base/attr.h"

#include <stdbool.h>

struct answer;
struct ph;
struct query;

/*
 * The first `count` arguments of the command.  False: they make no query; what
 * is wrong was told, in lines that others must follow.  What the tree holds
 * lives in the arena, and in the schema of the answer.
 */
bool ph_select(struct ph *ph, const struct answer *answer, unsigned count,
    struct query *query) MUST_CHECK;

/* No selection is a key, found out later: the same line. */
void ph_refuse_keyless(struct ph *ph);

#endif
