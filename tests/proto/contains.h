/* What the tests of answers ask most. */

#ifndef TESTS_PROTO_CONTAINS_H
#define TESTS_PROTO_CONTAINS_H

#include "base/span.h"

#include <stdbool.h>
#include <string.h>

/* Whether `part` stands somewhere in the text, which may be empty. */
static inline bool
contains(struct span text, const char *part)
{
	return text.length > 0 &&
	    memmem(text.data, text.length, part, strlen(part)) != NULL;
}

#endif
