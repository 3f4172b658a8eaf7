#include "dir/first_bytes.h"

#include <string.h>

enum { KIND_BYTES = 3, BITS = 64 };

/* Group, attribute and form. */
static uint32_t
kind_of(struct span key)
{
	const unsigned char *byte = (const unsigned char *)key.data;

	return (uint32_t)byte[0] << 16 | (uint32_t)byte[1] << 8 | byte[2];
}

static unsigned
first_byte(struct span key)
{
	return (unsigned char)key.data[KIND_BYTES];
}

void
first_bytes_note(struct first_bytes *first, struct span key)
{
	uint32_t kind;

	if (key.length <= KIND_BYTES || first->too_many)
		return;
	kind = kind_of(key);
	if (first->count == 0 || first->kinds[first->count - 1] != kind) {
		first->too_many = first->count == FIRST_BYTES_KINDS_MAX;
		if (first->too_many)
			return;
		first->kinds[first->count++] = kind;
	}
	first->bytes[first->count - 1][first_byte(key) / BITS] |=
	    UINT64_C(1) << first_byte(key) % BITS;
}

bool
first_bytes_may_have(const struct first_bytes *first, struct span key)
{
	unsigned low = 0, high = first->count;
	uint32_t kind;

	if (key.length <= KIND_BYTES || first->too_many)
		return true;
	kind = kind_of(key);
	while (low < high) {
		unsigned middle = (low + high) / 2;

		if (first->kinds[middle] < kind)
			low = middle + 1;
		else
			high = middle;
	}
	return low < first->count && first->kinds[low] == kind &&
	    (first->bytes[low][first_byte(key) / BITS] >>
	    first_byte(key) % BITS & 1) != 0;
}

static void
add_number(struct buf *out, uint64_t number, unsigned size)
{
	for (unsigned shift = 0; shift < 8 * size; shift += 8)
		buf_add_char(out, (char)(number >> shift));
}

static uint64_t
take_number(struct span *rest, unsigned size)
{
	uint64_t number = 0;

	for (unsigned i = 0; i < size; i++)
		number |= (uint64_t)(unsigned char)rest->data[i] << 8 * i;
	*rest = span_skip(*rest, size);
	return number;
}

void
first_bytes_encode(struct buf *out, const struct first_bytes *first)
{
	if (first->too_many)
		return;
	for (unsigned i = 0; i < first->count; i++) {
		add_number(out, first->kinds[i], 4);
		for (unsigned j = 0; j < FIRST_BYTES_WORDS; j++)
			add_number(out, first->bytes[i][j], 8);
	}
}

static bool
is_ascending(const struct first_bytes *first)
{
	for (unsigned i = 1; i < first->count; i++)
		if (first->kinds[i] <= first->kinds[i - 1])
			return false;
	return true;
}

bool
first_bytes_decode(struct first_bytes *first, struct span encoded)
{
	memset(first, 0, sizeof *first);
	first->too_many = encoded.length % FIRST_BYTES_ENCODED != 0 ||
	    encoded.length > FIRST_BYTES_ENCODED_MAX || encoded.length == 0;
	while (encoded.length > 0 && !first->too_many) {
		unsigned at = first->count++;

		first->kinds[at] = (uint32_t)take_number(&encoded, 4);
		for (unsigned i = 0; i < FIRST_BYTES_WORDS; i++)
			first->bytes[at][i] = take_number(&encoded, 8);
	}
	first->too_many |= !is_ascending(first);
	return !first->too_many;
}
