#include "quality/nicknames.h"

#include "sample/random.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *formal, *nick;
} pairs[] = {
	{ "Abigail", "Abby" }, { "Albert", "Al" }, { "Albert", "Bert" },
	{ "Alexander", "Alex" }, { "Alexandra", "Sandra" },
	{ "Alfred", "Fred" }, { "Andrew", "Andy" }, { "Andrew", "Drew" },
	{ "Anthony", "Tony" }, { "Arthur", "Art" }, { "Barbara", "Barb" },
	{ "Benjamin", "Ben" }, { "Catherine", "Cathy" },
	{ "Charles", "Charlie" }, { "Charles", "Chuck" },
	{ "Christine", "Chris" }, { "Christopher", "Chris" },
	{ "Cynthia", "Cindy" }, { "Daniel", "Dan" }, { "Daniel", "Danny" },
	{ "David", "Dave" }, { "Deborah", "Debbie" }, { "Donald", "Don" },
	{ "Dorothy", "Dot" }, { "Douglas", "Doug" }, { "Edward", "Ed" },
	{ "Edward", "Ted" }, { "Eleanor", "Ellie" }, { "Elizabeth", "Beth" },
	{ "Elizabeth", "Betty" }, { "Elizabeth", "Liz" },
	{ "Eugene", "Gene" }, { "Frances", "Fran" }, { "Francis", "Frank" },
	{ "Frederick", "Fred" }, { "Gerald", "Jerry" },
	{ "Gregory", "Greg" }, { "Harold", "Harry" }, { "Henry", "Hank" },
	{ "Jacob", "Jake" }, { "Jacqueline", "Jackie" }, { "James", "Jim" },
	{ "James", "Jimmy" }, { "Jeffrey", "Jeff" }, { "Jennifer", "Jen" },
	{ "Jennifer", "Jenny" }, { "Jessica", "Jess" }, { "John", "Jack" },
	{ "John", "Johnny" }, { "Jonathan", "Jon" }, { "Joseph", "Joe" },
	{ "Joshua", "Josh" }, { "Judith", "Judy" }, { "Katherine", "Kate" },
	{ "Katherine", "Kathy" }, { "Kathleen", "Kathy" },
	{ "Kenneth", "Ken" }, { "Kimberly", "Kim" }, { "Lawrence", "Larry" },
	{ "Leonard", "Len" }, { "Margaret", "Maggie" },
	{ "Margaret", "Peggy" }, { "Matthew", "Matt" }, { "Michael", "Mike" },
	{ "Nathaniel", "Nate" }, { "Nicholas", "Nick" }, { "Pamela", "Pam" },
	{ "Patricia", "Pat" }, { "Patricia", "Patty" }, { "Patrick", "Pat" },
	{ "Peter", "Pete" }, { "Philip", "Phil" }, { "Raymond", "Ray" },
	{ "Rebecca", "Becky" }, { "Reginald", "Reg" }, { "Richard", "Dick" },
	{ "Richard", "Rick" }, { "Robert", "Bob" }, { "Robert", "Rob" },
	{ "Ronald", "Ron" }, { "Samantha", "Sam" }, { "Samuel", "Sam" },
	{ "Stephen", "Steve" }, { "Steven", "Steve" }, { "Susan", "Sue" },
	{ "Theodore", "Ted" }, { "Thomas", "Tom" }, { "Timothy", "Tim" },
	{ "Victoria", "Vicky" }, { "Virginia", "Ginny" },
	{ "Walter", "Walt" }, { "William", "Bill" }, { "William", "Will" },
	{ "Zachary", "Zach" },
};

enum { PAIRS = sizeof pairs / sizeof pairs[0] };

const char *
nickname_pick(const char *first, struct random *random)
{
	const char *other[PAIRS];
	unsigned count = 0;

	for (unsigned i = 0; i < PAIRS; i++) {
		if (strcmp(first, pairs[i].formal) == 0)
			other[count++] = pairs[i].nick;
		else if (strcmp(first, pairs[i].nick) == 0)
			other[count++] = pairs[i].formal;
	}
	return count > 0 ? other[random_below(random, count)] : NULL;
}
