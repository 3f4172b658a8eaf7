/*
 * How long a question takes in the server, without the network: read, searched
 * and rendered, one worker, everything warm.
 *
 * bench_query DIR QUESTION...    prints for each question its hits, its rung,
 *                                and the median and 99th percentile of a
 *                                thousand runs in microseconds
 * bench_query DIR <LINES         lines "kind<TAB>...<TAB>question", those of a
 *                                kind together: asks each several times in a
 *                                row, which finds the processor's caches warm,
 *                                and all of them in turn, which does not.
 *                                Prints for each kind how many questions there
 *                                are, then of their median times the median and
 *                                the 99th percentile, in a row and in turn
 */

#include "access/viewer.h"
#include "base/arena.h"
#include "dir/generation.h"
#include "proto/face.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Less than the default, so that valgrind can map it. */
#define MAP_BYTES ((size_t)1 << 34)

enum { RUNS = 1000, PASSES = 7, QUESTIONS_MAX = 100000, LINE_BYTES = 2048 };

static const struct face_settings settings = {
	.shown_max = 50, .postings_max = 200000, .version = "bench",
};

struct question {
	char *kind, *text;
	int64_t in_a_row[PASSES], in_turn[PASSES];
};

static int64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * (int64_t)1000000000 + now.tv_nsec;
}

static int
compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int64_t
ask(const struct face_worker *worker, const char *question,
    struct face_report *report)
{
	static char memory[FACE_OUTPUT_BYTES];
	struct session session = { 0 };
	const struct face_request request = { span_from(question), false,
		&session };
	int64_t start = now_ns();
	struct buf out;

	arena_reset(worker->arena);
	buf_init(&out, memory, sizeof memory);
	face_whois.serve(worker, &request, &out, report);
	return now_ns() - start;
}

static void
measure(const struct face_worker *worker, const char *question)
{
	static int64_t times[RUNS];
	struct face_report report;

	for (int i = 0; i < RUNS; i++)
		times[i] = ask(worker, question, &report);
	qsort(times, RUNS, sizeof times[0], compare);
	printf("%-24s %8llu hits  %-8s %9.1f us  p99 %9.1f us\n", question,
	    (unsigned long long)report.hits, report.rung,
	    (double)times[RUNS / 2] / 1e3,
	    (double)times[RUNS * 99 / 100] / 1e3);
}

/* Many questions, from standard input. */

static char *
copy_of(const char *text)
{
	char *copy = strdup(text);

	assert(copy != NULL);
	return copy;
}

static size_t
read_questions(struct question *questions)
{
	char line[LINE_BYTES];
	size_t count = 0;

	while (count < QUESTIONS_MAX &&
	    fgets(line, sizeof line, stdin) != NULL) {
		char *last = strrchr(line, '\t');

		line[strcspn(line, "\n")] = '\0';
		if (last == NULL)
			continue;
		questions[count].text = copy_of(last + 1);
		*strchr(line, '\t') = '\0';
		questions[count++].kind = copy_of(line);
	}
	return count;
}

static int64_t
median_of(int64_t times[PASSES])
{
	qsort(times, PASSES, sizeof times[0], compare);
	return times[PASSES / 2];
}

/* The median and the 99th percentile, in microseconds. */
static void
print_times(int64_t *times, size_t count)
{
	qsort(times, count, sizeof times[0], compare);
	printf(" %9.1f %9.1f", (double)times[count / 2] / 1e3,
	    (double)times[count * 99 / 100] / 1e3);
}

static void
print_kind(struct question *questions, size_t count)
{
	int64_t *medians = calloc(count, sizeof *medians);

	assert(medians != NULL);
	printf("%-12s %6zu", questions->kind, count);
	for (size_t i = 0; i < count; i++)
		medians[i] = median_of(questions[i].in_a_row);
	print_times(medians, count);
	for (size_t i = 0; i < count; i++)
		medians[i] = median_of(questions[i].in_turn);
	print_times(medians, count);
	printf("\n");
	free(medians);
}

static void
ask_all(const struct face_worker *worker, struct question *questions,
    size_t count)
{
	struct face_report report;

	for (int pass = 0; pass < PASSES; pass++)
		for (size_t i = 0; i < count; i++)
			questions[i].in_turn[pass] =
			    ask(worker, questions[i].text, &report);
	for (size_t i = 0; i < count; i++)
		for (int pass = 0; pass < PASSES; pass++)
			questions[i].in_a_row[pass] =
			    ask(worker, questions[i].text, &report);
}

static void
measure_many(const struct face_worker *worker)
{
	struct question *questions = calloc(QUESTIONS_MAX, sizeof *questions);
	size_t count, first = 0;

	assert(questions != NULL);
	count = read_questions(questions);
	ask_all(worker, questions, count);
	for (size_t i = 1; i <= count; i++)
		if (i == count || strcmp(questions[i].kind,
			questions[first].kind) != 0) {
			print_kind(&questions[first], i - first);
			first = i;
		}
	for (size_t i = 0; i < count; i++) {
		free(questions[i].kind);
		free(questions[i].text);
	}
	free(questions);
}

int
main(int argc, char **argv)
{
	struct face_worker worker = { .settings = &settings,
		.viewer = &viewer_stranger };
	struct directory *directory;
	struct fault fault;

	if (argc < 2 || directory_open(&directory, argv[1], MAP_BYTES, &fault) !=
	    ERR_NONE) {
		fprintf(stderr, "%s\n", argc < 2 ?
		    "usage: bench_query DIR QUESTION...\n"
		    "       bench_query DIR <LINES" : fault.text);
		return EXIT_FAILURE;
	}
	worker.reader = reader_new(directory);
	worker.arena = arena_new(FACE_ARENA_BYTES);
	for (int i = 2; i < argc; i++)
		measure(&worker, argv[i]);
	if (argc == 2)
		measure_many(&worker);
	arena_free(&worker.arena);
	reader_free(&worker.reader);
	directory_close(&directory);
	return EXIT_SUCCESS;
}
