#include "dir/own_terms.h"

#include "base/sort.h"
#include "dir/postings_run.h"
#include "dir/radix.h"
#include "dir/spill.h"

enum {
	ID = sizeof(uint32_t),
	SOON = 8, /* pairs asked for before their turn */
};

/*
 * One block: pairs from the left, each as its run will hold it when nobody else
 * has the term; radix items of the terms from the right, and before those as
 * much room to sort them.
 */

void
own_terms_init(struct own_terms *own, void *memory, size_t memory_bytes)
{
	*own = (struct own_terms){ .block = memory,
		.size = memory_bytes / sizeof(struct radix_item) *
		    sizeof(struct radix_item) };
}

/* In the reverse of the order in which they were added. */
static struct radix_item *
items_of(const struct own_terms *own)
{
	return (struct radix_item *)(void *)(own->block + own->size) -
	    own->count;
}

static size_t
pair_bytes(size_t term_length)
{
	return POSTINGS_RUN_HEAD + term_length + ID;
}

bool
own_terms_add(struct own_terms *own, uint32_t id, struct span term)
{
	const struct postings_run_head head = { 1, (uint16_t)term.length };
	size_t bytes = pair_bytes(term.length);
	size_t at = own->used + POSTINGS_RUN_HEAD;

	if (own->used + bytes +
	    (own->count + 1) * 2 * sizeof(struct radix_item) > own->size)
		return false;
	postings_run_write(own->block + own->used, head);
	memcpy(own->block + at, term.data, term.length);
	memcpy(own->block + at + term.length, &id, ID);
	own->used += bytes;
	own->count++;
	*items_of(own) = radix_item(own->block, at, term.length);
	return true;
}

static const char *
pair_of(const struct own_terms *own, const struct radix_item *item)
{
	return radix_span(item, own->block).data - POSTINGS_RUN_HEAD;
}

static const char *
id_of(const struct own_terms *own, const struct radix_item *item)
{
	struct span term = radix_span(item, own->block);

	return term.data + term.length;
}

/* How many of the first items have the same term; `count` is not 0. */
static size_t
count_equal(const struct own_terms *own, const struct radix_item *items,
    size_t count)
{
	struct span term = radix_span(&items[0], own->block);
	size_t equal = 1;

	while (equal < count &&
	    span_equal(radix_span(&items[equal], own->block), term))
		equal++;
	return equal;
}

static int
compare_places(const void *a, const void *b)
{
	const struct radix_item *left = a, *right = b;

	return (left->place > right->place) - (left->place < right->place);
}

/* Pairs lie in order of their ids.  Drops those that an entry has twice. */
static size_t
sort_by_id(const struct own_terms *own, struct radix_item *items, size_t count)
{
	size_t kept = 1;

	sort_in_place(items, count, sizeof items[0], compare_places);
	for (size_t i = 1; i < count; i++)
		if (memcmp(id_of(own, &items[i]), id_of(own, &items[kept - 1]),
			ID) != 0)
			items[kept++] = items[i];
	return kept;
}

static void
spill_equal(const struct own_terms *own, struct spill *spill,
    struct radix_item *items, size_t count)
{
	struct span term = radix_span(&items[0], own->block);
	char head[POSTINGS_RUN_HEAD];

	count = sort_by_id(own, items, count);
	postings_run_write(head, (struct postings_run_head){ (uint32_t)count,
	    (uint16_t)term.length });
	spill_write(spill, head, sizeof head);
	spill_write(spill, term.data, term.length);
	for (size_t i = 0; i < count; i++)
		spill_write(spill, id_of(own, &items[i]), ID);
}

void
own_terms_spill(struct own_terms *own, struct spill *spill)
{
	struct radix_item *items = items_of(own);
	size_t equal;

	radix_sort(items, items - own->count, own->count, own->block);
	spill_begin(spill);
	for (size_t i = 0; i < own->count; i += equal) {
		if (i + SOON < own->count)
			__builtin_prefetch(pair_of(own, &items[i + SOON]));
		equal = count_equal(own, &items[i], own->count - i);
		if (equal == 1)
			spill_write(spill, pair_of(own, &items[i]), pair_bytes(
			    radix_span(&items[i], own->block).length));
		else
			spill_equal(own, spill, &items[i], equal);
	}
	spill_end(spill);
	own->used = 0;
	own->count = 0;
}
