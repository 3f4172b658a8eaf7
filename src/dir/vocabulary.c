#include "config.h"

#include "dir/vocabulary.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/sort.h"
#include "dir/clue.h"
#include "dir/store.h"
#include "record/key.h"
#include "text/distance.h"
#include "text/utf8.h"

#include <string.h>

enum {
	CANDIDATES_MAX = 8192,   /* looked at for one word */
	DISTANCE_MAX = 12,
	CANDIDATE_COST = 4,      /* of coming to its text, in postings */
	SOUND_DISTANCE_MIN = 2,  /* may be so far off whatever its length ... */
	SOUND_DISTANCE_PART = 2, /* ... and half its letters beyond that */
};

/* A word by its number, of a group that may be seen. */
static bool
fetch(struct postings_scope *scope, uint32_t word, struct span *text)
{
	struct span value;

	if (store_get_word(scope->store, word, &value) != STORE_FOUND ||
	    value.length == 0 || value.data[0] != KEY_GROUP_EVERYONE)
		return false;
	*text = span_skip(value, 1);
	return true;
}

/* Candidates by number, gathered before they are looked at. */
struct candidates {
	struct postings_scope *scope;
	unsigned count;
	uint32_t words[CANDIDATES_MAX];
};

static void
candidates_init(struct candidates *candidates, struct postings_scope *scope)
{
	candidates->scope = scope;
	candidates->count = 0;
}

static bool
add_candidate(struct candidates *candidates, uint32_t word)
{
	if (candidates->count == CANDIDATES_MAX ||
	    !postings_spend(candidates->scope, 1))
		return false;
	candidates->words[candidates->count++] = word;
	return true;
}

static void
sort_candidates(struct candidates *candidates)
{
	unsigned kept = 0;

	sort_in_place(candidates->words, candidates->count,
	    sizeof candidates->words[0], postings_compare_ids);
	for (unsigned i = 0; i < candidates->count; i++)
		if (i == 0 || candidates->words[i] !=
		    candidates->words[kept - 1])
			candidates->words[kept++] = candidates->words[i];
	candidates->count = kept;
}

static int
by_distance(const void *a, const void *b)
{
	const struct vocabulary_word *x = a, *y = b;

	if (x->distance != y->distance)
		return (x->distance > y->distance) -
		    (x->distance < y->distance);
	return span_compare(x->text, y->text);
}

/* How far each candidate is off, and the words within `limit`. */
struct measured {
	unsigned limit;
	unsigned within[DISTANCE_MAX + 1]; /* how many at this distance */
	unsigned char apart[CANDIDATES_MAX];
};

/* What cannot be paid for any more is as if it were far off. */
static void
measure(const struct candidates *candidates, struct span word,
    struct measured *measured)
{
	struct postings_scope *scope = candidates->scope;
	struct span text;

	for (unsigned i = 0; i < candidates->count; i++) {
		unsigned apart = 0;

		if (postings_spend(scope, CANDIDATE_COST) &&
		    fetch(scope, candidates->words[i], &text))
			apart = distance_between(word, text, measured->limit);
		if (apart > measured->limit)
			apart = 0;
		measured->apart[i] = (unsigned char)apart;
		measured->within[apart]++;
	}
}

/* The nearest, as many as there is room for: up to which distance. */
static unsigned
count_near(struct measured *measured)
{
	unsigned count = 0, limit = 0;

	while (limit < measured->limit && count < VOCABULARY_MAX)
		count += measured->within[++limit];
	measured->limit = limit;
	return count;
}

/* Those of the candidates that lie within `distance` of `word`. */
static struct vocabulary_list
keep_near(const struct candidates *candidates, struct span word,
    unsigned distance)
{
	struct postings_scope *scope = candidates->scope;
	struct vocabulary_list list = { .count = 0 };
	struct measured measured;
	unsigned count;

	measured.limit = distance < DISTANCE_MAX ? distance : DISTANCE_MAX;
	memset(measured.within, 0, sizeof measured.within);
	measure(candidates, word, &measured);
	count = count_near(&measured);
	if (count == 0)
		return list;
	list.words = arena_calloc(scope->arena, count, sizeof list.words[0]);
	if (list.words == NULL) {
		scope->full = true;
		return list;
	}
	for (unsigned i = 0; i < candidates->count && list.count < count; i++) {
		struct vocabulary_word *kept = &list.words[list.count];

		kept->distance = measured.apart[i];
		if (kept->distance > 0 && kept->distance <= measured.limit &&
		    fetch(scope, candidates->words[i], &kept->text))
			list.count++;
	}
	sort_in_place(list.words, list.count, sizeof list.words[0],
	    by_distance);
	if (list.count > VOCABULARY_MAX)
		list.count = VOCABULARY_MAX;
	return list;
}

/* The words that have this form when as few letters are left out of them. */
static void
add_words_of_form(struct candidates *candidates, struct store_cursor *cursor,
    struct near form, unsigned left_out_max)
{
	char memory[NEAR_BYTES];
	const char *value;
	struct near near;
	struct buf from;

	form.left_out = 0;
	form.word = 0;
	buf_init(&from, memory, sizeof memory);
	key_add_near(&from, &form);
	if (store_near_seek(cursor, form.bucket, memory, &value) !=
	    STORE_FOUND)
		return;
	do {
		near = key_read_near(value);
		if (near.tag != form.tag || near.left_out > left_out_max ||
		    !add_candidate(candidates, near.word))
			return;
	} while (store_near_next(cursor, &value) == STORE_FOUND);
}

struct vocabulary_list
vocabulary_near(struct postings_scope *scope, struct span word,
    unsigned distance)
{
	struct candidates candidates;
	struct store_cursor *cursor;
	struct clue_near near;

	candidates_init(&candidates, scope);
	clue_make_near(&near, KEY_GROUP_EVERYONE, word, distance);
	cursor = store_cursor_open(scope->store, STORE_NEAR);
	for (unsigned i = 0; i < near.count &&
	    postings_spend(scope, CANDIDATE_COST); i++)
		add_words_of_form(&candidates, cursor, near.forms[i],
		    distance);
	store_cursor_close(&cursor);
	sort_candidates(&candidates);
	return keep_near(&candidates, word, distance);
}

/* Sets of words. */

static struct postings *
find_clue(struct postings_scope *scope, const struct clue *clue)
{
	char memory[CLUE_KEY_MAX];
	struct buf key;

	buf_init(&key, memory, sizeof memory);
	key_add_clue(&key, clue);
	return clue->kind == CLUE_ENDING ?
	    postings_clue_prefix(scope, buf_span(&key)) :
	    postings_clue(scope, buf_span(&key));
}

static unsigned
find_clues(struct postings_scope *scope, const struct clue_list *list,
    struct postings *sets[CLUE_LIST_MAX])
{
	for (unsigned i = 0; i < list->count; i++)
		sets[i] = find_clue(scope, &list->clues[i]);
	return list->count;
}

struct vocabulary_list
vocabulary_sounding(struct postings_scope *scope, struct span word)
{
	struct postings *sets[CLUE_LIST_MAX], *all;
	struct candidates candidates;
	struct clue_list list;
	unsigned count;

	candidates_init(&candidates, scope);
	list.count = 0;
	clue_add_sounds(&list, KEY_GROUP_EVERYONE, word);
	count = find_clues(scope, &list, sets);
	all = postings_any(scope, sets, count);
	for (uint32_t id = postings_seek(scope, all, 1); id != POSTINGS_END &&
	    add_candidate(&candidates, id);
	    id = postings_seek(scope, all, id + 1))
		;
	return keep_near(&candidates, word, SOUND_DISTANCE_MIN +
	    (unsigned)utf8_count(word) / SOUND_DISTANCE_PART);
}

static void
take_words(struct postings_scope *scope, struct postings *words,
    vocabulary_take *take, void *context)
{
	struct span text;
	uint32_t id;

	for (id = postings_seek(scope, words, 1); id != POSTINGS_END &&
	    postings_spend(scope, CANDIDATE_COST);
	    id = postings_seek(scope, words, id + 1))
		if (fetch(scope, id, &text) && !take(context, text))
			return;
}

void
vocabulary_ending(struct postings_scope *scope, struct span ending,
    vocabulary_take *take, void *context)
{
	struct clue_list list;

	list.count = 0;
	if (ending.length > CLUE_BYTES_MAX)
		return;
	clue_add_ending(&list, KEY_GROUP_EVERYONE, ending);
	if (list.count > 0)
		take_words(scope, find_clue(scope, &list.clues[0]), take,
		    context);
}

/* What has all parts of a part may still have them elsewhere. */
struct sifting {
	struct span part;
	vocabulary_take *take;
	void *context;
};

static bool
sift(void *context, struct span word)
{
	struct sifting *sifting = context;

	return memmem(word.data, word.length, sifting->part.data,
	    sifting->part.length) == NULL ||
	    sifting->take(sifting->context, word);
}

void
vocabulary_having(struct postings_scope *scope, struct span part,
    vocabulary_take *take, void *context)
{
	struct sifting sifting = { part, take, context };
	struct postings *sets[CLUE_LIST_MAX];
	struct clue_list list;
	unsigned count;

	list.count = 0;
	if (part.length > CLUE_BYTES_MAX)
		return;
	clue_add_parts(&list, KEY_GROUP_EVERYONE, part);
	count = find_clues(scope, &list, sets);
	take_words(scope, postings_all(scope, sets, count), sift, &sifting);
}
