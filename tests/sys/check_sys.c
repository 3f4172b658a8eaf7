#include <config.h>

#include "unit.h"

#include "sys/clock.h"
#include "sys/log.h"
#include "sys/thread.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { DEADLINE_MS = 10000 };

/* Standard error becomes a pipe; the reading end, and the old stderr. */
struct capture {
	int saved, reader;
};

static struct capture
capture_begin(void)
{
	struct capture capture;
	int ends[2];

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	capture.saved = dup(STDERR_FILENO);
	capture.reader = ends[0];
	ck_assert_int_eq(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
	close(ends[1]);
	return capture;
}

/* Gives standard error back, so that the pipe ends for its reader. */
static void
capture_release(struct capture *capture)
{
	dup2(capture->saved, STDERR_FILENO);
	close(capture->saved);
}

/* All that was written, as a string for free(). */
static char *
capture_read(struct capture *capture)
{
	size_t length = 0, capacity = 8 << 20;
	char *text = malloc(capacity + 1);
	ssize_t n;

	while ((n = read(capture->reader, text + length,
	    capacity - length)) > 0)
		length += (size_t)n;
	text[length] = '\0';
	close(capture->reader);
	return text;
}

static unsigned
count_lines(const char *text)
{
	unsigned count = 0;

	for (; *text != '\0'; text++)
		count += *text == '\n';
	return count;
}

static void
start_log(void)
{
	struct fault fault;

	ck_assert_int_eq(log_start(LOG_TO_STDERR, "test", &fault), ERR_NONE);
}

START_TEST(formats_the_time_as_rfc_3339)
{
	char text[CLOCK_TEXT_MAX];
	uint64_t before = clock_monotonic_us();

	clock_format(0, text);
	ck_assert_str_eq(text, "1970-01-01T00:00:00Z");
	clock_format(951827696, text);
	ck_assert_str_eq(text, "2000-02-29T12:34:56Z");
	ck_assert_uint_le(before, clock_monotonic_us());
	ck_assert_uint_le(clock_coarse_ms(), clock_monotonic_ms());
	ck_assert_uint_le(clock_monotonic_ms(), clock_coarse_ms() + 1000);
}
END_TEST

START_TEST(counts_what_the_process_has_worked)
{
	uint64_t before = clock_processor_us();
	volatile unsigned steps = 0;

	while (steps < 1000000)
		steps++;
	ck_assert_uint_lt(before, clock_processor_us());
}
END_TEST

START_TEST(writes_every_line_in_order_and_takes_none_for_a_format)
{
	struct capture capture = capture_begin();
	const char *at;
	char *text;

	log_line(LOG_LEVEL_ERROR, "before %d", 1);
	start_log();
	for (int i = 0; i < 1000; i++)
		log_line(LOG_LEVEL_INFO, "line %d.", i);
	log_text(LOG_LEVEL_INFO, span_from("%n%s%n%s"));
	log_stop(DEADLINE_MS);
	log_line(LOG_LEVEL_ERROR, "after");
	capture_release(&capture);
	text = capture_read(&capture);
	ck_assert_uint_eq(count_lines(text), 1003);
	at = strstr(text, "before 1\n");
	ck_assert_ptr_nonnull(at);
	for (int i = 0; i < 1000; i++) {
		char line[32];

		snprintf(line, sizeof line, "]: line %d.\n", i);
		at = strstr(at, line);
		ck_assert_msg(at != NULL, "%s", line);
	}
	at = strstr(at, "]: %n%s%n%s\n");
	ck_assert_ptr_nonnull(at);
	ck_assert_ptr_nonnull(strstr(at, "]: after\n"));
	ck_assert_uint_eq(log_dropped(), 0);
	free(text);
}
END_TEST

START_TEST(cuts_a_line_that_is_too_long)
{
	struct capture capture = capture_begin();
	char *text, *end, *line = malloc(3 * LOG_LINE_MAX);

	memset(line, 'x', 3 * LOG_LINE_MAX);
	start_log();
	log_text(LOG_LEVEL_INFO, (struct span){ line, 3 * LOG_LINE_MAX });
	log_stop(DEADLINE_MS);
	capture_release(&capture);
	text = capture_read(&capture);
	end = strstr(text, "]: ");
	ck_assert_ptr_nonnull(end);
	ck_assert_uint_eq(strlen(end), 3 + LOG_LINE_MAX + 1);
	free(line);
	free(text);
}
END_TEST

static void
fill_the_log(unsigned lines)
{
	char line[512];

	memset(line, 'y', sizeof line);
	for (unsigned i = 0; i < lines; i++)
		log_text(LOG_LEVEL_INFO, (struct span){ line, sizeof line });
}

/* The sum of all the drops that are said. */
static uint64_t
count_said(const char *text)
{
	uint64_t sum = 0;

	for (const char *at = text;
	    (at = strstr(at, " lines were dropped\n")) != NULL; at++) {
		const char *number = at;

		while (number > text && number[-1] != ' ')
			number--;
		sum += strtoull(number, NULL, 10);
	}
	return sum;
}

START_TEST(drops_and_counts_when_its_reader_stalls_and_holds_nobody)
{
	enum { LINES = 20000, TEXT_BYTES = 16 << 20 };
	struct capture capture = capture_begin();
	uint64_t began = clock_monotonic_ms(), dropped;
	char *text = malloc(TEXT_BYTES);

	start_log();
	fill_the_log(LINES);
	dropped = log_dropped();
	ck_assert_uint_gt(dropped, 0);
	log_stop(100);
	ck_assert_uint_lt(clock_monotonic_ms() - began, DEADLINE_MS);
	log_line(LOG_LEVEL_ERROR, "nobody waits for this either");
	ck_assert_uint_eq(log_dropped(), dropped + 1);
	/* The reader wakes up: what waited comes, and what was lost is said. */
	text[0] = '\0';
	for (size_t length = 0; count_said(text) < dropped;) {
		struct pollfd fd = { .fd = capture.reader, .events = POLLIN };
		ssize_t n;

		ck_assert_int_eq(poll(&fd, 1, DEADLINE_MS), 1);
		n = read(capture.reader, text + length,
		    TEXT_BYTES - 1 - length);
		ck_assert_int_gt(n, 0);
		length += (size_t)n;
		text[length] = '\0';
	}
	ck_assert_uint_eq(count_said(text), dropped);
	free(text);
	capture_release(&capture);
	close(capture.reader);
}
END_TEST

/* Read from the pipe up to `wanted`; false: it does not come. */
static bool
await_text(const struct capture *capture, const char *wanted)
{
	enum { TEXT_BYTES = 1 << 20 };
	struct pollfd fd = { .fd = capture->reader, .events = POLLIN };
	char *text = calloc(1, TEXT_BYTES);
	size_t length = 0;
	ssize_t n = 1;

	while (strstr(text, wanted) == NULL && n > 0 &&
	    poll(&fd, 1, DEADLINE_MS) == 1) {
		n = read(capture->reader, text + length,
		    TEXT_BYTES - 1 - length);
		length += n > 0 ? (size_t)n : 0;
		text[length] = '\0';
	}
	n = strstr(text, wanted) != NULL;
	free(text);
	return n;
}

START_TEST(turns_elsewhere_while_its_reader_stalls)
{
	enum { LINES = 300 }; /* more than a pipe takes */
	struct capture capture = capture_begin();
	uint64_t began = clock_monotonic_ms();

	start_log();
	fill_the_log(LINES);
	log_redirect(LOG_TO_SYSLOG);
	log_redirect(LOG_TO_STDERR);
	log_line(LOG_LEVEL_NOTICE, "and back");
	ck_assert_uint_lt(clock_monotonic_ms() - began, DEADLINE_MS);
	ck_assert(await_text(&capture, "]: and back\n"));
	log_redirect(LOG_TO_SYSLOG);
	log_stop(DEADLINE_MS);
	capture_release(&capture);
	close(capture.reader);
}
END_TEST

static void *
log_many(void *arg)
{
	(void)arg;
	for (int i = 0; i < 2000; i++)
		log_line(LOG_LEVEL_INFO, "%s", "a line in one piece");
	return NULL;
}

static void *
drain(void *arg)
{
	return capture_read(arg);
}

START_TEST(keeps_lines_of_many_threads_whole)
{
	enum { THREADS = 4 };
	struct capture capture = capture_begin();
	pthread_t threads[THREADS], reader;
	void *text;

	MUST_SUCCEED(pthread_create(&reader, NULL, drain, &capture));
	start_log();
	for (int i = 0; i < THREADS; i++)
		MUST_SUCCEED(pthread_create(&threads[i], NULL, log_many,
		    NULL));
	for (int i = 0; i < THREADS; i++)
		MUST_SUCCEED(pthread_join(threads[i], NULL));
	log_stop(DEADLINE_MS);
	capture_release(&capture);
	MUST_SUCCEED(pthread_join(reader, &text));
	ck_assert_uint_eq(count_lines(text), THREADS * 2000);
	for (char *at = text, *end; *at != '\0'; at = end + 1) {
		end = strchr(at, '\n');
		*end = '\0';
		ck_assert_ptr_nonnull(strstr(at, "]: a line in one piece"));
	}
	free(text);
}
END_TEST

UNIT_MAIN("sys", formats_the_time_as_rfc_3339,
    counts_what_the_process_has_worked,
    writes_every_line_in_order_and_takes_none_for_a_format,
    cuts_a_line_that_is_too_long,
    drops_and_counts_when_its_reader_stalls_and_holds_nobody,
    turns_elsewhere_while_its_reader_stalls,
    keeps_lines_of_many_threads_whole)
