/*
 * Index Keys among the terms: they are inverted like those and come out behind
 * them, so that one merge fills two tables.
 */

#ifndef DIR_LOAD_TERMS_H
#define DIR_LOAD_TERMS_H

#include "base/span.h"

#include <stdbool.h>

struct buf;

void load_terms_add_key(struct buf *out, struct span folded_key);

/* False: a term of the term table. */
bool load_terms_read_key(struct span term, struct span *folded_key);

#endif
