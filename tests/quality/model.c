#include "quality/model.h"

#include "quality/letters.h"
#include "quality/people.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 16, WORD_BYTES = 64 };

/* A name or a query in words: O'Brien is obrien, and o and brien. */
struct words {
	struct {
		char text[WORD_BYTES];
		bool last;   /* before the comma */
		bool piece;  /* of the word before, at its hyphens */
		bool joined; /* a last name of several words as one */
		bool suffix;
		bool initial; /* of a query: "j." or, behind a comma, "j" */
	} list[WORDS_MAX];
	unsigned count;
	bool has_comma;
};

/* What a server may do or leave. */
enum {
	ALLOW_SUFFIX = 1,  /* the name may have one that was not asked for */
	ALLOW_NO_SUFFIX = 2, /* ... or not have the one that was */
	ALLOW_PASSPORT = 4, /* Mueller finds Müller */
	ALLOW_SHARED = 8,   /* one word of the name for two of the query */
	ALLOW_PIECES = 16,  /* O Kelly for O'Kelly: the query in its pieces */
	ALLOW_ALL = 31,
};

struct posting {
	char *word;
	uint32_t person;
};

struct model {
	const struct people *people;
	struct posting *postings; /* by word */
	size_t count;
	uint32_t *seen; /* by person: the last search that came upon them */
	uint32_t search;
};

static bool
is_suffix(const char *word)
{
	static const char *const suffixes[] = { "jr", "sr", "ii", "iii",
		"iv" };

	for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
		if (strcmp(word, suffixes[i]) == 0)
			return true;
	return false;
}

static void
add_word(struct words *words, const char *text, bool last, bool piece)
{
	if (*text == '\0' || words->count == WORDS_MAX)
		return;
	snprintf(words->list[words->count].text, WORD_BYTES, "%.*s",
	    WORD_BYTES - 1, text);
	words->list[words->count].last = last;
	words->list[words->count].piece = piece;
	words->list[words->count].initial = false;
	words->list[words->count].joined = false;
	words->list[words->count].suffix = !last && words->count > 0 &&
	    is_suffix(text);
	words->count++;
}

/* The word without the signs inside, and its pieces between them. */
static void
add_words(struct words *words, char *text, bool last)
{
	char joined[LINE_BYTES], *piece;
	size_t length = 0;

	for (const char *at = text; *at != '\0'; at++)
		if (strchr("'-", *at) == NULL)
			joined[length++] = *at;
	joined[length] = '\0';
	add_word(words, joined, last, false);
	if (length == strlen(text))
		return;
	while ((piece = strsep(&text, "'-")) != NULL)
		add_word(words, piece, last, true);
}

/* The typeset apostrophe, three bytes, as the typed one. */
static void
replace_apostrophes(char *text)
{
	char *at;

	while ((at = strstr(text, "’")) != NULL) {
		*at = '\'';
		memmove(at + 1, at + 3, strlen(at + 3) + 1);
	}
}

static bool
is_one_letter(const char *word)
{
	struct text text;

	text_set(&text, word);
	return text.length == 1 && letter_has_initials(text.points[0]);
}

static void
mark_initial(struct words *words, bool behind_comma, bool stop)
{
	unsigned last = words->count - 1;

	if (words->count > 0)
		words->list[last].initial = (behind_comma || stop) &&
		    is_one_letter(words->list[last].text);
}

static void
words_set(struct words *words, const char *text, enum spelling spelling)
{
	char normal[LINE_BYTES], signs[LINE_BYTES], *rest = normal, *word;
	const char *comma;

	letters_normalise(text, spelling, normal);
	replace_apostrophes(normal);
	comma = strchr(normal, ',');
	words->count = 0;
	words->has_comma = comma != NULL;
	memcpy(signs, normal, sizeof signs);
	while ((word = strsep(&rest, " ,.")) != NULL) {
		if (*word == '\0')
			continue;
		add_words(words, word, comma != NULL && word < comma);
		mark_initial(words, comma != NULL && word > comma,
		    rest != NULL && signs[rest - 1 - normal] == '.');
	}
}

/* A stored name: Le Roy is Leroy as well. */
static void
name_set(struct words *words, const char *name, enum spelling spelling)
{
	char one[LINE_BYTES] = "";
	unsigned parts = 0;

	words_set(words, name, spelling);
	for (unsigned i = 0; i < words->count; i++) {
		if (!words->list[i].last || words->list[i].piece)
			continue;
		strncat(one, words->list[i].text,
		    sizeof one - strlen(one) - 1);
		parts++;
	}
	if (parts < 2)
		return;
	add_word(words, one, true, true);
	words->list[words->count - 1].joined = true;
}

static int
compare_postings(const void *a, const void *b)
{
	const struct posting *x = a, *y = b;

	return strcmp(x->word, y->word);
}

static void
add_postings(struct model *model, uint32_t person, enum spelling spelling)
{
	const char *name = model->people->names[person];
	struct words words;

	name_set(&words, name, spelling);
	for (unsigned i = 0; i < words.count; i++) {
		if ((model->count & (model->count + 1)) == 0)
			model->postings = grow(model->postings,
			    2 * model->count + 2, sizeof *model->postings);
		model->postings[model->count++] = (struct posting){
			copy_text(words.list[i].text), person };
	}
}

struct model *
model_new(const struct people *people)
{
	struct model *model = grow(NULL, 1, sizeof *model);
	char plain[LINE_BYTES], passport[LINE_BYTES];

	*model = (struct model){ .people = people };
	model->seen = grow(NULL, people->count + 1, sizeof *model->seen);
	memset(model->seen, 0, (people->count + 1) * sizeof *model->seen);
	for (uint32_t i = 0; i < people->count; i++) {
		add_postings(model, i, SPELLING_PLAIN);
		spell(people->names[i], SPELLING_PLAIN, plain);
		spell(people->names[i], SPELLING_ICAO, passport);
		if (strcmp(plain, passport) != 0)
			add_postings(model, i, SPELLING_ICAO);
	}
	qsort(model->postings, model->count, sizeof *model->postings,
	    compare_postings);
	return model;
}

void
model_free(struct model **model)
{
	for (size_t i = 0; i < (*model)->count; i++)
		free((*model)->postings[i].word);
	free((*model)->postings);
	free((*model)->seen);
	free(*model);
	*model = NULL;
}

/* One word asked for, one of the name. */
struct pair {
	const struct words *query, *name;
	enum model_match match;
	bool whole;
	bool shares;
};

static bool
may_stand_for(const struct pair *pair, unsigned asked, unsigned had)
{
	const char *begin = pair->query->list[asked].text;
	const char *word = pair->name->list[had].text;

	if (pair->query->has_comma && pair->name->has_comma &&
	    pair->query->list[asked].last != pair->name->list[had].last)
		return false;
	if (pair->whole && pair->name->list[had].piece)
		return false;
	/* of a name as one word only a last name may be the beginning */
	if (pair->match == MODEL_BEGINNINGS && !pair->query->has_comma &&
	    pair->name->list[had].joined)
		return false;
	return pair->match == MODEL_BEGINNINGS ||
	    (pair->query->list[asked].initial &&
	    !pair->name->list[had].last) ?
	    strncmp(word, begin, strlen(begin)) == 0 :
	    strcmp(word, begin) == 0;
}

/* Each word from `asked` on has another of the name to itself. */
static bool
all_stand(const struct pair *pair, unsigned asked, unsigned used)
{
	while (asked < pair->query->count && pair->query->list[asked].piece)
		asked++;
	if (asked == pair->query->count)
		return true;
	for (unsigned i = 0; i < pair->name->count; i++)
		if ((used >> i & 1) == 0 && may_stand_for(pair, asked, i) &&
		    all_stand(pair, asked + 1,
		    pair->shares ? 0 : used | 1u << i))
			return true;
	return false;
}

static void
drop_suffixes(struct words *words)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < words->count; i++)
		if (!words->list[i].suffix)
			words->list[kept++] = words->list[i];
	words->count = kept;
}

/* Of a word and its pieces the pieces stay, as words. */
static void
drop_joined(struct words *words)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < words->count; i++) {
		bool has_pieces = i + 1 < words->count &&
		    !words->list[i].piece && words->list[i + 1].piece;

		if (!has_pieces)
			words->list[kept++] = words->list[i];
	}
	words->count = kept;
	for (unsigned i = 0; i < words->count; i++)
		words->list[i].piece = false;
}

static unsigned
count_whole(const struct words *words)
{
	unsigned count = 0;

	for (unsigned i = 0; i < words->count; i++)
		count += !words->list[i].piece;
	return count;
}

/* How a query is compared with the names. */
struct comparison {
	struct words query;
	enum model_match match;
	bool whole;    /* no words but these */
	unsigned allowed;
};

static bool
matches_spelled(const struct comparison *comparison, const char *name,
    enum spelling spelling)
{
	const struct words *query = &comparison->query;
	struct words words;
	struct pair pair = { query, &words, comparison->match,
		comparison->whole,
		(comparison->allowed & ALLOW_SHARED) != 0 };

	name_set(&words, name, spelling);
	for (unsigned i = 0; i < words.count && !words.has_comma; i++)
		words.list[i].last = true;
	if (comparison->allowed & ALLOW_SUFFIX)
		drop_suffixes(&words);
	if (comparison->whole && count_whole(&words) != count_whole(query))
		return false;
	return all_stand(&pair, 0, 0);
}

static bool
matches(const struct comparison *comparison, const char *name)
{
	return matches_spelled(comparison, name, SPELLING_PLAIN) ||
	    ((comparison->allowed & ALLOW_PASSPORT) != 0 &&
	    matches_spelled(comparison, name, SPELLING_ICAO));
}

/* The first posting whose word is `text` or behind; or begins so. */
static size_t
find_posting(const struct model *model, const char *text, bool behind)
{
	size_t from = 0, to = model->count, length = strlen(text);

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const char *word = model->postings[middle].word;
		int order = behind ? strncmp(word, text, length) :
		    strcmp(word, text);

		if (order < 0 || (behind && order == 0))
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

struct range {
	size_t from, to;
};

/* The postings of the words that begin so. */
static struct range
find_range(const struct model *model, const char *text)
{
	return (struct range){ find_posting(model, text, false),
		find_posting(model, text, true) };
}

/* Of the words that must be there the one that fewest have. */
static struct range
find_rarest(const struct model *model, const struct words *query)
{
	struct range rarest = { 0, model->count };

	for (unsigned i = 0; i < query->count; i++) {
		struct range range = find_range(model, query->list[i].text);

		if (!query->list[i].piece &&
		    range.to - range.from < rarest.to - rarest.from)
			rarest = range;
	}
	return rarest;
}

static unsigned long
count_people(struct model *model, const struct comparison *comparison)
{
	struct range range = find_rarest(model, &comparison->query);
	unsigned long count = 0;

	model->search++;
	for (size_t i = range.from; i < range.to; i++) {
		uint32_t person = model->postings[i].person;

		if (model->seen[person] == model->search)
			continue;
		model->seen[person] = model->search;
		count += matches(comparison, model->people->names[person]);
	}
	return count;
}

static void
comparison_set(struct comparison *comparison, const char *query,
    enum model_match match, unsigned allowed)
{
	*comparison = (struct comparison){ .match = match,
		.allowed = allowed };
	words_set(&comparison->query, query, SPELLING_PLAIN);
	if (allowed & ALLOW_NO_SUFFIX)
		drop_suffixes(&comparison->query);
	if (allowed & ALLOW_PIECES)
		drop_joined(&comparison->query);
}

static bool
has_initial(const struct words *words)
{
	for (unsigned i = 0; i < words->count; i++)
		if (words->list[i].initial)
			return true;
	return false;
}

/* A single word is never the whole name: there is more than one Madonna. */
static unsigned long
count_matches(struct model *model, struct comparison *comparison)
{
	unsigned long count = 0;

	if (comparison->query.count == 0)
		return 0;
	comparison->whole = comparison->match == MODEL_EXACT &&
	    count_whole(&comparison->query) > 1 &&
	    !has_initial(&comparison->query);
	if (comparison->whole)
		count = count_people(model, comparison);
	comparison->whole = false;
	return count > 0 ? count : count_people(model, comparison);
}

static bool
has_pieces(const char *query)
{
	struct words words;

	words_set(&words, query, SPELLING_PLAIN);
	return count_whole(&words) < words.count;
}

enum model_verdict
model_check(struct model *model, const char *query,
    enum model_match match, unsigned long count)
{
	struct comparison comparison;
	bool silent = true;

	/* O'K may begin O'Kelly, O Kelly and Okada: the manual does not say. */
	if (match == MODEL_BEGINNINGS && has_pieces(query))
		return MODEL_SILENT;
	for (unsigned allowed = 0; allowed <= ALLOW_ALL; allowed++) {
		unsigned long mine;

		comparison_set(&comparison, query, match, allowed);
		mine = count_matches(model, &comparison);
		if (mine == count)
			return MODEL_RIGHT;
		silent &= mine == 0;
	}
	return silent ? MODEL_SILENT : MODEL_WRONG;
}

bool
model_begins(const char *name, const char *query)
{
	struct comparison comparison;

	comparison_set(&comparison, query, MODEL_BEGINNINGS, ALLOW_ALL);
	return matches(&comparison, name);
}
