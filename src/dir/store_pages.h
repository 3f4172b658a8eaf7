/*
 * Whether the pages of a data.mdb hang together.
 *
 * LMDB trusts its file: one wrong byte in a page may send it outside of the map
 * or in circles, and nothing of that can be caught where it happens.  So who
 * suspects a file has it looked through here first, without LMDB: every page
 * of every table is where it says it is, belongs to one tree only and is as
 * deep in it as the others, and all it points to lies within it or within the
 * file.  What passes may be damaged in its contents still, which dir/inspect
 * finds, but it can be read.
 */

#ifndef DIR_STORE_PAGES_H
#define DIR_STORE_PAGES_H

#include "base/attr.h"
#include "base/err.h"

/*
 * `path` is the folder of a generation.  Refused: the first page that is wrong,
 * and what is wrong with it.  Reads the whole file, once.
 */
enum err store_pages_check(const char *path, struct fault *fault) MUST_CHECK;

/*
 * The same for what leads to the tables, and for the table `meta`: all that is
 * read when a file is opened, which is a few pages, whatever its size.
 */
enum err store_pages_check_entry(const char *path, struct fault *fault)
    MUST_CHECK;

#endif
