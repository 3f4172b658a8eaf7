/* Any bytes as a record; a valid one can be rekeyed and exported. */

#include "record/export.h"
#include "record/schema.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char memory[EXPORT_LDIF_MAX];
	static struct schema *schema;
	struct span record = { (const char *)data, size };
	struct fault fault;
	struct buf out;

	if (schema == NULL)
		schema = schema_parse(span_from(schema_default_text), &fault);
	if (!record_is_valid(schema, record))
		return 0;
	buf_init(&out, memory, sizeof memory);
	assert(record_set_key(&out, schema, record,
	    record_value(record, schema->key_id)));
	assert(span_equal(buf_span(&out), record));
	buf_init(&out, memory, EXPORT_CSV_MAX);
	record_add_csv(&out, schema, SCHEMA_ALL_GROUPS, record);
	assert(!out.overflowed);
	buf_init(&out, memory, EXPORT_LDIF_MAX);
	record_add_ldif(&out, schema, record);
	assert(!out.overflowed);
	return 0;
}
