/* The entries are the same however the input is cut into pieces. */

#include "digest.h"
#include "record/ldif.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
add_entry(uint64_t *digest, const struct ldif_entry *entry)
{
	*digest += entry->line;
	digest_add(digest, entry->dn);
	for (unsigned i = 0; i < entry->count; i++) {
		digest_add(digest, entry->attributes[i].type);
		digest_add(digest, entry->attributes[i].value);
	}
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
		struct span piece = digest_piece(&input, step);
		enum ldif_result result;

		at_end = piece.length == 0;
		while ((result = ldif_reader_next(reader, &piece, &entry,
		    &fault)) != LDIF_MORE)
			if (result == LDIF_ENTRY)
				add_entry(&digest, &entry);
			else
				digest_add(&digest, span_from(fault.text));
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
