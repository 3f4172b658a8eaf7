/*
 * What `help` and `help TOPIC` say: how to ask this directory.
 *
 * Lines are shorter than 80 columns and end in CR LF.  A line that begins with
 * exactly four blanks is an example: a question that works as it stands, then
 * at least two blanks and what it asks for.
 */

#ifndef PROTO_HELP_H
#define PROTO_HELP_H

#include "base/span.h"

struct answer;
struct buf;

/*
 * An empty topic gives the summary of all forms of a question, an unknown one
 * the list of those that there are.  Attributes that the viewer of the answer
 * may not see are not mentioned.
 */
void help_add(struct buf *out, const struct answer *answer, struct span topic);

#endif
