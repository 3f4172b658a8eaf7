/*
 * Questions, and what the server answered to each when nobody disturbed it:
 * what it must answer ever after.
 */

#ifndef ABUSE_ANSWERS_H
#define ABUSE_ANSWERS_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct answers;
struct sockaddr_in;

/* The lines of a file.  Dies when it cannot be read or is empty. */
struct answers *answers_read(const char *path);
void answers_free(struct answers **answers);

/* Ask all of them, one after the other.  Dies when one is not answered. */
void answers_learn(struct answers *answers, const struct sockaddr_in *server);

unsigned answers_count(const struct answers *answers);

/* The question whose answer is the largest. */
unsigned answers_largest(const struct answers *answers);

/* With its line end; lives as long as the answers. */
struct span answers_question(const struct answers *answers, unsigned which);

/* Whether `bytes` are what stands at `offset` of the answer. */
bool answers_match(const struct answers *answers, unsigned which, size_t offset,
    struct span bytes);
bool answers_is_whole(
    const struct answers *answers, unsigned which, size_t length);

#endif
