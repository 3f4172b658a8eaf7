/* Any bytes as what `meta` keeps: what is taken comes back the same. */

#include "dir/first_bytes.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char memory[FIRST_BYTES_ENCODED_MAX];
	static struct first_bytes first;
	struct span encoded = { (const char *)data, size };
	struct buf out;

	if (!first_bytes_decode(&first, encoded)) {
		assert(first_bytes_may_have(&first, encoded));
		return 0;
	}
	buf_init(&out, memory, sizeof memory);
	first_bytes_encode(&out, &first);
	assert(span_equal(buf_span(&out), encoded));
	(void)first_bytes_may_have(&first, encoded);
	return 0;
}
