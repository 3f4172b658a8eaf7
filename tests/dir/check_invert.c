#include "unit.h"

#include "dir/invert.h"
#include "dir/postings_merge.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * Entry `id` has the terms "d2", "d3", ... of its divisors up to DIVISORS, and
 * one of its own, "own" and the id.
 */
enum { ENTRIES = 20000, DIVISORS = 200, TERMS_MAX = DIVISORS + 1 };

static char folder[32];

static void *memory[4];

/* In memory of just that size, which a sanitizer watches. */
static struct inverter *
new_inverter(unsigned nth, const char *where, size_t bytes)
{
	memory[nth] = malloc(bytes);
	ck_assert_ptr_nonnull(memory[nth]);
	return inverter_new(where, memory[nth], bytes);
}

static void
free_inverter(unsigned nth, struct inverter **inverter)
{
	inverter_free(inverter);
	ck_assert_ptr_null(*inverter);
	free(memory[nth]);
}

static size_t
terms_of(uint32_t id, char texts[TERMS_MAX][16], struct span *terms)
{
	size_t count = 0;

	for (uint32_t d = 1; d <= DIVISORS; d++) {
		if (id % d != 0)
			continue;
		snprintf(texts[count], 16, "d%u", d);
		terms[count] = span_from(texts[count]);
		count++;
	}
	snprintf(texts[count], 16, "own%u", id);
	terms[count] = span_from(texts[count]);
	return count + 1;
}

/*
 * Entries in blocks of `block` to each of the inverters in turn.  Of every
 * second one the last term is added as its own.
 */
static void
invert(struct inverter **inverters, unsigned inverter_count, uint32_t block)
{
	char texts[TERMS_MAX][16];
	struct span terms[TERMS_MAX];
	struct fault fault;

	for (uint32_t id = 1; id <= ENTRIES; id++) {
		struct inverter *inverter =
		    inverters[id / block % inverter_count];
		size_t count = terms_of(id, texts, terms);

		if (id % 2 == 0)
			inverter_add_own(inverter, id, terms[--count]);
		inverter_add(inverter, id, terms, count);
	}
	for (unsigned i = 0; i < inverter_count; i++)
		ck_assert_int_eq(inverter_finish(inverters[i], &fault),
		    ERR_NONE);
}

static void
check_list(struct postings_merge *merge, struct span term)
{
	uint32_t ids[100], step, next;
	char text[32];
	size_t count;

	snprintf(text, sizeof text, "%.*s", (int)term.length, term.data);
	if (text[0] == 'o') {
		next = (uint32_t)strtoul(text + 3, NULL, 10);
		step = ENTRIES;
	} else {
		step = (uint32_t)strtoul(text + 1, NULL, 10);
		next = step;
	}
	while ((count = postings_merge_take(merge, ids, 100)) > 0)
		for (size_t i = 0; i < count; i++, next += step)
			ck_assert_msg(ids[i] == next, "%s: %u, not %u", text,
			    ids[i], next);
	ck_assert_uint_gt(next, ENTRIES);
}

static void
check_all(struct inverter **inverters, unsigned inverter_count)
{
	struct postings_merge *merge =
	    postings_merge_open(inverters, inverter_count, 1);
	char last_text[INVERT_TERM_MAX];
	struct span last = { last_text, 0 }, term;
	struct fault fault;
	unsigned count = 0;

	for (; postings_merge_next(merge, &term); count++) {
		ck_assert_int_lt(span_compare(last, term), 0);
		memcpy(last_text, term.data, term.length);
		last.length = term.length;
		check_list(merge, term);
	}
	ck_assert_uint_eq(count, DIVISORS + ENTRIES);
	ck_assert_int_eq(postings_merge_close(&merge, &fault), ERR_NONE);
}

START_TEST(gives_each_term_once_with_its_ids_ascending)
{
	static const struct {
		size_t memory;
		unsigned inverters;
		uint32_t block;
	} rows[] = {
		{ 1 << 24, 1, 1 }, { 1 << 24, 2, 1000 }, { 1 << 24, 3, 1 },
		{ INVERT_MEMORY_MIN, 1, 1 }, { 1 << 19, 2, 7 },
		{ INVERT_MEMORY_MIN, 4, 300 },
	};

	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		struct inverter *inverters[4];

		for (unsigned i = 0; i < rows[r].inverters; i++)
			inverters[i] = new_inverter(i, folder, rows[r].memory);
		invert(inverters, rows[r].inverters, rows[r].block);
		check_all(inverters, rows[r].inverters);
		for (unsigned i = 0; i < rows[r].inverters; i++)
			free_inverter(i, &inverters[i]);
	}
}
END_TEST

START_TEST(passes_over_ids_that_were_not_taken)
{
	struct inverter *inverter = new_inverter(0, folder, 1 << 18);
	struct postings_merge *merge;
	struct span term;
	struct fault fault;
	uint32_t id;
	unsigned count = 0;

	invert(&inverter, 1, 1);
	merge = postings_merge_open(&inverter, 1, 1);
	for (; postings_merge_next(merge, &term); count++)
		if (count % 3 == 0)
			ck_assert_uint_eq(postings_merge_take(merge, &id, 1),
			    1);
	ck_assert_uint_eq(count, DIVISORS + ENTRIES);
	ck_assert_int_eq(postings_merge_close(&merge, &fault), ERR_NONE);
	free_inverter(0, &inverter);
}
END_TEST

START_TEST(takes_terms_of_every_length)
{
	static char text[INVERT_TERM_MAX];
	struct inverter *inverter = new_inverter(0, folder, 1 << 20);
	struct postings_merge *merge;
	struct span term;
	struct fault fault;
	uint32_t ids[2];

	memset(text, 'x', sizeof text);
	for (uint32_t id = 1; id <= INVERT_TERM_MAX; id++) {
		term = (struct span){ text, id };
		inverter_add(inverter, id, &term, 1);
	}
	ck_assert_int_eq(inverter_finish(inverter, &fault), ERR_NONE);
	merge = postings_merge_open(&inverter, 1, 1);
	for (uint32_t id = 1; id <= INVERT_TERM_MAX; id++) {
		ck_assert(postings_merge_next(merge, &term));
		ck_assert_uint_eq(term.length, id);
		ck_assert_uint_eq(postings_merge_take(merge, ids, 2), 1);
		ck_assert_uint_eq(ids[0], id);
	}
	ck_assert(!postings_merge_next(merge, &term));
	ck_assert_int_eq(postings_merge_close(&merge, &fault), ERR_NONE);
	free_inverter(0, &inverter);
}
END_TEST

/* Two terms that all entries have, through what was found while it is there. */
static void
add_shared(struct inverter *inverter, uint32_t id,
    struct inverter_found *found)
{
	static const struct span terms[] = { SPAN_LITERAL("first of both"),
		SPAN_LITERAL("second of both") };

	if (inverter_add_found(inverter, id, found))
		return;
	inverter_add(inverter, id, terms, 2);
	inverter_note_found(inverter, 0, 2, found);
}

static void
check_shared(struct inverter *inverter)
{
	struct postings_merge *merge = postings_merge_open(&inverter, 1, 1);
	struct span term;
	struct fault fault;
	unsigned shared = 0;
	uint32_t ids[ENTRIES + 1];

	while (postings_merge_next(merge, &term)) {
		size_t count = postings_merge_take(merge, ids, ENTRIES + 1);

		if (term.length > 6) {
			shared++;
			ck_assert_uint_eq(count, ENTRIES);
		}
		for (size_t i = 1; i < count; i++)
			ck_assert_uint_lt(ids[i - 1], ids[i]);
	}
	ck_assert_uint_eq(shared, 2);
	ck_assert_int_eq(postings_merge_close(&merge, &fault), ERR_NONE);
}

START_TEST(adds_what_was_found_while_it_is_there)
{
	static const size_t sizes[] = { INVERT_MEMORY_MIN, 1 << 18, 1 << 22 };

	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct inverter *inverter = new_inverter(0, folder, sizes[i]);
		struct inverter_found found = { .count = 0 };
		struct fault fault;

		for (uint32_t id = 1; id <= ENTRIES; id++) {
			char text[8];
			struct span own;

			snprintf(text, sizeof text, "%u", id);
			own = span_from(text);
			add_shared(inverter, id, &found);
			inverter_add(inverter, id, &own, 1);
		}
		ck_assert_int_eq(inverter_finish(inverter, &fault), ERR_NONE);
		check_shared(inverter);
		free_inverter(0, &inverter);
	}
}
END_TEST

/* Now and then a run ends between the two. */
START_TEST(an_entry_that_names_a_term_twice_has_it_once)
{
	struct inverter *inverter = new_inverter(0, folder, INVERT_MEMORY_MIN);
	struct fault fault;
	struct inverter_found none = { .count = 0 };

	for (uint32_t id = 1; id <= ENTRIES; id++) {
		char text[8];
		struct span own;

		snprintf(text, sizeof text, "%u", id);
		own = span_from(text);
		for (int i = 0; i < 2; i++, none.count = 0) {
			add_shared(inverter, id, &none);
			inverter_add(inverter, id, &own, 1);
		}
	}
	ck_assert_int_eq(inverter_finish(inverter, &fault), ERR_NONE);
	check_shared(inverter);
	free_inverter(0, &inverter);
}
END_TEST

START_TEST(notes_no_more_than_fits)
{
	struct inverter *inverter = new_inverter(0, folder, 1 << 20);
	struct span terms[INVERTER_FOUND_MAX + 1];
	char texts[INVERTER_FOUND_MAX + 1][8];
	struct inverter_found found;

	for (unsigned i = 0; i <= INVERTER_FOUND_MAX; i++) {
		snprintf(texts[i], sizeof texts[i], "%u", i);
		terms[i] = span_from(texts[i]);
	}
	inverter_add(inverter, 1, terms, INVERTER_FOUND_MAX + 1);
	inverter_note_found(inverter, 0, INVERTER_FOUND_MAX + 1, &found);
	ck_assert(!inverter_add_found(inverter, 2, &found));
	inverter_note_found(inverter, 1, INVERTER_FOUND_MAX, &found);
	ck_assert(inverter_add_found(inverter, 2, &found));
	free_inverter(0, &inverter);
}
END_TEST

START_TEST(a_term_may_be_added_both_ways)
{
	struct inverter *inverter = new_inverter(0, folder, INVERT_MEMORY_MIN);
	struct span term = SPAN_LITERAL("x");
	uint32_t ids[ENTRIES + 1];
	struct postings_merge *merge;
	struct fault fault;

	for (uint32_t id = 1; id <= ENTRIES; id++) {
		if (id % 3 < 2)
			inverter_add(inverter, id, &term, 1);
		if (id % 3 > 0)
			inverter_add_own(inverter, id, term);
	}
	ck_assert_int_eq(inverter_finish(inverter, &fault), ERR_NONE);
	merge = postings_merge_open(&inverter, 1, 1);
	ck_assert(postings_merge_next(merge, &term));
	ck_assert_uint_eq(postings_merge_take(merge, ids, ENTRIES + 1),
	    ENTRIES);
	for (uint32_t i = 0; i < ENTRIES; i++)
		ck_assert_uint_eq(ids[i], i + 1);
	ck_assert(!postings_merge_next(merge, &term));
	ck_assert_int_eq(postings_merge_close(&merge, &fault), ERR_NONE);
	free_inverter(0, &inverter);
}
END_TEST

START_TEST(says_when_a_run_cannot_be_written)
{
	struct span term = SPAN_LITERAL("x");

	for (int own = 0; own < 2; own++) {
		struct inverter *inverter =
		    new_inverter(0, "/nowhere/at/all", 1 << 18);
		struct fault fault;

		if (own)
			inverter_add_own(inverter, 1, term);
		else
			inverter_add(inverter, 1, &term, 1);
		ck_assert_int_eq(inverter_finish(inverter, &fault), ERR_WORLD);
		ck_assert_ptr_nonnull(strstr(fault.text, "/nowhere/at/all"));
		free_inverter(0, &inverter);
	}
}
END_TEST

static void
set_up(void)
{
	snprintf(folder, sizeof folder, "/tmp/check_invert-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

/* Runs have no name: nothing may be left in it. */
static void
tear_down(void)
{
	ck_assert_int_eq(rmdir(folder), 0);
}

static const struct unit_frame frame = { set_up, tear_down };

UNIT_MAIN_WITHIN(&frame, "dir/invert",
    gives_each_term_once_with_its_ids_ascending,
    passes_over_ids_that_were_not_taken,
    takes_terms_of_every_length,
    adds_what_was_found_while_it_is_there,
    an_entry_that_names_a_term_twice_has_it_once,
    notes_no_more_than_fits, a_term_may_be_added_both_ways,
    says_when_a_run_cannot_be_written)
