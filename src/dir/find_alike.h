/*
 * People looked for by names that are not quite what was asked for: the later
 * rungs of the ladder, and `sounds`.
 *
 * A whole name is tried first, one look-up for each way to choose its words;
 * only when nobody bears one are all words looked for among longer names.  The
 * nearest answer: of two misspellings the one with fewer letters wrong.
 */

#ifndef DIR_FIND_ALIKE_H
#define DIR_FIND_ALIKE_H

struct find;
struct postings;
struct wanted;

/* With nicknames of the names that were given, and Mac for Mc. */
struct postings *find_nicknames(struct find *find,
    const struct wanted *wanted);

/*
 * Who may be meant beside those who are called exactly so: whole names with a
 * nickname, who are _called so, or with an initial where only that is stored.
 */
struct postings *find_called(struct find *find, const struct wanted *wanted);
struct postings *find_initials(struct find *find, const struct wanted *wanted);

/*
 * One letter wrong in all, or two where eight letters or more were given.  When
 * few have one wrong, those with two follow; find->nearest tells them apart.
 */
struct postings *find_misspelt(struct find *find,
    const struct wanted *wanted);

/* Words that sound alike, in the same manner. */
struct postings *find_sounding(struct find *find,
    const struct wanted *wanted);

/* Those in whose names there is a word near to one of these. */
struct postings *find_near_words(struct find *find,
    const struct wanted *wanted);

/* Both, of every word, among all names or first names only. */
struct postings *find_alike(struct find *find, const struct wanted *wanted);
struct postings *find_first_alike(struct find *find,
    const struct wanted *wanted);

#endif
