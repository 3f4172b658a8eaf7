/*
 * How long a question takes in the server, without the network: read, searched
 * and rendered, one worker, everything warm.
 *
 * bench_query DIR QUESTION...    prints for each question its hits, its rung,
 *                                and the median and 99th percentile of a
 *                                thousand runs in microseconds
 */

#include "base/arena.h"
#include "dir/generation.h"
#include "proto/whois.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 1000 };

static const struct face_settings settings = {
	.shown_max = 50, .postings_max = 1000000, .version = "bench",
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

static void
measure(const struct face_worker *worker, const char *question)
{
	static char memory[FACE_OUTPUT_BYTES];
	static int64_t times[RUNS];
	struct face_report report;
	struct buf out;

	for (int i = 0; i < RUNS; i++) {
		int64_t start = now_ns();

		arena_reset(worker->arena);
		buf_init(&out, memory, sizeof memory);
		face_whois.serve(worker, span_from(question), false, &out,
		    &report);
		times[i] = now_ns() - start;
	}
	qsort(times, RUNS, sizeof times[0], compare);
	printf("%-24s %8llu hits  %-8s %9.1f us  p99 %9.1f us\n", question,
	    (unsigned long long)report.hits, report.rung,
	    (double)times[RUNS / 2] / 1e3,
	    (double)times[RUNS * 99 / 100] / 1e3);
}

int
main(int argc, char **argv)
{
	struct face_worker worker = { .settings = &settings };
	struct directory *directory;
	struct fault fault;

	if (argc < 3 || directory_open(&directory, argv[1], 0, &fault) !=
	    ERR_NONE) {
		fprintf(stderr, "%s\n", argc < 3 ?
		    "usage: bench_query DIR QUESTION..." : fault.text);
		return EXIT_FAILURE;
	}
	worker.reader = reader_new(directory);
	worker.arena = arena_new(FACE_ARENA_BYTES);
	for (int i = 2; i < argc; i++)
		measure(&worker, argv[i]);
	arena_free(&worker.arena);
	reader_free(&worker.reader);
	directory_close(&directory);
	return EXIT_SUCCESS;
}
