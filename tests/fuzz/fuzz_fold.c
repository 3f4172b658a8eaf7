#include "text/fold.h"
#include "text/token.h"
#include "text/utf8.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char first[1 << 20], second[1 << 20];
	static struct token_list list;
	struct span text = { (const char *)data, size };
	struct buf once, twice;

	if (!utf8_is_valid(text) || size > sizeof first / 18)
		return 0;
	buf_init(&once, first, sizeof first);
	fold_add(&once, text);
	assert(!once.overflowed);
	buf_init(&twice, second, sizeof second);
	fold_add(&twice, buf_span(&once));
	assert(span_equal(buf_span(&once), buf_span(&twice)));
	token_split(&list, buf_span(&once));
	for (unsigned i = 0; i < list.count; i++)
		assert(utf8_is_valid(list.tokens[i].text));
	return 0;
}
