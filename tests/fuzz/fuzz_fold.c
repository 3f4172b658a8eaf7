#include "text/fold.h"
#include "text/token.h"
#include "text/utf8.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_folded(const struct buf *folded)
{
	static char memory[1 << 20];
	static struct token_list list;
	struct buf again;

	assert(!folded->overflowed && utf8_is_valid(buf_span(folded)));
	buf_init(&again, memory, sizeof memory);
	fold_add(&again, buf_span(folded));
	assert(span_equal(buf_span(folded), buf_span(&again)));
	token_split(&list, buf_span(folded));
	for (unsigned i = 0; i < list.count; i++)
		assert(utf8_is_valid(list.tokens[i].text));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char memory[1 << 20];
	struct span text = { (const char *)data, size };
	struct buf folded;

	if (!utf8_is_valid(text) || size > sizeof memory / 18)
		return 0;
	buf_init(&folded, memory, sizeof memory);
	fold_add(&folded, text);
	check_folded(&folded);
	buf_rewind(&folded, 0);
	if (fold_add_expanded(&folded, text))
		check_folded(&folded);
	buf_rewind(&folded, 0);
	fold_add_accented(&folded, text);
	assert(utf8_is_valid(buf_span(&folded)) &&
	    folded.length <= size * FOLD_GROWTH_MAX);
	return 0;
}
