/*
 * Who asks: the classes of viewers that a client belongs to, by name.
 *
 * The configuration gives a class to networks, a schema shows attributes to
 * classes.  They are joined by nothing but the name, since a directory is
 * loaded without knowing the configuration of those who will serve it.
 */

#ifndef ACCESS_VIEWER_H
#define ACCESS_VIEWER_H

#include "base/span.h"

#include <stdbool.h>

enum { VIEWER_CLASSES_MAX = 16, VIEWER_CLASS_NAME_MAX = 32 };

struct viewer {
	/* borrowed from whoever found out */
	struct span classes[VIEWER_CLASSES_MAX];
	unsigned count; /* 0: sees what is for everyone */
};

/* A stranger, who is in no class. */
extern const struct viewer viewer_stranger;

bool viewer_is_in(const struct viewer *viewer, struct span class_name);

#endif
