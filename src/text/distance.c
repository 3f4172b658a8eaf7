#include "text/distance.h"

#include "text/utf8.h"

#include <stdint.h>

/* Two words have no more different characters, and ASCII has as many. */
enum { CODES = 2 * DISTANCE_CHARS_MAX };

/* One code below CODES for each character. */
struct word {
	const unsigned char *codes;
	unsigned count;
};

/* ASCII characters are codes already. */
static struct word
word_of_ascii(struct span text)
{
	return (struct word){
		.codes = (const unsigned char *)text.data,
		.count = text.length < DISTANCE_CHARS_MAX ?
		    (unsigned)text.length : DISTANCE_CHARS_MAX,
	};
}

/* The characters of both words, coded by the order in which they came up. */
struct coder {
	uint32_t points[CODES];
	unsigned count;
};

static unsigned char
code_of(struct coder *coder, uint32_t point)
{
	unsigned code = 0;

	while (code < coder->count && coder->points[code] != point)
		code++;
	if (code == coder->count)
		coder->points[coder->count++] = point;
	return (unsigned char)code;
}

static struct word
word_of_text(struct coder *coder, struct span text,
    unsigned char codes[DISTANCE_CHARS_MAX])
{
	unsigned count = 0;

	while (text.length > 0 && count < DISTANCE_CHARS_MAX) {
		size_t length;

		codes[count++] = code_of(coder, utf8_decode(text, &length));
		text = span_skip(text, length);
	}
	return (struct word){ codes, count };
}

/* What both begin or end with has no part in the distance. */
static void
strip(struct word *tall, struct word *wide)
{
	unsigned start = 0;

	while (start < wide->count && tall->codes[start] == wide->codes[start])
		start++;
	tall->codes += start;
	tall->count -= start;
	wide->codes += start;
	wide->count -= start;
	while (wide->count > 0 && tall->codes[tall->count - 1] ==
	    wide->codes[wide->count - 1]) {
		tall->count--;
		wide->count--;
	}
}

/* Where in `tall` each code of the two words stands: bit i, at i. */
static void
mark_places(uint64_t places[CODES], struct word tall, struct word wide)
{
	for (unsigned i = 0; i < wide.count; i++)
		places[wide.codes[i]] = 0;
	for (unsigned i = 0; i < tall.count; i++)
		places[tall.codes[i]] = 0;
	for (unsigned i = 0; i < tall.count; i++)
		places[tall.codes[i]] |= UINT64_C(1) << i;
}

/*
 * Hyyro, "A bit-vector algorithm for computing Levenshtein and Damerau edit
 * distances" (2003).  The matrix of distances has the characters of `tall` down
 * its side and those of `wide` along its top.  It is made a column at a time,
 * each held as what its cells differ by from the ones above: a bit of `more`
 * says +1, one of `less` -1.  `same` has the diagonal steps that cost nothing.
 * `edits` is the cell at the bottom; a column further it is 1 less at best.
 */
static unsigned
count_edits(struct word tall, struct word wide, unsigned limit)
{
	const uint64_t bottom = UINT64_C(1) << (tall.count - 1);
	uint64_t places[CODES];
	uint64_t more = ~UINT64_C(0), less = 0, same = 0, before = 0;
	unsigned edits = tall.count;

	mark_places(places, tall, wide);
	for (unsigned i = 0; i < wide.count; i++) {
		uint64_t here = places[wide.codes[i]];
		uint64_t swapped = (~same & here) << 1 & before;
		uint64_t right_more, right_less;

		same = swapped | (((here & more) + more) ^ more) | here | less;
		right_more = less | ~(same | more);
		right_less = same & more;
		edits += (right_more & bottom) != 0;
		edits -= (right_less & bottom) != 0;
		if (edits > limit + (wide.count - 1 - i))
			return limit + 1;
		right_more = right_more << 1 | 1;
		more = right_less << 1 | ~(same | right_more);
		less = same & right_more;
		before = here;
	}
	return edits;
}

static unsigned
compare(struct word a, struct word b, unsigned limit)
{
	struct word tall = a.count > b.count ? a : b;
	struct word wide = a.count > b.count ? b : a;

	if (limit > DISTANCE_CHARS_MAX)
		limit = DISTANCE_CHARS_MAX;
	if (tall.count - wide.count > limit)
		return limit + 1;
	strip(&tall, &wide);
	return wide.count == 0 ? tall.count : count_edits(tall, wide, limit);
}

unsigned
distance_between(struct span a, struct span b, unsigned limit)
{
	unsigned char a_codes[DISTANCE_CHARS_MAX], b_codes[DISTANCE_CHARS_MAX];
	struct coder coder;

	if (utf8_is_ascii(a) && utf8_is_ascii(b))
		return compare(word_of_ascii(a), word_of_ascii(b), limit);
	coder.count = 0;
	return compare(word_of_text(&coder, a, a_codes),
	    word_of_text(&coder, b, b_codes), limit);
}
