#include "dir/clue.h"

#include "base/mix.h"
#include "text/utf8.h"

#include <assert.h>
#include <string.h>

enum {
	TAG_BITS = 16,
	SEEN_BITS = 1024,    /* few of some eighty forms meet in one bit */
	SEEN_WORD = 64,
};

/*
 * A word being taken apart.  The hash of a form is stored and never changes: it
 * begins with the group and goes on with add_letter().  What letters add to it
 * does not depend on those before them, which they only multiply.
 */
struct letters {
	uint32_t points[CLUE_LETTERS];
	unsigned count;
	uint64_t added[CLUE_LETTERS + 1];   /* by the letters from here on */
	uint64_t factors[CLUE_LETTERS + 1]; /* of what is before them */
	uint64_t seen[SEEN_BITS / SEEN_WORD];
};

/* The beginning of a form: of the letters before `at` some are left out. */
struct beginning {
	uint64_t hash;
	unsigned at;
	unsigned left_out;
};

static uint64_t
add_letter(uint64_t hash, uint32_t point)
{
	return (hash + point) * MIX_STEP;
}

static bool
has_form(const struct clue_near *near, const struct near *form)
{
	for (unsigned i = 0; i < near->count; i++)
		if (near->forms[i].bucket == form->bucket &&
		    near->forms[i].tag == form->tag &&
		    near->forms[i].left_out == form->left_out)
			return true;
	return false;
}

/*
 * Goes on with all letters from `at` on.  "anna" without either n is one form;
 * most have never been seen.
 */
static void
add_form(struct clue_near *near, struct letters *letters,
    const struct beginning *beginning)
{
	unsigned at = beginning->at;
	uint64_t hash = mix_bits(beginning->hash * letters->factors[at] +
	    letters->added[at]);
	struct near form = {
		.bucket = (uint32_t)(hash >> (64 - NEAR_BUCKET_BITS)),
		.tag = (uint16_t)(hash >> (64 - NEAR_BUCKET_BITS - TAG_BITS)),
		.left_out = beginning->left_out,
	};
	uint64_t *seen = &letters->seen[hash / SEEN_WORD %
	    (SEEN_BITS / SEEN_WORD)];
	uint64_t bit = UINT64_C(1) << hash % SEEN_WORD;

	if ((*seen & bit) != 0 && has_form(near, &form))
		return;
	*seen |= bit;
	near->forms[near->count++] = form;
}

/* The forms that lack one more of the letters from `at` on. */
static void
leave_out_next(struct clue_near *near, struct letters *letters,
    struct beginning before)
{
	for (; before.at < letters->count; before.at++) {
		add_form(near, letters, &(struct beginning){ before.hash,
		    before.at + 1, before.left_out + 1 });
		before.hash = add_letter(before.hash,
		    letters->points[before.at]);
	}
}

static void
read_letters(struct letters *letters, struct span word)
{
	size_t length;

	memset(letters, 0, sizeof *letters);
	while (word.length > 0 && letters->count < CLUE_LETTERS) {
		letters->points[letters->count++] = utf8_decode(word, &length);
		word = span_skip(word, length);
	}
	letters->factors[letters->count] = 1;
	for (unsigned i = letters->count; i-- > 0;) {
		letters->factors[i] = letters->factors[i + 1] * MIX_STEP;
		letters->added[i] = letters->added[i + 1] +
		    letters->points[i] * letters->factors[i];
	}
}

void
clue_make_near(struct clue_near *near, uint8_t group, struct span word,
    unsigned left_out_max)
{
	const struct beginning none = { .hash = group };
	struct beginning one = { .hash = group, .left_out = 1 };
	struct letters letters;

	read_letters(&letters, word);
	near->count = 0;
	if (letters.count == 0)
		return;
	if (letters.count < CLUE_FAR_LETTERS && left_out_max > 1)
		left_out_max = 1;
	add_form(near, &letters, &none);
	if (left_out_max > 0)
		leave_out_next(near, &letters, none);
	for (unsigned i = 0; i < letters.count && left_out_max > 1; i++) {
		one.at = i + 1;
		leave_out_next(near, &letters, one);
		one.hash = add_letter(one.hash, letters.points[i]);
	}
}

/* Clues. */

static void
add_clue(struct clue_list *list, const struct clue *clue)
{
	for (unsigned i = 0; i < list->count; i++)
		if (list->clues[i].kind == clue->kind &&
		    span_equal(list->clues[i].text, clue->text))
			return;
	assert(list->count < CLUE_LIST_MAX);
	list->clues[list->count++] = *clue;
}

void
clue_add_sounds(struct clue_list *list, uint8_t group, struct span word)
{
	sound_make(&list->sound, word);
	for (unsigned i = 0; i < list->sound.count; i++)
		add_clue(list, &(struct clue){ .group = group,
		    .kind = CLUE_SOUND, .text = sound_code(&list->sound, i) });
}

void
clue_add_ending(struct clue_list *list, uint8_t group, struct span ending)
{
	assert(ending.length <= CLUE_BYTES_MAX);
	if (ending.length == 0)
		return;
	for (size_t i = 0; i < ending.length; i++)
		list->ending[i] = ending.data[ending.length - 1 - i];
	add_clue(list, &(struct clue){ .group = group, .kind = CLUE_ENDING,
	    .text = { list->ending, ending.length } });
}

void
clue_add_parts(struct clue_list *list, uint8_t group, struct span word)
{
	size_t length;

	for (;;) {
		struct span part = utf8_start(word, CLUE_PART_CHARS);

		if (utf8_count(part) < CLUE_PART_CHARS)
			return;
		add_clue(list, &(struct clue){ .group = group,
		    .kind = CLUE_PART, .text = part });
		utf8_decode(word, &length);
		word = span_skip(word, length);
	}
}

void
clue_add_all(struct clue_list *list, uint8_t group, struct span word)
{
	clue_add_sounds(list, group, word);
	clue_add_ending(list, group, word);
	clue_add_parts(list, group, word);
}
