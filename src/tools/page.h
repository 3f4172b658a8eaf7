/* What a running server says over its control socket (server/control). */

#ifndef TOOLS_PAGE_H
#define TOOLS_PAGE_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stddef.h>

enum { PAGE_MAX = 128 << 10 };

struct page {
	size_t length;
	char text[PAGE_MAX];
};

/*
 * Ask `command` of the server whose socket is at `path`, within a few seconds.
 * The page is what it answers, without the "# EOF" at the end.  ERR_WORLD: no
 * server answers there, or not to the end; ERR_REFUSED: it says "error: ".
 */
enum err page_ask(struct page *page, const char *path, const char *command,
    struct fault *fault) MUST_CHECK;

/*
 * Write it, or a piece of it, to standard output; on a terminal only what is
 * harmless there.
 */
void page_show(struct span text);

enum { PAGE_PATH_MAX = 4096 };

/* The socket of a server of the directory DIR, or another one. */
struct page_source {
	const char *directory;
	const char *control; /* goes before */
};

/* The path of it.  ERR_USAGE: neither is given, or it is too long. */
enum err page_find(char path[PAGE_PATH_MAX], const struct page_source *source,
    struct fault *fault) MUST_CHECK;

#endif
