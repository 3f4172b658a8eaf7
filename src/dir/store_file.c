#include "config.h"

#include "dir/store_file.h"

#include "dir/store_lmdb.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { BUFFER_BYTES = 1 << 18 };

/* What is written is handed to the disk in pieces of this size. */
enum { HINT_BYTES = 32 << 20 };

struct store_file {
	int fd;
	int error; /* sticky: of LMDB or errno */
	size_t page_bytes;
	uint64_t count, count_max; /* of pages */
	uint64_t written, hinted;  /* bytes of the file */
	size_t used;               /* of `buffer` */
	char buffer[BUFFER_BYTES];
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
	f->written = META_PAGES * page_bytes;
	return f;
}

void
store_file_free(struct store_file **file)
{
	free(*file);
	*file = NULL;
}

size_t
store_file_page_bytes(const struct store_file *f)
{
	return f->page_bytes;
}

static void
write_at(struct store_file *f, uint64_t at, const void *bytes, size_t length)
{
	const char *from = bytes;

	while (length > 0 && f->error == 0) {
		ssize_t n = pwrite(f->fd, from, length, (off_t)at);

		if (n > 0) {
			from += n;
			at += (uint64_t)n;
			length -= (size_t)n;
		} else if (n == 0 || errno != EINTR) {
			f->error = n == 0 ? ENOSPC : errno;
		}
	}
}

static void
flush(struct store_file *f)
{
	write_at(f, f->written, f->buffer, f->used);
	f->written += f->used;
	f->used = 0;
	if (f->written - f->hinted < HINT_BYTES)
		return;
	/* let the disk work while the next pages are made; only a hint */
	(void)sync_file_range(f->fd, (off_t)f->hinted,
	    (off_t)(f->written - f->hinted), SYNC_FILE_RANGE_WRITE);
	f->hinted = f->written;
}

/* Without bytes: zeros. */
static void
add_bytes(struct store_file *f, const void *bytes, size_t length)
{
	const char *from = bytes;

	while (length > 0) {
		size_t room = BUFFER_BYTES - f->used;
		size_t part = length < room ? length : room;

		if (from == NULL) {
			memset(f->buffer + f->used, 0, part);
		} else {
			memcpy(f->buffer + f->used, from, part);
			from += part;
		}
		f->used += part;
		length -= part;
		if (f->used == BUFFER_BYTES)
			flush(f);
	}
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
		add_bytes(f, page, f->page_bytes);
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
	add_bytes(f, head, sizeof head);
	add_bytes(f, value.data, value.length);
	add_bytes(f, NULL,
	    count * f->page_bytes - sizeof head - value.length);
	return number;
}

/* Page 1 is that of the first transaction; the rest is as LMDB made page 0. */
static void
write_meta(struct store_file *f, const unsigned char main_tree[TREE_BYTES])
{
	unsigned char meta[META_BYTES];

	if (f->error != 0)
		return;
	if (pread(f->fd, meta, sizeof meta, 0) != sizeof meta) {
		f->error = EIO;
		return;
	}
	write64(meta, 1);
	memcpy(meta + META_MAIN_AT, main_tree, TREE_BYTES);
	write64(meta + META_LAST_PAGE_AT, f->count - 1);
	write64(meta + META_TRANSACTION_AT, 1);
	write_at(f, f->page_bytes, meta, sizeof meta);
}

int
store_file_finish(struct store_file *f,
    const unsigned char main_tree[TREE_BYTES])
{
	flush(f);
	write_meta(f, main_tree);
	if (f->error == 0 && fdatasync(f->fd) != 0)
		f->error = errno;
	return f->error;
}
