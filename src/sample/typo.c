#include "sample/typo.h"

#include "base/buf.h"
#include "sample/random.h"
#include "text/fold.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

enum {
	TRIES = 50,
	WORD_LEAST = 4,
	LONG_WORD = 8,
	LONG_NAME = 8,
	POINTS_MAX = TYPO_CHARS_MAX + 2, /* two slips may add two letters */
	POINT_BYTES = 4,
	FOLDED_BYTES = POINTS_MAX * POINT_BYTES * FOLD_GROWTH_MAX,
};

/* A name by code points. */
struct line {
	uint32_t points[POINTS_MAX];
	size_t length;
};

/* A run of letters in a line: points from `from` to `to` - 1. */
struct word {
	size_t from, to;
};

/* The letters where a slip may be. */
struct places {
	struct {
		size_t at;
		bool last; /* of its word */
	} list[POINTS_MAX];
	unsigned count;
};

static const char *const keyboard[26] = {
	"qwsz", "vghn", "xdfv", "serfcx", "wsdr", "drtgvc", "ftyhbv",
	"gyujnb", "ujko", "huikmn", "jiolm", "kop", "njk", "bhjm", "iklp",
	"ol", "wa", "edft", "awedxz", "rfgy", "yhji", "cfgb", "qase",
	"zsdc", "tghu", "asx",
};

/* Lines of text. */

static void
line_set(struct line *line, struct span text)
{
	line->length = 0;
	while (text.length > 0 && line->length < TYPO_CHARS_MAX) {
		size_t length;

		line->points[line->length++] = utf8_decode(text, &length);
		text = span_skip(text, length);
	}
}

static void
line_add(struct buf *out, const struct line *line)
{
	for (size_t i = 0; i < line->length; i++)
		utf8_encode(out, line->points[i]);
}

static void
line_insert(struct line *line, size_t at, uint32_t point)
{
	assert(at <= line->length && line->length < POINTS_MAX);
	memmove(line->points + at + 1, line->points + at,
	    (line->length - at) * sizeof *line->points);
	line->points[at] = point;
	line->length++;
}

static void
line_delete(struct line *line, size_t at)
{
	assert(at < line->length);
	line->length--;
	memmove(line->points + at, line->points + at + 1,
	    (line->length - at) * sizeof *line->points);
}

static bool
is_letter(uint32_t point)
{
	enum { TYPESET_APOSTROPHE = 0x2019 };

	if (point < 0x80)
		return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
	return point != TYPESET_APOSTROPHE;
}

/* The next word from word->to on; false: there is none. */
static bool
next_word(const struct line *line, struct word *word)
{
	size_t at = word->to;

	while (at < line->length && !is_letter(line->points[at]))
		at++;
	word->from = at;
	while (at < line->length && is_letter(line->points[at]))
		at++;
	word->to = at;
	return word->to > word->from;
}

static size_t
word_length(struct word word)
{
	return word.to - word.from;
}

/* The comparable form, and so whether two lines differ. */

static struct span
fold_line(char memory[FOLDED_BYTES], const struct line *line)
{
	char text[POINTS_MAX * POINT_BYTES];
	struct buf plain, folded;

	buf_init(&plain, text, sizeof text);
	line_add(&plain, line);
	buf_init(&folded, memory, FOLDED_BYTES);
	fold_add(&folded, buf_span(&plain));
	return buf_span(&folded);
}

static bool
differ(const struct line *a, const struct line *b)
{
	char one[FOLDED_BYTES], other[FOLDED_BYTES];

	return !span_equal(fold_line(one, a), fold_line(other, b));
}

/* Where a slip may be. */

static void
add_word(struct places *places, struct word word)
{
	for (size_t at = word.from; at < word.to; at++) {
		places->list[places->count].at = at;
		places->list[places->count++].last = at + 1 == word.to;
	}
}

static void
find_places(struct places *places, const struct line *line, size_t least)
{
	struct word word = { 0, 0 };

	places->count = 0;
	while (next_word(line, &word))
		if (word_length(word) >= least)
			add_word(places, word);
}

static void
find_longest(struct places *places, const struct line *line)
{
	struct word word = { 0, 0 }, longest = { 0, 0 };

	while (next_word(line, &word))
		if (word_length(word) > word_length(longest))
			longest = word;
	places->count = 0;
	if (word_length(longest) >= 2)
		add_word(places, longest);
}

/* One of the words of so many letters. */
static void
find_one_word(struct places *places, const struct line *line,
    struct random *random)
{
	struct word word = { 0, 0 }, chosen = word;
	unsigned count = 0;

	while (next_word(line, &word))
		if (word_length(word) >= LONG_WORD &&
		    random_below(random, ++count) == 0)
			chosen = word;
	places->count = 0;
	add_word(places, chosen);
}

/* The key that is pressed for a letter, with an accent or without. */
static char
key_of(uint32_t point)
{
	char plain[POINT_BYTES], folded[POINT_BYTES * FOLD_GROWTH_MAX];
	struct buf text, key;

	buf_init(&text, plain, sizeof plain);
	utf8_encode(&text, point);
	buf_init(&key, folded, sizeof folded);
	fold_add(&key, buf_span(&text));
	return key.length > 0 ? folded[0] : '\0';
}

static uint32_t
wrong_letter(uint32_t meant, struct random *random)
{
	char key = key_of(meant);
	const char *near;

	if (random_below(random, 2) == 0 || key < 'a' || key > 'z')
		return 'a' + random_below(random, 26);
	near = keyboard[key - 'a'];
	return (unsigned char)near[random_below(random,
	    (uint32_t)strlen(near))];
}

static void
transpose(uint32_t *points)
{
	uint32_t first = points[0];

	points[0] = points[1];
	points[1] = first;
}

static void
slip(struct line *line, size_t at, enum typo typo, struct random *random)
{
	uint32_t wrong = wrong_letter(line->points[at], random);

	switch (typo) {
	case TYPO_INSERT: /* before or behind */
		line_insert(line, at + random_below(random, 2), wrong);
		return;
	case TYPO_DELETE:
		line_delete(line, at);
		return;
	case TYPO_REPLACE:
		line->points[at] = wrong;
		return;
	case TYPO_TRANSPOSE:
		transpose(line->points + at);
		return;
	case TYPOS:
		break;
	}
	assert(false && "a typo that nobody makes");
}

/* Behind the last letter of a word there is none to change places with. */
static bool
is_possible(const struct places *places, unsigned nth, enum typo typo)
{
	return typo != TYPO_TRANSPOSE || !places->list[nth].last;
}

/* One slip. */

static bool
make_one(struct line *line, const struct places *places, enum typo typo,
    struct random *random)
{
	const struct line before = *line;

	for (int i = 0; i < TRIES && places->count > 0; i++) {
		unsigned nth = random_below(random, places->count);

		if (!is_possible(places, nth, typo))
			continue;
		*line = before;
		slip(line, places->list[nth].at, typo, random);
		if (differ(line, &before))
			return true;
	}
	return false;
}

bool
typo_add(struct buf *out, struct span name, enum typo typo,
    struct random *random)
{
	struct places places;
	struct line line;

	line_set(&line, name);
	find_places(&places, &line, WORD_LEAST);
	if (places.count == 0)
		find_longest(&places, &line);
	if (!make_one(&line, &places, typo, random))
		return false;
	line_add(out, &line);
	return true;
}

/* Two slips. */

/* Two letters apart, so that the second slip does not undo the first. */
static bool
make_two(struct line *line, const struct places *places,
    struct random *random)
{
	const struct line before = *line;

	for (int i = 0; i < TRIES && places->count > 0; i++) {
		unsigned a = random_below(random, places->count);
		unsigned b = random_below(random, places->count);
		enum typo first = (enum typo)random_below(random, TYPOS);
		enum typo second = (enum typo)random_below(random, TYPOS);
		struct line between;

		if (a < b + 2 || !is_possible(places, a, first) ||
		    !is_possible(places, b, second))
			continue;
		*line = before;
		slip(line, places->list[a].at, first, random);
		between = *line;
		slip(line, places->list[b].at, second, random);
		if (differ(&between, &before) && differ(&between, line) &&
		    differ(line, &before))
			return true;
	}
	return false;
}

bool
typo_add_two_in_word(struct buf *out, struct span name,
    struct random *random)
{
	struct places places;
	struct line line;

	line_set(&line, name);
	find_one_word(&places, &line, random);
	if (!make_two(&line, &places, random))
		return false;
	line_add(out, &line);
	return true;
}

bool
typo_add_two_in_name(struct buf *out, struct span name,
    struct random *random)
{
	struct places places;
	struct line line;

	line_set(&line, name);
	find_places(&places, &line, 1);
	if (places.count < LONG_NAME)
		return false;
	find_places(&places, &line, WORD_LEAST);
	if (!make_two(&line, &places, random))
		return false;
	line_add(out, &line);
	return true;
}
