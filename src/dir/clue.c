#include "dir/clue.h"

#include "base/mix.h"
#include "text/utf8.h"

#include <assert.h>
#include <string.h>

enum {
	NONE = CLUE_LETTERS, /* no letter is left out */
	TAG_BITS = 16,
	SEEN_BITS = 1024,    /* few of some eighty forms meet in one bit */
	SEEN_WORD = 64,
};

/* A word being taken apart. */
struct letters {
	uint32_t points[CLUE_LETTERS];
	unsigned count;
	uint8_t group;
	uint64_t seen[SEEN_BITS / SEEN_WORD];
};

/* Stored: never change it. */
static uint64_t
hash_without(const struct letters *letters, unsigned first, unsigned second)
{
	uint64_t hash = letters->group;

	for (unsigned i = 0; i < letters->count; i++)
		if (i != first && i != second)
			hash = (hash + letters->points[i]) * MIX_STEP;
	return mix_bits(hash);
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

/* "anna" without either n is one form; most have never been seen. */
static void
add_form(struct clue_near *near, struct letters *letters, unsigned first,
    unsigned second)
{
	uint64_t hash = hash_without(letters, first, second);
	struct near form = {
		.bucket = (uint32_t)(hash >> (64 - NEAR_BUCKET_BITS)),
		.tag = (uint16_t)(hash >> (64 - NEAR_BUCKET_BITS - TAG_BITS)),
		.left_out = (first != NONE ? 1u : 0u) +
		    (second != NONE ? 1u : 0u),
	};
	uint64_t *seen = &letters->seen[hash / SEEN_WORD %
	    (SEEN_BITS / SEEN_WORD)];
	uint64_t bit = UINT64_C(1) << hash % SEEN_WORD;

	if ((*seen & bit) != 0 && has_form(near, &form))
		return;
	*seen |= bit;
	near->forms[near->count++] = form;
}

static void
read_letters(struct letters *letters, uint8_t group, struct span word)
{
	size_t length;

	memset(letters, 0, sizeof *letters);
	letters->group = group;
	while (word.length > 0 && letters->count < CLUE_LETTERS) {
		letters->points[letters->count++] = utf8_decode(word, &length);
		word = span_skip(word, length);
	}
}

void
clue_make_near(struct clue_near *near, uint8_t group, struct span word,
    unsigned left_out_max)
{
	struct letters letters;
	unsigned count;

	read_letters(&letters, group, word);
	count = letters.count;
	near->count = 0;
	if (count == 0)
		return;
	if (count < CLUE_FAR_LETTERS && left_out_max > 1)
		left_out_max = 1;
	add_form(near, &letters, NONE, NONE);
	for (unsigned i = 0; i < count && left_out_max > 0; i++)
		add_form(near, &letters, i, NONE);
	for (unsigned i = 0; i < count && left_out_max > 1; i++)
		for (unsigned j = i + 1; j < count; j++)
			add_form(near, &letters, i, j);
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
