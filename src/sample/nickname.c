#include "sample/nickname.h"

#include <stdlib.h>

struct pair {
	struct span forename, nickname;
};

#define PAIR(forename, nickname) \
	{ SPAN_LITERAL(forename), SPAN_LITERAL(nickname) }

/* In the order of the bytes, for the binary search. */
static const struct pair pairs[] = {
	PAIR("Abigail", "Abby"), PAIR("Alexander", "Alex"),
	PAIR("Andrew", "Andy"), PAIR("Anthony", "Tony"),
	PAIR("Barbara", "Barb"), PAIR("Benjamin", "Ben"),
	PAIR("Catherine", "Cathy"), PAIR("Charles", "Chuck"),
	PAIR("Christopher", "Chris"), PAIR("Daniel", "Dan"),
	PAIR("David", "Dave"), PAIR("Deborah", "Debbie"),
	PAIR("Donald", "Don"), PAIR("Edward", "Ted"),
	PAIR("Elizabeth", "Liz"), PAIR("Frederick", "Fred"),
	PAIR("Gregory", "Greg"), PAIR("Jacob", "Jake"),
	PAIR("James", "Jim"), PAIR("Jennifer", "Jen"),
	PAIR("Jessica", "Jess"), PAIR("Jonathan", "Jon"),
	PAIR("Joseph", "Joe"), PAIR("Joshua", "Josh"),
	PAIR("Katherine", "Kate"), PAIR("Kenneth", "Ken"),
	PAIR("Kimberly", "Kim"), PAIR("Lawrence", "Larry"),
	PAIR("Margaret", "Peggy"), PAIR("Matthew", "Matt"),
	PAIR("Michael", "Mike"), PAIR("Nicholas", "Nick"),
	PAIR("Pamela", "Pam"), PAIR("Patricia", "Pat"),
	PAIR("Philip", "Phil"), PAIR("Rebecca", "Becky"),
	PAIR("Reginald", "Reg"), PAIR("Richard", "Dick"),
	PAIR("Robert", "Bob"), PAIR("Ronald", "Ron"),
	PAIR("Samantha", "Sam"), PAIR("Stephen", "Steve"),
	PAIR("Susan", "Sue"), PAIR("Theodore", "Ted"),
	PAIR("Thomas", "Tom"), PAIR("Timothy", "Tim"),
	PAIR("Victoria", "Vicky"), PAIR("William", "Bill"),
};

static int
compare(const void *key, const void *element)
{
	const struct span *forename = key;
	const struct pair *pair = element;

	return span_compare(*forename, pair->forename);
}

struct span
nickname_find(struct span forename)
{
	const struct pair *pair = bsearch(&forename, pairs,
	    sizeof pairs / sizeof pairs[0], sizeof pairs[0], compare);

	return pair != NULL ? pair->nickname : (struct span){ "", 0 };
}
