#include "config.h"

#include "sys/write_behind.h"

#include "sys/thread.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	BUFFERS = 4,
	BUFFER_BYTES = 1 << 18,
	/* What is written is handed to the disk in pieces of this size. */
	HINT_BYTES = 32 << 20,
};

struct buffer {
	size_t used;
	char bytes[BUFFER_BYTES];
};

struct write_behind {
	pthread_t thread;
	pthread_mutex_t mtx;
	pthread_cond_t filled, emptied;

	/* guarded by mtx */
	unsigned full; /* buffers, the next ones that the thread writes */
	bool closed;
	int error;

	/* the caller's */
	bool is_running; /* the thread could be started */
	unsigned filling;

	/* the thread's; without one the caller's */
	int fd;
	unsigned writing;
	uint64_t written, hinted; /* offsets */

	/* each the caller's or, while it is full, the thread's */
	struct buffer buffers[BUFFERS];
};

/* 0, or errno. */
static int
write_bytes(struct write_behind *w, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t n = pwrite(w->fd, bytes, length, (off_t)w->written);

		if (n > 0) {
			bytes += n;
			length -= (size_t)n;
			w->written += (uint64_t)n;
		} else if (n == 0 || errno != EINTR) {
			return n == 0 ? ENOSPC : errno;
		}
	}
	return 0;
}

/* Let the disk work while the next bytes are made; only a hint. */
static void
hint(struct write_behind *w)
{
	if (w->written - w->hinted < HINT_BYTES)
		return;
	(void)sync_file_range(w->fd, (off_t)w->hinted,
	    (off_t)(w->written - w->hinted), SYNC_FILE_RANGE_WRITE);
	w->hinted = w->written;
}

/* With the lock, which is open meanwhile. */
static void
write_next(struct write_behind *w)
{
	const struct buffer *buffer = &w->buffers[w->writing];
	int error = w->error;

	MUST_SUCCEED(pthread_mutex_unlock(&w->mtx));
	if (error == 0)
		error = write_bytes(w, buffer->bytes, buffer->used);
	if (error == 0)
		hint(w);
	w->writing = (w->writing + 1) % BUFFERS;
	MUST_SUCCEED(pthread_mutex_lock(&w->mtx));
	w->error = error;
	w->full--;
	MUST_SUCCEED(pthread_cond_signal(&w->emptied));
}

static void *
work(void *arg)
{
	struct write_behind *w = arg;

	MUST_SUCCEED(pthread_mutex_lock(&w->mtx));
	while (w->full > 0 || !w->closed) {
		if (w->full > 0)
			write_next(w);
		else
			MUST_SUCCEED(pthread_cond_wait(&w->filled, &w->mtx));
	}
	MUST_SUCCEED(pthread_mutex_unlock(&w->mtx));
	return NULL;
}

struct write_behind *
write_behind_new(int fd, uint64_t at)
{
	struct write_behind *w = malloc(sizeof *w);
	sigset_t saved;

	assert(w != NULL);
	w->fd = fd;
	w->full = w->filling = w->writing = 0;
	w->buffers[0].used = 0;
	w->closed = false;
	w->error = 0;
	w->written = w->hinted = at;
	MUST_SUCCEED(pthread_mutex_init(&w->mtx, NULL));
	MUST_SUCCEED(pthread_cond_init(&w->filled, NULL));
	MUST_SUCCEED(pthread_cond_init(&w->emptied, NULL));
	saved = thread_block_signals();
	w->is_running = pthread_create(&w->thread, NULL, work, w) == 0;
	thread_restore_signals(&saved);
	return w;
}

/* When it returns no more than `full_max` buffers are full: errno, or 0. */
static int
wait_until(struct write_behind *w, unsigned full_max)
{
	int error;

	MUST_SUCCEED(pthread_mutex_lock(&w->mtx));
	while (w->full > full_max)
		MUST_SUCCEED(pthread_cond_wait(&w->emptied, &w->mtx));
	error = w->error;
	MUST_SUCCEED(pthread_mutex_unlock(&w->mtx));
	return error;
}

/* The next buffer is empty then. */
static void
hand_over(struct write_behind *w)
{
	MUST_SUCCEED(pthread_mutex_lock(&w->mtx));
	w->full++;
	if (w->is_running)
		MUST_SUCCEED(pthread_cond_signal(&w->filled));
	else
		write_next(w);
	MUST_SUCCEED(pthread_mutex_unlock(&w->mtx));
	(void)wait_until(w, BUFFERS - 1);
	w->filling = (w->filling + 1) % BUFFERS;
	w->buffers[w->filling].used = 0;
}

void
write_behind_add(struct write_behind *w, const void *bytes, size_t length)
{
	const char *from = bytes;

	while (length > 0) {
		struct buffer *buffer = &w->buffers[w->filling];
		size_t room = BUFFER_BYTES - buffer->used;
		size_t part = length < room ? length : room;

		if (from == NULL) {
			memset(buffer->bytes + buffer->used, 0, part);
		} else {
			memcpy(buffer->bytes + buffer->used, from, part);
			from += part;
		}
		buffer->used += part;
		length -= part;
		if (buffer->used == BUFFER_BYTES)
			hand_over(w);
	}
}

int
write_behind_wait(struct write_behind *w)
{
	if (w->buffers[w->filling].used > 0)
		hand_over(w);
	return wait_until(w, 0);
}

void
write_behind_free(struct write_behind **writer)
{
	struct write_behind *w = *writer;

	*writer = NULL;
	if (w == NULL)
		return;
	MUST_SUCCEED(pthread_mutex_lock(&w->mtx));
	w->closed = true;
	MUST_SUCCEED(pthread_cond_signal(&w->filled));
	MUST_SUCCEED(pthread_mutex_unlock(&w->mtx));
	if (w->is_running)
		MUST_SUCCEED(pthread_join(w->thread, NULL));
	MUST_SUCCEED(pthread_cond_destroy(&w->emptied));
	MUST_SUCCEED(pthread_cond_destroy(&w->filled));
	MUST_SUCCEED(pthread_mutex_destroy(&w->mtx));
	free(w);
}
