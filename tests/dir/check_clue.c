#include "dir/clue.h"

#include "base/buf.h"
#include "chance.h"
#include "text/distance.h"
#include "text/utf8.h"
#include "unit.h"

#include <string.h>

enum { WORD_MAX = 256, GROUP = 0 };

/* Words, one letter at a time; few letters make edits meet. */
struct letters {
	uint32_t points[WORD_MAX / 4];
	unsigned count;
};

static uint32_t
random_letter(void)
{
	static const uint32_t letters[] = { 'a', 'b', 'c', 'd', 'e', 0xdf,
		0x430, 0x674e, 0x1f600 };

	return letters[random_below(sizeof letters / sizeof letters[0])];
}

static struct letters
random_word(unsigned count)
{
	struct letters word = { .count = count };

	for (unsigned i = 0; i < count; i++)
		word.points[i] = random_letter();
	return word;
}

static void
insert_letter(struct letters *word, unsigned at, uint32_t letter)
{
	memmove(&word->points[at + 1], &word->points[at],
	    (word->count - at) * sizeof word->points[0]);
	word->points[at] = letter;
	word->count++;
}

static void
remove_letter(struct letters *word, unsigned at)
{
	word->count--;
	memmove(&word->points[at], &word->points[at + 1],
	    (word->count - at) * sizeof word->points[0]);
}

/* One slip of the pen. */
static void
edit(struct letters *word)
{
	unsigned at = random_below(word->count);
	uint32_t letter = word->points[at];

	switch (random_below(4)) {
	case 0:
		insert_letter(word, random_below(word->count + 1),
		    random_letter());
		break;
	case 1:
		if (word->count > 1)
			remove_letter(word, at);
		break;
	case 2:
		word->points[at] = random_letter();
		break;
	case 3:
		if (at + 1 == word->count)
			break;
		word->points[at] = word->points[at + 1];
		word->points[at + 1] = letter;
		break;
	}
}

static struct span
spell(const struct letters *word, char memory[WORD_MAX])
{
	struct buf out;

	buf_init(&out, memory, WORD_MAX);
	for (unsigned i = 0; i < word->count; i++)
		utf8_encode(&out, word->points[i]);
	ck_assert(!out.overflowed);
	return buf_span(&out);
}

static bool
is_same_form(const struct near *a, const struct near *b)
{
	return a->bucket == b->bucket && a->tag == b->tag;
}

/* With at most `left_out_max` letters left out of each. */
static bool
share_form(const struct clue_near *a, const struct clue_near *b,
    unsigned left_out_max)
{
	for (unsigned i = 0; i < a->count; i++)
		for (unsigned j = 0; j < b->count; j++)
			if (a->forms[i].left_out <= left_out_max &&
			    b->forms[j].left_out <= left_out_max &&
			    is_same_form(&a->forms[i], &b->forms[j]))
				return true;
	return false;
}

/* Two words that are `edits` slips apart at most; stored, and asked for. */
static void
check_pair(unsigned letters, unsigned edits)
{
	struct letters word = random_word(letters), other = word;
	char memory[2][WORD_MAX];
	struct clue_near stored, asked;
	struct span texts[2];
	unsigned distance;

	for (unsigned i = 0; i < edits; i++)
		edit(&other);
	texts[0] = spell(&word, memory[0]);
	texts[1] = spell(&other, memory[1]);
	distance = distance_between(texts[0], texts[1], edits);
	if (distance > edits || /* one place was edited twice */
	    (distance > 1 && other.count < CLUE_FAR_LETTERS))
		return;
	clue_make_near(&stored, GROUP, texts[0], NEAR_LEFT_OUT_MAX);
	clue_make_near(&asked, GROUP, texts[1], distance);
	ck_assert_msg(share_form(&stored, &asked, distance),
	    "%.*s, %.*s: %u apart", (int)texts[0].length, texts[0].data,
	    (int)texts[1].length, texts[1].data, distance);
}

START_TEST(words_one_edit_apart_share_a_form)
{
	for (unsigned letters = 1; letters <= 30; letters++)
		for (unsigned round = 0; round < 1000; round++)
			check_pair(letters, 1);
}
END_TEST

START_TEST(longer_words_two_edits_apart_share_a_form)
{
	for (unsigned letters = CLUE_FAR_LETTERS; letters <= 30; letters++)
		for (unsigned round = 0; round < 1000; round++)
			check_pair(letters, 2);
}
END_TEST

START_TEST(words_of_other_letters_share_none)
{
	unsigned shared = 0;

	for (unsigned round = 0; round < 2000; round++) {
		struct letters word = random_word(8), other = random_word(8);
		char memory[2][WORD_MAX];
		struct clue_near a, b;

		for (unsigned i = 0; i < other.count; i++)
			other.points[i] += 0x2000;
		clue_make_near(&a, GROUP, spell(&word, memory[0]), 2);
		clue_make_near(&b, GROUP, spell(&other, memory[1]), 2);
		shared += share_form(&a, &b, 2);
	}
	/* 34 bits tell 37 * 37 pairs of forms apart, but not for sure */
	ck_assert_uint_le(shared, 3);
}
END_TEST

/* How many different words there are when `left_out` letters are left out. */
static unsigned
count_without(const struct letters *word, unsigned left_out)
{
	static struct letters seen[CLUE_NEAR_MAX];
	unsigned count = 0;

	for (unsigned i = 0; i < word->count; i++)
		for (unsigned j = i; j < word->count; j++) {
			struct letters rest = *word;
			unsigned n = 0;

			if ((left_out == 2) != (i != j))
				continue;
			if (left_out == 2)
				remove_letter(&rest, j);
			if (left_out > 0)
				remove_letter(&rest, i);
			while (n < count && memcmp(seen[n].points,
			    rest.points, rest.count *
			    sizeof rest.points[0]) != 0)
				n++;
			if (n == count)
				seen[count++] = rest;
		}
	return count;
}

static void
check_forms(const struct letters *word, unsigned left_out_max)
{
	unsigned counts[NEAR_LEFT_OUT_MAX + 1] = { 0 };
	struct clue_near near;
	char memory[WORD_MAX];

	clue_make_near(&near, GROUP, spell(word, memory), left_out_max);
	ck_assert_uint_le(near.count, CLUE_NEAR_MAX);
	for (unsigned i = 0; i < near.count; i++) {
		const struct near *form = &near.forms[i];

		ck_assert_uint_le(form->left_out, left_out_max);
		ck_assert_uint_lt(form->bucket, 1u << NEAR_BUCKET_BITS);
		ck_assert_uint_eq(form->word, 0);
		counts[form->left_out]++;
		for (unsigned j = 0; j < i; j++)
			ck_assert(form->left_out != near.forms[j].left_out ||
			    !is_same_form(form, &near.forms[j]));
	}
	if (word->count < CLUE_FAR_LETTERS && left_out_max > 1)
		left_out_max = 1;
	for (unsigned n = 0; n <= NEAR_LEFT_OUT_MAX; n++)
		ck_assert_msg(counts[n] == (n > left_out_max ? 0 :
		    count_without(word, n)), "%s without %u: %u", memory, n,
		    counts[n]);
}

START_TEST(each_form_is_there_once)
{
	for (unsigned letters = 1; letters <= CLUE_LETTERS; letters++)
		for (unsigned round = 0; round < 200; round++) {
			struct letters word = random_word(letters);

			for (unsigned max = 0; max <= NEAR_LEFT_OUT_MAX; max++)
				check_forms(&word, max);
		}
}
END_TEST

START_TEST(a_known_word_has_so_many_forms)
{
	static const struct {
		const char *word;
		unsigned left_out_max, count;
	} rows[] = {
		{ "", 2, 0 },
		{ "a", 2, 2 },
		{ "anna", 0, 1 },
		{ "anna", 1, 4 },       /* anna; nna ana ann */
		{ "anna", 2, 4 },       /* too short for more */
		{ "smith", 1, 6 },
		{ "smith", 2, 16 },
		{ "aaaaaa", 2, 3 },
		{ "李小龙", 2, 4 },
		{ "abcdefghijkl", 2, CLUE_NEAR_MAX },
		{ "abcdefghijklm", 2, CLUE_NEAR_MAX },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct clue_near near;

		clue_make_near(&near, GROUP, span_from(rows[i].word),
		    rows[i].left_out_max);
		ck_assert_msg(near.count == rows[i].count, "%s: %u",
		    rows[i].word, near.count);
	}
}
END_TEST

START_TEST(only_the_first_letters_count)
{
	static const char *const same[][2] = {
		{ "abcdefghijkl", "abcdefghijklm" },
		{ "abcdefghijkl", "abcdefghijklxyz" },
		{ "李小龙李小龙李小龙李小龙", "李小龙李小龙李小龙李小龙x" },
	};

	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
		struct clue_near a, b;

		clue_make_near(&a, GROUP, span_from(same[i][0]), 2);
		clue_make_near(&b, GROUP, span_from(same[i][1]), 2);
		ck_assert_uint_eq(a.count, b.count);
		for (unsigned n = 0; n < a.count; n++)
			ck_assert(is_same_form(&a.forms[n], &b.forms[n]));
	}
}
END_TEST

START_TEST(groups_do_not_meet)
{
	struct clue_near a, b;

	clue_make_near(&a, 0, span_from("smith"), 2);
	clue_make_near(&b, 1, span_from("smith"), 2);
	ck_assert_uint_eq(a.count, b.count);
	ck_assert(!share_form(&a, &b, 2));
}
END_TEST

/* They are stored: another release must find them. */
START_TEST(forms_never_change)
{
	static const struct {
		const char *word, *kept;
		uint8_t group;
		uint32_t bucket;
		uint16_t tag;
		unsigned left_out;
	} rows[] = {
		{ "smith", "smith", 0, 202132, 31057, 0 },
		{ "smith", "mith", 0, 25964, 27728, 1 },
		{ "smith", "smi", 0, 8168, 31422, 2 },
		{ "smith", "sit", 0, 45660, 18594, 2 },
		{ "smith", "smith", 1, 205074, 21935, 0 },
		{ "smith", "smth", 1, 112927, 26994, 1 },
		{ "李小龙", "李龙", 0, 18225, 38873, 1 },
		{ "abcdefghijkl", "bcdefghi", 0, 36288, 37143, 2 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct clue_near near;
		unsigned found = 0;

		clue_make_near(&near, rows[i].group, span_from(rows[i].word),
		    NEAR_LEFT_OUT_MAX);
		for (unsigned n = 0; n < near.count; n++)
			found += near.forms[n].bucket == rows[i].bucket &&
			    near.forms[n].tag == rows[i].tag &&
			    near.forms[n].left_out == rows[i].left_out;
		ck_assert_msg(found == 1, "%s of %s", rows[i].kept,
		    rows[i].word);
	}
}
END_TEST

/* Clues. */

static struct clue_list list;

/* "kind:text kind:text ..." */
static const char *
describe(char memory[WORD_MAX])
{
	struct buf out;

	buf_init(&out, memory, WORD_MAX - 1);
	for (unsigned i = 0; i < list.count; i++) {
		const struct clue *clue = &list.clues[i];

		if (i > 0)
			buf_add_char(&out, ' ');
		buf_add_char(&out, "?SEP"[clue->kind]);
		buf_add_char(&out, ':');
		buf_add(&out, clue->text);
	}
	memory[out.length] = '\0';
	return memory;
}

START_TEST(parts_are_three_characters_each_once)
{
	static const struct {
		const char *word, *clues;
	} rows[] = {
		{ "", "" }, { "a", "" }, { "ab", "" }, { "abc", "P:abc" },
		{ "smith", "P:smi P:mit P:ith" },
		{ "banana", "P:ban P:ana P:nan" },
		{ "aaaaaaa", "P:aaa" },
		{ "李小", "" }, { "李小龙", "P:李小龙" },
		{ "李小龙x", "P:李小龙 P:小龙x" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char memory[WORD_MAX];

		list.count = 0;
		clue_add_parts(&list, GROUP, span_from(rows[i].word));
		ck_assert_msg(strcmp(describe(memory), rows[i].clues) == 0,
		    "%s: %s", rows[i].word, memory);
	}
}
END_TEST

START_TEST(an_ending_begins_the_clue_of_what_ends_so)
{
	static const char *const rows[][2] = {
		{ "johnson", "son" }, { "johnson", "johnson" },
		{ "johnson", "n" }, { "李小龙", "小龙" },
		{ "müßig", "ßig" },
	};
	char text[CLUE_BYTES_MAX];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct span whole;

		list.count = 0;
		clue_add_ending(&list, GROUP, span_from(rows[i][0]));
		ck_assert_uint_eq(list.count, 1);
		ck_assert_int_eq(list.clues[0].kind, CLUE_ENDING);
		whole = (struct span){ text, list.clues[0].text.length };
		memcpy(text, list.clues[0].text.data, whole.length);
		list.count = 0;
		clue_add_ending(&list, GROUP, span_from(rows[i][1]));
		ck_assert_msg(span_starts_with(whole, list.clues[0].text),
		    "%s", rows[i][1]);
		ck_assert_uint_eq(list.clues[0].text.length,
		    strlen(rows[i][1]));
	}
	list.count = 0;
	clue_add_ending(&list, GROUP, span_from(""));
	ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(sounds_are_the_codes_of_the_word)
{
	static const char *const words[] = { "smith", "meyer", "jean",
		"schmidt", "x", "李小龙", "" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		struct span word = span_from(words[i]);
		struct sound sound;

		sound_make(&sound, word);
		list.count = 0;
		clue_add_sounds(&list, 3, word);
		ck_assert_uint_eq(list.count, sound.count);
		for (unsigned n = 0; n < sound.count; n++) {
			ck_assert_uint_eq(list.clues[n].group, 3);
			ck_assert_int_eq(list.clues[n].kind, CLUE_SOUND);
			ck_assert(span_equal(list.clues[n].text,
			    sound_code(&sound, n)));
		}
	}
}
END_TEST

START_TEST(all_are_those_of_each_kind)
{
	static const char *const words[] = { "smith", "jean", "李小龙", "o",
		"" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		char one[WORD_MAX], all[WORD_MAX];
		struct span word = span_from(words[i]);

		list.count = 0;
		clue_add_sounds(&list, GROUP, word);
		clue_add_ending(&list, GROUP, word);
		clue_add_parts(&list, GROUP, word);
		describe(one);
		list.count = 0;
		clue_add_all(&list, GROUP, word);
		ck_assert_str_eq(one, describe(all));
	}
}
END_TEST

static unsigned
count_kind(enum clue_kind kind)
{
	unsigned count = 0;

	for (unsigned i = 0; i < list.count; i++)
		count += list.clues[i].kind == kind;
	return count;
}

START_TEST(the_longest_words_have_all_their_clues)
{
	char text[CLUE_BYTES_MAX];
	struct span word = { text, sizeof text };
	struct clue_near near;
	struct buf out;

	/* no three letters twice: base 5 would repeat, this does not */
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)('a' + (i % 3 == 0 ? i / 3 % 26 :
		    i % 3 == 1 ? i / 78 : 25));
	list.count = 0;
	clue_add_all(&list, GROUP, word);
	ck_assert_uint_eq(count_kind(CLUE_ENDING), 1);
	ck_assert_uint_ge(count_kind(CLUE_PART), 100);
	ck_assert_uint_le(list.count, CLUE_LIST_MAX);
	clue_make_near(&near, GROUP, word, NEAR_LEFT_OUT_MAX);
	ck_assert_uint_le(near.count, CLUE_NEAR_MAX);

	buf_init(&out, text, sizeof text);
	for (uint32_t i = 0; i < CLUE_BYTES_MAX / 3; i++)
		utf8_encode(&out, 0x4e00 + i);
	ck_assert_uint_eq(out.length, CLUE_BYTES_MAX);
	list.count = 0;
	clue_add_all(&list, GROUP, word);
	ck_assert_uint_eq(count_kind(CLUE_PART), CLUE_BYTES_MAX / 3 - 2);
	ck_assert_uint_eq(count_kind(CLUE_ENDING), 1);
	for (unsigned i = 0; i < list.count; i++)
		ck_assert_uint_le(list.clues[i].text.length, CLUE_BYTES_MAX);
	clue_make_near(&near, GROUP, word, NEAR_LEFT_OUT_MAX);
	ck_assert_uint_eq(near.count, CLUE_NEAR_MAX);
}
END_TEST

UNIT_MAIN("dir/clue",
    words_one_edit_apart_share_a_form,
    longer_words_two_edits_apart_share_a_form,
    words_of_other_letters_share_none,
    each_form_is_there_once,
    a_known_word_has_so_many_forms,
    only_the_first_letters_count,
    groups_do_not_meet,
    forms_never_change,
    parts_are_three_characters_each_once,
    an_ending_begins_the_clue_of_what_ends_so,
    sounds_are_the_codes_of_the_word,
    all_are_those_of_each_kind,
    the_longest_words_have_all_their_clues)
