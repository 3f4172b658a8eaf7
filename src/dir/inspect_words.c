#include "dir/inspect_words.h"

#include "base/buf.h"
#include "base/mix.h"
#include "dir/clue.h"
#include "dir/store.h"
#include "record/key.h"

#include <string.h>

static uint64_t
hash_near(const struct near *near)
{
	return mix_bits((uint64_t)near->bucket << 32 |
	    (uint64_t)near->tag << 8 | near->left_out);
}

/* What the vocabulary must hold for this word. */
static void
expect_word(struct word_check *check, const struct term *word)
{
	struct clue_near near;
	struct clue_list list;

	clue_make_near(&near, word->group, word->text, NEAR_LEFT_OUT_MAX);
	for (unsigned i = 0; i < near.count; i++)
		pairs_add(&check->near, hash_near(&near.forms[i]),
		    check->count);
	list.count = 0;
	clue_add_all(&list, word->group, word->text);
	for (unsigned i = 0; i < list.count; i++) {
		char memory[CLUE_KEY_MAX];
		struct buf key;

		buf_init(&key, memory, sizeof memory);
		key_add_clue(&key, &list.clues[i]);
		pairs_add(&check->clues, pairs_hash(buf_span(&key)),
		    check->count);
	}
}

bool
word_check_next(struct word_check *check, const struct term *word)
{
	struct span value;

	check->count++;
	expect_word(check, word);
	return store_get_word(check->store, check->count, &value) ==
	    STORE_FOUND && value.length == word->text.length + 1 &&
	    (uint8_t)value.data[0] == word->group &&
	    span_equal(span_skip(value, 1), word->text);
}

/* The key behind `*key`, the first one behind an empty one. */
static bool
next_key(struct store_cursor *cursor, struct span *key)
{
	struct span value;

	return (key->length == 0 ?
	    store_cursor_seek(cursor, *key, key, &value) :
	    store_cursor_next(cursor, key, &value)) == STORE_FOUND;
}

bool
word_check_clues(const struct word_check *check)
{
	struct store_cursor *cursor =
	    store_cursor_open(check->store, STORE_CLUE);
	struct span key = { "", 0 };
	struct pairs there = { 0 };
	const uint32_t *words;
	size_t count;

	while (next_key(cursor, &key)) {
		uint64_t hash = pairs_hash(key);

		while (store_postings_page(cursor, &words, &count) ==
		    STORE_FOUND)
			for (size_t i = 0; i < count; i++)
				pairs_add(&there, hash, words[i]);
	}
	store_cursor_close(&cursor);
	return pairs_equal(&there, &check->clues);
}

static void
add_bucket(struct pairs *pairs, uint32_t bucket, struct store_cursor *cursor)
{
	static const char first[NEAR_BYTES];
	const char *value;
	enum store_found found = store_near_seek(cursor, bucket, first,
	    &value);

	for (; found == STORE_FOUND; found = store_near_next(cursor, &value)) {
		struct near near = key_read_near(value);

		near.bucket = bucket;
		pairs_add(pairs, hash_near(&near), near.word);
	}
}

bool
word_check_near(const struct word_check *check)
{
	struct store_cursor *cursor =
	    store_cursor_open(check->store, STORE_NEAR);
	struct span key = { "", 0 };
	struct pairs there = { 0 };
	uint64_t least = 0;

	while (next_key(cursor, &key)) {
		uint32_t bucket = 0;

		if (key.length == sizeof bucket)
			memcpy(&bucket, key.data, sizeof bucket);
		/* looking up what is out of order could go in circles */
		if (bucket < least)
			break;
		least = (uint64_t)bucket + 1;
		add_bucket(&there, bucket, cursor);
	}
	store_cursor_close(&cursor);
	return pairs_equal(&there, &check->near);
}
