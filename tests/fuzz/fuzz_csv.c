/* The rows are the same however the input is cut into pieces. */

#include "digest.h"
#include "record/csv.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
add_row(uint64_t *digest, const struct csv_row *row)
{
	*digest += row->line;
	for (unsigned i = 0; i < row->count; i++)
		digest_add(digest, row->fields[i]);
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
		struct span piece = digest_piece(&input, step);
		enum csv_result result;

		at_end = piece.length == 0;
		while ((result = csv_reader_next(reader, &piece, &row,
		    &fault)) != CSV_MORE)
			if (result == CSV_ROW)
				add_row(&digest, &row);
			else
				digest_add(&digest, span_from(fault.text));
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
