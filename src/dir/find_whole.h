/*
 * Names as a whole: these words and no others.
 *
 * One term has all words of a name, so a whole name is one look-up, however
 * many people bear each of its words.
 */

#ifndef DIR_FIND_WHOLE_H
#define DIR_FIND_WHOLE_H

struct find;
struct name_choices;
struct postings;
struct wanted;

/*
 * These words and no others in any order, titles apart.  The empty set for a
 * single word, one Madonna is not all of them, and where there is an initial.
 */
struct postings *find_full_name(struct find *find,
    const struct wanted *wanted);

/* These words and no others, whatever they are. */
struct postings *find_whole_name(struct find *find,
    const struct wanted *wanted);

/* People who have this single name and no other. */
struct postings *find_single_name(struct find *find,
    const struct wanted *wanted);

/*
 * These words and no others in this order: that of the name or, asked without
 * a comma, that with the first names first.
 */
struct postings *find_exact_name(struct find *find,
    const struct wanted *wanted);

/*
 * Names of which only initials are stored: "Smith, J." for "john smith" or
 * "smith, john".
 */
struct postings *find_shortened(struct find *find,
    const struct wanted *wanted);

/*
 * One choice for each word, costing `cost` in all.  A comma binds the sides.
 * Words without a choice are as they are.  At most `*look_ups` ways to choose
 * are tried, and taken off it.
 */
struct postings *find_whole_choosing(struct find *find,
    const struct name_choices *choices, unsigned cost, unsigned *look_ups);

/* Longer names as well: one choice for each word, costing `cost` at most. */
struct postings *find_within_cost(struct find *find,
    const struct name_choices *choices, unsigned cost);

#endif
