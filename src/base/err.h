/*
 * Failures of the world, and the sentence that reports them.
 *
 * Functions that can fail for reasons outside the program return an
 * `enum err` and write one sentence into a fault.  Each layer handles the
 * failure or adds where it happened; the top prints the sentence once.  The
 * codes are the exit statuses of the tools.
 */

#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/attr.h"

enum err {
	ERR_NONE = 0,
	ERR_REFUSED = 1, /* the input is at fault: a person must change it */
	ERR_USAGE = 2,   /* the command line is at fault */
	ERR_WORLD = 3,   /* files, memory, network: the system said no */
};

enum { FAULT_TEXT_MAX = 512 };

struct fault {
	enum err code;
	char text[FAULT_TEXT_MAX]; /* one sentence without a newline */
};

/* Note a failure, replacing what the fault held.  Returns `code`. */
enum err fault_set(struct fault *fault, enum err code, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Put "context: " before the sentence, as in "FILE:LINE: ".  Gives the code. */
enum err fault_prefix(struct fault *fault, const char *format, ...)
    PRINTF_LIKE(2, 3);

#endif
