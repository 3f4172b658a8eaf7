/*
 * What lies in DIR, by name.
 *
 *   DIR/gen-000007/{data.mdb,lock.mdb}   one generation; no load changes it
 *   DIR/current -> gen-000007            what everybody reads
 *   DIR/current.next                     the link on its way, for a moment
 *   DIR/lock                             held by the one writer
 *   DIR/control                          the server's socket (server/control)
 */

#ifndef DIR_LAYOUT_H
#define DIR_LAYOUT_H

#include "base/attr.h"
#include "base/err.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>

#define LAYOUT_CURRENT "current"
#define LAYOUT_CURRENT_NEXT "current.next"
#define LAYOUT_LOCK "lock"
#define LAYOUT_DATA "data.mdb"

enum { GENERATION_NAME_MAX = 32 };

void layout_make_name(char name[GENERATION_NAME_MAX], uint64_t serial);

/* "gen-" and a number.  False for all else that may lie in DIR. */
bool layout_parse_name(const char *name, uint64_t *serial) MUST_CHECK;

/*
 * What `current` in the open folder names.  False: errno is ENOENT when there
 * is none, EINVAL when it is not a link to a generation.
 */
bool layout_read_current(int directory, char name[GENERATION_NAME_MAX],
    uint64_t *serial) MUST_CHECK;

/*
 * The entries of an open folder, for closedir(); NULL: errno says why not.  The
 * folder is opened anew, because reading moves a descriptor's position.
 */
DIR *layout_list(int folder) MUST_CHECK;

/* The highest number below `limit` among the generations there; 0: none. */
uint64_t layout_find_below(int directory, uint64_t limit);

/* The sentence for the errno of opening DIR or of layout_read_current(). */
enum err layout_explain(const char *path, int error, struct fault *fault);

#endif
