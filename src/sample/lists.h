/*
 * The names of the lists, ready to be drawn by weight: one list for each
 * country, for first and for last names, in Latin letters and in the country's
 * own script.
 */

#ifndef SAMPLE_LISTS_H
#define SAMPLE_LISTS_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

struct letters;
struct lists;
struct name_list;
struct random;

/* Both borrowed from the lists. */
struct name {
	struct span text;
	struct span ascii; /* for mail addresses: a-z and inner hyphens */
};

enum list_kind { LIST_FIRST, LIST_LAST, LIST_KINDS };
enum list_script { LIST_LATIN, LIST_NATIVE, LIST_SCRIPTS };

struct lists *lists_new(void);
void lists_free(struct lists **lists);

/*
 * The names of `country`; "*" stands for the forenames of the United States
 * with their true counts.  NULL: there are none.
 */
const struct name_list *lists_find(const struct lists *lists,
    enum list_kind kind, enum list_script script, struct span country);

/* Borrowed from the lists. */
const struct name *name_list_draw(const struct name_list *list,
    struct random *random);

/* Let the model read every last name in Latin letters. */
void lists_teach(const struct lists *lists, struct letters *letters);

#endif
