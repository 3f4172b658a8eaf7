/*
 * People looked for by the words of their names, and in the weaker ways of the
 * ladder.
 *
 * Always the last word may go on for wanted->reach, or be what wanted->match
 * says.  A comma binds the sides: "smith, john" is the last name smith.  A
 * single letter beside a word, behind a comma or with a full stop ("j. smith")
 * is an initial of any first name.
 */

#ifndef DIR_FIND_NAME_H
#define DIR_FIND_NAME_H

#include <stdbool.h>

struct find;
struct name_choices;
struct postings;
struct wanted;

/* All words, in any order. */
struct postings *find_name(struct find *find, const struct wanted *wanted);

/* All words, among the first names. */
struct postings *find_first(struct find *find, const struct wanted *wanted);

/*
 * All words, where two that stand side by side may be written as one: "de la
 * cruz", "delacruz", "de lacruz".
 */
struct postings *find_runs(struct find *find, const struct wanted *wanted);

/* Either, but no runs of words that go on. */
struct postings *find_name_or_runs(struct find *find,
    const struct wanted *wanted);

/* All words, each of them any of its choices that costs no more than `cost`. */
struct postings *find_name_choosing(struct find *find,
    const struct name_choices *choices, unsigned cost, bool first_only);

/* Whether there is an initial. */
bool find_has_initial(const struct wanted *wanted);

/* All words, as beginnings; a letter is an initial. */
struct postings *find_beginnings(struct find *find,
    const struct wanted *wanted);

/* One word at least of several, letters not counted; of the last name. */
struct postings *find_one_word(struct find *find, const struct wanted *wanted);
struct postings *find_one_last_name(struct find *find,
    const struct wanted *wanted);

#endif
