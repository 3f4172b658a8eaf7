/* The entries are the same however the input is cut into pieces. */

#include "record/ldif.h"

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
	struct ldif_reader *reader = ldif_reader_new(200);
	struct ldif_entry entry;
	struct fault fault;
	uint64_t digest = 0;
	bool at_end;

	do {
		struct span piece = { input.data,
			input.length < step ? input.length : step };
		enum ldif_result result;

		at_end = piece.length == 0;
		input = span_skip(input, piece.length);
		while ((result = ldif_reader_next(reader, &piece, &entry,
		    &fault)) != LDIF_MORE) {
			if (result == LDIF_ERROR) {
				mix(&digest, fault.text, strlen(fault.text));
				continue;
			}
			mix(&digest, &entry.line, sizeof entry.line);
			mix(&digest, entry.dn.data, entry.dn.length);
			for (unsigned i = 0; i < entry.count; i++) {
				mix(&digest, entry.attributes[i].type.data,
				    entry.attributes[i].type.length);
				mix(&digest, entry.attributes[i].value.data,
				    entry.attributes[i].value.length);
			}
		}
	} while (!at_end);
	ldif_reader_free(&reader);
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
