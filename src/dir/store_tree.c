#include "dir/store_tree.h"

#include "dir/store_branches.h"
#include "dir/store_draft.h"
#include "dir/store_file.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

/* The list of the key that came last, until another key comes. */
struct list {
	size_t key_length; /* 0: there is none */
	size_t size;       /* of a member */
	size_t count;      /* members in `page` */
	uint64_t pages;    /* that went out */
	uint64_t members;
	unsigned char *page; /* its members begin behind the head */
	struct store_branches *branches;
	char key[KEY_MAX];
};

struct store_tree {
	struct store_file *file;
	unsigned flags;
	size_t page_bytes;
	size_t node_max; /* larger values have pages of their own */
	uint64_t leaf_pages, large_pages, entries;
	struct store_draft leaf;
	struct store_branches *branches;
	struct list list;
	size_t parting_length;
	char parting[KEY_MAX]; /* between this leaf and the one before */
};

struct store_tree *
store_tree_new(struct store_file *file, unsigned flags)
{
	struct store_tree *t = calloc(1, sizeof *t);

	assert(t != NULL);
	t->file = file;
	t->flags = flags;
	t->page_bytes = store_file_page_bytes(file);
	/* two nodes fit in any page: LMDB's rule */
	t->node_max = (t->page_bytes - PAGE_HEAD_BYTES) / 2 / 2 * 2 -
	    OFFSET_BYTES;
	store_draft_init(&t->leaf, t->page_bytes);
	t->branches = store_branches_new(file);
	if ((flags & TREE_LISTS) == 0)
		return t;
	t->list.page = calloc(1, t->page_bytes);
	assert(t->list.page != NULL);
	t->list.branches = store_branches_new(file);
	return t;
}

void
store_tree_free(struct store_tree **tree)
{
	struct store_tree *t = *tree;

	*tree = NULL;
	if (t == NULL)
		return;
	store_branches_free(&t->list.branches);
	free(t->list.page);
	store_branches_free(&t->branches);
	store_draft_fini(&t->leaf);
	free(t);
}

/* What the record of a tree says, be it of the table or of a list. */
struct summary {
	size_t fixed_bytes;
	unsigned flags;
	struct store_root root;
	uint64_t leaf_pages, large_pages, entries;
};

static void
write_record(unsigned char record[TREE_BYTES], const struct summary *s)
{
	write32(record, s->fixed_bytes);
	write16(record + 4, s->flags);
	write16(record + 6, s->root.depth);
	write64(record + 8, s->root.branch_pages);
	write64(record + 16, s->leaf_pages);
	write64(record + 24, s->large_pages);
	write64(record + 32, s->entries);
	write64(record + 40, s->root.number);
}

/* Leaves. */

static bool
is_ascending(const struct store_tree *t, struct span before, struct span key)
{
	uint32_t a, b;

	if ((t->flags & TREE_NUMBERS) == 0)
		return span_compare(before, key) < 0;
	memcpy(&a, before.data, sizeof a);
	memcpy(&b, key.data, sizeof b);
	return a < b;
}

/*
 * The shortest beginning of `key` that is above `before`: branch pages hold
 * more of these than of whole keys.  Numbers are all of one length.
 */
static void
part_leaves(struct store_tree *t, struct span before, struct span key)
{
	size_t length = 0;

	while (length < before.length && length < key.length &&
	    before.data[length] == key.data[length])
		length++;
	t->parting_length = (t->flags & TREE_NUMBERS) != 0 ? key.length :
	    length + 1;
	memcpy(t->parting, key.data, t->parting_length);
}

static void
end_leaf(struct store_tree *t)
{
	uint64_t number;

	store_draft_close(&t->leaf, PAGE_LEAF);
	number = store_file_append(t->file, t->leaf.bytes);
	store_branches_add(t->branches,
	    (struct span){ t->parting, t->parting_length }, number);
	t->leaf_pages++;
}

/* A new node; its data begin behind its key. */
static unsigned char *
add_node(struct store_tree *t, struct span key, size_t data_bytes)
{
	size_t bytes = NODE_HEAD_BYTES + key.length + data_bytes;

	assert(key.length > 0 && key.length <= KEY_MAX);
	if (store_draft_count(&t->leaf) > 0)
		assert(is_ascending(t, store_draft_last_key(&t->leaf), key));
	if (!store_draft_has_room(&t->leaf, bytes)) {
		end_leaf(t);
		part_leaves(t, store_draft_last_key(&t->leaf), key);
		store_draft_clear(&t->leaf);
	}
	return store_draft_add(&t->leaf, key, data_bytes);
}

static void
add_whole(struct store_tree *t, struct span key, struct span data,
    unsigned flags)
{
	unsigned char *node = add_node(t, key, data.length);

	write32(node, data.length);
	write16(node + NODE_FLAGS_AT, flags);
	if (data.length > 0)
		memcpy(node + NODE_HEAD_BYTES + key.length, data.data,
		    data.length);
}

static void
add_large(struct store_tree *t, struct span key, struct span value)
{
	uint64_t number = store_file_append_large(t->file, value);
	unsigned char *node = add_node(t, key, NODE_NUMBER_BYTES);

	write32(node, value.length);
	write16(node + NODE_FLAGS_AT, NODE_BIG);
	write64(node + NODE_HEAD_BYTES + key.length, number);
	t->large_pages += (PAGE_HEAD_BYTES + value.length + t->page_bytes -
	    1) / t->page_bytes;
}

void
store_tree_add(struct store_tree *t, struct span key, struct span value)
{
	assert((t->flags & TREE_LISTS) == 0);
	if (NODE_HEAD_BYTES + key.length + value.length > t->node_max)
		add_large(t, key, value);
	else
		add_whole(t, key, value, 0);
	t->entries++;
}

void
store_tree_add_table(struct store_tree *t, struct span name,
    const unsigned char table[TREE_BYTES])
{
	add_whole(t, name, (struct span){ (const char *)table, TREE_BYTES },
	    NODE_TREE);
	t->entries++;
}

/* Lists. */

static void
write_fixed_head(const struct list *list, unsigned char *page,
    size_t page_bytes, unsigned flags)
{
	write16(page + PAGE_FIXED_SIZE_AT, list->size);
	write16(page + PAGE_FLAGS_AT, flags);
	write16(page + PAGE_LOWER_AT,
	    PAGE_HEAD_BYTES + list->count * OFFSET_BYTES);
	write16(page + PAGE_UPPER_AT,
	    page_bytes - list->count * (list->size - OFFSET_BYTES));
}

static void
end_list_page(struct store_tree *t)
{
	struct list *list = &t->list;
	unsigned char *members = list->page + PAGE_HEAD_BYTES;
	size_t used = PAGE_HEAD_BYTES + list->count * list->size;
	uint64_t number;

	memset(list->page + used, 0, t->page_bytes - used);
	write_fixed_head(list, list->page, t->page_bytes,
	    PAGE_LEAF | PAGE_FIXED);
	number = store_file_append(t->file, list->page);
	store_branches_add(list->branches,
	    (struct span){ (const char *)members, list->size }, number);
	list->pages++;
	list->count = 0;
}

static void
add_list_tree(struct store_tree *t, struct span key)
{
	struct list *list = &t->list;
	unsigned char record[TREE_BYTES];
	struct summary summary = { .fixed_bytes = list->size,
		.flags = TREE_FIXED, .entries = list->members };

	if ((t->flags & TREE_LISTS_OF_NUMBERS) != 0)
		summary.flags |= TREE_NUMBERS;
	end_list_page(t);
	summary.root = store_branches_finish(list->branches);
	summary.leaf_pages = list->pages;
	write_record(record, &summary);
	add_whole(t, key, (struct span){ (const char *)record, sizeof record },
	    NODE_TREE | NODE_LIST);
}

static void
add_list_within(struct store_tree *t, struct span key)
{
	struct list *list = &t->list;
	size_t bytes = list->count * list->size;
	unsigned char *node = add_node(t, key, PAGE_HEAD_BYTES + bytes);
	unsigned char *page = node + NODE_HEAD_BYTES + key.length;

	write32(node, PAGE_HEAD_BYTES + bytes);
	write16(node + NODE_FLAGS_AT, NODE_LIST);
	memset(page, 0, PAGE_HEAD_BYTES);
	write_fixed_head(list, page, PAGE_HEAD_BYTES + bytes,
	    PAGE_LEAF | PAGE_FIXED | PAGE_WITHIN);
	memcpy(page + PAGE_HEAD_BYTES, list->page + PAGE_HEAD_BYTES, bytes);
}

static void
end_list(struct store_tree *t)
{
	struct list *list = &t->list;
	struct span key = { list->key, list->key_length };
	size_t bytes = list->count * list->size;

	if (key.length == 0)
		return;
	if (list->members == 1)
		add_whole(t, key, (struct span){ (const char *)list->page +
		    PAGE_HEAD_BYTES, bytes }, 0);
	else if (list->pages == 0 && NODE_HEAD_BYTES + key.length +
	    PAGE_HEAD_BYTES + bytes <= t->node_max)
		add_list_within(t, key);
	else
		add_list_tree(t, key);
	t->entries += list->members;
	list->key_length = 0;
}

static void
begin_list(struct store_tree *t, struct span key, size_t size)
{
	struct list *list = &t->list;

	assert(key.length > 0 && key.length <= KEY_MAX);
	memcpy(list->key, key.data, key.length);
	list->key_length = key.length;
	list->size = size;
	list->count = 0;
	list->pages = 0;
	list->members = 0;
}

void
store_tree_add_members(struct store_tree *t, struct span key,
    const struct store_members *members)
{
	struct list *list = &t->list;
	size_t page_max = (t->page_bytes - PAGE_HEAD_BYTES) / members->size;
	const char *from = members->bytes;
	size_t left = members->count, part;

	assert((t->flags & TREE_LISTS) != 0 && left > 0);
	if (!span_equal((struct span){ list->key, list->key_length }, key)) {
		end_list(t);
		begin_list(t, key, members->size);
	}
	assert(list->size == members->size);
	list->members += left;
	while (left > 0) {
		if (list->count == page_max)
			end_list_page(t);
		part = left < page_max - list->count ? left :
		    page_max - list->count;
		memcpy(list->page + PAGE_HEAD_BYTES + list->count * list->size,
		    from, part * list->size);
		list->count += part;
		from += part * list->size;
		left -= part;
	}
}

void
store_tree_finish(struct store_tree *t, unsigned char record[TREE_BYTES])
{
	struct summary summary = { .flags = t->flags };

	end_list(t);
	if (store_draft_count(&t->leaf) > 0)
		end_leaf(t);
	summary.root = store_branches_finish(t->branches);
	summary.leaf_pages = t->leaf_pages;
	summary.large_pages = t->large_pages;
	summary.entries = t->entries;
	write_record(record, &summary);
}
