/*
 * What was wrong with the input: counted, and the first ones listed.
 *
 * First means in the order of the input, whatever thread found it when, so a
 * load says the same each time.
 */

#ifndef DIR_LOAD_NOTES_H
#define DIR_LOAD_NOTES_H

#include "base/err.h"

#include <stdint.h>
#include <stdio.h>

struct load_notes;

struct load_notes *load_notes_new(void);
void load_notes_free(struct load_notes **notes);

/* `origin` orders; the fault is copied.  Any thread. */
void load_notes_add(struct load_notes *notes, uint64_t origin,
    const struct fault *fault);

uint64_t load_notes_count(struct load_notes *notes);

/* The first one.  ERR_NONE: there is none. */
enum err load_notes_first(struct load_notes *notes, struct fault *fault);

/* The first LOAD_LISTED_MAX, a line each, and how many more there are. */
void load_notes_print(struct load_notes *notes, FILE *out);

#endif
