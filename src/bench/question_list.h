/*
 * Questions that stand in a file, one a line; read once, asked by any number of
 * threads.
 */

#ifndef BENCH_QUESTION_LIST_H
#define BENCH_QUESTION_LIST_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stddef.h>
#include <stdint.h>

struct question_list;
struct questions;

/*
 * The lines of a file, whatever their ends are; each is asked with CR LF.
 * Empty lines are left out.  The fault names the file: it cannot be read, or
 * has no line.
 */
enum err question_list_read(struct question_list **list, const char *path,
    struct fault *fault) MUST_CHECK;

/* One question, the text without a line end. */
struct question_list *question_list_of(struct span text);

void question_list_free(struct question_list **list);

size_t question_list_count(const struct question_list *list);

/* With its line end; lives as long as the list.  `which` is below the count. */
struct span question_list_get(const struct question_list *list, size_t which);

/*
 * Sources: all in turn, over and over, beginning with `first` (modulo how many
 * there are); or any, drawn with that seed.  The list must outlive them.
 */
struct questions *question_list_in_turn(const struct question_list *list,
    size_t first);
struct questions *question_list_at_random(const struct question_list *list,
    uint64_t seed);

#endif
