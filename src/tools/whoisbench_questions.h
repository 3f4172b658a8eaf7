/*
 * What whoisbench asks: words of the command line, the lines of a file, or
 * questions that are drawn from a directory.
 */

#ifndef TOOLS_WHOISBENCH_QUESTIONS_H
#define TOOLS_WHOISBENCH_QUESTIONS_H

#include "base/attr.h"
#include "base/err.h"
#include "bench/trial.h"

#include <stdio.h>

struct mixed;
struct question_list;
struct questions;
struct whoisbench_options;

/* Starts out as zeros. */
struct whoisbench_questions {
	struct question_list *list; /* one of the two is there, and ... */
	struct mixed *mixed;
	struct questions *sources[TRIAL_THREADS_MAX]; /* ... one a thread */
};

/* To be freed even when it fails, and before the options go. */
enum err whoisbench_questions_take(struct whoisbench_questions *questions,
    const struct whoisbench_options *options, struct fault *fault) MUST_CHECK;
void whoisbench_questions_free(struct whoisbench_questions *questions);

/* The first `count` that the first thread would ask, one a line. */
void whoisbench_questions_print(struct whoisbench_questions *questions,
    uint64_t count, FILE *file);

#endif
