#include "dir/store_pages.h"

#include "base/span.h"
#include "dir/layout.h"
#include "dir/store_layout.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE_BYTES_MIN = 512, PAGE_BYTES_MAX = 1 << 16 };
#define MAGIC 0xBEEFC0DEu

/* What is read of a file before anything else. */
static const char entry_table[] = "meta";

struct pages {
	const char *path;
	const unsigned char *map;
	size_t length;
	size_t page_bytes;
	uint64_t count;       /* of pages in use */
	unsigned char *taken; /* a bit for each */
	bool is_entry; /* of all tables only that one */
	struct fault *fault;
};

/* Where a tree hangs: tables are in the main one, lists in tables. */
enum tree_place {
	TREE_MAIN,
	TREE_TABLE,
	TREE_LIST, /* of the members of one key */
};

/* As `meta` or a node has it. */
struct tree {
	uint32_t fixed_bytes;
	uint16_t flags;
	uint16_t depth;
	uint64_t root;
	enum tree_place place;
};

/* A page, or one within a node. */
struct page {
	uint64_t number; /* of the page it is in, for the sentence */
	const unsigned char *bytes;
	size_t size;
	unsigned level; /* 1: a leaf */
};

static bool
damaged(struct pages *p, uint64_t number, const char *what)
{
	fault_set(p->fault, ERR_REFUSED, "%s/" LAYOUT_DATA ": damaged: page "
	    "%ju %s", p->path, (uintmax_t)number, what);
	return false;
}

/* Nobody else may have these pages. */
static bool
take_pages(struct pages *p, uint64_t number, uint64_t count)
{
	if (number < META_PAGES || number >= p->count ||
	    count > p->count - number)
		return damaged(p, number, "is not in the file");
	for (uint64_t i = number; i < number + count; i++) {
		unsigned char bit = (unsigned char)(1u << (i % CHAR_BIT));

		if ((p->taken[i / CHAR_BIT] & bit) != 0)
			return damaged(p, i, "is in use twice");
		p->taken[i / CHAR_BIT] |= bit;
	}
	if (read64(p->map + number * p->page_bytes) != number)
		return damaged(p, number, "bears another number");
	return true;
}

static unsigned
kind_of(const struct page *page)
{
	return read16(page->bytes + PAGE_FLAGS_AT) & PAGE_KINDS;
}

static size_t
count_keys(const struct page *page)
{
	uint16_t lower = read16(page->bytes + PAGE_LOWER_AT);

	return lower < PAGE_HEAD_BYTES ? 0 :
	    (size_t)(lower - PAGE_HEAD_BYTES) / OFFSET_BYTES;
}

/* A page of keys that are all `size` long, without nodes. */
static bool
check_fixed(struct pages *p, const struct page *page, size_t size)
{
	size_t count = count_keys(page);

	if (size == 0 || size > KEY_MAX || count == 0 ||
	    count > (page->size - PAGE_HEAD_BYTES) / size)
		return damaged(p, page->number, "has a wrong number of keys");
	return true;
}

static bool check_tree(struct pages *p, const unsigned char *bytes,
    enum tree_place place);

/* A value so large that it has pages of its own. */
static bool
check_big(struct pages *p, const unsigned char *data, size_t length)
{
	uint64_t number = read64(data);
	uint64_t count = (PAGE_HEAD_BYTES + (uint64_t)length +
	    p->page_bytes - 1) / p->page_bytes;
	struct page page = { .number = number };

	if (!take_pages(p, number, count))
		return false;
	page.bytes = p->map + number * p->page_bytes;
	if (kind_of(&page) != PAGE_OVERFLOW ||
	    read32(page.bytes + PAGE_COUNT_AT) != count)
		return damaged(p, number, "does not hold a large value");
	return true;
}

/* The members of a key's list, as a page in the place of the value. */
static bool
check_inner(struct pages *p, uint64_t number, const unsigned char *data,
    size_t length)
{
	struct page page = { number, data, length, 1 };

	if (length < PAGE_HEAD_BYTES ||
	    kind_of(&page) != (PAGE_LEAF | PAGE_FIXED))
		return damaged(p, number, "has a broken list");
	return check_fixed(p, &page, read16(data + PAGE_FIXED_SIZE_AT));
}

/* A table, as the main tree has it under its name. */
static bool
check_table(struct pages *p, struct span name, const unsigned char *tree)
{
	return (p->is_entry && !span_is(name, entry_table)) ||
	    check_tree(p, tree, TREE_TABLE);
}

/* Key and value lie in the page; what the value leads to is right. */
static bool
check_leaf_node(struct pages *p, const struct tree *tree,
    const struct page *page, size_t at)
{
	const unsigned char *node = page->bytes + at;
	uint32_t length = read32(node);
	unsigned flags = read16(node + NODE_FLAGS_AT);
	size_t key = read16(node + NODE_KEY_LENGTH_AT);
	size_t inside = (flags & NODE_BIG) != 0 ? sizeof(uint64_t) : length;
	const struct span name = { (const char *)node + NODE_HEAD_BYTES, key };
	const unsigned char *data = node + NODE_HEAD_BYTES + key;

	if (key == 0 || key > KEY_MAX ||
	    key + inside > page->size - at - NODE_HEAD_BYTES)
		return damaged(p, page->number, "has a key without its value");
	if ((tree->flags & TREE_NUMBERS) != 0 && key != NUMBER_BYTES)
		return damaged(p, page->number, "has a key of a wrong length");
	if ((flags & NODE_LIST) != 0 && (tree->flags & TREE_LISTS) == 0)
		return damaged(p, page->number, "has a list in a wrong place");
	switch (flags) {
	case 0:
		return true;
	case NODE_BIG:
		return check_big(p, data, length);
	case NODE_LIST:
		return check_inner(p, page->number, data, length);
	case NODE_TREE:
		return length == TREE_BYTES && tree->place == TREE_MAIN
		    ? check_table(p, name, data)
		    : damaged(p, page->number, "has a broken table");
	case NODE_TREE | NODE_LIST:
		return length == TREE_BYTES
		    ? check_tree(p, data, TREE_LIST)
		    : damaged(p, page->number, "has a broken list");
	default:
		return damaged(p, page->number, "has an unknown kind of key");
	}
}

static bool check_page(struct pages *p, const struct tree *tree,
    uint64_t number, unsigned level);

static bool
check_branch_node(struct pages *p, const struct tree *tree,
    const struct page *page, size_t at)
{
	const unsigned char *node = page->bytes + at;
	uint64_t child = read_child(node);
	size_t key = read16(node + NODE_KEY_LENGTH_AT);

	if (key > KEY_MAX || key > page->size - at - NODE_HEAD_BYTES)
		return damaged(p, page->number, "has a key without its page");
	return check_page(p, tree, child, page->level - 1);
}

static bool
check_nodes(struct pages *p, const struct tree *tree, const struct page *page)
{
	size_t count = count_keys(page);
	size_t lower = PAGE_HEAD_BYTES + OFFSET_BYTES * count;
	bool is_branch = page->level > 1;

	if (count < (is_branch ? 2 : 1) || lower > page->size)
		return damaged(p, page->number, "has a wrong number of keys");
	for (size_t i = 0; i < count; i++) {
		size_t at = read16(page->bytes + PAGE_HEAD_BYTES +
		    OFFSET_BYTES * i);

		if (at < lower || at > page->size - NODE_HEAD_BYTES)
			return damaged(p, page->number,
			    "has a key outside of it");
		if (!(is_branch ? check_branch_node(p, tree, page, at)
				: check_leaf_node(p, tree, page, at)))
			return false;
	}
	return true;
}

static bool
check_page(struct pages *p, const struct tree *tree, uint64_t number,
    unsigned level)
{
	struct page page = { .number = number, .size = p->page_bytes,
		.level = level };

	if (!take_pages(p, number, 1))
		return false;
	page.bytes = p->map + number * p->page_bytes;
	switch (kind_of(&page)) {
	case PAGE_BRANCH:
		if (level > 1)
			return check_nodes(p, tree, &page);
		break;
	case PAGE_LEAF:
		if (level == 1 && tree->place != TREE_LIST)
			return check_nodes(p, tree, &page);
		break;
	case PAGE_LEAF | PAGE_FIXED:
		if (level == 1 && tree->place == TREE_LIST)
			return check_fixed(p, &page, tree->fixed_bytes);
		break;
	}
	return damaged(p, number, "is of a wrong kind");
}

static bool
check_tree(struct pages *p, const unsigned char *bytes,
    enum tree_place place)
{
	struct tree tree = { read32(bytes), read16(bytes + 4),
		read16(bytes + 6), read64(bytes + 40), place };

	if (tree.root == NO_ROOT && tree.depth == 0)
		return true;
	if (tree.depth == 0 || tree.depth > DEPTH_MAX)
		return damaged(p, tree.root, "is the root of no tree");
	return check_page(p, &tree, tree.root, tree.depth);
}

/* The later of the two; NULL: neither is one. */
static const unsigned char *
find_meta(struct pages *p)
{
	const unsigned char *found = NULL;

	for (size_t i = 0; i < META_PAGES; i++) {
		const unsigned char *meta = p->map + i * p->page_bytes;

		if (read32(meta + META_MAGIC_AT) == MAGIC && (found == NULL ||
		    read64(meta + META_TRANSACTION_AT) >
		    read64(found + META_TRANSACTION_AT)))
			found = meta;
	}
	return found;
}

static bool
check_all(struct pages *p)
{
	const unsigned char *meta;
	bool sound;

	if (p->length < META_BYTES)
		return damaged(p, 0, "is cut short");
	p->page_bytes = read32(p->map + META_PAGE_BYTES_AT);
	if (p->page_bytes < PAGE_BYTES_MIN || p->page_bytes > PAGE_BYTES_MAX ||
	    p->length < META_PAGES * p->page_bytes)
		return damaged(p, 0, "is of no known size");
	meta = find_meta(p);
	if (meta == NULL)
		return damaged(p, 0, "does not begin a directory");
	p->count = read64(meta + META_LAST_PAGE_AT) + 1;
	if (p->count == 0 || p->count > p->length / p->page_bytes)
		return damaged(p, p->count - 1, "is cut off");
	p->taken = calloc(p->count / CHAR_BIT + 1, 1);
	assert(p->taken != NULL);
	sound = check_tree(p, meta + META_MAIN_AT, TREE_MAIN);
	free(p->taken);
	return sound;
}

static enum err
check_open(struct pages *p, int fd)
{
	struct stat status;
	void *map = MAP_FAILED;
	bool sound;

	if (fstat(fd, &status) == 0)
		map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED,
		    fd, 0);
	if (map == MAP_FAILED)
		return fault_set(p->fault, ERR_WORLD, "%s/" LAYOUT_DATA ": %s",
		    p->path, strerror(errno));
	p->map = map;
	p->length = (size_t)status.st_size;
	sound = check_all(p);
	munmap(map, p->length);
	return sound ? ERR_NONE : ERR_REFUSED;
}

static enum err
check_file(struct pages *p)
{
	char file[PATH_MAX];
	enum err err;
	int fd;

	snprintf(file, sizeof file, "%s/" LAYOUT_DATA, p->path);
	fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fault_set(p->fault, ERR_WORLD, "%s: %s", file,
		    strerror(errno));
	err = check_open(p, fd);
	close(fd);
	return err;
}

enum err
store_pages_check(const char *path, struct fault *fault)
{
	struct pages p = { .path = path, .fault = fault };

	return check_file(&p);
}

enum err
store_pages_check_entry(const char *path, struct fault *fault)
{
	struct pages p = { .path = path, .fault = fault, .is_entry = true };

	return check_file(&p);
}
