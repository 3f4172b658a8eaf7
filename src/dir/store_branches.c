#include "dir/store_branches.h"

#include "dir/store_draft.h"
#include "dir/store_file.h"
#include "dir/store_layout.h"

#include <assert.h>
#include <stdlib.h>

/* The page of each level that is being filled; level 0 points to leaves. */
struct level {
	struct store_draft draft;
	/* the key of its first node, for the level above */
	size_t first_length;
	char first[KEY_MAX];
};

struct store_branches {
	struct store_file *file;
	unsigned height; /* levels that have nodes */
	uint64_t pages;
	struct level *levels[DEPTH_MAX]; /* kept for the next tree */
};

struct store_branches *
store_branches_new(struct store_file *file)
{
	struct store_branches *b = calloc(1, sizeof *b);

	assert(b != NULL);
	b->file = file;
	return b;
}

void
store_branches_free(struct store_branches **branches)
{
	struct store_branches *b = *branches;

	*branches = NULL;
	if (b == NULL)
		return;
	for (unsigned i = 0; i < DEPTH_MAX && b->levels[i] != NULL; i++) {
		store_draft_fini(&b->levels[i]->draft);
		free(b->levels[i]);
	}
	free(b);
}

static struct level *
level_at(struct store_branches *b, unsigned nth)
{
	struct level *level;

	assert(nth < DEPTH_MAX);
	if (nth == b->height)
		b->height++;
	if (b->levels[nth] == NULL) {
		level = calloc(1, sizeof *level);
		assert(level != NULL);
		store_draft_init(&level->draft,
		    store_file_page_bytes(b->file));
		b->levels[nth] = level;
	}
	return b->levels[nth];
}

static void
add_node(struct level *level, struct span key, uint64_t child)
{
	unsigned char *node;

	if (store_draft_count(&level->draft) == 0) {
		memcpy(level->first, key.data, key.length);
		level->first_length = key.length;
		key.length = 0;
	}
	node = store_draft_add(&level->draft, key, 0);
	write32(node, child & UINT32_MAX);
	write16(node + NODE_FLAGS_AT, child >> 32);
}

static void add(struct store_branches *b, unsigned nth, struct span key,
    uint64_t child);

/* Append the page of a level and tell the level above. */
static void
hand_up(struct store_branches *b, unsigned nth)
{
	struct level *level = b->levels[nth];
	struct span first = { level->first, level->first_length };
	uint64_t number;

	store_draft_close(&level->draft, PAGE_BRANCH);
	number = store_file_append(b->file, level->draft.bytes);
	b->pages++;
	add(b, nth + 1, first, number);
	store_draft_clear(&level->draft);
}

/*
 * The last node moves on to the next page, because LMDB takes no branch page
 * that has fewer than two.
 */
static void
split(struct store_branches *b, unsigned nth)
{
	struct level *level = b->levels[nth];
	struct span last = store_draft_last_key(&level->draft);
	uint64_t child = read_child(store_draft_last(&level->draft));
	char memory[KEY_MAX];
	struct span key = { memory, last.length };

	memcpy(memory, last.data, last.length);
	store_draft_drop(&level->draft);
	hand_up(b, nth);
	add_node(level, key, child);
}

static void
add(struct store_branches *b, unsigned nth, struct span key, uint64_t child)
{
	struct level *level = level_at(b, nth);

	assert(key.length <= KEY_MAX);
	if (!store_draft_has_room(&level->draft, NODE_HEAD_BYTES + key.length))
		split(b, nth);
	add_node(level, key, child);
}

void
store_branches_add(struct store_branches *b, struct span key, uint64_t number)
{
	add(b, 0, key, number);
}

/* The page of the highest level; a single leaf needs none above it. */
static uint64_t
write_root(struct store_branches *b)
{
	struct level *level = b->levels[b->height - 1];

	if (store_draft_count(&level->draft) == 1)
		return read_child(store_draft_last(&level->draft));
	store_draft_close(&level->draft, PAGE_BRANCH);
	b->pages++;
	return store_file_append(b->file, level->draft.bytes);
}

struct store_root
store_branches_finish(struct store_branches *b)
{
	struct store_root root = { .number = NO_ROOT };

	if (b->height > 0) {
		/* handing up may make a level more */
		for (unsigned nth = 0; nth + 1 < b->height; nth++)
			hand_up(b, nth);
		root.number = write_root(b);
		root.depth = b->height + (b->pages > 0);
		root.branch_pages = b->pages;
		store_draft_clear(&b->levels[b->height - 1]->draft);
	}
	b->height = 0;
	b->pages = 0;
	return root;
}
