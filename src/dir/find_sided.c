#include "dir/find_sided.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/find.h"
#include "dir/index.h"
#include "dir/index_name.h"
#include "dir/store.h"
#include "record/record.h"
#include "record/schema.h"
#include "text/utf8.h"

#include <assert.h>
#include <string.h>

/* Names of so many bytes are in order to their ends. */
enum { ORDERED_MAX = INDEX_COLLATION_MAX / FOLD_GROWTH_MAX };

struct sided {
	struct find *find;
	const struct wanted *wanted;
	const struct token_list *asked; /* its words */
	enum find_sides sides;
	const uint32_t *ids; /* ascending */
	size_t count;

	/* the entry in hand */
	struct span stored;     /* its name */
	bool found[TOKENS_MAX]; /* of the words that are asked for */
	struct wanted name;     /* in one of its spellings */
	bool is_spelled_out;    /* not only the first of them */
};

/* Whether the word has the term that is asked for. */
static bool
is_on_side(const struct token_list *words, const bool *is_last,
    const struct token *asked)
{
	char memory[INDEX_RUN_MAX];
	struct buf last;

	for (unsigned i = 0; i < words->count; i++)
		if (is_last[i] == asked->before_comma &&
		    span_equal(words->tokens[i].text, asked->text))
			return true;
	buf_init(&last, memory, sizeof memory);
	return asked->before_comma && index_add_last(&last, words) > 1 &&
	    span_equal(buf_span(&last), asked->text);
}

static bool
has_last_name(const struct sided *sided)
{
	for (unsigned i = 0; i < sided->asked->count; i++) {
		const struct token *token = &sided->asked->tokens[i];

		if (token->before_comma && token->form != TOKEN_PART &&
		    !sided->found[i])
			return false;
	}
	return true;
}

/* As find_word() has it: each word as it is, or all its parts. */
static bool
has_all_words(const struct sided *sided)
{
	bool whole[TOKENS_MAX] = { false }, missing[TOKENS_MAX] = { false };
	bool has_parts[TOKENS_MAX] = { false };

	for (unsigned i = 0; i < sided->asked->count; i++) {
		const struct token *token = &sided->asked->tokens[i];

		if (token->form != TOKEN_PART) {
			whole[token->word] = sided->found[i];
			continue;
		}
		has_parts[token->word] = true;
		missing[token->word] |= !sided->found[i];
	}
	for (unsigned i = 0; i < sided->asked->words; i++)
		if (!whole[i] && (!has_parts[i] || missing[i]))
			return false;
	return true;
}

/* False: perhaps another spelling has more of them. */
static bool
has_words(void *context, const struct wanted *name)
{
	struct sided *sided = context;
	bool is_last[TOKENS_MAX];

	index_mark_last(&name->words, is_last);
	for (unsigned i = 0; i < sided->asked->count; i++)
		sided->found[i] |= is_on_side(&name->words, is_last,
		    &sided->asked->tokens[i]);
	if (sided->sides == FIND_BOTH_SIDES ? has_all_words(sided) :
	    has_last_name(sided))
		return true;
	sided->is_spelled_out = true;
	return false;
}

/* Empty: there is no such entry, or its name is damaged. */
static struct span
read_name(const struct sided *sided, size_t nth)
{
	struct postings_scope *scope = &sided->find->scope;
	struct span record, name = { NULL, 0 };

	if (postings_spend(scope, POSTINGS_ENTRY_COST) &&
	    store_get_entry(scope->store, sided->ids[nth], &record) ==
	    STORE_FOUND)
		name = record_value(record, sided->find->schema->name_id);
	return utf8_is_valid(name) ? name : (struct span){ NULL, 0 };
}

/* Most are called just as it was asked. */
static bool
is_as_asked(const struct sided *sided)
{
	char memory[WANTED_BYTES_MAX];
	struct buf folded;

	buf_init(&folded, memory, sizeof memory);
	fold_add(&folded, sided->stored);
	return span_equal(buf_span(&folded), sided->wanted->folded);
}

/*
 * Other names have words, but no sides.  Who hides the name is found by none,
 * so the name of who was found may be read.
 */
static bool
is_sided(struct sided *sided, size_t nth)
{
	sided->stored = read_name(sided, nth);
	sided->is_spelled_out = false;
	if (sided->stored.length == 0)
		return false;
	if (is_as_asked(sided))
		return true;
	memset(sided->found, 0, sizeof sided->found);
	return find_any_spelling(sided->stored, &sided->name, has_words,
	    sided);
}

/* Whether somebody else bears the name in hand. */
static bool
has_same_name(const struct sided *sided, size_t nth)
{
	return sided->stored.length > 0 &&
	    span_equal(sided->stored, read_name(sided, nth));
}

/* The first behind `first`, who is in hand, that has another name. */
static size_t
step_over_name(const struct sided *sided, size_t first)
{
	size_t next = first + 1;

	while (next < sided->count && has_same_name(sided, next))
		next++;
	return next;
}

/*
 * The same where all between two of that name may be taken with them: all the
 * rest often have it, else steps that double find the end and halving ones the
 * place.
 */
static size_t
leap_over_name(const struct sided *sided, size_t first)
{
	size_t same = first, other = sided->count - 1, step = 1;

	if (other == first || has_same_name(sided, other))
		return sided->count;
	while (other - same > 1) {
		size_t half = (other - same) / 2;
		size_t ahead = same + (step < half ? step : half);

		step *= 2;
		if (has_same_name(sided, ahead))
			same = ahead;
		else
			other = ahead;
	}
	return other;
}

/*
 * Who stands between two of the name in hand is folded to the same.  Where that
 * was enough to side it, it is for them; what an accent is spelled as was not.
 */
static bool
stands_for_neighbours(const struct sided *sided)
{
	return !sided->is_spelled_out && sided->stored.length <= ORDERED_MAX;
}

static struct postings *
keep_sided(struct sided *sided, uint32_t *ids)
{
	size_t kept = 0, next;

	for (size_t first = 0; first < sided->count; first = next) {
		bool keep = is_sided(sided, first);

		next = keep && stands_for_neighbours(sided) ?
		    leap_over_name(sided, first) :
		    step_over_name(sided, first);
		if (!keep)
			continue;
		memmove(ids + kept, ids + first,
		    (next - first) * sizeof *ids);
		kept += next - first;
	}
	return postings_ids(&sided->find->scope, ids, kept);
}

struct postings *
find_sided(struct find *find, struct postings *set,
    const struct wanted *wanted, enum find_sides sides)
{
	struct arena *arena = find->scope.arena;
	struct sided *sided = arena_alloc(arena, sizeof *sided);
	size_t max = postings_length(set);
	uint32_t *ids = arena_alloc(arena, max * sizeof *ids);

	assert(max <= FIND_SIDED_MAX);
	if (sided == NULL || ids == NULL) {
		find->scope.full = true;
		return NULL;
	}
	sided->find = find;
	sided->wanted = wanted;
	sided->asked = &wanted->words;
	sided->sides = sides;
	sided->ids = ids;
	/* of a damaged list there may be more */
	(void)postings_take(&find->scope, set, ids, max, &sided->count);
	return keep_sided(sided, ids);
}
