/* The name of one made-up person, put together from the names of a culture. */

#ifndef SAMPLE_PERSON_H
#define SAMPLE_PERSON_H

#include "base/buf.h"
#include "base/span.h"

struct culture_names;
struct letters;
struct random;

enum { PERSON_NAME_BYTES = 512, PERSON_ASCII_BYTES = 256 };

struct person {
	struct buf full;  /* "Last, First Middle, Jr.", or one name only */
	struct buf last;  /* for mail addresses; empty: one name only */
	struct span first; /* as the list spells it; borrowed */
	struct span first_ascii;
	char full_memory[PERSON_NAME_BYTES];
	char last_memory[PERSON_ASCII_BYTES];
};

/* The person borrows from itself: never copied. */
void person_make(struct person *person, struct random *random,
    const struct culture_names *names, const struct letters *letters);

#endif
