/*
 * Cultures: how people of one part of the world are named, as data.
 */

#ifndef SAMPLE_CULTURE_H
#define SAMPLE_CULTURE_H

#include "base/buf.h"
#include "sample/lists.h"

struct letters;
struct random;

enum { CULTURE_LISTS_MAX = 8 };

/* How a second name is joined to the first one. */
enum second {
	SECOND_NONE,
	SECOND_INITIAL, /* John Q., or John Quincy */
	SECOND_BLANK,   /* María José */
	SECOND_HYPHEN,  /* Jean-Pierre */
};

/*
 * The names of the lists (sample/lists), separated by blanks and drawn evenly;
 * "-" for `last` stands for first names, borne after the father.  Chances are
 * in a thousand.
 */
struct culture {
	const char *first, *last;
	unsigned weight;    /* how many of all people */
	unsigned native;    /* written in the own script */
	unsigned tail;      /* last names out of the letter model */
	unsigned particle;  /* ... and names after a particle, where Latin */
	const char *particles; /* separated by "|" */
	unsigned doubled;   /* two last names: Smith-Jones, García López */
	char joint;         /* between them */
	enum second second;
	unsigned mononym;   /* one name only */
};

/* A culture with its lists looked up. */
struct culture_names {
	const struct culture *culture;
	const struct name_list
	    *lists[LIST_KINDS][LIST_SCRIPTS][CULTURE_LISTS_MAX];
	unsigned counts[LIST_KINDS][LIST_SCRIPTS];
};

struct cultures;

struct cultures *cultures_new(const struct lists *lists);
void cultures_free(struct cultures **cultures);

/* Drawn by weight; borrowed from the cultures. */
const struct culture_names *cultures_draw(const struct cultures *cultures,
    struct random *random);

#endif
