/*
 * What stands above the leaves of a tree that is written in one go: branch
 * pages, each appended when it is full, and the root last.
 */

#ifndef DIR_STORE_BRANCHES_H
#define DIR_STORE_BRANCHES_H

#include "base/span.h"

#include <stdint.h>

struct store_branches;
struct store_file;

struct store_root {
	uint64_t number; /* NO_ROOT: there is no leaf */
	unsigned depth;
	uint64_t branch_pages;
};

/* The file must outlive it. */
struct store_branches *store_branches_new(struct store_file *file);
void store_branches_free(struct store_branches **branches);

/*
 * The next leaf is page `number`; its keys are not below `key`, and those of
 * the leaves before are.  The key of the very first may be empty.
 */
void store_branches_add(struct store_branches *branches, struct span key,
    uint64_t number);

/* No more leaves: append what is left.  Another tree may begin then. */
struct store_root store_branches_finish(struct store_branches *branches);

#endif
