/*
 * A command of PH (RFC 2378, section 2.1): where it ends, and its words.
 *
 * A command ends at its LF, or with the input.  CR, NUL and telnet commands are
 * nothing, wherever they stand, and a backslash before the line end makes both
 * a blank.  A quote does not hold a line end: one that is never closed costs
 * its own line and not those behind it.
 *
 * Words are parted by blanks.  After the command they are read as qi reads
 * them: blanks may stand around `=`, what follows it may hold more of `=`, and
 * in "quotes" a backslash stands before `"` and `\`, and \n and \t are blanks.
 */

#ifndef PROTO_PH_LINE_H
#define PROTO_PH_LINE_H

#include "base/attr.h"
#include "base/span.h"
#include "proto/face.h"
#include "text/charset.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Bytes of a line with its end, and words behind a command. */
enum { PH_LINE_MAX = 8192, PH_ARGUMENTS_MAX = 128 };

/* As face.frame(); a blank line is a request, which has no command. */
enum face_frame ph_line_frame(struct span input, bool ended, size_t *length);

enum ph_argument_kind {
	PH_VALUE,   /* value */
	PH_PAIR,    /* field=value, the value perhaps empty */
	PH_KEYWORD, /* return, make or force, without quotes: in `value` */
};

/* Valid UTF-8 without control characters. */
struct ph_argument {
	enum ph_argument_kind kind;
	struct span field; /* of a pair, else empty */
	struct span value;
	bool is_quoted;    /* the value was */
};

/* All spans live as long as the arena's content. */
struct ph_line {
	struct span text;    /* all of it, clean and trimmed */
	struct span command; /* empty: a blank line */
	struct ph_argument arguments[PH_ARGUMENTS_MAX];
	unsigned count;
};

/* Take the command off a line.  False: the arena is used up. */
bool ph_line_begin(struct ph_line *line, struct span request,
    enum charset charset, struct arena *arena) MUST_CHECK;

enum ph_line_read {
	PH_LINE_READ,
	PH_LINE_NO_QUOTE,  /* a quoted string has no end */
	PH_LINE_NO_FIELD,  /* `=` with no field before it */
	PH_LINE_TOO_MANY,  /* more than PH_ARGUMENTS_MAX */
	PH_LINE_NO_ROOM,   /* the arena is used up */
};

/* Fill in the arguments.  After anything but PH_LINE_READ they are no use. */
enum ph_line_read ph_line_read(struct ph_line *line, struct arena *arena)
    MUST_CHECK;

#endif
