/* An LDIF entry becomes a valid record that goes through CSV unchanged. */

#include "record/convert.h"
#include "record/csv.h"
#include "record/export.h"
#include "record/ldif.h"
#include "record/schema.h"

#include <assert.h>
#include <stdint.h>

static struct schema *schema;
static struct converter *first, *second;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_round_trip(struct span record)
{
	static char memory[EXPORT_CSV_MAX];
	static struct csv_row row;
	struct csv_reader *reader = csv_reader_new(sizeof memory);
	struct converted converted;
	struct fault fault;
	struct span rest;
	struct buf dump;

	buf_init(&dump, memory, sizeof memory);
	record_add_csv_header(&dump, schema, SCHEMA_ALL_GROUPS);
	record_add_csv(&dump, schema, SCHEMA_ALL_GROUPS, record);
	rest = buf_span(&dump);
	assert(csv_reader_next(reader, &rest, &row, &fault) == CSV_ROW);
	assert(converter_set_header(second, &row, &fault) == ERR_NONE);
	assert(csv_reader_next(reader, &rest, &row, &fault) == CSV_ROW);
	assert(convert_csv(second, &row, &converted, &fault) == ERR_NONE);
	assert(span_equal(converted.record, record));
	csv_reader_free(&reader);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = { (const char *)data, size };
	struct ldif_reader *reader = ldif_reader_new(1 << 17);
	struct converted converted;
	struct ldif_entry entry;
	struct fault fault;

	if (schema == NULL) {
		schema = schema_parse(span_from(schema_default_text), &fault);
		first = converter_new(schema);
		second = converter_new(schema);
	}
	while (input.length > 0)
		if (ldif_reader_next(reader, &input, &entry, &fault) ==
		    LDIF_ENTRY && convert_ldif(first, &entry, &converted,
		    &fault) == ERR_NONE) {
			assert(record_is_valid(schema, converted.record));
			check_round_trip(converted.record);
		}
	ldif_reader_free(&reader);
	return 0;
}
