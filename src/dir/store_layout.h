/*
 * How LMDB 0.9 lays out data.mdb, on disk the same since 2013:
 *
 *   page     number 8 | size of fixed keys 2 | flags 2 | lower 2 | upper 2 |
 *            offsets of nodes, 2 each, up to `lower`; nodes from `upper` on
 *   fixed    a page of keys of one size, side by side behind its head;
 *            `lower` and `upper` count as if there were offsets
 *   large    a value with pages of its own: number 8 | 2 | flags 2 |
 *            how many pages 4 | the value
 *   node     data length 4 | flags 2 | key length 2 | key | data
 *   branch   node with the number of a page, 6, in place of length and flags;
 *            the key of the first is empty, as nobody compares with it
 *   list     several members of a key: a fixed page as the node's data while
 *            that is small, else a tree of such pages
 *   tree     size of fixed keys 4 | flags 2 | depth 2 | three counts of pages:
 *            branch, leaf and large, entries, root, 8 each
 *   meta     pages 0 and 1: the page's first 16 bytes | magic 4 | version 4 |
 *            address 8 | map size 8 | trees "free" and "main" | last page 8 |
 *            transaction 8; the one with the later transaction holds
 *
 * Numbers are in the machine's order and need not be aligned.
 */

#ifndef DIR_STORE_LAYOUT_H
#define DIR_STORE_LAYOUT_H

#include <stdint.h>
#include <string.h>

enum {
	PAGE_HEAD_BYTES = 16,
	PAGE_FIXED_SIZE_AT = 8,
	PAGE_FLAGS_AT = 10,
	PAGE_LOWER_AT = 12,
	PAGE_UPPER_AT = 14,
	PAGE_COUNT_AT = 12, /* of the pages of a large value */
	OFFSET_BYTES = 2,
	NODE_HEAD_BYTES = 8,
	NODE_FLAGS_AT = 4,
	NODE_KEY_LENGTH_AT = 6,
	NODE_NUMBER_BYTES = 8, /* data of a node whose value is large */
	NUMBER_BYTES = 4,      /* of a key that is a number */
	KEY_MAX = 511,
	TREE_BYTES = 48,
	DEPTH_MAX = 32,
	META_BYTES = 152,
	META_MAGIC_AT = 16,
	META_PAGE_BYTES_AT = 40,
	META_MAIN_AT = 88,
	META_LAST_PAGE_AT = 136,
	META_TRANSACTION_AT = 144,
	META_PAGES = 2,
};

/* Flags of pages, nodes and trees, and the mark of a tree without pages. */
enum {
	PAGE_BRANCH = 0x01,
	PAGE_LEAF = 0x02,
	PAGE_OVERFLOW = 0x04,
	PAGE_FIXED = 0x20,
	PAGE_WITHIN = 0x40, /* it is the data of a node */
	PAGE_KINDS = 0x2f,
	NODE_BIG = 0x01,
	NODE_TREE = 0x02,
	NODE_LIST = 0x04,
	TREE_LISTS = 0x04,
	TREE_NUMBERS = 0x08,
	TREE_FIXED = 0x10,
	TREE_LISTS_OF_NUMBERS = 0x20,
};
#define NO_ROOT UINT64_MAX

static inline uint16_t
read16(const unsigned char *from)
{
	uint16_t value;

	memcpy(&value, from, sizeof value);
	return value;
}

static inline uint32_t
read32(const unsigned char *from)
{
	uint32_t value;

	memcpy(&value, from, sizeof value);
	return value;
}

static inline uint64_t
read64(const unsigned char *from)
{
	uint64_t value;

	memcpy(&value, from, sizeof value);
	return value;
}

static inline void
write16(unsigned char *to, size_t number)
{
	uint16_t value = (uint16_t)number;

	memcpy(to, &value, sizeof value);
}

static inline void
write32(unsigned char *to, size_t number)
{
	uint32_t value = (uint32_t)number;

	memcpy(to, &value, sizeof value);
}

static inline void
write64(unsigned char *to, uint64_t value)
{
	memcpy(to, &value, sizeof value);
}

/* The page that a node of a branch points to. */
static inline uint64_t
read_child(const unsigned char *node)
{
	return read32(node) | (uint64_t)read16(node + NODE_FLAGS_AT) << 32;
}

#endif
