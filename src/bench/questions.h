/*
 * What clients ask: a source of questions, one for each thread.
 *
 * Where they come from is the source's business (question_list, mix).  It never
 * ends, and has to be quick: it is asked while others are being measured.
 */

#ifndef BENCH_QUESTIONS_H
#define BENCH_QUESTIONS_H

#include "base/span.h"

enum question_expects {
	QUESTION_EXPECTS_ANYTHING,
	QUESTION_EXPECTS_TO_HOLD, /* an answer with these bytes in it */
	QUESTION_EXPECTS_TO_BE,   /* these bytes and no others */
};

/* The bytes live as long as the source that gave them. */
struct question {
	struct span text; /* as it is sent, with its line end */
	struct span expected;
	enum question_expects expects;
};

/* The first member of what a source is made of; belongs to one thread. */
struct questions {
	struct question (*next)(struct questions *questions);
	void (*free)(struct questions *questions);
};

static inline struct question
questions_next(struct questions *questions)
{
	return questions->next(questions);
}

static inline void
questions_free(struct questions **questions)
{
	struct questions *q = *questions;

	*questions = 0;
	if (q != 0)
		q->free(q);
}

#endif
