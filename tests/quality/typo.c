#include "quality/typo.h"

#include "quality/chance.h"
#include "quality/letters.h"

#include <string.h>

enum { TRIES = 50, WORD_LEAST = 4, LONG_WORD = 8, LONG_NAME = 8 };

/* The letters where typos may be. */
struct places {
	struct {
		size_t at;
		bool last; /* of its word */
	} list[TEXT_POINTS];
	unsigned count;
};

static const char *const keyboard[26] = {
	"qwsz", "vghn", "xdfv", "serfcx", "wsdr", "drtgvc", "ftyhbv",
	"gyujnb", "ujko", "huikmn", "jiolm", "kop", "njk", "bhjm", "iklp",
	"ol", "wa", "edft", "awedxz", "rfgy", "yhji", "cfgb", "qase",
	"zsdc", "tghu", "asx",
};

static void
add_word(struct places *places, struct word word)
{
	for (size_t at = word.from; at < word.to; at++) {
		places->list[places->count].at = at;
		places->list[places->count++].last = at + 1 == word.to;
	}
}

static void
find_places(struct places *places, const struct text *text, size_t least)
{
	struct word word = { 0, 0 };

	places->count = 0;
	while (text_next_word(text, &word))
		if (word.to - word.from >= least)
			add_word(places, word);
}

static void
find_longest(struct places *places, const struct text *text)
{
	struct word word = { 0, 0 }, longest = { 0, 0 };

	while (text_next_word(text, &word))
		if (word.to - word.from > longest.to - longest.from)
			longest = word;
	places->count = 0;
	if (longest.to - longest.from >= 2)
		add_word(places, longest);
}

/* One of the words of so many letters. */
static void
find_one_word(struct places *places, const struct text *text,
    struct chance *chance)
{
	struct word word = { 0, 0 }, chosen = word;
	unsigned count = 0;

	while (text_next_word(text, &word))
		if (word.to - word.from >= LONG_WORD &&
		    chance_below(chance, ++count) == 0)
			chosen = word;
	places->count = 0;
	add_word(places, chosen);
}

static uint32_t
wrong_letter(uint32_t point, struct chance *chance)
{
	const char *plain = letter_spelling(point, SPELLING_PLAIN);
	uint32_t base = plain != NULL ? (unsigned char)*plain : point;
	const char *near;

	base |= 0x20;
	if (chance_below(chance, 2) == 0 || base < 'a' || base > 'z')
		return 'a' + chance_below(chance, 26);
	near = keyboard[base - 'a'];
	return (unsigned char)near[chance_below(chance,
	    (unsigned)strlen(near))];
}

static void
slip(struct text *text, size_t at, enum typo typo, struct chance *chance)
{
	struct text added = { .points = { wrong_letter(text->points[at],
	    chance) }, .length = 1 };

	switch (typo) {
	case TYPO_INSERT: /* before or behind */
		text_replace(text, at + chance_below(chance, 2), 0, &added);
		return;
	case TYPO_DELETE:
		added.length = 0;
		text_replace(text, at, 1, &added);
		return;
	case TYPO_REPLACE:
		text_replace(text, at, 1, &added);
		return;
	case TYPO_TRANSPOSE:
		added.points[0] = text->points[at + 1];
		added.points[1] = text->points[at];
		added.length = 2;
		text_replace(text, at, 2, &added);
		return;
	case TYPOS:
		return;
	}
}

static bool
differ(const struct text *a, const struct text *b)
{
	char one[LINE_BYTES], other[LINE_BYTES], plain[LINE_BYTES];

	text_write(a, plain);
	letters_normalise(plain, SPELLING_PLAIN, one);
	text_write(b, plain);
	letters_normalise(plain, SPELLING_PLAIN, other);
	return strcmp(one, other) != 0;
}

bool
typo_make(struct text *text, enum typo typo, struct chance *chance)
{
	const struct text before = *text;
	struct places places;

	find_places(&places, text, WORD_LEAST);
	if (places.count == 0)
		find_longest(&places, text);
	for (int i = 0; i < TRIES && places.count > 0; i++) {
		unsigned nth = chance_below(chance, places.count);

		if (typo == TYPO_TRANSPOSE && places.list[nth].last)
			continue;
		*text = before;
		slip(text, places.list[nth].at, typo, chance);
		if (differ(text, &before))
			return true;
	}
	return false;
}

/* Two letters apart, so that the second typo does not undo the first. */
static bool
make_two(struct text *text, const struct places *places,
    struct chance *chance)
{
	const struct text before = *text;

	for (int i = 0; i < TRIES && places->count > 0; i++) {
		unsigned a = chance_below(chance, places->count);
		unsigned b = chance_below(chance, places->count);
		enum typo first = (enum typo)chance_below(chance, TYPOS);
		enum typo second = (enum typo)chance_below(chance, TYPOS);
		struct text between;

		if (a < b + 2 ||
		    (first == TYPO_TRANSPOSE && places->list[a].last) ||
		    (second == TYPO_TRANSPOSE && places->list[b].last))
			continue;
		*text = before;
		slip(text, places->list[a].at, first, chance);
		between = *text;
		slip(text, places->list[b].at, second, chance);
		if (differ(&between, &before) && differ(&between, text) &&
		    differ(text, &before))
			return true;
	}
	return false;
}

bool
typo_make_two_in_word(struct text *text, struct chance *chance)
{
	struct places places;

	find_one_word(&places, text, chance);
	return make_two(text, &places, chance);
}

bool
typo_make_two_in_name(struct text *text, struct chance *chance)
{
	struct places places;

	find_places(&places, text, 1);
	if (places.count < LONG_NAME)
		return false;
	find_places(&places, text, WORD_LEAST);
	return make_two(text, &places, chance);
}
