/* A directory opened to be read as a whole: one reader, begun and not ended. */

#ifndef TOOLS_VIEW_H
#define TOOLS_VIEW_H

#include "base/attr.h"
#include "base/err.h"

struct directory;
struct reader;

struct view {
	struct directory *directory;
	struct reader *reader;
};

enum err view_open(struct view *view, const char *path, struct fault *fault)
    MUST_CHECK;
void view_close(struct view *view);

#endif
