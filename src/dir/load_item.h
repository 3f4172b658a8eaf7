/*
 * What the sorters of a load hold, as bytes that sort the right way.
 *
 *   entry  collation 0 folded key 0 length record origin flags
 *                                   u32           u64    u8     big endian
 *   key    folded key 0 origin flags
 *
 * Neither a collation nor a folded key holds a 0.  Entries of one name are in
 * order of their keys: what not everyone may see must not show in the order.
 * Entries with the same key, which was then made from what they have in common,
 * are neighbours in order of their records and then of the input.
 */

#ifndef DIR_LOAD_ITEM_H
#define DIR_LOAD_ITEM_H

#include "base/span.h"

#include <stdint.h>

struct buf;

enum { /* flags */
	LOAD_KEY_GENERATED = 1,
	LOAD_LATIN1 = 2,
	LOAD_MAY_REPEAT = 4, /* a key made of all else: equal in equal rows */
	LOAD_HIDES_UNKNOWN = 8, /* hides what is no attribute */
};

/* File and line in one number that orders as the input does. */
enum { LOAD_LINE_BITS = 40 };
uint64_t load_origin(size_t file, uint64_t line);
size_t load_origin_file(uint64_t origin);
uint64_t load_origin_line(uint64_t origin);

struct load_item {
	struct span sorts_by; /* collation or folded key */
	struct span key;      /* of an entry, folded: sorts those of a name */
	struct span record;   /* empty for a key */
	uint64_t origin;
	unsigned flags;
};

void load_item_add_entry(struct buf *out, const struct load_item *item);
void load_item_add_key(struct buf *out, const struct load_item *item);

/* Borrow from `bytes`, which are as they were made. */
struct load_item load_item_read_entry(struct span bytes);
struct load_item load_item_read_key(struct span bytes);

#endif
