/*
 * A table of LMDB (dir/store_layout), written in one go: keys come in ascending
 * order, full leaves go out at once, and what points to them goes out behind
 * them.
 *
 * LMDB would look each key up, copy the pages on the way to it and keep all of
 * them until it commits.  Appending one after the other needs none of that: it
 * takes a tenth of the time, and the memory of a few pages.
 */

#ifndef DIR_STORE_TREE_H
#define DIR_STORE_TREE_H

#include "base/span.h"
#include "dir/store_layout.h"

#include <stddef.h>

struct store_file;
struct store_tree;

/* `flags` are those of a tree in dir/store_layout. */
struct store_tree *store_tree_new(struct store_file *file, unsigned flags);
void store_tree_free(struct store_tree **tree);

/* A key and its value, of any length, in a tree without lists. */
void store_tree_add(struct store_tree *tree, struct span key,
    struct span value);

/* The record of a table under its name, in the main tree. */
void store_tree_add_table(struct store_tree *tree, struct span name,
    const unsigned char table[TREE_BYTES]);

/*
 * Members of a key's list, `count` > 0 of `size` bytes each, ascending and
 * behind those that were added to the same key by the call before.
 */
struct store_members {
	const void *bytes;
	size_t size, count;
};
void store_tree_add_members(struct store_tree *tree, struct span key,
    const struct store_members *members);

/* No more keys: append what is left, and say where the tree is. */
void store_tree_finish(struct store_tree *tree,
    unsigned char record[TREE_BYTES]);

#endif
