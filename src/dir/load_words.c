#include "dir/load_words.h"

#include "base/buf.h"
#include "dir/block.h"
#include "dir/clue.h"
#include "dir/index.h"
#include "dir/load_job.h"
#include "dir/load_pipe.h"
#include "dir/load_thread.h"
#include "dir/sort.h"
#include "dir/sort_numbers.h"
#include "dir/store.h"
#include "record/key.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/*
 * What the sorters hold, in the order of the tables:
 *
 *   near   bucket  tag  letters left out  word       one number of 64 bits,
 *          18      16   2                 28         highest bits first
 *
 *   clue   key 0 word
 *              u32                                   bytes, big endian
 *
 * No key of a clue holds a 0 behind its group; the group is one byte.
 */
enum {
	NEAR_WORD_BITS = 28,
	NEAR_LEFT_OUT_BITS = 2,
	NEAR_TAG_BITS = 16,
	WORD_COUNT_MAX = (1 << NEAR_WORD_BITS) - 1,
	WORD_BYTES = 4,
	ITEM_MAX = CLUE_KEY_MAX + 1 + WORD_BYTES,
	/*
	 * Words are the first of the terms and come faster than they are taken
	 * apart: the writer goes on to the other terms meanwhile.
	 */
	BATCHES_MIN = 4,
	BATCHES_MAX = 64,
	/* The less is in memory at the end, the less waits to be sorted. */
	SORTED_BYTES_MAX = 8 << 20,
	TOGETHER_MAX = 1024, /* appended in one call */
};
static_assert(NEAR_BUCKET_BITS + NEAR_TAG_BITS + NEAR_LEFT_OUT_BITS +
    NEAR_WORD_BITS == 64, "a form of a word fits in one number");

struct load_words {
	struct load_job *job;
	struct load_pipe *pipe;
	struct load_thread thread;
	void *memory; /* a half for each sorter */
	size_t memory_bytes;
	struct number_sorter *near;
	struct sorter *clues;
	uint32_t count;
	enum err err;
	struct fault fault;
};

static void
add_number(struct buf *out, uint32_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_add_char(out, (char)(number >> shift));
}

static uint32_t
read_number(const char *bytes)
{
	uint32_t number = 0;

	for (int i = 0; i < WORD_BYTES; i++)
		number = number << 8 | (unsigned char)bytes[i];
	return number;
}

/* The thread that takes words apart. */

static uint64_t
near_number(const struct near *form)
{
	uint64_t number = form->bucket;

	number = number << NEAR_TAG_BITS | form->tag;
	number = number << NEAR_LEFT_OUT_BITS | form->left_out;
	return number << NEAR_WORD_BITS | form->word;
}

static struct near
read_near_number(uint64_t number)
{
	const unsigned tag_at = NEAR_WORD_BITS + NEAR_LEFT_OUT_BITS;

	return (struct near){
		.bucket = (uint32_t)(number >> (tag_at + NEAR_TAG_BITS)),
		.tag = (uint16_t)(number >> tag_at),
		.left_out = (unsigned)(number >> NEAR_WORD_BITS) %
		    (1u << NEAR_LEFT_OUT_BITS),
		.word = (uint32_t)number & WORD_COUNT_MAX,
	};
}

static void
sort_near(struct load_words *w, uint32_t word, struct span text)
{
	struct clue_near near;

	clue_make_near(&near, KEY_GROUP_EVERYONE, text, NEAR_LEFT_OUT_MAX);
	for (unsigned i = 0; i < near.count; i++) {
		near.forms[i].word = word;
		number_sorter_add(w->near, near_number(&near.forms[i]));
	}
}

static void
sort_clues(struct load_words *w, uint32_t word, struct span text)
{
	struct clue_list list;

	list.count = 0;
	clue_add_all(&list, KEY_GROUP_EVERYONE, text);
	for (unsigned i = 0; i < list.count; i++) {
		char memory[ITEM_MAX];
		struct buf item;

		buf_init(&item, memory, sizeof memory);
		key_add_clue(&item, &list.clues[i]);
		buf_add_char(&item, '\0');
		add_number(&item, word);
		sorter_add(w->clues, buf_span(&item));
	}
}

static void *
work(void *arg)
{
	struct load_words *w = arg;
	struct load_batch *batch;

	while ((batch = load_pipe_receive(w->pipe)) != NULL) {
		for (size_t i = 0; i < load_batch_count(batch); i++) {
			struct load_row row = load_batch_row(batch, i);

			sort_near(w, (uint32_t)row.number, row.fields[0]);
			sort_clues(w, (uint32_t)row.number, row.fields[0]);
		}
		if (sorter_failed(w->clues) || number_sorter_failed(w->near))
			atomic_store(&w->job->stopped, true);
		load_pipe_give_back(w->pipe, &batch);
	}
	w->err = number_sorter_finish(w->near, &w->fault);
	if (w->err == ERR_NONE)
		w->err = sorter_finish(w->clues, &w->fault);
	return NULL;
}

static void
make_sorters(struct load_words *w)
{
	size_t half = w->job->settings->memory_bytes / 8 /
	    LOAD_BLOCK_ALIGNMENT * LOAD_BLOCK_ALIGNMENT;

	if (half > SORTED_BYTES_MAX)
		half = SORTED_BYTES_MAX;
	w->memory_bytes = 2 * half;
	w->memory = block_new(w->memory_bytes);
	w->near = number_sorter_new(&(struct number_sorter_settings){
	    .folder = w->job->folder, .memory = w->memory,
	    .memory_bytes = half, .sorted_bits = NEAR_WORD_BITS });
	w->clues = sorter_new(w->job->folder, (char *)w->memory + half, half);
}

static unsigned
count_batches(size_t memory_bytes)
{
	size_t batches = memory_bytes / 32 / LOAD_BATCH_BYTES;

	if (batches < BATCHES_MIN)
		return BATCHES_MIN;
	return batches < BATCHES_MAX ? (unsigned)batches : BATCHES_MAX;
}

struct load_words *
load_words_start(struct load_job *job)
{
	struct load_words *w = calloc(1, sizeof *w);
	enum err err;

	assert(w != NULL);
	w->job = job;
	make_sorters(w);
	w->pipe = load_pipe_new(count_batches(job->settings->memory_bytes),
	    LOAD_BATCH_BYTES);
	err = load_thread_start(&w->thread, work, w, &w->fault);
	if (err != ERR_NONE) {
		w->err = err;
		atomic_store(&job->stopped, true);
	}
	return w;
}

/* Words beyond those that can be numbered are found as they are spelled. */
void
load_words_offer(struct load_words *w, struct span term_key)
{
	char memory[CLUE_BYTES_MAX + 1];
	struct load_row row = { .count = 1 };
	struct buf value;
	struct term word;

	if (!w->thread.is_running ||
	    !index_is_vocabulary(w->job->schema, term_key, &word) ||
	    w->count == WORD_COUNT_MAX)
		return;
	row.number = ++w->count;
	row.fields = &word.text;
	load_pipe_write(w->pipe, &row);
	buf_init(&value, memory, sizeof memory);
	buf_add_char(&value, (char)word.group);
	buf_add(&value, word.text);
	store_append_word(w->job->writer, w->count, buf_span(&value));
}

/* Appending: the members of one list are gathered and appended together. */

struct near_list {
	uint32_t bucket;
	size_t count;
	char values[TOGETHER_MAX * NEAR_BYTES];
};

static void
append_bucket(struct load_words *w, struct near_list *list)
{
	if (list->count > 0)
		store_append_near(w->job->writer, list->bucket, list->values,
		    list->count);
	list->count = 0;
}

static bool
has_stopped(const struct load_words *w)
{
	return atomic_load_explicit(&w->job->stopped, memory_order_relaxed);
}

static enum err
append_near(struct load_words *w, struct fault *fault)
{
	struct number_merge *merge = number_merge_open(w->near,
	    w->job->settings->memory_bytes / 4);
	struct near_list list = { .count = 0 };
	uint64_t number;

	while (!has_stopped(w) && number_merge_next(merge, &number)) {
		struct near near = read_near_number(number);
		struct buf value;

		if (near.bucket != list.bucket || list.count == TOGETHER_MAX)
			append_bucket(w, &list);
		list.bucket = near.bucket;
		buf_init(&value, list.values + list.count++ * NEAR_BYTES,
		    NEAR_BYTES);
		key_add_near(&value, &near);
	}
	append_bucket(w, &list);
	return number_merge_close(&merge, fault);
}

struct clue_list_words {
	struct span key; /* in `memory` */
	size_t count;
	uint32_t words[TOGETHER_MAX];
	char memory[ITEM_MAX];
};

static void
append_clue(struct load_words *w, struct clue_list_words *list)
{
	if (list->count > 0)
		store_append_postings(w->job->writer, STORE_CLUE, list->key,
		    list->words, list->count);
	list->count = 0;
}

static enum err
append_clues(struct load_words *w, struct fault *fault)
{
	struct sort_merge *merge = sort_merge_open(&w->clues, 1,
	    w->job->settings->memory_bytes / 4);
	struct clue_list_words list = { .count = 0 };
	struct span item;

	while (!has_stopped(w) && sort_merge_next(merge, &item)) {
		struct span key = { item.data, item.length - 1 - WORD_BYTES };

		if (list.count == TOGETHER_MAX || !span_equal(key, list.key))
			append_clue(w, &list);
		if (list.count == 0) {
			memcpy(list.memory, key.data, key.length);
			list.key = (struct span){ list.memory, key.length };
		}
		list.words[list.count++] =
		    read_number(item.data + item.length - WORD_BYTES);
	}
	append_clue(w, &list);
	return sort_merge_close(&merge, fault);
}

enum err
load_words_finish(struct load_words **words, struct fault *fault)
{
	struct load_words *w = *words;
	enum err err;

	*words = NULL;
	load_pipe_close(w->pipe);
	load_thread_join(&w->thread);
	block_free(w->memory, w->memory_bytes);
	err = w->err;
	if (err != ERR_NONE)
		*fault = w->fault;
	if (err == ERR_NONE)
		err = append_near(w, fault);
	if (err == ERR_NONE)
		err = append_clues(w, fault);
	number_sorter_free(&w->near);
	sorter_free(&w->clues);
	load_pipe_free(&w->pipe);
	free(w);
	return err;
}
