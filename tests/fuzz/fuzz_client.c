#include "proto/client.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char memory[3 * 65536];
	struct span rest = { (const char *)data, size < 65536 ? size : 65536 };
	struct client_notes notes = { 0 };
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	while (rest.length > 0) {
		struct span piece = { rest.data, rest.length < 64 ?
		    rest.length : client_piece_length(rest, true) };

		client_note(&notes, piece);
		client_add_shown(&out, piece, true);
		rest = span_skip(rest, piece.length ? piece.length : 1);
	}
	assert(!out.overflowed && utf8_is_valid(buf_span(&out)));
	assert(memchr(memory, '\x1b', out.length) == NULL);
	assert(!notes.has_referral || notes.referral.host[0] != '\0');
	return 0;
}
