/*
 * The lines of a block: which words may begin them, what may stand behind each,
 * and where in the attribute it goes.
 */

#ifndef RECORD_SCHEMA_LINE_H
#define RECORD_SCHEMA_LINE_H

#include "base/span.h"

struct schema_reading;

/*
 * A line of the block being read, which begins with `word`; `value` is the rest
 * of it, without blanks around it, and is borrowed.  Refused is what belongs to
 * no attribute, has come before in this block, or has no value.
 */
void schema_line_take(struct schema_reading *reading, struct span word,
    struct span value);

#endif
