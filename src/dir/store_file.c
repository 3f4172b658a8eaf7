#include "config.h"

#include "dir/store_file.h"

#include "dir/store_lmdb.h"
#include "sys/write_behind.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct store_file {
	int fd;
	int error; /* of LMDB or errno; those of `pages` come at the end */
	size_t page_bytes;
	uint64_t count, count_max; /* of pages */
	struct write_behind *pages;
};

struct store_file *
store_file_new(int fd, size_t page_bytes, size_t bytes_max)
{
	struct store_file *f = calloc(1, sizeof *f);

	assert(f != NULL && page_bytes > PAGE_HEAD_BYTES);
	f->fd = fd;
	f->page_bytes = page_bytes;
	f->count = META_PAGES;
	f->count_max = bytes_max / page_bytes;
	f->pages = write_behind_new(fd, META_PAGES * page_bytes);
	return f;
}

void
store_file_free(struct store_file **file)
{
	struct store_file *f = *file;

	*file = NULL;
	if (f == NULL)
		return;
	write_behind_free(&f->pages);
	free(f);
}

size_t
store_file_page_bytes(const struct store_file *f)
{
	return f->page_bytes;
}

static uint64_t
take_numbers(struct store_file *f, uint64_t count)
{
	uint64_t first = f->count;

	f->count += count;
	if (f->count > f->count_max && f->error == 0)
		f->error = MDB_MAP_FULL;
	return first;
}

uint64_t
store_file_append(struct store_file *f, unsigned char *page)
{
	uint64_t number = take_numbers(f, 1);

	write64(page, number);
	if (f->error == 0)
		write_behind_add(f->pages, page, f->page_bytes);
	return number;
}

uint64_t
store_file_append_large(struct store_file *f, struct span value)
{
	unsigned char head[PAGE_HEAD_BYTES] = { 0 };
	size_t count = (sizeof head + value.length + f->page_bytes - 1) /
	    f->page_bytes;
	uint64_t number = take_numbers(f, count);

	write64(head, number);
	write16(head + PAGE_FLAGS_AT, PAGE_OVERFLOW);
	write32(head + PAGE_COUNT_AT, count);
	if (f->error != 0)
		return number;
	write_behind_add(f->pages, head, sizeof head);
	write_behind_add(f->pages, value.data, value.length);
	write_behind_add(f->pages, NULL,
	    count * f->page_bytes - sizeof head - value.length);
	return number;
}

/*
 * Page 1 is that of the first transaction; the rest is as LMDB made page 0.
 * 0, or errno.
 */
static int
write_meta(const struct store_file *f,
    const unsigned char main_tree[TREE_BYTES])
{
	unsigned char meta[META_BYTES];
	ssize_t n;

	if (pread(f->fd, meta, sizeof meta, 0) != sizeof meta)
		return EIO;
	write64(meta, 1);
	memcpy(meta + META_MAIN_AT, main_tree, TREE_BYTES);
	write64(meta + META_LAST_PAGE_AT, f->count - 1);
	write64(meta + META_TRANSACTION_AT, 1);
	n = pwrite(f->fd, meta, sizeof meta, (off_t)f->page_bytes);
	if (n < 0)
		return errno;
	return n == sizeof meta ? 0 : ENOSPC;
}

int
store_file_finish(struct store_file *f,
    const unsigned char main_tree[TREE_BYTES])
{
	int error = write_behind_wait(f->pages);

	/* what was added came before what the map has no room for */
	if (error != 0)
		f->error = error;
	if (f->error == 0)
		f->error = write_meta(f, main_tree);
	if (f->error == 0 && fdatasync(f->fd) != 0)
		f->error = errno;
	return f->error;
}
