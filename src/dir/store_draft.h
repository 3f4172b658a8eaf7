/*
 * A page of nodes being filled, in ascending order of their keys
 * (dir/store_layout).
 */

#ifndef DIR_STORE_DRAFT_H
#define DIR_STORE_DRAFT_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct store_draft {
	unsigned char *bytes; /* the page; its number is set when it goes out */
	size_t size, lower, upper;
};

/* An empty page of `size` bytes. */
void store_draft_init(struct store_draft *draft, size_t size);
void store_draft_fini(struct store_draft *draft);

/* Begin another page in the same memory. */
void store_draft_clear(struct store_draft *draft);

size_t store_draft_count(const struct store_draft *draft);
bool store_draft_has_room(const struct store_draft *draft, size_t node_bytes);

/*
 * Room for a node behind the others, with its key and the length of that filled
 * in: where it begins.  The rest is the caller's to fill.
 */
unsigned char *store_draft_add(struct store_draft *draft, struct span key,
    size_t data_bytes);

/* The last node, of which there must be one, and its key. */
unsigned char *store_draft_last(const struct store_draft *draft);
struct span store_draft_last_key(const struct store_draft *draft);

/* Take the last node off; it has no data behind its key. */
void store_draft_drop(struct store_draft *draft);

/* Write the head, with one of the kinds of a page: it may go out now. */
void store_draft_close(struct store_draft *draft, unsigned kind);

#endif
