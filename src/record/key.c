#include "record/key.h"

#include "text/utf8.h"

#include <assert.h>
#include <string.h>

enum { TERM_PREFIX = 3 }; /* group, attribute, form */

void
key_add_term(struct buf *out, const struct term *term)
{
	const char prefix[TERM_PREFIX] = { (char)term->group,
		(char)term->attribute, (char)term->form };

	assert(term->text.length > 0);
	buf_add(out, (struct span){ prefix, sizeof prefix });
	buf_add(out, utf8_cut(term->text, TERM_BYTES_MAX));
}

bool
key_read_term(struct span key, struct term *term)
{
	unsigned char form;

	if (key.length <= TERM_PREFIX || key.length > TERM_KEY_MAX)
		return false;
	form = (unsigned char)key.data[2];
	if (form < TERM_WORD || form > TERM_DIGITS)
		return false;
	*term = (struct term){ .group = (uint8_t)key.data[0],
		.attribute = (uint8_t)key.data[1],
		.form = (enum term_form)form,
		.text = span_skip(key, TERM_PREFIX) };
	return true;
}

uint32_t
key_read_id(struct span bytes)
{
	uint32_t id = 0;

	if (bytes.length == sizeof id)
		memcpy(&id, bytes.data, sizeof id);
	return id;
}
