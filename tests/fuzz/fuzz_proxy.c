#include "net/proxy.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* However it arrives, the verdict is the same, and none changes. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = { (const char *)data, size };
	struct proxy_header whole = { 0 }, part = { 0 };
	enum proxy_verdict verdict = proxy_parse(input, &whole), first;

	assert(verdict != PROXY_MORE || size < PROXY_NEEDED_MAX);
	for (input.length = 0; input.length < size; input.length++) {
		first = proxy_parse(input, &part);
		if (first == PROXY_MORE)
			continue;
		assert(first == verdict && part.length == whole.length);
		break;
	}
	return 0;
}
