#include "dir/store_draft.h"

#include "dir/store_layout.h"

#include <assert.h>
#include <stdlib.h>

/* Nodes begin at even offsets. */
static size_t
even(size_t bytes)
{
	return (bytes + 1) & ~(size_t)1;
}

void
store_draft_init(struct store_draft *d, size_t size)
{
	d->bytes = malloc(size);
	assert(d->bytes != NULL);
	d->size = size;
	store_draft_clear(d);
}

void
store_draft_fini(struct store_draft *d)
{
	free(d->bytes);
	d->bytes = NULL;
}

void
store_draft_clear(struct store_draft *d)
{
	d->lower = PAGE_HEAD_BYTES;
	d->upper = d->size;
}

size_t
store_draft_count(const struct store_draft *d)
{
	return (d->lower - PAGE_HEAD_BYTES) / OFFSET_BYTES;
}

bool
store_draft_has_room(const struct store_draft *d, size_t node_bytes)
{
	return d->upper - d->lower >= even(node_bytes) + OFFSET_BYTES;
}

unsigned char *
store_draft_add(struct store_draft *d, struct span key, size_t data_bytes)
{
	size_t bytes = even(NODE_HEAD_BYTES + key.length + data_bytes);
	unsigned char *node;

	d->upper -= bytes;
	node = d->bytes + d->upper;
	node[bytes - 1] = 0;
	write16(node + NODE_KEY_LENGTH_AT, key.length);
	memcpy(node + NODE_HEAD_BYTES, key.data, key.length);
	write16(d->bytes + d->lower, d->upper);
	d->lower += OFFSET_BYTES;
	return node;
}

unsigned char *
store_draft_last(const struct store_draft *d)
{
	assert(store_draft_count(d) > 0);
	return d->bytes + d->upper;
}

struct span
store_draft_last_key(const struct store_draft *d)
{
	const unsigned char *node = store_draft_last(d);

	return (struct span){ (const char *)node + NODE_HEAD_BYTES,
		read16(node + NODE_KEY_LENGTH_AT) };
}

void
store_draft_drop(struct store_draft *d)
{
	d->upper += even(NODE_HEAD_BYTES + store_draft_last_key(d).length);
	d->lower -= OFFSET_BYTES;
}

/* What is left over between offsets and nodes tells nothing of other pages. */
void
store_draft_close(struct store_draft *d, unsigned kind)
{
	memset(d->bytes, 0, PAGE_HEAD_BYTES);
	write16(d->bytes + PAGE_FLAGS_AT, kind);
	write16(d->bytes + PAGE_LOWER_AT, d->lower);
	write16(d->bytes + PAGE_UPPER_AT, d->upper);
	memset(d->bytes + d->lower, 0, d->upper - d->lower);
}
