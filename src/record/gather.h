/*
 * The values of one row or entry, gathered under the names of their sources.
 *
 * The names are told once; each then has a slot, a small number.  Per row the
 * slots are cleared and filled again without taking memory, unless a row has
 * more values than any before it.
 */

#ifndef RECORD_GATHER_H
#define RECORD_GATHER_H

#include "base/span.h"

#include <stdbool.h>

struct gather;

enum { GATHER_NONE = 0x7fffffff, GATHER_SLOTS_MAX = 2048 };

struct gather *gather_new(void);
void gather_free(struct gather **gather);

/* The slot of a name, made when there is none.  `name` is borrowed for good. */
unsigned gather_slot(struct gather *gather, struct span name);

/* GATHER_NONE: nobody asked for it.  Names are equal as schema_names_equal. */
unsigned gather_find(const struct gather *gather, struct span name);

void gather_clear(struct gather *gather);

/* `raw` is borrowed until the next clear.  Blank values are left out. */
void gather_add(struct gather *gather, unsigned slot, struct span raw);

/*
 * The values of a slot in the order in which they were added: a chain of
 * numbers that ends with GATHER_NONE.
 */
unsigned gather_first(const struct gather *gather, unsigned slot);
unsigned gather_next(const struct gather *gather, unsigned value);
struct span gather_raw(const struct gather *gather, unsigned value);

#endif
