/*
 * Which forenames are short for which: Bill and William, Peggy and Margaret.
 *
 * The table is of English names, as they are in use in North America.
 */

#ifndef TEXT_NICKNAME_H
#define TEXT_NICKNAME_H

#include "base/span.h"

#include <stddef.h>

/*
 * The names that `name` (folded, one word) is a nickname of and its own
 * nicknames, but not the other nicknames of the same names: ned and ted are
 * among those of edward, but neither is among those of the other.  Ascending
 * by span_compare(), each once, `name` not among them.  NULL and a `*count` of
 * 0 where there are none.  The spans live as long as the program.
 */
const struct span *nickname_list(struct span name, size_t *count);

#endif
