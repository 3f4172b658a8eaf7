/* The rows are the same however the input is cut into pieces. */

#include "record/csv.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* FNV-1a. */
static void
mix(uint64_t *digest, const void *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		*digest = (*digest ^ ((const uint8_t *)bytes)[i]) *
		    UINT64_C(1099511628211);
}

static uint64_t
read_all(struct span input, size_t step)
{
	struct csv_reader *reader = csv_reader_new(100);
	static struct csv_row row;
	struct fault fault;
	uint64_t digest = 0;
	bool at_end;

	do {
		struct span piece = { input.data,
			input.length < step ? input.length : step };
		enum csv_result result;

		at_end = piece.length == 0;
		input = span_skip(input, piece.length);
		while ((result = csv_reader_next(reader, &piece, &row,
		    &fault)) != CSV_MORE) {
			if (result == CSV_ERROR) {
				mix(&digest, fault.text, strlen(fault.text));
				continue;
			}
			mix(&digest, &row.line, sizeof row.line);
			for (unsigned i = 0; i < row.count; i++) {
				mix(&digest, row.fields[i].data,
				    row.fields[i].length);
				mix(&digest, "|", 1);
			}
		}
	} while (!at_end);
	csv_reader_free(&reader);
	return digest;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { (const char *)data, size };
	uint64_t whole = read_all(text, size + 1);

	for (size_t step = 1; step < 8; step++)
		assert(read_all(text, step) == whole);
	return 0;
}
