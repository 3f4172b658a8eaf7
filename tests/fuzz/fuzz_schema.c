/* What is taken for a schema keeps every promise of record/schema.h. */

#include "record/record.h"
#include "record/schema.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { (const char *)data, size };
	struct fault fault;
	struct schema *schema = schema_parse(text, &fault);

	if (schema == NULL)
		return 0;
	assert(span_equal(schema->text, text));
	for (unsigned id = 0; id < schema->count; id++) {
		const struct attribute *a = &schema->attributes[id];

		assert(schema_find(schema, a->name) == a);
		assert(schema_find(schema, a->label) == a);
		assert(schema_find_ph(schema, a->ph_name) == a);
		assert(a->ph_number <= SCHEMA_PH_NUMBER_MAX);
		assert(a->max_chars > 0 && a->max_chars <= RECORD_BYTES_MAX);
		assert(!schema_label_is_referral(a->label));
		assert((a->index == INDEX_NAME) == (id == schema->name_id));
		assert((a->index == INDEX_KEY) == (id == schema->key_id));
		assert(a->group == SCHEMA_GROUP_NOBODY ||
		    a->group < schema->group_count);
		assert(a->hides == (id == schema->hides_id));
		assert(schema_dump_source(&a->ldif).length > 0);
		assert(schema_dump_source(&a->csv).length > 0);
	}
	schema_free(&schema);
	return 0;
}
