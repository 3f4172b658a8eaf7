#include "sample/lists.h"

#include "base/arena.h"
#include "base/buf.h"
#include "sample/letters.h"
#include "sample/names.h"
#include "sample/random.h"
#include "text/fold.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	ASCII_BYTES = 4 << 20, /* some 50,000 names of a dozen letters */
	NAME_BYTES_MAX = 128,
	LISTS_MAX = 512,
	RANK_WEIGHT = 1000000,
	NATIVE_LATIN_SHARE = 6,
};

struct name_list {
	enum list_kind kind;
	enum list_script script;
	char country[3];
	unsigned count, capacity;
	struct name *names;
	uint64_t *upto; /* the sum of the weights as far as this name */
};

struct lists {
	struct arena *arena;
	unsigned count;
	struct name_list list[LISTS_MAX];
};

/* One of the two tables of countries. */
struct table {
	enum list_kind kind;
	const struct local_name *rows;
	unsigned count;
};

static struct span
keep(struct lists *lists, struct span text)
{
	struct span kept;
	bool fits = arena_copy(lists->arena, text, &kept);

	assert(fits);
	return kept;
}

/* What of a folded name may stand in a mail address. */
static struct span
make_ascii(struct lists *lists, const char *name)
{
	char memory[8 * NAME_BYTES_MAX];
	struct buf folded;
	size_t kept = 0;

	buf_init(&folded, memory, sizeof memory);
	fold_add(&folded, span_from(name));
	for (size_t i = 0; i < folded.length; i++) {
		char c = memory[i];
		bool is_inner = kept > 0 && i + 1 < folded.length;

		if ((c >= 'a' && c <= 'z') || (c == '-' && is_inner))
			memory[kept++] = c;
	}
	return keep(lists, (struct span){ memory, kept });
}

static void
list_grow(struct name_list *list)
{
	list->capacity = 2 * list->capacity + 16;
	list->names =
	    realloc(list->names, list->capacity * sizeof *list->names);
	list->upto = realloc(list->upto, list->capacity * sizeof *list->upto);
	assert(list->names != NULL && list->upto != NULL);
}

static void
list_add(struct name_list *list, struct name name, uint64_t weight)
{
	if (list->count == list->capacity)
		list_grow(list);
	list->names[list->count] = name;
	list->upto[list->count] = weight;
	if (list->count > 0)
		list->upto[list->count] += list->upto[list->count - 1];
	list->count++;
}

/* The number of the list, or how many there are. */
static unsigned
find(const struct lists *lists, enum list_kind kind, enum list_script script,
    struct span country)
{
	unsigned i;

	for (i = 0; i < lists->count; i++)
		if (lists->list[i].kind == kind &&
		    lists->list[i].script == script &&
		    span_is(country, lists->list[i].country))
			break;
	return i;
}

static struct name_list *
find_or_add(struct lists *lists, enum list_kind kind, enum list_script script,
    const char *country)
{
	unsigned at = find(lists, kind, script, span_from(country));
	struct name_list *list = &lists->list[at];

	assert(at < LISTS_MAX);
	if (at == lists->count) {
		*list = (struct name_list){ .kind = kind, .script = script };
		memcpy(list->country, country, strlen(country) + 1);
		lists->count++;
	}
	return list;
}

/* Basic Latin to Latin Extended-B and IPA, and Latin Extended Additional. */
static bool
is_latin(const char *text)
{
	size_t length;
	uint32_t c = utf8_decode(span_from(text), &length);

	return c < 0x370 || (c >= 0x1e00 && c < 0x1f00);
}

/* Some romanisations mark the tones, which nobody does in his own name. */
static bool
marks_tones(const char *country)
{
	return strcmp(country, "CN") == 0 || strcmp(country, "TW") == 0;
}

static struct span
capitalised(struct lists *lists, struct span ascii)
{
	char memory[NAME_BYTES_MAX];

	assert(ascii.length > 0 && ascii.length <= sizeof memory);
	memcpy(memory, ascii.data, ascii.length);
	memory[0] = (char)(memory[0] - 'a' + 'A');
	return keep(lists, (struct span){ memory, ascii.length });
}

static bool
country_is_counted(const struct table *table, const char *country)
{
	for (unsigned i = 0; i < table->count; i++)
		if (strcmp(table->rows[i].country, country) == 0 &&
		    table->rows[i].count == 0)
			return false;
	return true;
}

/* Counts where the whole country has them, else one over the rank. */
static uint64_t
weigh(const struct table *table, const struct local_name *row)
{
	if (row->count > 0 && country_is_counted(table, row->country))
		return row->count;
	return RANK_WEIGHT / row->rank;
}

static void
add_row(struct lists *lists, const struct table *table,
    const struct local_name *row)
{
	uint64_t weight = weigh(table, row);
	struct name native = { span_from(row->native),
		make_ascii(lists, row->roman) };
	struct name roman = { span_from(row->roman), native.ascii };
	bool native_is_latin = is_latin(row->native);

	if (native.ascii.length == 0)
		return;
	if (marks_tones(row->country))
		roman.text = capitalised(lists, roman.ascii);
	list_add(find_or_add(lists, table->kind, LIST_LATIN, row->country),
	    roman, weight);
	if (strcmp(row->native, row->roman) == 0)
		return;
	if (native_is_latin) /* O Murchu with accents: few write Murphy so */
		list_add(find_or_add(lists, table->kind, LIST_LATIN,
		    row->country), native, weight / NATIVE_LATIN_SHARE);
	else
		list_add(find_or_add(lists, table->kind, LIST_NATIVE,
		    row->country), native, weight);
}

static void
add_counted(struct lists *lists)
{
	struct name_list *list =
	    find_or_add(lists, LIST_FIRST, LIST_LATIN, "*");

	for (unsigned i = 0; i < names_us_count; i++) {
		const struct counted_name *row = &names_us[i];
		struct name name = { span_from(row->text),
			make_ascii(lists, row->text) };

		list_add(list, name, row->count);
	}
}

struct lists *
lists_new(void)
{
	const struct table tables[] = {
		{ LIST_FIRST, names_first, names_first_count },
		{ LIST_LAST, names_last, names_last_count },
	};
	struct lists *lists = calloc(1, sizeof *lists);

	assert(lists != NULL);
	lists->arena = arena_new(ASCII_BYTES);
	add_counted(lists);
	for (unsigned t = 0; t < sizeof tables / sizeof tables[0]; t++)
		for (unsigned i = 0; i < tables[t].count; i++)
			add_row(lists, &tables[t], &tables[t].rows[i]);
	return lists;
}

void
lists_free(struct lists **lists)
{
	for (unsigned i = 0; i < (*lists)->count; i++) {
		free((*lists)->list[i].upto);
		free((*lists)->list[i].names);
	}
	arena_free(&(*lists)->arena);
	free(*lists);
	*lists = NULL;
}

const struct name_list *
lists_find(const struct lists *lists, enum list_kind kind,
    enum list_script script, struct span country)
{
	unsigned at = find(lists, kind, script, country);

	return at < lists->count ? &lists->list[at] : NULL;
}

const struct name *
name_list_draw(const struct name_list *list, struct random *random)
{
	uint64_t total = list->upto[list->count - 1];
	uint64_t drawn = random_next(random) % total;
	unsigned low = 0, high = list->count - 1;

	/* The first name whose sum is above the number drawn. */
	while (low < high) {
		unsigned middle = low + (high - low) / 2;

		if (list->upto[middle] <= drawn)
			low = middle + 1;
		else
			high = middle;
	}
	return &list->names[low];
}

static bool
is_one_word(struct span text)
{
	for (size_t i = 0; i < text.length; i++)
		if (strchr(" '-", text.data[i]) != NULL)
			return false;
	return true;
}

static int
compare_words(const void *a, const void *b)
{
	return span_compare(*(const struct span *)a, *(const struct span *)b);
}

/* The last names of one word in Latin letters; the memory is the caller's. */
static struct span *
collect_words(const struct lists *lists, unsigned *count)
{
	struct span *words = NULL;

	*count = 0;
	for (unsigned i = 0; i < lists->count; i++) {
		const struct name_list *list = &lists->list[i];

		if (list->kind != LIST_LAST || list->script != LIST_LATIN)
			continue;
		words = realloc(words, (*count + list->count) * sizeof *words);
		assert(words != NULL);
		for (unsigned n = 0; n < list->count; n++)
			if (is_one_word(list->names[n].text))
				words[(*count)++] = list->names[n].text;
	}
	return words;
}

void
lists_teach(const struct lists *lists, struct letters *letters)
{
	unsigned count;
	struct span *words = collect_words(lists, &count);

	/* Once each, else the model would mostly spell the common ones. */
	qsort(words, count, sizeof *words, compare_words);
	for (unsigned i = 0; i < count; i++)
		if (i == 0 || !span_equal(words[i], words[i - 1]))
			letters_read(letters, words[i]);
	free(words);
}
