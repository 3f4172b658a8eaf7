#include "config.h"

#include "dir/spill.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	WRITE_BYTES = 1 << 18,
	READ_BYTES_MIN = 1 << 16,
	READ_BYTES_MAX = 1 << 20,
	CUT_BYTES = 1 << 20, /* are cut out at once: often enough */
};

struct run {
	uint64_t begin, end; /* in the file */
};

struct spill {
	char *folder;
	int fd;          /* -1: not made yet */
	int error;       /* errno of the first failure */
	bool writing;
	struct run *runs;
	unsigned run_count;
	uint64_t length; /* of the file */
	size_t used;     /* of `buffer` */
	char *buffer;    /* WRITE_BYTES, only while a run is written */
};

struct spill_reader {
	struct spill *spill;
	uint64_t next, end; /* what is left to read of the file */
	uint64_t cut;       /* what lies before was cut out of it */
	size_t begin, filled, capacity;
	char *buffer;
};

struct spill *
spill_new(const char *folder)
{
	struct spill *s = calloc(1, sizeof *s);

	assert(s != NULL);
	s->fd = -1;
	s->folder = strdup(folder);
	assert(s->folder != NULL);
	return s;
}

void
spill_free(struct spill **spill)
{
	struct spill *s = *spill;

	*spill = NULL;
	if (s == NULL)
		return;
	if (s->fd >= 0)
		close(s->fd);
	free(s->buffer);
	free(s->runs);
	free(s->folder);
	free(s);
}

/* O_TMPFILE would need no name at all, but not every file system has it. */
static void
make_file(struct spill *s)
{
	char path[4096];
	int length = snprintf(path, sizeof path, "%s/runs-XXXXXX", s->folder);

	if (length < 0 || (size_t)length >= sizeof path) {
		s->error = ENAMETOOLONG;
		return;
	}
	s->fd = mkostemp(path, O_CLOEXEC);
	if (s->fd < 0 || unlink(path) < 0)
		s->error = errno;
}

static void
flush(struct spill *s)
{
	size_t done = 0;

	while (done < s->used && s->error == 0) {
		ssize_t n = pwrite(s->fd, s->buffer + done, s->used - done,
		    (off_t)s->length);

		if (n > 0) {
			done += (size_t)n;
			s->length += (uint64_t)n;
		} else if (n == 0 || errno != EINTR) {
			s->error = n == 0 ? ENOSPC : errno;
		}
	}
	s->used = 0;
}

void
spill_begin(struct spill *s)
{
	assert(!s->writing);
	s->writing = true;
	if (s->fd < 0 && s->error == 0)
		make_file(s);
	s->buffer = malloc(WRITE_BYTES);
	s->runs = realloc(s->runs, (s->run_count + 1) * sizeof s->runs[0]);
	assert(s->buffer != NULL && s->runs != NULL);
	s->runs[s->run_count] = (struct run){ .begin = s->length };
}

/* The buffer is filled again and again. */
static void
write_much(struct spill *s, const char *from, size_t length)
{
	while (length > 0) {
		size_t part = WRITE_BYTES - s->used;

		if (part > length)
			part = length;
		memcpy(s->buffer + s->used, from, part);
		s->used += part;
		from += part;
		length -= part;
		if (s->used == WRITE_BYTES)
			flush(s);
	}
}

void
spill_write(struct spill *s, const void *data, size_t length)
{
	assert(s->writing);
	if (length >= WRITE_BYTES - s->used) {
		write_much(s, data, length);
		return;
	}
	memcpy(s->buffer + s->used, data, length);
	s->used += length;
}

void
spill_end(struct spill *s)
{
	assert(s->writing);
	flush(s);
	free(s->buffer);
	s->buffer = NULL;
	s->runs[s->run_count++].end = s->length;
	s->writing = false;
}

unsigned
spill_runs(const struct spill *s)
{
	return s->run_count;
}

bool
spill_failed(const struct spill *s)
{
	return s->error != 0;
}

enum err
spill_check(const struct spill *s, struct fault *fault)
{
	if (s->error == 0)
		return ERR_NONE;
	return fault_set(fault, ERR_WORLD, "temporary file in %s: %s",
	    s->folder, strerror(s->error));
}

size_t
spill_share(size_t memory_bytes, unsigned runs)
{
	size_t share = runs > 0 ? memory_bytes / runs : memory_bytes;

	if (share < READ_BYTES_MIN)
		return READ_BYTES_MIN;
	return share < READ_BYTES_MAX ? share : READ_BYTES_MAX;
}

struct spill_reader *
spill_reader_new(struct spill *spill, unsigned run, size_t buffer_bytes)
{
	struct spill_reader *r = calloc(1, sizeof *r);

	assert(r != NULL && run < spill->run_count && buffer_bytes > 0);
	r->spill = spill;
	r->next = r->cut = spill->runs[run].begin;
	r->end = spill->runs[run].end;
	r->capacity = buffer_bytes;
	r->buffer = malloc(buffer_bytes);
	assert(r->buffer != NULL);
	return r;
}

void
spill_reader_free(struct spill_reader **reader)
{
	if (*reader != NULL)
		free((*reader)->buffer);
	free(*reader);
	*reader = NULL;
}

/* Only a hint: a file system that cannot do it keeps the bytes. */
static void
cut_out(struct spill_reader *r)
{
	if (r->next - r->cut < CUT_BYTES && r->next < r->end)
		return;
	(void)fallocate(r->spill->fd, FALLOC_FL_PUNCH_HOLE |
	    FALLOC_FL_KEEP_SIZE, (off_t)r->cut, (off_t)(r->next - r->cut));
	r->cut = r->next;
}

static bool
read_some(struct spill_reader *r)
{
	size_t room = r->capacity - r->filled;
	ssize_t n;

	if (room > r->end - r->next)
		room = (size_t)(r->end - r->next);
	do
		n = pread(r->spill->fd, r->buffer + r->filled, room,
		    (off_t)r->next);
	while (n < 0 && errno == EINTR);
	if (n <= 0) {
		r->spill->error = n == 0 ? EIO : errno;
		return false;
	}
	r->filled += (size_t)n;
	r->next += (uint64_t)n;
	cut_out(r);
	return true;
}

/* Have `length` bytes in one piece at buffer + begin. */
static bool
fill(struct spill_reader *r, size_t length)
{
	size_t kept = r->filled - r->begin;

	if (length - kept > r->end - r->next || r->spill->error != 0)
		return false;
	memmove(r->buffer, r->buffer + r->begin, kept);
	r->begin = 0;
	r->filled = kept;
	if (length > r->capacity) {
		r->capacity = length;
		r->buffer = realloc(r->buffer, length);
		assert(r->buffer != NULL);
	}
	while (r->filled < length)
		if (!read_some(r))
			return false;
	return true;
}

const char *
spill_take(struct spill_reader *r, size_t length)
{
	const char *taken;

	if (r->filled - r->begin < length && !fill(r, length))
		return NULL;
	taken = r->buffer + r->begin;
	r->begin += length;
	return taken;
}
