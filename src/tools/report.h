/*
 * How the tools say that something went wrong: one sentence on standard error
 * behind the program's name.
 */

#ifndef TOOLS_REPORT_H
#define TOOLS_REPORT_H

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

/* Print the fault's sentence; returns its code, the exit status. */
int report_fault(const struct fault *fault);

/* Print a sentence of the caller's; returns `code`. */
int report(enum err code, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * What getopt() refused, as a sentence that ends in how to get help.  `result`
 * is its result, '?' or ':', with options that begin with a colon.
 */
enum err refuse_option(int result, char **argv, struct fault *fault);

/* The same, printed; returns the exit status. */
int report_option(int result, char **argv);

/*
 * Push out what was printed and pass the status on; ERR_WORLD with a sentence
 * when standard output did not take everything.
 */
int report_output(int status);

/* A decimal number between `least` and `most`, and nothing else. */
bool parse_number(uint64_t *number, const char *text, uint64_t least,
    uint64_t most) MUST_CHECK;

#endif
