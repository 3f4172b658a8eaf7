/*
 * Questions from a directory, made before anybody is measured.
 *
 * To make one takes a few look-ups, some microseconds, as long as a server on
 * the same machine takes to answer it.  So a bounded number of them is made
 * first, kept once for all threads, and asked in turn.
 */

#ifndef BENCH_MIXED_H
#define BENCH_MIXED_H

#include "base/attr.h"
#include "base/err.h"
#include "bench/questions.h"

#include <stdbool.h>
#include <stddef.h>

struct draw_settings;
struct mixed;
struct questions;

enum { MIXED_COUNT_DEFAULT = 100000, MIXED_COUNT_MAX = 100000000 };

/*
 * `count` questions, at least 1.  The directory is closed again when this
 * returns.  As draw_open() and draw_next() fail.
 */
enum err mixed_new(struct mixed **mixed, const struct draw_settings *settings,
    size_t count, struct fault *fault) MUST_CHECK;
void mixed_free(struct mixed **mixed);

size_t mixed_count(const struct mixed *mixed);

/* `which` is below the count; lives as long as `mixed`. */
struct question mixed_get(const struct mixed *mixed, size_t which);

/*
 * A source: all in turn, over and over, beginning with `first` (modulo how many
 * there are).  `verified`: with what the answers must hold, where it is known.
 */
struct questions *mixed_in_turn(const struct mixed *mixed, size_t first,
    bool verified);

#endif
