#include "record/postal.h"

#include <stddef.h>

bool
postal_is_type(struct span type)
{
	return span_is_nocase(type, "postalAddress") ||
	    span_is_nocase(type, "homePostalAddress") ||
	    span_is_nocase(type, "registeredAddress");
}

static void
add_decoded(struct buf *out, struct span line)
{
	while (line.length > 0) {
		struct span code = line;

		code.length = code.length < 3 ? code.length : 3;
		if (span_is(code, "\\24")) {
			buf_add_char(out, '$');
		} else if (span_is_nocase(code, "\\5c")) {
			buf_add_char(out, '\\');
		} else {
			buf_add_char(out, line.data[0]);
			code.length = 1;
		}
		line = span_skip(line, code.length);
	}
}

void
postal_add_line(struct buf *out, struct span address)
{
	bool begun = false;

	while (address.length > 0) {
		struct span line = span_trim(span_cut(&address, '$'));

		if (line.length == 0)
			continue;
		if (begun)
			buf_add_string(out, ", ");
		add_decoded(out, line);
		begun = true;
	}
}

const char *
postal_code(char c)
{
	if (c == '$')
		return "\\24";
	return c == '\\' ? "\\5C" : NULL;
}
