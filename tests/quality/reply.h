/*
 * What a whois server of white pages answers, read by a client.
 */

#ifndef QUALITY_REPLY_H
#define QUALITY_REPLY_H

#include <stdbool.h>
#include <stddef.h>

enum { REPLY_NAMES_MAX = 1000 };

struct reply {
	bool understood;      /* it has a count */
	unsigned long count;  /* "There were N matches on your request." */
	bool is_exact;        /* ... and not at least so many */
	bool has_hint;        /* a remark on how to ask for fewer */
	bool is_login;        /* ... that others bear this login as a name */
	const char *remark;   /* how the matches were found; "" for exactly */
	unsigned shown;
	const char *names[REPLY_NAMES_MAX];
};

/* Lines with or without CR.  `text` is cut up, and borrowed. */
void reply_read(struct reply *reply, char *text);

/* Where the name is shown, from 1 on; 0: nowhere. */
unsigned reply_rank(const struct reply *reply, const char *name);

#endif
