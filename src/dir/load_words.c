#include "dir/load_words.h"

#include "base/buf.h"
#include "dir/block.h"
#include "dir/clue.h"
#include "dir/index.h"
#include "dir/load_job.h"
#include "dir/load_pipe.h"
#include "dir/sort.h"
#include "dir/store.h"
#include "record/key.h"
#include "sys/thread.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/*
 * What the sorter holds, as bytes that sort as the tables do:
 *
 *   near   'N' bucket value
 *              u32    NEAR_BYTES       big endian
 *   clue   'c' key 0 word
 *                    u32               big endian
 *
 * No key of a clue holds a 0 behind its group; the group is one byte.
 */
enum {
	MARK_NEAR = 'N',
	MARK_CLUE = 'c',
	WORD_BYTES = 4,
	NEAR_ITEM = 1 + WORD_BYTES + NEAR_BYTES,
	ITEM_MAX = 1 + CLUE_KEY_MAX + 1 + WORD_BYTES,
	BATCHES = 4,
	TOGETHER_MAX = 1024, /* appended in one call */
};

struct load_words {
	struct load_job *job;
	struct load_pipe *pipe;
	pthread_t thread;
	void *memory;
	size_t memory_bytes;
	struct sorter *sorter;
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

static void
sort_near(struct load_words *w, uint32_t word, struct span text)
{
	struct clue_near near;

	clue_make_near(&near, KEY_GROUP_EVERYONE, text, NEAR_LEFT_OUT_MAX);
	for (unsigned i = 0; i < near.count; i++) {
		char memory[NEAR_ITEM];
		struct buf item;

		near.forms[i].word = word;
		buf_init(&item, memory, sizeof memory);
		buf_add_char(&item, MARK_NEAR);
		add_number(&item, near.forms[i].bucket);
		key_add_near(&item, &near.forms[i]);
		sorter_add(w->sorter, buf_span(&item));
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
		buf_add_char(&item, MARK_CLUE);
		key_add_clue(&item, &list.clues[i]);
		buf_add_char(&item, '\0');
		add_number(&item, word);
		sorter_add(w->sorter, buf_span(&item));
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
		if (sorter_failed(w->sorter))
			atomic_store(&w->job->stopped, true);
		load_pipe_give_back(w->pipe, &batch);
	}
	w->err = sorter_finish(w->sorter, &w->fault);
	return NULL;
}

struct load_words *
load_words_start(struct load_job *job)
{
	struct load_words *w = calloc(1, sizeof *w);

	assert(w != NULL);
	w->job = job;
	w->memory_bytes = job->settings->memory_bytes / 4 /
	    LOAD_BLOCK_ALIGNMENT * LOAD_BLOCK_ALIGNMENT;
	w->memory = block_new(w->memory_bytes);
	w->sorter = sorter_new(job->folder, w->memory, w->memory_bytes);
	w->pipe = load_pipe_new(BATCHES, LOAD_BATCH_BYTES);
	MUST_SUCCEED(pthread_create(&w->thread, NULL, work, w));
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

	if (!index_is_vocabulary(w->job->schema, term_key, &word) ||
	    w->count == NEAR_WORD_MAX)
		return;
	row.number = ++w->count;
	row.fields = &word.text;
	load_pipe_write(w->pipe, &row);
	buf_init(&value, memory, sizeof memory);
	buf_add_char(&value, (char)word.group);
	buf_add(&value, word.text);
	store_append_word(w->job->writer, w->count, buf_span(&value));
}

/* Appending, in the order of the sorter. */

/* Members of one list, gathered to be appended together. */
struct gathering {
	struct store_writer *writer;
	bool is_near;
	struct span key;          /* of a clue, in `key_memory` */
	uint32_t bucket;
	size_t count;
	uint32_t words[TOGETHER_MAX];
	char values[TOGETHER_MAX * NEAR_BYTES];
	char key_memory[ITEM_MAX];
};

static void
append_gathered(struct gathering *g)
{
	if (g->count > 0 && g->is_near)
		store_append_near(g->writer, g->bucket, g->values, g->count);
	else if (g->count > 0)
		store_append_postings(g->writer, STORE_CLUE, g->key, g->words,
		    g->count);
	g->count = 0;
}

static void
gather_near(struct gathering *g, struct span item)
{
	uint32_t bucket = read_number(item.data + 1);

	if (bucket != g->bucket || g->count == TOGETHER_MAX || !g->is_near)
		append_gathered(g);
	g->is_near = true;
	g->bucket = bucket;
	memcpy(g->values + g->count++ * NEAR_BYTES,
	    item.data + 1 + WORD_BYTES, NEAR_BYTES);
}

static void
gather_clue(struct gathering *g, struct span item)
{
	struct span key = { item.data + 1, item.length - 2 - WORD_BYTES };

	if (g->is_near || g->count == TOGETHER_MAX ||
	    !span_equal(key, g->key))
		append_gathered(g);
	g->is_near = false;
	if (g->count == 0) {
		memcpy(g->key_memory, key.data, key.length);
		g->key = (struct span){ g->key_memory, key.length };
	}
	g->words[g->count++] =
	    read_number(item.data + item.length - WORD_BYTES);
}

static enum err
append_sorted(struct load_words *w, struct fault *fault)
{
	struct sort_merge *merge = sort_merge_open(&w->sorter, 1,
	    w->job->settings->memory_bytes / 4);
	struct gathering g = { .writer = w->job->writer };
	struct span item;

	while (!atomic_load_explicit(&w->job->stopped, memory_order_relaxed) &&
	    sort_merge_next(merge, &item)) {
		if (item.data[0] == MARK_NEAR)
			gather_near(&g, item);
		else
			gather_clue(&g, item);
	}
	append_gathered(&g);
	return sort_merge_close(&merge, fault);
}

enum err
load_words_finish(struct load_words **words, struct fault *fault)
{
	struct load_words *w = *words;
	enum err err;

	*words = NULL;
	load_pipe_close(w->pipe);
	MUST_SUCCEED(pthread_join(w->thread, NULL));
	block_free(w->memory, w->memory_bytes);
	err = w->err;
	if (err == ERR_NONE)
		err = append_sorted(w, fault);
	else
		*fault = w->fault;
	sorter_free(&w->sorter);
	load_pipe_free(&w->pipe);
	free(w);
	return err;
}
