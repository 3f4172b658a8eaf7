/*
 * People looked for by name: exactly, and in the weaker ways of the ladder.
 *
 * Always the last word may go on for wanted->reach.  A comma binds the sides:
 * "smith, john" is the last name smith.  A single letter behind it, or one with
 * a full stop anywhere ("j. smith"), is an initial of any first name.
 */

#ifndef DIR_FIND_NAME_H
#define DIR_FIND_NAME_H

#include <stdbool.h>

struct find;
struct postings;
struct wanted;

/* All words, in any order. */
struct postings *find_name(struct find *find, const struct wanted *wanted);

/* All words, among the first names. */
struct postings *find_first(struct find *find, const struct wanted *wanted);

/*
 * These words and no others in any order.  The empty set for a single word, one
 * Madonna is not all of them, and where there is an initial.
 */
struct postings *find_full_name(struct find *find,
    const struct wanted *wanted);

/*
 * These words and no others in this order: that of the name or, asked without
 * a comma, that with the first names first.
 */
struct postings *find_exact_name(struct find *find,
    const struct wanted *wanted);

/*
 * All words, one of them the last name, where a letter is an initial of any
 * first name; and the names of which only initials are stored: "Smith, J." for
 * "john smith" or "smith, john".
 */
struct postings *find_initials(struct find *find, const struct wanted *wanted);

/* All words, as beginnings; a letter is an initial. */
struct postings *find_beginnings(struct find *find,
    const struct wanted *wanted);

/* One word at least of several, letters not counted; of the last name. */
struct postings *find_one_word(struct find *find, const struct wanted *wanted);
struct postings *find_one_last_name(struct find *find,
    const struct wanted *wanted);

#endif
