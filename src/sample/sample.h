/*
 * Made-up people, for tests, demonstrations and benchmarks.
 *
 * Pure: the seed and the number of a person decide every byte.  Names come from
 * free lists with the heavy heads of real populations; about a third of the
 * surnames come from a letter model trained on the list, which gives the long
 * tail no free list has.
 */

#ifndef SAMPLE_SAMPLE_H
#define SAMPLE_SAMPLE_H

#include "base/attr.h"
#include "base/buf.h"

#include <stdint.h>

struct sample;

struct sample *sample_new(uint64_t seed);
void sample_free(struct sample **sample);

/* The columns, as a CSV line with CR LF. */
void sample_add_header(struct buf *out);

/*
 * The next person, as a CSV line with CR LF; at most SAMPLE_ROW_MAX bytes, and
 * at most SAMPLE_PEOPLE_MAX people, because their Index Keys have nine digits.
 */
enum { SAMPLE_ROW_MAX = 4096, SAMPLE_PEOPLE_MAX = 900000000 };
void sample_add_person(struct sample *sample, struct buf *out);

#endif
