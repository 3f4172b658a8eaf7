#include "dir/load_item.h"

#include "base/buf.h"
#include "dir/load.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

uint64_t
load_origin(size_t file, uint64_t line)
{
	assert(file < LOAD_FILES_MAX && line >> LOAD_LINE_BITS == 0);
	return (uint64_t)file << LOAD_LINE_BITS | line;
}

size_t
load_origin_file(uint64_t origin)
{
	return (size_t)(origin >> LOAD_LINE_BITS);
}

uint64_t
load_origin_line(uint64_t origin)
{
	return origin & (((uint64_t)1 << LOAD_LINE_BITS) - 1);
}

static void
add_tail(struct buf *out, const struct load_item *item)
{
	uint64_t origin = htobe64(item->origin);

	buf_add(out, (struct span){ (const char *)&origin, sizeof origin });
	buf_add_char(out, (char)item->flags);
}

void
load_item_add_entry(struct buf *out, const struct load_item *item)
{
	uint32_t length = htobe32((uint32_t)item->record.length);

	buf_add(out, item->sorts_by);
	buf_add_char(out, '\0');
	buf_add(out, item->key);
	buf_add_char(out, '\0');
	buf_add(out, (struct span){ (const char *)&length, sizeof length });
	buf_add(out, item->record);
	add_tail(out, item);
}

void
load_item_add_key(struct buf *out, const struct load_item *item)
{
	buf_add(out, item->sorts_by);
	buf_add_char(out, '\0');
	add_tail(out, item);
}

static struct load_item
read_ends(struct span bytes, struct span *middle)
{
	struct span rest = bytes;
	struct load_item item = { .sorts_by = span_cut(&rest, '\0') };
	uint64_t origin;

	assert(rest.length >= sizeof origin + 1);
	rest.length -= sizeof origin + 1;
	memcpy(&origin, rest.data + rest.length, sizeof origin);
	item.origin = be64toh(origin);
	item.flags = (unsigned char)rest.data[rest.length + sizeof origin];
	*middle = rest;
	return item;
}

struct load_item
load_item_read_entry(struct span bytes)
{
	struct span middle;
	struct load_item item = read_ends(bytes, &middle);

	item.key = span_cut(&middle, '\0');
	item.record = span_skip(middle, sizeof(uint32_t));
	return item;
}

struct load_item
load_item_read_key(struct span bytes)
{
	struct span middle;
	struct load_item item = read_ends(bytes, &middle);

	assert(middle.length == 0);
	return item;
}
