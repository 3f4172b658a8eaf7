/*
 * The words that people may have meant by another one.
 *
 * The vocabulary has every distinct word of a name; there are a hundred and
 * fifty thousand among a million people, and four times as many among ten
 * million.  None of these looks through them: words come from what they have in
 * common with the one asked for (dir/clue).
 */

#ifndef DIR_VOCABULARY_H
#define DIR_VOCABULARY_H

#include "base/span.h"
#include "dir/postings.h"

#include <stdbool.h>
#include <stdint.h>

/* More candidates than these are not kept: the nearest are. */
enum { VOCABULARY_MAX = 512 };

struct vocabulary_word {
	struct span text;  /* valid as long as the read transaction */
	unsigned distance; /* from what was asked for: text/distance */
};

/* Nearest first, then in the order of the alphabet. */
struct vocabulary_list {
	struct vocabulary_word *words; /* in the arena */
	unsigned count;
};

/* Words within `distance`, 1 or 2, of this one, itself not among them. */
struct vocabulary_list vocabulary_near(struct postings_scope *scope,
    struct span word, unsigned distance);

/*
 * Words that sound like this one, itself not among them; those that are
 * spelled too differently for that to be no accident are left out.
 */
struct vocabulary_list vocabulary_sounding(struct postings_scope *scope,
    struct span word);

/*
 * All words that end so, and all that have this part, three characters or
 * more, anywhere.  `take` is called with each; false: enough.
 */
typedef bool vocabulary_take(void *context, struct span word);
void vocabulary_ending(struct postings_scope *scope, struct span ending,
    vocabulary_take *take, void *context);
void vocabulary_having(struct postings_scope *scope, struct span part,
    vocabulary_take *take, void *context);

#endif
