#include "dir/load_terms.h"

#include "base/buf.h"

/* Term keys begin with a visibility group, and there is none of this number. */
static const char key_mark = '\xff';

void
load_terms_add_key(struct buf *out, struct span folded_key)
{
	buf_add_char(out, key_mark);
	buf_add(out, folded_key);
}

bool
load_terms_read_key(struct span term, struct span *folded_key)
{
	if (term.length == 0 || term.data[0] != key_mark)
		return false;
	*folded_key = span_skip(term, 1);
	return true;
}
