#include "record/key.h"

#include "text/utf8.h"

#include <assert.h>
#include <endian.h>
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
	if (form < TERM_WORD || form > TERM_FORM_LAST)
		return false;
	*term = (struct term){ .group = (uint8_t)key.data[0],
		.attribute = (uint8_t)key.data[1],
		.form = (enum term_form)form,
		.text = span_skip(key, TERM_PREFIX) };
	return true;
}

void
key_add_clue(struct buf *out, const struct clue *clue)
{
	assert(clue->text.length > 0 && clue->text.length <= CLUE_BYTES_MAX);
	buf_add_char(out, (char)clue->group);
	buf_add_char(out, (char)clue->kind);
	buf_add(out, clue->text);
}

void
key_add_near(struct buf *out, const struct near *near)
{
	uint64_t bits = (uint64_t)near->tag << 32 |
	    (uint64_t)near->left_out << 30 | near->word;

	assert(near->left_out <= NEAR_LEFT_OUT_MAX &&
	    near->word <= NEAR_WORD_MAX);
	bits = htobe64(bits << (64 - 8 * NEAR_BYTES));
	buf_add(out, (struct span){ (const char *)&bits, NEAR_BYTES });
}

struct near
key_read_near(const char *bytes)
{
	uint64_t bits = 0;

	for (int i = 0; i < NEAR_BYTES; i++)
		bits = bits << 8 | (unsigned char)bytes[i];
	return (struct near){ .tag = (uint16_t)(bits >> 32),
		.left_out = bits >> 30 & 3,
		.word = (uint32_t)bits & NEAR_WORD_MAX };
}

uint32_t
key_read_id(struct span bytes)
{
	uint32_t id = 0;

	if (bytes.length == sizeof id)
		memcpy(&id, bytes.data, sizeof id);
	return id;
}
