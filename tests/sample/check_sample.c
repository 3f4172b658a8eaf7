#include "unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/span.h"
#include "sample/letters.h"
#include "sample/mailbox.h"
#include "sample/number.h"
#include "sample/random.h"
#include "sample/sample.h"
#include "text/utf8.h"

#include <stdint.h>
#include <string.h>

enum {
	COLUMNS = 10,
	COLUMN_KEY = 0,
	COLUMN_NAME = 1,
	COLUMN_ROOM = 3,
	COLUMN_PHONE = 4,
	COLUMN_UID = 5,
	COLUMN_ADDRESSES = 7,
};

/* Rows are kept on the heap: 300 bytes each are plenty on average. */
struct people {
	struct buf rows;
	unsigned count;
};

static void
people_make(struct people *people, uint64_t seed, unsigned count)
{
	size_t size = (size_t)count * 300 + 2 * SAMPLE_ROW_MAX;
	struct sample *sample = sample_new(seed);

	buf_init(&people->rows, malloc(size), size);
	people->count = count;
	for (unsigned i = 0; i < count; i++)
		sample_add_person(sample, &people->rows);
	sample_free(&sample);
	ck_assert_ptr_null(sample);
	ck_assert(!people->rows.overflowed);
}

static void
people_free(struct people *people)
{
	free(people->rows.data);
}

/* The next field of a row that has no doubled quotes, which is checked. */
static struct span
next_field(struct span *rest)
{
	struct span field;

	if (rest->length == 0 || rest->data[0] != '"')
		return span_cut(rest, ',');
	*rest = span_skip(*rest, 1);
	field = span_cut(rest, '"');
	ck_assert(rest->length == 0 || rest->data[0] == ',');
	*rest = span_skip(*rest, 1);
	return field;
}

/* Cut the next row into its fields; false: that was the last one. */
static bool
next_row(struct span *rest, struct span fields[COLUMNS])
{
	struct span row;

	if (rest->length == 0)
		return false;
	row = span_cut(rest, '\n');
	ck_assert(row.length > 0);
	ck_assert(row.data[row.length - 1] == '\r');
	row.length--;
	for (unsigned i = 0; i < COLUMNS; i++)
		fields[i] = next_field(&row);
	ck_assert(row.length == 0);
	return true;
}

static int
compare_spans(const void *a, const void *b)
{
	return span_compare(*(const struct span *)a, *(const struct span *)b);
}

/* How many different values there are; sorts them. */
static unsigned
count_different(struct span *values, unsigned count)
{
	unsigned different = count > 0;

	qsort(values, count, sizeof *values, compare_spans);
	for (unsigned i = 1; i < count; i++)
		different += !span_equal(values[i], values[i - 1]);
	return different;
}

START_TEST(the_seed_decides_every_byte)
{
	struct people a, b, other;

	people_make(&a, 7, 5000);
	people_make(&b, 7, 5000);
	people_make(&other, 8, 5000);
	ck_assert(span_equal(buf_span(&a.rows), buf_span(&b.rows)));
	ck_assert(!span_equal(buf_span(&a.rows), buf_span(&other.rows)));
	people_free(&other);
	people_free(&b);
	people_free(&a);
}
END_TEST

START_TEST(the_first_people_do_not_depend_on_how_many_follow)
{
	struct people few, many;

	people_make(&few, 1, 1000);
	people_make(&many, 1, 3000);
	ck_assert(span_starts_with(buf_span(&many.rows), buf_span(&few.rows)));
	people_free(&many);
	people_free(&few);
}
END_TEST

static const char first_row[] = "536271,\"Ahmedo, Paulina\","
    "Office of the Registrar,WSSB 246,679-2111x(66246),ahmedop,"
    "ahmedop@bosshog.example.edu,paulina.ahmedo@alumni.example.edu,"
    "Postdoctoral Fellow,";

/* What was made with a seed by one release is made by the next. */
START_TEST(the_sample_of_a_seed_stays_the_same)
{
	struct people people;
	struct span rest;

	people_make(&people, 1, 1);
	rest = buf_span(&people.rows);
	ck_assert(span_is(span_cut(&rest, '\r'), first_row));
	people_free(&people);
}
END_TEST

START_TEST(the_header_names_the_columns)
{
	char memory[256];
	struct buf out;
	struct span rest, fields[COLUMNS];

	buf_init(&out, memory, sizeof memory);
	sample_add_header(&out);
	rest = buf_span(&out);
	ck_assert(next_row(&rest, fields));
	ck_assert(span_is(fields[COLUMN_KEY], "index_key"));
	ck_assert(span_is(fields[COLUMN_NAME], "full_name"));
	ck_assert(span_is(fields[COLUMN_ADDRESSES], "directory_addresses"));
	ck_assert(span_is(fields[COLUMNS - 1], "nickname"));
	ck_assert(!next_row(&rest, fields));
}
END_TEST

START_TEST(every_row_is_clean)
{
	struct people people;
	struct span rest, fields[COLUMNS];
	unsigned rows = 0;

	people_make(&people, 2, 20000);
	rest = buf_span(&people.rows);
	ck_assert(utf8_is_valid(rest));
	while (next_row(&rest, fields)) {
		rows++;
		ck_assert(fields[COLUMN_NAME].length > 0);
		ck_assert(fields[COLUMN_UID].length > 0);
		for (unsigned i = 0; i < COLUMNS; i++) {
			struct span trimmed = span_trim(fields[i]);

			ck_assert(trimmed.length == fields[i].length);
		}
	}
	ck_assert_uint_eq(rows, people.count);
	people_free(&people);
}
END_TEST

START_TEST(keys_are_unique_and_have_6_to_9_digits)
{
	enum { COUNT = 200000 };
	struct people people;
	struct span *keys = calloc(COUNT, sizeof *keys);
	struct span rest, fields[COLUMNS];
	unsigned lengths[10] = { 0 };

	people_make(&people, 3, COUNT);
	rest = buf_span(&people.rows);
	for (unsigned i = 0; next_row(&rest, fields); i++) {
		keys[i] = fields[COLUMN_KEY];
		ck_assert(keys[i].length >= 6 && keys[i].length <= 9);
		ck_assert(keys[i].data[0] != '0');
		ck_assert(!span_is(keys[i], "481800"));
		lengths[keys[i].length]++;
	}
	ck_assert_uint_eq(count_different(keys, COUNT), COUNT);
	for (unsigned i = 6; i <= 9; i++)
		ck_assert_uint_eq(lengths[i], COUNT / 4);
	people_free(&people);
	free(keys);
}
END_TEST

/* 899,999 numbers are permuted; 481800 is the one of 900,000 left out. */
START_TEST(all_keys_of_six_digits_are_given_out_but_one)
{
	enum { NUMBERS = 900000 };
	unsigned char *given = calloc(NUMBERS, 1);
	unsigned long sum = 0;

	for (uint64_t i = 0; i < 4 * (NUMBERS - 1); i += 4) {
		uint32_t key = number_index_key(5, i);

		ck_assert(key >= 100000 && key <= 999999);
		sum += given[key - 100000]++ == 0;
	}
	ck_assert_uint_eq(sum, NUMBERS - 1);
	ck_assert_uint_eq(given[NUMBER_NEVER - 100000], 0);
	ck_assert_uint_ge(number_index_key(5, 4 * (NUMBERS - 1)), 100000000);
	free(given);
}
END_TEST

START_TEST(permutes_any_range)
{
	static const uint32_t counts[] = { 1, 2, 3, 7, 64, 65, 1000, 4097 };

	for (unsigned c = 0; c < sizeof counts / sizeof counts[0]; c++) {
		bool *seen = calloc(counts[c], sizeof *seen);

		for (uint32_t i = 0; i < counts[c]; i++) {
			uint32_t place = number_permute(9, i, counts[c]);

			ck_assert(place < counts[c]);
			ck_assert(!seen[place]);
			seen[place] = true;
		}
		free(seen);
	}
}
END_TEST

/* All of them, uids included: a mailbox is one person's. */
START_TEST(mailboxes_are_unique)
{
	enum { COUNT = 50000, ADDRESSES_MAX = 4 };
	struct people people;
	struct span *all = calloc(COUNT * ADDRESSES_MAX, sizeof *all);
	struct span rest, fields[COLUMNS];
	unsigned count = 0;

	people_make(&people, 4, COUNT);
	rest = buf_span(&people.rows);
	while (next_row(&rest, fields)) {
		struct span addresses = fields[COLUMN_ADDRESSES];
		unsigned before = count;

		while (addresses.length > 0)
			all[count++] = span_cut(&addresses, ' ');
		ck_assert(count > before && count - before <= ADDRESSES_MAX);
	}
	ck_assert_uint_eq(count_different(all, count), count);
	people_free(&people);
	free(all);
}
END_TEST

START_TEST(asked_again_a_mailbox_gets_a_number)
{
	struct mailboxes *mailboxes = mailboxes_new();
	char memory[64];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	mailboxes_add_unique(mailboxes, &out, span_from("j.smith"));
	ck_assert(span_is(buf_span(&out), "j.smith"));
	buf_rewind(&out, 0);
	mailboxes_add_unique(mailboxes, &out, span_from("j.smith"));
	ck_assert(span_is(buf_span(&out), "j.smith2"));
	buf_rewind(&out, 0);
	mailboxes_add_unique(mailboxes, &out, span_from("reggers"));
	ck_assert(span_is(buf_span(&out), "reggers2"));
	mailboxes_free(&mailboxes);
}
END_TEST

static bool
has_any(struct span text, const char *characters)
{
	for (size_t i = 0; i < text.length; i++)
		if (strchr(characters, text.data[i]) != NULL)
			return true;
	return false;
}

/* Behind Latin Extended-B and before the Latin and Greek extensions. */
static bool
has_other_script(struct span text)
{
	while (text.length > 0) {
		size_t length;
		uint32_t c = utf8_decode(text, &length);

		if (c >= 0x370 && (c < 0x1e00 || c >= 0x3000))
			return true;
		text = span_skip(text, length);
	}
	return false;
}

START_TEST(names_are_of_many_kinds)
{
	enum { COUNT = 50000 };
	struct people people;
	struct span rest, fields[COLUMNS];
	unsigned accents = 0, hyphens = 0, apostrophes = 0, mononyms = 0;
	unsigned initials = 0, scripts = 0, suffixes = 0;

	people_make(&people, 6, COUNT);
	rest = buf_span(&people.rows);
	while (next_row(&rest, fields)) {
		struct span first = fields[COLUMN_NAME];
		struct span last = span_cut(&first, ',');

		hyphens += has_any(last, "-");
		apostrophes += has_any(last, "'");
		mononyms += first.length == 0;
		initials += has_any(first, ".");
		suffixes += has_any(first, ",");
		if (has_other_script(fields[COLUMN_NAME]))
			scripts++;
		else
			accents += !utf8_is_ascii(fields[COLUMN_NAME]);
	}
	ck_assert_uint_ge(accents, COUNT * 3 / 100);
	ck_assert_uint_ge(scripts, COUNT * 2 / 100);
	ck_assert_uint_ge(hyphens, COUNT / 200);
	ck_assert_uint_ge(apostrophes, COUNT / 200);
	ck_assert_uint_ge(mononyms, COUNT / 500);
	ck_assert_uint_ge(initials, COUNT / 20);
	ck_assert_uint_ge(suffixes, COUNT / 500);
	people_free(&people);
}
END_TEST

START_TEST(rooms_and_phones_are_shared)
{
	enum { COUNT = 50000 };
	struct people people;
	struct span *rooms = calloc(COUNT, sizeof *rooms);
	struct span *phones = calloc(COUNT, sizeof *phones);
	struct span rest, fields[COLUMNS];

	people_make(&people, 6, COUNT);
	rest = buf_span(&people.rows);
	for (unsigned i = 0; next_row(&rest, fields); i++) {
		rooms[i] = fields[COLUMN_ROOM];
		phones[i] = fields[COLUMN_PHONE];
	}
	ck_assert_uint_lt(count_different(rooms, COUNT), COUNT / 2);
	ck_assert_uint_lt(count_different(phones, COUNT), COUNT / 2);
	people_free(&people);
	free(phones);
	free(rooms);
}
END_TEST

/* A heavy head and a long tail, as among a real million. */
START_TEST(a_million_bear_some_150000_surnames)
{
	enum { COUNT = 1000000, NAME_BYTES = 32 };
	struct sample *sample = sample_new(1);
	struct arena *arena = arena_new(COUNT * NAME_BYTES);
	struct span *names = calloc(COUNT, sizeof *names);
	char memory[SAMPLE_ROW_MAX];
	struct buf row;
	unsigned smiths = 0, different;

	buf_init(&row, memory, sizeof memory);
	for (unsigned i = 0; i < COUNT; i++) {
		struct span rest, fields[COLUMNS];

		buf_rewind(&row, 0);
		sample_add_person(sample, &row);
		rest = buf_span(&row);
		ck_assert(next_row(&rest, fields));
		ck_assert(arena_copy(arena,
		    span_cut(&fields[COLUMN_NAME], ','), &names[i]));
		smiths += span_is(names[i], "Smith");
	}
	different = count_different(names, COUNT);
	ck_assert_uint_ge(different, 135000);
	ck_assert_uint_le(different, 165000);
	ck_assert_uint_ge(smiths, COUNT / 200);
	free(names);
	arena_free(&arena);
	sample_free(&sample);
}
END_TEST

START_TEST(a_letter_model_knows_only_what_it_has_read)
{
	struct letters *letters = letters_new();
	struct random random = random_from(1, 1);
	char words[LETTERS_WORD_BYTES], forms[LETTERS_WORD_BYTES];
	struct buf word, ascii;

	letters_read(letters, span_from("Émile"));
	letters_finish(letters);
	for (unsigned i = 0; i < 100; i++) {
		buf_init(&word, words, sizeof words);
		buf_init(&ascii, forms, sizeof forms);
		letters_add_word(letters, &random, &word, &ascii);
		ck_assert(span_is(buf_span(&word), "Émile"));
		ck_assert(span_is(buf_span(&ascii), "emile"));
	}
	letters_free(&letters);
}
END_TEST

UNIT_MAIN("sample", the_seed_decides_every_byte,
    the_first_people_do_not_depend_on_how_many_follow,
    the_sample_of_a_seed_stays_the_same, the_header_names_the_columns,
    every_row_is_clean, keys_are_unique_and_have_6_to_9_digits,
    all_keys_of_six_digits_are_given_out_but_one, permutes_any_range,
    mailboxes_are_unique, asked_again_a_mailbox_gets_a_number,
    names_are_of_many_kinds, rooms_and_phones_are_shared,
    a_million_bear_some_150000_surnames,
    a_letter_model_knows_only_what_it_has_read)
