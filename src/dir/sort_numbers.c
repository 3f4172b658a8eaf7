#include "dir/sort_numbers.h"

#include "dir/heap.h"
#include "dir/spill.h"

#include <assert.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

enum {
	NUMBER_BITS = 64,
	DIGIT_BITS = 9, /* few ends of buckets: the nearest cache has them */
	DIGITS = 1 << DIGIT_BITS,
};

/* The numbers are in the first half of the memory; the other is for sorting. */
struct number_sorter {
	struct spill *spill;
	unsigned sorted_bits;
	size_t count, capacity;
	uint64_t *numbers, *spare;
};

struct run {
	struct heap_key key; /* `bytes` */
	struct spill_reader *reader;
	uint64_t number;
	uint64_t bytes; /* the same, highest first */
};

struct number_merge {
	struct number_sorter *sorter;
	struct heap *heap;
	struct run *last; /* whose number was given out last */
	unsigned run_count;
	struct run runs[];
};

struct number_sorter *
number_sorter_new(const struct number_sorter_settings *settings)
{
	struct number_sorter *s = calloc(1, sizeof *s);

	assert(s != NULL && settings->sorted_bits < NUMBER_BITS);
	s->spill = spill_new(settings->folder);
	s->sorted_bits = settings->sorted_bits;
	s->capacity = settings->memory_bytes / 2 / sizeof s->numbers[0];
	assert(s->capacity > 0);
	s->numbers = settings->memory;
	s->spare = s->numbers + s->capacity;
	return s;
}

void
number_sorter_free(struct number_sorter **sorter)
{
	struct number_sorter *s = *sorter;

	*sorter = NULL;
	if (s == NULL)
		return;
	spill_free(&s->spill);
	free(s);
}

/* To `spare`, by the digit at bit `shift`; equal ones keep their order. */
static void
distribute(struct number_sorter *s, unsigned shift)
{
	size_t next[DIGITS] = { 0 }, begin = 0;

	for (size_t i = 0; i < s->count; i++)
		next[s->numbers[i] >> shift & (DIGITS - 1)]++;
	for (unsigned digit = 0; digit < DIGITS; digit++) {
		size_t count = next[digit];

		next[digit] = begin;
		begin += count;
	}
	for (size_t i = 0; i < s->count; i++) {
		uint64_t number = s->numbers[i];

		s->spare[next[number >> shift & (DIGITS - 1)]++] = number;
	}
}

static void
spill_numbers(struct number_sorter *s)
{
	for (unsigned shift = s->sorted_bits; shift < NUMBER_BITS;
	    shift += DIGIT_BITS) {
		uint64_t *sorted = s->spare;

		distribute(s, shift);
		s->spare = s->numbers;
		s->numbers = sorted;
	}
	spill_begin(s->spill);
	spill_write(s->spill, s->numbers, s->count * sizeof s->numbers[0]);
	spill_end(s->spill);
	s->count = 0;
}

void
number_sorter_add(struct number_sorter *s, uint64_t number)
{
	if (s->count == s->capacity)
		spill_numbers(s);
	s->numbers[s->count++] = number;
}

bool
number_sorter_failed(const struct number_sorter *s)
{
	return spill_failed(s->spill);
}

enum err
number_sorter_finish(struct number_sorter *s, struct fault *fault)
{
	if (s->count > 0)
		spill_numbers(s);
	return spill_check(s->spill, fault);
}

/* False: the run is at its end. */
static bool
next_number(struct run *run)
{
	const char *bytes = spill_take(run->reader, sizeof run->number);

	if (bytes == NULL)
		return false;
	memcpy(&run->number, bytes, sizeof run->number);
	run->bytes = htobe64(run->number);
	heap_key_set(&run->key, (struct span){ (const char *)&run->bytes,
	    sizeof run->bytes });
	return true;
}

struct number_merge *
number_merge_open(struct number_sorter *sorter, size_t memory_bytes)
{
	unsigned runs = spill_runs(sorter->spill);
	size_t share = spill_share(memory_bytes, runs);
	struct number_merge *m = calloc(1, sizeof *m +
	    runs * sizeof m->runs[0]);

	assert(m != NULL);
	m->sorter = sorter;
	m->run_count = runs;
	m->heap = heap_new(runs);
	for (unsigned i = 0; i < runs; i++) {
		m->runs[i].reader = spill_reader_new(sorter->spill, i, share);
		if (next_number(&m->runs[i]))
			heap_push(m->heap, &m->runs[i].key);
	}
	return m;
}

bool
number_merge_next(struct number_merge *m, uint64_t *number)
{
	if (m->last != NULL) {
		if (next_number(m->last))
			heap_sink(m->heap);
		else
			heap_pop(m->heap);
	}
	m->last = (struct run *)(void *)heap_top(m->heap);
	if (m->last != NULL)
		*number = m->last->number;
	return m->last != NULL;
}

enum err
number_merge_close(struct number_merge **merge, struct fault *fault)
{
	struct number_merge *m = *merge;
	enum err err = spill_check(m->sorter->spill, fault);

	*merge = NULL;
	for (unsigned i = 0; i < m->run_count; i++)
		spill_reader_free(&m->runs[i].reader);
	heap_free(&m->heap);
	free(m);
	return err;
}
