/*
 * The kinds of clients, each as data: what it says, what it hears, and when it
 * comes back.  A new one is a line in the table.
 */

#ifndef BENCH_KIND_H
#define BENCH_KIND_H

#include <stdbool.h>

enum kind_name {
	KIND_SILENT,
	KIND_SLOW,
	KIND_UNREADING,
	KIND_HALF,
	KIND_RESETTING,
	KIND_LEAVING,
	KIND_GARBAGE,
	KIND_ENDLESS,
	KIND_ORDINARY,
};

enum { KINDS = KIND_ORDINARY + 1 };

enum says {
	SAYS_NOTHING,
	SAYS_A_BYTE,   /* then another one, and so on, never a line */
	SAYS_QUESTION, /* the next of all */
	SAYS_LARGE,    /* the question with the largest answer */
	SAYS_HALF,     /* of a question */
	SAYS_GARBAGE,  /* and a line end */
	SAYS_ENDLESS,  /* a line far longer than any request */
};

enum hears {
	HEARS_ALL,
	HEARS_A_BYTE, /* then resets the connection */
	HEARS_NOTHING,
	HEARS_NOT, /* closes as soon as it is connected */
};

struct kind {
	const char *name;
	const char *meaning;
	enum says says;
	enum hears hears;
	bool holds; /* stays until the server drops it */

	/* From one byte to the next, or until it comes again. */
	unsigned pace_ms;
};

extern const struct kind kinds[KINDS];

#endif
