/* Any text as a list of what is hidden: more words never hide less. */

#include "record/hidden.h"
#include "record/record.h"
#include "record/schema.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char memory[2 * RECORD_BYTES_MAX];
	static struct schema *schema;
	struct span list = { (const char *)data, size };
	struct hidden one, both;
	struct fault fault;
	struct buf record;

	if (schema == NULL)
		schema = schema_parse(span_from(schema_default_text), &fault);
	if (size == 0 || size > RECORD_BYTES_MAX)
		return 0;
	buf_init(&record, memory, sizeof memory);
	record_add_field(&record, schema->hides_id, list);
	one = hidden_read(schema, buf_span(&record));
	record_add_field(&record, schema->hides_id, span_from("room"));
	both = hidden_read(schema, buf_span(&record));
	assert((one.attributes & ~both.attributes) == 0);
	assert(one.attributes >> schema->count == 0);
	assert(!one.whole || both.whole);
	assert(hidden_has(&both, schema_find(schema, span_from("room"))->id));
	return 0;
}
