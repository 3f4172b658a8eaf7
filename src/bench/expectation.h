/*
 * Whether an answer is what it must be: by what the question itself expects,
 * and by a regular expression for all of them.
 */

#ifndef BENCH_EXPECTATION_H
#define BENCH_EXPECTATION_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct expectation;
struct question;

/*
 * A POSIX extended regular expression, or NULL for none.  `^` and `$` are the
 * ends of any line.  Belongs to one thread: matching one in two would make each
 * wait for the other.  The fault says what is wrong with it.
 */
enum err expectation_new(struct expectation **expectation, const char *regex,
    struct fault *fault) MUST_CHECK;
void expectation_free(struct expectation **expectation);

/* Whether the answer has to be kept, to be looked at when it has ended. */
bool expectation_wants(const struct expectation *expectation,
    const struct question *question);

/*
 * The answer is the caller's, with room for a byte behind it, and may be
 * changed: line ends become plain ones before the expression is looked for.
 */
bool expectation_is_met(const struct expectation *expectation,
    const struct question *question, char *answer, size_t length);

#endif
