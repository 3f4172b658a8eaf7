#include "bench/reply.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span piece, bytes = { (const char *)data, size };
	struct reply by_bytes = { 0 }, at_once = { 0 };

	/* However they come, answers end at the same bytes. */
	while (bytes.length > 0) {
		bool is_whole = reply_cut(&at_once, &bytes, &piece);

		for (size_t i = 0; i < piece.length; i++) {
			struct span one = { piece.data + i, 1 }, same;
			bool ends = reply_cut(&by_bytes, &one, &same);

			assert(ends == (is_whole && i + 1 == piece.length));
		}
		assert(by_bytes.code == at_once.code);
	}
	return 0;
}
