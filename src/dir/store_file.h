/*
 * A data.mdb being written: its pages go out once, in the order of their
 * numbers, and nothing is read back.  What LMDB would keep in memory until it
 * commits is here a few buffers, which a thread writes (sys/write_behind).
 *
 * The file holds the two meta pages that LMDB makes when it opens a new one.
 * They speak of an empty store until store_file_finish().
 */

#ifndef DIR_STORE_FILE_H
#define DIR_STORE_FILE_H

#include "base/span.h"
#include "dir/store_layout.h"

#include <stddef.h>
#include <stdint.h>

struct store_file;

/* The descriptor stays the caller's; `bytes_max` is all that fits the map. */
struct store_file *store_file_new(int fd, size_t page_bytes,
    size_t bytes_max);
void store_file_free(struct store_file **file);

size_t store_file_page_bytes(const struct store_file *file);

/*
 * Append a page, whose first 8 bytes are set to its number, or a large value
 * with its pages; the (first) number.  After a failure these do nothing.
 */
uint64_t store_file_append(struct store_file *file, unsigned char *page);
uint64_t store_file_append_large(struct store_file *file, struct span value);

/*
 * Write what is left, let the metas speak of this tree, and wait for the disk.
 * 0, or the first failure since the file was made, as store_error_text() takes
 * it.
 */
int store_file_finish(struct store_file *file,
    const unsigned char main_tree[TREE_BYTES]);

#endif
