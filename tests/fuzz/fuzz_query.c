#include "base/arena.h"
#include "base/buf.h"
#include "query/query.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char line[8 * QUERY_LINE_MAX];
	struct arena *arena = arena_new(64 * QUERY_LINE_MAX);
	struct span clean = query_clean((struct span){ (const char *)data,
	    size < QUERY_LINE_MAX ? size : QUERY_LINE_MAX }, arena);
	struct query query, again;
	struct query_error error;
	struct buf printed;

	buf_init(&printed, line, sizeof line);
	if (query_parse(&query, clean, arena, &error)) {
		query_print(&printed, &query);
		assert(query_parse(&again, buf_span(&printed), arena, &error));
		assert(query_equal(&query, &again));
	}
	arena_free(&arena);
	return 0;
}
