#include "quality/sound.h"

#include "quality/letters.h"
#include "sample/random.h"

#include <ctype.h>
#include <string.h>

enum { CHANGES_MAX = 3, SPOTS_MAX = 256 };

/*
 * What may stand before and behind: any of the letters, "^" and "$" the ends
 * of the word, "V" any vowel, "C" any other letter; NULL: anything.
 */
struct rule {
	const char *before, *from, *to, *behind;
};

static const struct rule rules[] = {
	{ NULL, "ph", "f", NULL }, { NULL, "f", "ph", "aeiourl" },
	{ "^V", "c", "k", "aourl" }, { "^V", "k", "c", "aourl" },
	{ NULL, "ck", "k", NULL }, { "aeiou", "k", "ck", "$" },
	{ "C", "y", "i", "C$" }, { "C", "i", "y", "C" },
	{ "C", "ie", "y", "$" }, { "C", "y", "ie", "$" },
	{ "C", "ee", "ea", "C" }, { "C", "ea", "ee", "mdkpt" },
	{ "C", "ei", "ie", "C" }, { "C", "ie", "ei", "C" },
	{ "C", "ei", "ai", "C" }, { "C", "ai", "ei", "C" },
	{ "V", "s", "z", "V" }, { "V", "z", "s", "V" },
	{ NULL, "sch", "sh", "V" }, { NULL, "sh", "sch", "V" },
	{ NULL, "tch", "ch", NULL }, { "V", "ch", "tch", "V$" },
	{ NULL, "th", "t", "$omn" }, { "V", "t", "th", "$" },
	{ "oe", "wsk", "vsk", NULL }, { "oe", "vsk", "wsk", NULL },
	{ "o", "wa", "va", "$" }, { "o", "va", "wa", "$c" },
	{ "V", "x", "ks", NULL }, { "V", "ks", "x", NULL },
	{ NULL, "qu", "kw", "aei" }, { NULL, "kw", "qu", "aei" },
	{ "^", "kn", "n", NULL }, { "^", "wr", "r", NULL },
	{ NULL, "gh", "", "$t" }, { "C", "e", "", "$" },
	{ "w", "n", "ne", "$" }, { "ao", "r", "re", "$" },
	{ "r", "k", "ke", "$" },
	{ "C", "son", "sen", "$" }, { "C", "sen", "son", "$" },
	{ NULL, "sky", "ski", "$" }, { NULL, "ski", "sky", "$" },
	{ NULL, "ov", "off", "$" }, { NULL, "ev", "eff", "$" },
	{ NULL, "off", "ov", "$" },
	{ "C", "ou", "u", "C" }, { "C", "oo", "u", "C" },
	{ "C", "au", "ow", "C" }, { "C", "au", "aw", "C" },
	{ "C", "ow", "au", "C$" },
	{ NULL, "dt", "t", NULL }, { NULL, "tt", "dt", "$" },
	{ "nldts", "j", "y", "aou" }, { "nldts", "y", "j", "aou" },
	{ "V", "j", "y", "$" }, { "ae", "y", "j", "$" },
	{ "V", "h", "", "C$" }, { NULL, "mb", "m", "$" },
	{ NULL, "tz", "ts", NULL }, { NULL, "tz", "z", NULL },
	{ "^", "mc", "mac", NULL }, { "^", "mac", "mc", "C" },
	{ NULL, "dg", "j", "e" }, { "V", "s", "ss", "$" },
	{ "V", "l", "ll", "V$" }, { "V", "n", "nn", "V$" },
	{ "V", "r", "rr", "V" }, { "V", "t", "tt", "V$" },
	{ "V", "m", "mm", "V" }, { "V", "p", "pp", "V" },
	{ "V", "b", "bb", "V" }, { "V", "d", "dd", "V" },
	{ "V", "f", "ff", "V$" },
	{ "V", "ll", "l", NULL }, { "V", "nn", "n", NULL },
	{ "V", "rr", "r", NULL }, { "V", "tt", "t", NULL },
	{ "V", "mm", "m", NULL }, { "V", "pp", "p", NULL },
	{ "V", "bb", "b", NULL }, { "V", "dd", "d", NULL },
	{ "V", "ff", "f", NULL }, { "V", "ss", "s", "C$" },
};

enum { RULES = sizeof rules / sizeof rules[0] };

struct spot {
	const struct rule *rule;
	size_t at;
};

static bool
is_vowel(uint32_t point)
{
	const char *plain = letter_spelling(point, SPELLING_PLAIN);
	uint32_t letter = plain != NULL ? (unsigned char)*plain : point;

	return letter < 0x80 && letter != 0 &&
	    strchr("aeiouy", tolower((int)letter)) != NULL;
}

/* `point` as what stands beside; 0: the word has ended, shown by `edge`. */
static bool
stands(const char *allowed, uint32_t point, char edge)
{
	if (allowed == NULL)
		return true;
	if (point == 0)
		return strchr(allowed, edge) != NULL;
	if (strchr(allowed, is_vowel(point) ? 'V' : 'C') != NULL)
		return true;
	return point < 0x80 && strchr(allowed, tolower((int)point)) != NULL;
}

static bool
applies(const struct rule *rule, const struct text *text, struct word word,
    size_t at)
{
	size_t length = strlen(rule->from);
	uint32_t before = at > word.from ? text->points[at - 1] : 0;
	uint32_t behind;

	if (at + length > word.to)
		return false;
	for (size_t i = 0; i < length; i++)
		if (text->points[at + i] >= 0x80 ||
		    tolower((int)text->points[at + i]) != rule->from[i])
			return false;
	behind = at + length < word.to ? text->points[at + length] : 0;
	return stands(rule->before, before, '^') &&
	    stands(rule->behind, behind, '$');
}

static unsigned
find_spots(struct spot spots[SPOTS_MAX], const struct text *text,
    const bool used[RULES])
{
	struct word word = { 0, 0 };
	unsigned count = 0;

	while (text_next_word(text, &word))
		for (size_t at = word.from; at < word.to; at++)
			for (unsigned i = 0; i < RULES; i++)
				if (count < SPOTS_MAX && !used[i] &&
				    applies(&rules[i], text, word, at))
					spots[count++] = (struct spot){
						&rules[i], at };
	return count;
}

static void
apply(struct text *text, struct spot spot)
{
	bool capital = isupper((int)text->points[spot.at]);
	struct text added;

	text_set(&added, spot.rule->to);
	if (capital && added.length > 0)
		added.points[0] = (uint32_t)toupper((int)added.points[0]);
	text_replace(text, spot.at, strlen(spot.rule->from), &added);
}

/* The rule back to where it came from is used up as well. */
static void
use(bool used[RULES], const struct rule *rule)
{
	for (unsigned i = 0; i < RULES; i++)
		used[i] |= strcmp(rules[i].from, rule->from) == 0 ||
		    strcmp(rules[i].from, rule->to) == 0;
}

bool
sound_respell(struct text *text, struct random *random)
{
	unsigned changes = 1 + random_below(random, CHANGES_MAX), done = 0;
	struct spot spots[SPOTS_MAX];
	bool used[RULES] = { false };

	while (done < changes) {
		unsigned count = find_spots(spots, text, used);
		struct spot spot;

		if (count == 0)
			break;
		spot = spots[random_below(random, count)];
		apply(text, spot);
		use(used, spot.rule);
		done++;
	}
	return done > 0;
}
