/* What can come of a question.  All but the first and the last are errors. */

#ifndef BENCH_OUTCOME_H
#define BENCH_OUTCOME_H

enum outcome {
	OUTCOME_ANSWERED,  /* as it must be, or where nothing is known, somehow */
	OUTCOME_WRONG,     /* answered otherwise */
	OUTCOME_DENIED,    /* the same, by a sentence of refusal */
	OUTCOME_EMPTY,     /* closed without a word */
	OUTCOME_CUT,       /* closed before the answer had ended */
	OUTCOME_RESET,     /* the connection, once there was one */
	OUTCOME_REFUSED,   /* the connection: nobody is there */
	OUTCOME_UNREACHED, /* not connected while patience lasted */
	OUTCOME_LATE,      /* not answered while patience lasted */
	OUTCOME_LEFT,      /* by the client, of its own will */
};

enum { OUTCOMES = OUTCOME_LEFT + 1 };

struct outcome_text {
	const char *name;    /* "wrong": one word in lower case */
	const char *meaning; /* in the past tense, without a period */
};

extern const struct outcome_text outcome_texts[OUTCOMES];

#endif
