#include "config.h"

#include "dir/vocabulary.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/generation.h"
#include "small.h"
#include "text/sound.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

enum { ARENA_BYTES = 1 << 20, ENOUGH = 1 << 24, TEXT_MAX = 1 << 14 };

static const char *const people[] = {
	"name=Smith|key=1", "name=Smyth|key=2", "name=Smithe|key=3",
	"name=Smit|key=4", "name=Smiht|key=5", "name=Simth|key=6",
	"name=Hammersmith|key=7", "name=Jones|key=8", "name=Jonas|key=9",
	"name=Meyer|key=10", "name=Maier|key=11", "name=Mayer|key=12",
	"name=Stephen|key=13", "name=Steven|key=14", "name=Ng|key=15",
	"name=Wu|key=16", "name=Wo|key=17", "name=Montgomery|key=18",
	"name=Montgumery|key=19", "name=Mantgumery|key=20",
	"name=Abcxbcd|key=21", "name=Xabcdx|key=22",
	"name=\u674e\u5c0f\u9f99|key=23", "name=\u674e\u5c0f\u864e|key=24",
	"name=Johnson, Al-Wilson|key=25",
	"name=M\u00fcller|key=26", "name=Lee|key=27",
	"name=Leeeeeeeeeeee|key=28",
};

enum { PEOPLE = sizeof people / sizeof people[0] };

struct fixture {
	char *folder;
	struct directory *directory;
	struct reader *reader;
	struct arena *arena;
	struct postings_scope scope;
	char text[TEXT_MAX]; /* "word word word" */
	struct buf words;
	unsigned wanted; /* words until `take` has enough */
};

static void
begin(struct fixture *f, const char *const *entries, size_t count)
{
	struct fault fault;

	f->folder = small_folder();
	small_load(f->folder, entries, count);
	ck_assert_int_eq(directory_open(&f->directory, f->folder,
	    SMALL_MAP_BYTES, &fault), ERR_NONE);
	f->reader = reader_new(f->directory);
	f->arena = arena_new(ARENA_BYTES);
	ck_assert_int_eq(reader_begin(f->reader, &fault), ERR_NONE);
}

static void
end(struct fixture *f)
{
	reader_end(f->reader);
	arena_free(&f->arena);
	reader_free(&f->reader);
	directory_close(&f->directory);
	small_remove(&f->folder);
}

static void
begin_search(struct fixture *f, uint64_t budget)
{
	arena_reset(f->arena);
	postings_begin(&f->scope, reader_store(f->reader), f->arena, budget);
	buf_init(&f->words, f->text, sizeof f->text - 1);
	f->wanted = UINT32_MAX;
}

static const char *
end_search(struct fixture *f)
{
	postings_end(&f->scope);
	ck_assert(!f->words.overflowed);
	f->text[f->words.length] = '\0';
	return f->text;
}

static bool
take(void *context, struct span word)
{
	struct fixture *f = context;

	ck_assert_uint_gt(f->wanted, 0);
	if (f->words.length > 0)
		buf_add_char(&f->words, ' ');
	buf_add(&f->words, word);
	return --f->wanted > 0;
}

static void
take_list(struct fixture *f, const struct vocabulary_list *list)
{
	for (unsigned i = 0; i < list->count; i++)
		take(f, list->words[i].text);
}

static const char *
near(struct fixture *f, const char *word, unsigned distance)
{
	struct vocabulary_list list;

	begin_search(f, ENOUGH);
	list = vocabulary_near(&f->scope, span_from(word), distance);
	take_list(f, &list);
	ck_assert(!f->scope.cut && !f->scope.full);
	return end_search(f);
}

START_TEST(near_words_come_nearest_first)
{
	static const struct {
		const char *word;
		unsigned distance;
		const char *words;
	} rows[] = {
		/* each kind of slip; the word itself is not among them */
		{ "smith", 1, "simth smiht smit smithe smyth" },
		{ "jones", 1, "jonas" },
		{ "jomes", 1, "jones" },
		{ "jomes", 2, "jones jonas" },
		{ "montgomery", 1, "montgumery" },
		{ "montgomery", 2, "montgumery mantgumery" },
		{ "montgumery", 1, "mantgumery montgomery" },
		{ "mantgomerie", 2, "" },
		{ "wu", 1, "wo" },
		{ "w", 1, "wo wu" },
		{ "gn", 1, "ng" },
		{ "\u674e\u5c0f", 1,
		    "\u674e\u5c0f\u864e \u674e\u5c0f\u9f99" },
		{ "\u674e\u5c0f\u9f99", 1, "\u674e\u5c0f\u864e" },
		{ "muler", 1, "muller" },
		{ "qqqqq", 2, "" },
		{ "", 1, "" },
	};
	struct fixture f;

	begin(&f, people, PEOPLE);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_msg(strcmp(near(&f, rows[i].word, rows[i].distance),
		    rows[i].words) == 0, "%s: %s", rows[i].word, f.text);
	end(&f);
}
END_TEST

START_TEST(says_how_far_off_they_are)
{
	struct vocabulary_list list;
	struct fixture f;

	begin(&f, people, PEOPLE);
	begin_search(&f, ENOUGH);
	list = vocabulary_near(&f.scope, span_from("montgomery"), 2);
	ck_assert_uint_eq(list.count, 2);
	ck_assert_uint_eq(list.words[0].distance, 1);
	ck_assert_uint_eq(list.words[1].distance, 2);
	end_search(&f);
	end(&f);
}
END_TEST

START_TEST(every_name_has_its_words_in_the_vocabulary)
{
	static const char *const rows[][2] = {
		{ "alwilso", "alwilson" }, { "wilsom", "wilson" },
		{ "johnsom", "johnson" }, { "muellre", "mueller" },
	};
	struct fixture f;

	begin(&f, people, PEOPLE);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_str_eq(near(&f, rows[i][0], 1), rows[i][1]);
	end(&f);
}
END_TEST

static bool
has(const char *words, const char *word)
{
	const char *at = strstr(words, word);
	size_t length = strlen(word);

	for (; at != NULL; at = strstr(at + 1, word))
		if ((at == words || at[-1] == ' ') &&
		    (at[length] == ' ' || at[length] == '\0'))
			return true;
	return false;
}

static const char *
sounding(struct fixture *f, const char *word)
{
	struct vocabulary_list list;

	begin_search(f, ENOUGH);
	list = vocabulary_sounding(&f->scope, span_from(word));
	take_list(f, &list);
	for (unsigned i = 1; i < list.count; i++)
		ck_assert_uint_ge(list.words[i].distance,
		    list.words[i - 1].distance);
	ck_assert(!f->scope.cut && !f->scope.full);
	return end_search(f);
}

START_TEST(what_sounds_alike_is_found)
{
	static const char *const alike[][2] = {
		{ "smith", "smyth" }, { "smyth", "smith" },
		{ "meyer", "maier" }, { "maier", "mayer" },
		{ "mayr", "mayer" }, { "stephen", "steven" },
		{ "stefen", "stephen" },
	};
	static const char *const unlike[][2] = {
		{ "smith", "smith" }, { "meyer", "meyer" },
		{ "smith", "jones" }, { "steven", "smith" },
	};
	struct fixture f;

	begin(&f, people, PEOPLE);
	for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++)
		ck_assert_msg(has(sounding(&f, alike[i][0]), alike[i][1]),
		    "%s: %s", alike[i][0], f.text);
	for (size_t i = 0; i < sizeof unlike / sizeof unlike[0]; i++)
		ck_assert_msg(!has(sounding(&f, unlike[i][0]), unlike[i][1]),
		    "%s: %s", unlike[i][0], f.text);
	ck_assert_str_eq(sounding(&f, "\u674e\u5c0f"), "");
	ck_assert_str_eq(sounding(&f, ""), "");
	end(&f);
}
END_TEST

START_TEST(the_nearest_of_those_that_sound_alike_comes_first)
{
	struct fixture f;

	begin(&f, people, PEOPLE);
	ck_assert_str_eq(sounding(&f, "meyer"), "mayer maier");
	end(&f);
}
END_TEST

START_TEST(what_is_spelled_too_differently_does_not_sound_alike)
{
	struct sound lee, long_lee;
	struct fixture f;

	sound_make(&lee, span_from("lee"));
	sound_make(&long_lee, span_from("leeeeeeeeeeee"));
	ck_assert(span_equal(sound_code(&lee, 0), sound_code(&long_lee, 0)));
	begin(&f, people, PEOPLE);
	ck_assert_str_eq(sounding(&f, "lee"), "");
	ck_assert_str_eq(sounding(&f, "leee"), "lee");
	end(&f);
}
END_TEST

static const char *
ending(struct fixture *f, const char *text, unsigned wanted)
{
	begin_search(f, ENOUGH);
	f->wanted = wanted;
	vocabulary_ending(&f->scope, span_from(text), take, f);
	ck_assert(!f->scope.cut && !f->scope.full);
	return end_search(f);
}

static const char *
having(struct fixture *f, const char *text, unsigned wanted)
{
	begin_search(f, ENOUGH);
	f->wanted = wanted;
	vocabulary_having(&f->scope, span_from(text), take, f);
	ck_assert(!f->scope.cut && !f->scope.full);
	return end_search(f);
}

START_TEST(endings_are_found_whatever_begins)
{
	static const char *const rows[][2] = {
		{ "smith", "hammersmith smith" },
		{ "ith", "hammersmith smith" },
		{ "son", "alwilson johnson wilson" },
		{ "hammersmith", "hammersmith" },
		{ "xhammersmith", "" },
		{ "\u9f99", "\u674e\u5c0f\u9f99" },
		{ "smit", "smit" },
		{ "", "" },
	};
	struct fixture f;

	begin(&f, people, PEOPLE);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_msg(strcmp(ending(&f, rows[i][0], 100),
		    rows[i][1]) == 0, "%s: %s", rows[i][0], f.text);
	end(&f);
}
END_TEST

START_TEST(parts_are_found_wherever_they_are)
{
	static const char *const rows[][2] = {
		{ "mit", "hammersmith smit smith smithe" },
		{ "smith", "hammersmith smith smithe" },
		{ "ammers", "hammersmith" },
		/* has all parts of it, and not it */
		{ "abcd", "xabcdx" },
		{ "abc", "abcxbcd xabcdx" },
		{ "\u674e\u5c0f\u9f99", "\u674e\u5c0f\u9f99" },
		{ "\u5c0f\u9f99\u674e", "" },
		{ "zzz", "" },
		{ "mi", "" },   /* too short */
		{ "", "" },
	};
	struct fixture f;

	begin(&f, people, PEOPLE);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_msg(strcmp(having(&f, rows[i][0], 100),
		    rows[i][1]) == 0, "%s: %s", rows[i][0], f.text);
	end(&f);
}
END_TEST

START_TEST(who_has_enough_is_asked_no_more)
{
	struct fixture f;

	begin(&f, people, PEOPLE);
	ck_assert_str_eq(ending(&f, "son", 1), "alwilson");
	ck_assert_str_eq(ending(&f, "son", 2), "alwilson johnson");
	ck_assert_str_eq(having(&f, "mit", 1), "hammersmith");
	end(&f);
}
END_TEST

START_TEST(what_is_too_long_is_nobodys_word)
{
	static char text[1000];
	struct fixture f;

	memset(text, 'a', sizeof text - 1);
	begin(&f, people, PEOPLE);
	ck_assert_str_eq(ending(&f, text, 100), "");
	ck_assert_str_eq(having(&f, text, 100), "");
	ck_assert_str_eq(near(&f, text, 2), "");
	end(&f);
}
END_TEST

/* One way to ask, with a budget; the words go to f->text. */
enum way { NEAR, SOUNDING, ENDING, HAVING, WAYS };

static const char *
ask(struct fixture *f, enum way way, uint64_t budget)
{
	struct vocabulary_list list = { .count = 0 };

	begin_search(f, budget);
	switch (way) {
	case NEAR:
		list = vocabulary_near(&f->scope, span_from("smith"), 1);
		break;
	case SOUNDING:
		list = vocabulary_sounding(&f->scope, span_from("meyer"));
		break;
	case ENDING:
		vocabulary_ending(&f->scope, span_from("son"), take, f);
		break;
	default:
		vocabulary_having(&f->scope, span_from("mit"), take, f);
	}
	take_list(f, &list);
	return end_search(f);
}

/* What a smaller budget finds is some of it. */
static void
check_some(const char *some, const char *all)
{
	char copy[TEXT_MAX], *rest = copy, *word;

	strcpy(copy, some);
	while ((word = strsep(&rest, " ")) != NULL)
		ck_assert_msg(*word == '\0' || has(all, word), "%s of %s",
		    word, all);
}

START_TEST(a_budget_that_ends_says_so)
{
	struct fixture f;

	begin(&f, people, PEOPLE);
	for (enum way way = NEAR; way < WAYS; way++) {
		char all[TEXT_MAX];
		unsigned cut = 0;

		strcpy(all, ask(&f, way, ENOUGH));
		ck_assert_uint_gt(strlen(all), 0);
		for (uint64_t budget = 0; budget < 300; budget++) {
			check_some(ask(&f, way, budget), all);
			cut += f.scope.cut;
			if (!f.scope.cut)
				ck_assert_str_eq(f.text, all);
		}
		ck_assert_uint_gt(cut, 0);
		ck_assert_uint_lt(cut, 300);
	}
	end(&f);
}
END_TEST

/*
 * 26 words with a letter too many, and 676 in which two letters are any: of
 * these 50 have one wrong, 625 two.
 */
START_TEST(of_too_many_the_nearest_are_kept)
{
	enum { LETTERS = 26, TWO = LETTERS * LETTERS, ONE = LETTERS + 50 };
	static char text[LETTERS + TWO][64];
	static const char *entries[LETTERS + TWO];
	struct vocabulary_list list;
	struct fixture f;
	unsigned one = 0;

	for (unsigned i = 0; i < LETTERS + TWO; i++) {
		unsigned left = i / LETTERS, right = i % LETTERS;

		if (left == LETTERS)
			snprintf(text[i], sizeof text[i],
			    "name=mont%cgomery|key=%u", 'a' + right, i);
		else
			snprintf(text[i], sizeof text[i],
			    "name=mon%cgo%cery|key=%u", 'a' + left,
			    'a' + right, i);
		entries[i] = text[i];
	}
	begin(&f, entries, LETTERS + TWO);
	begin_search(&f, ENOUGH);
	list = vocabulary_near(&f.scope, span_from("montgomery"), 2);
	ck_assert_uint_le(list.count, VOCABULARY_MAX);
	for (unsigned i = 0; i < list.count; i++)
		one += list.words[i].distance == 1;
	ck_assert_uint_eq(one, ONE);
	end_search(&f);
	end(&f);
}
END_TEST

START_TEST(an_arena_that_is_full_says_so)
{
	struct vocabulary_list list;
	struct fixture f;

	begin(&f, people, PEOPLE);
	arena_free(&f.arena);
	f.arena = arena_new(64);
	begin_search(&f, ENOUGH);
	list = vocabulary_near(&f.scope, span_from("smith"), 1);
	ck_assert_uint_eq(list.count, 0);
	ck_assert(f.scope.full);
	end_search(&f);
	end(&f);
}
END_TEST

UNIT_MAIN("dir/vocabulary",
    near_words_come_nearest_first,
    says_how_far_off_they_are,
    every_name_has_its_words_in_the_vocabulary,
    what_sounds_alike_is_found,
    the_nearest_of_those_that_sound_alike_comes_first,
    what_is_spelled_too_differently_does_not_sound_alike,
    endings_are_found_whatever_begins,
    parts_are_found_wherever_they_are,
    who_has_enough_is_asked_no_more,
    what_is_too_long_is_nobodys_word,
    a_budget_that_ends_says_so,
    of_too_many_the_nearest_are_kept,
    an_arena_that_is_full_says_so)
