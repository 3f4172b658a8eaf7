#include "proto/line.h"

#include "query/telnet.h"

enum face_frame
line_frame(struct span input, bool ended, size_t max, size_t *length)
{
	bool asked = false;
	size_t at = 0;

	while (at < input.length) {
		struct span rest = span_skip(input, at);
		size_t command = telnet_command_length(rest);

		if (command > 0) {
			at += command;
			continue;
		}
		if (input.data[at] == '\n') {
			*length = at + 1;
			return *length <= max ? FACE_FRAME_WHOLE :
			    FACE_FRAME_TOO_LONG;
		}
		asked |= input.data[at] != ' ' && input.data[at] != '\t' &&
		    input.data[at] != '\r';
		at++;
	}
	if (ended && input.length <= max) {
		*length = input.length;
		return asked ? FACE_FRAME_WHOLE : FACE_FRAME_EMPTY;
	}
	return input.length < max ? FACE_FRAME_MORE : FACE_FRAME_TOO_LONG;
}
