/* The end of a test's program that cannot go on. */

#ifndef ABUSE_DIE_H
#define ABUSE_DIE_H

#include <stdio.h>
#include <stdlib.h>

/* Why: errno. */
static inline _Noreturn void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static inline _Noreturn void
die_with(const char *sentence)
{
	fprintf(stderr, "%s\n", sentence);
	exit(EXIT_FAILURE);
}

#endif
