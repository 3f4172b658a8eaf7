#include <config.h>

#include "sys/log.h"

#include "base/buf.h"
#include "sys/clock.h"
#include "sys/last_words.h"
#include "sys/thread.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

/*
 * Two buffers take turns: callers append to one while the thread writes the
 * other, so a caller holds the lock for one memcpy and the thread for one
 * swap.
 *
 * The thread is woken for a line only when it has been idle.  After a batch
 * it rests for PAUSE_MS, so that under load there is one batch for each
 * pause and not one futex call for each line; a buffer that is half full
 * ends the rest early.
 */

enum {
	BUFFER_BYTES = 512 << 10,
	WRITE_BYTES = 64 << 10,
	PAUSE_MS = 50,
	PREFIX_MAX = 128,
};

/* Stands before each line in a buffer; copied, since it is not aligned. */
struct line {
	uint64_t wall_s;
	uint16_t length;
	uint8_t level;
};

struct buffer {
	size_t length;
	uint64_t dropped; /* lines that came when it was full */
	char data[BUFFER_BYTES];
};

enum stage { STAGE_OFF, STAGE_RUNNING, STAGE_STOPPING, STAGE_ENDED };

static struct logger {
	pthread_mutex_t mtx;
	pthread_cond_t work;  /* the thread waits here */
	pthread_cond_t ended; /* log_stop() waits here */

	/* guarded by mtx */
	enum stage stage;
	struct buffer *filling;
	uint64_t dropped;
	bool resting, idle;
	enum log_destination destination;

	/* fixed while the thread runs */
	const char *program;
	pthread_t thread;
} logger = {
	.mtx = PTHREAD_MUTEX_INITIALIZER,
	.stage = STAGE_OFF,
};

static const int priorities[] = {
	[LOG_LEVEL_ERROR] = LOG_ERR,
	[LOG_LEVEL_NOTICE] = LOG_NOTICE,
	[LOG_LEVEL_INFO] = LOG_INFO,
};

/* "2026-11-22T10:32:15Z whoisd[4711]: ", the same for a whole second. */
struct prefix {
	uint64_t wall_s;
	char text[PREFIX_MAX];
};

static void
prefix_set(struct prefix *prefix, uint64_t wall_s)
{
	const char *program = logger.program;
	char now[CLOCK_TEXT_MAX];

	if (program == NULL)
		program = program_invocation_short_name;
	clock_format(wall_s, now);
	prefix->wall_s = wall_s;
	snprintf(prefix->text, sizeof prefix->text, "%s %s[%ld]: ", now,
	    program, (long)getpid());
}

static void
add_line(struct buf *out, const struct prefix *prefix, struct span text)
{
	buf_add_string(out, prefix->text);
	buf_add(out, text);
	buf_add_char(out, '\n');
}

/* A pipe that poll() calls writable takes PIPE_BUF bytes without waiting. */
static bool
write_at_once(struct span text)
{
	struct pollfd fd = { .fd = STDERR_FILENO, .events = POLLOUT };
	char memory[LOG_LINE_MAX + PREFIX_MAX];
	struct prefix prefix;
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	prefix_set(&prefix, clock_wall_s());
	add_line(&out, &prefix, text);
	return poll(&fd, 1, 0) == 1 && (fd.revents & POLLOUT) != 0 &&
	    write(STDERR_FILENO, out.data, out.length) == (ssize_t)out.length;
}

/* In the thread: may wait as long as the reader likes. */
static void
write_out(struct buf *out)
{
	struct span rest = buf_span(out);

	while (rest.length > 0) {
		ssize_t n = write(STDERR_FILENO, rest.data, rest.length);

		if (n > 0)
			rest = span_skip(rest, (size_t)n);
		else if (errno == EAGAIN)
			poll(&(struct pollfd){ .fd = STDERR_FILENO,
			    .events = POLLOUT }, 1, -1);
		else if (errno != EINTR)
			break;
	}
	buf_rewind(out, 0);
}

/* What the thread writes with. */
struct writer {
	enum log_destination destination;
	struct prefix prefix;
	struct buf out;
	char memory[WRITE_BYTES];
};

static void
emit(struct writer *w, const struct line *line, struct span text)
{
	if (w->destination == LOG_TO_SYSLOG) {
		syslog(priorities[line->level], "%.*s", (int)text.length,
		    text.data);
		return;
	}
	if (w->out.capacity - w->out.length < text.length + PREFIX_MAX)
		write_out(&w->out);
	if (w->prefix.wall_s != line->wall_s)
		prefix_set(&w->prefix, line->wall_s);
	add_line(&w->out, &w->prefix, text);
}

static void
say_dropped(struct writer *w, uint64_t count)
{
	struct line line = { .wall_s = clock_wall_s(),
		.level = LOG_LEVEL_NOTICE };
	char text[64];
	int n = snprintf(text, sizeof text, "%llu lines were dropped",
	    (unsigned long long)count);

	emit(w, &line, (struct span){ text, (size_t)n });
}

static void
emit_all(struct writer *w, const struct buffer *buffer)
{
	struct line line;

	for (size_t at = 0; at < buffer->length; at += line.length) {
		memcpy(&line, buffer->data + at, sizeof line);
		at += sizeof line;
		emit(w, &line,
		    (struct span){ buffer->data + at, line.length });
	}
	if (buffer->dropped > 0)
		say_dropped(w, buffer->dropped);
	write_out(&w->out);
}

static bool
is_empty(const struct buffer *buffer)
{
	return buffer->length == 0 && buffer->dropped == 0;
}

/* With mtx held.  False: stopping, and nothing is left. */
static bool
await_lines(void)
{
	struct timespec rested = clock_after_ms(PAUSE_MS);

	logger.resting = true;
	while (logger.stage == STAGE_RUNNING && logger.resting &&
	    pthread_cond_timedwait(&logger.work, &logger.mtx, &rested) == 0)
		;
	logger.resting = false;
	logger.idle = true;
	while (logger.stage == STAGE_RUNNING && is_empty(logger.filling))
		MUST_SUCCEED(pthread_cond_wait(&logger.work, &logger.mtx));
	logger.idle = false;
	return !is_empty(logger.filling);
}

static void *
run(void *arg)
{
	struct buffer *writing = arg;
	struct writer *writer = calloc(1, sizeof *writer);

	thread_name("log");
	assert(writer != NULL);
	buf_init(&writer->out, writer->memory, sizeof writer->memory);
	MUST_SUCCEED(pthread_mutex_lock(&logger.mtx));
	while (await_lines()) {
		struct buffer *full = logger.filling;

		logger.filling = writing;
		writing = full;
		writer->destination = logger.destination;
		MUST_SUCCEED(pthread_mutex_unlock(&logger.mtx));
		emit_all(writer, writing);
		writing->length = 0;
		writing->dropped = 0;
		MUST_SUCCEED(pthread_mutex_lock(&logger.mtx));
	}
	logger.stage = STAGE_ENDED;
	MUST_SUCCEED(pthread_cond_signal(&logger.ended));
	MUST_SUCCEED(pthread_mutex_unlock(&logger.mtx));
	free(writer);
	free(writing);
	return NULL;
}

/* With the conditions there. */
static enum err
start_thread(struct fault *fault)
{
	struct buffer *writing = calloc(1, sizeof *writing);
	sigset_t saved = thread_block_signals();
	int error;

	assert(writing != NULL);
	error = pthread_create(&logger.thread, NULL, run, writing);
	thread_restore_signals(&saved);
	if (error == 0)
		return ERR_NONE;
	free(writing);
	return fault_set(fault, ERR_WORLD, "cannot start the log's thread: %s",
	    strerror(error));
}

static void
release(struct buffer **filling)
{
	MUST_SUCCEED(pthread_cond_destroy(&logger.ended));
	MUST_SUCCEED(pthread_cond_destroy(&logger.work));
	free(*filling);
	*filling = NULL;
	closelog();
}

enum err
log_start(enum log_destination destination, const char *program,
    struct fault *fault)
{
	enum err err;

	assert(logger.stage == STAGE_OFF);
	logger.filling = calloc(1, sizeof *logger.filling);
	assert(logger.filling != NULL);
	logger.destination = destination;
	logger.program = program;
	logger.stage = STAGE_RUNNING;
	thread_init_monotonic(&logger.work);
	thread_init_monotonic(&logger.ended);
	openlog(program, LOG_PID, LOG_DAEMON); /* connects when it must */
	err = start_thread(fault);
	if (err == ERR_NONE) {
		last_words_to_syslog(destination == LOG_TO_SYSLOG);
	} else {
		logger.stage = STAGE_OFF;
		release(&logger.filling);
	}
	return err;
}

void
log_redirect(enum log_destination destination)
{
	MUST_SUCCEED(pthread_mutex_lock(&logger.mtx));
	logger.destination = destination;
	last_words_to_syslog(destination == LOG_TO_SYSLOG);
	MUST_SUCCEED(pthread_mutex_unlock(&logger.mtx));
}

/*
 * A thread that did not end keeps what it may still touch: its buffers and
 * the conditions are not freed, and the log cannot be started again.
 */
void
log_stop(unsigned timeout_ms)
{
	struct timespec deadline = clock_after_ms(timeout_ms);
	struct buffer *filling = NULL;
	bool ended;

	MUST_SUCCEED(pthread_mutex_lock(&logger.mtx));
	assert(logger.stage == STAGE_RUNNING);
	logger.stage = STAGE_STOPPING;
	MUST_SUCCEED(pthread_cond_signal(&logger.work));
	while (logger.stage != STAGE_ENDED &&
	    pthread_cond_timedwait(&logger.ended, &logger.mtx, &deadline) == 0)
		;
	ended = logger.stage == STAGE_ENDED;
	if (ended) {
		logger.stage = STAGE_OFF;
		filling = logger.filling;
		logger.filling = NULL;
	}
	MUST_SUCCEED(pthread_mutex_unlock(&logger.mtx));
	if (!ended) {
		MUST_SUCCEED(pthread_detach(logger.thread));
		return;
	}
	MUST_SUCCEED(pthread_join(logger.thread, NULL));
	release(&filling);
}

/* With mtx held.  False: it is full. */
static bool
append(struct buffer *buffer, const struct line *line, struct span text)
{
	if (BUFFER_BYTES - buffer->length < sizeof *line + text.length)
		return false;
	memcpy(buffer->data + buffer->length, line, sizeof *line);
	memcpy(buffer->data + buffer->length + sizeof *line, text.data,
	    text.length);
	buffer->length += sizeof *line + text.length;
	return true;
}

/* With mtx held.  Does the thread have to be woken for what has come? */
static bool
must_wake(void)
{
	if (logger.idle) {
		logger.idle = false;
		return true;
	}
	if (logger.resting && logger.filling->length > BUFFER_BYTES / 2) {
		logger.resting = false;
		return true;
	}
	return false;
}

void
log_text(enum log_level level, struct span text)
{
	struct line line = { .wall_s = clock_wall_s(),
		.level = (uint8_t)level };
	bool direct, wake = false;

	if (text.length > LOG_LINE_MAX)
		text.length = LOG_LINE_MAX;
	line.length = (uint16_t)text.length;
	MUST_SUCCEED(pthread_mutex_lock(&logger.mtx));
	direct = logger.stage != STAGE_RUNNING;
	if (!direct) {
		if (!append(logger.filling, &line, text)) {
			logger.filling->dropped++;
			logger.dropped++;
		}
		wake = must_wake();
	}
	MUST_SUCCEED(pthread_mutex_unlock(&logger.mtx));
	if (wake)
		MUST_SUCCEED(pthread_cond_signal(&logger.work));
	if (direct && !write_at_once(text)) {
		MUST_SUCCEED(pthread_mutex_lock(&logger.mtx));
		logger.dropped++;
		MUST_SUCCEED(pthread_mutex_unlock(&logger.mtx));
	}
}

void
log_line(enum log_level level, const char *format, ...)
{
	char text[LOG_LINE_MAX];
	va_list values;
	int n;

	va_start(values, format);
	n = vsnprintf(text, sizeof text, format, values);
	va_end(values);
	if (n < 0)
		return;
	if ((size_t)n >= sizeof text)
		n = sizeof text - 1;
	log_text(level, (struct span){ text, (size_t)n });
}

uint64_t
log_dropped(void)
{
	uint64_t dropped;

	MUST_SUCCEED(pthread_mutex_lock(&logger.mtx));
	dropped = logger.dropped;
	MUST_SUCCEED(pthread_mutex_unlock(&logger.mtx));
	return dropped;
}
