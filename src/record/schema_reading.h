/*
 * How far the reading of a schema has come, which its steps share.
 *
 * record/schema_parse goes from line to line, record/schema_line takes what
 * stands on each, record/schema_check looks at what they make together.  The
 * first complaint of any of them ends the reading: it is kept here, and all
 * later ones are dropped, so no step has to ask whether another has failed.
 */

#ifndef RECORD_SCHEMA_READING_H
#define RECORD_SCHEMA_READING_H

#include "base/attr.h"
#include "record/schema.h"
#include "text/utf8.h"

#include <stdbool.h>

/* The ph_number of an attribute that has not been given one yet. */
enum { SCHEMA_NO_PH_NUMBER = SCHEMA_PH_NUMBER_MAX + 1 };

struct schema_reading {
	struct schema *schema;
	struct attribute *attribute; /* whose block it is; NULL: none yet */
	unsigned long line;       /* 1 first; a complaint is about this one */
	unsigned long block_line; /* of the line "attribute NAME" */
	unsigned seen; /* record/schema_line's: the words of this block */
	struct fault *fault;
	bool refused; /* `fault` is set, and the schema no good */
};

/* For "%.*s" in a complaint: a piece of the text, cut where it is long. */
enum { SCHEMA_QUOTED_MAX = 60 };
#define SCHEMA_QUOTED(span)                                                    \
	(int)utf8_cut(span, SCHEMA_QUOTED_MAX).length, (span).data

/* Note a complaint about the current line.  Only the first one counts. */
void schema_refuse(struct schema_reading *reading, const char *format, ...)
    PRINTF_LIKE(2, 3);

#endif
