/*
 * A request that is one line, as people type it into telnet: framing for the
 * faces that answer one and close.
 */

#ifndef PROTO_LINE_H
#define PROTO_LINE_H

#include "base/span.h"
#include "proto/face.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The frame() of a face whose lines have at most `max` bytes, the line end
 * included.  The line ends at its LF or at the end of the input; a LF inside a
 * telnet negotiation (RFC 854) is not one.  Nothing but blanks before the end
 * of the input is no request.
 */
enum face_frame line_frame(struct span input, bool ended, size_t max,
    size_t *length);

#endif
