#include "dir/inspect.h"

#include "base/buf.h"
#include "dir/generation.h"
#include "dir/index.h"
#include "dir/inspect_words.h"
#include "dir/pairs.h"
#include "dir/store.h"
#include "record/key.h"
#include "record/record.h"
#include "record/schema.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry_walk {
	struct reader *reader;
	struct store_cursor *cursor;
	bool begun;
};

struct inspector {
	struct reader *reader;
	const struct schema *schema;
	struct indexer *indexer;
	struct inspection *inspection;
	struct word_check words;
	uint64_t keys; /* that the entries have: hidden ones have none */
};

/* Walking the entries. */

struct entry_walk *
entry_walk_open(struct reader *reader)
{
	struct entry_walk *walk = calloc(1, sizeof *walk);

	assert(walk != NULL);
	walk->reader = reader;
	walk->cursor = store_cursor_open(reader_store(reader), STORE_ENTRY);
	return walk;
}

bool
entry_walk_next(struct entry_walk *walk, uint32_t *id, struct span *record)
{
	const struct span first = { "", 0 };
	struct span key;
	enum store_found found = walk->begun
	    ? store_cursor_next(walk->cursor, &key, record)
	    : store_cursor_seek(walk->cursor, first, &key, record);

	walk->begun = true;
	if (found != STORE_FOUND)
		return false;
	*id = key_read_id(key);
	return true;
}

enum err
entry_walk_close(struct entry_walk **walk, struct fault *fault)
{
	struct reader *reader = (*walk)->reader;

	store_cursor_close(&(*walk)->cursor);
	free(*walk);
	*walk = NULL;
	return store_reader_check(reader_store(reader), fault);
}

/* What is wrong. */

static void PRINTF_LIKE(2, 3)
complain(struct inspector *in, const char *format, ...)
{
	struct inspection *found = in->inspection;
	va_list values;

	found->wrong++;
	if (found->listed == INSPECT_LISTED_MAX)
		return;
	va_start(values, format);
	vsnprintf(found->sentences[found->listed++], INSPECT_SENTENCE_MAX,
	    format, values);
	va_end(values);
}

enum { QUOTED_MAX = 100 };

/* So much as a sentence holds, safe to print. */
static const char *
quote(char text[QUOTED_MAX], struct span bytes)
{
	struct buf out;

	buf_init(&out, text, QUOTED_MAX - 1);
	for (size_t i = 0; i < bytes.length && !out.overflowed; i++)
		buf_add_escaped(&out, (struct span){ bytes.data + i, 1 });
	text[out.length] = '\0';
	return text;
}

/* "smith (name)" */
static const char *
quote_term(const struct inspector *in, char text[QUOTED_MAX],
    struct span key)
{
	struct term term;
	struct span name = SPAN_LITERAL("no attribute");
	size_t used;

	if (!key_read_term(key, &term))
		return quote(text, key);
	if (term.attribute < in->schema->count)
		name = in->schema->attributes[term.attribute].name;
	quote(text, term.text);
	used = strlen(text);
	snprintf(text + used, QUOTED_MAX - used, " (%.*s)", (int)name.length,
	    name.data);
	return text;
}

/* The entries, and whether their keys lead to them. */

static void
check_key(struct inspector *in, uint32_t id, struct span record)
{
	struct span key = indexer_key(in->indexer, record);
	char quoted[QUOTED_MAX];
	struct span value;
	uint32_t led_to;

	if (key.length == 0)
		return;
	in->keys++;
	if (store_get(reader_store(in->reader), STORE_KEY, key, &value) !=
	    STORE_FOUND) {
		complain(in, "entry %" PRIu32 ": its Index Key %s is not in "
		    "the key table", id, quote(quoted, key));
		return;
	}
	led_to = key_read_id(value);
	if (led_to != id)
		complain(in, "entry %" PRIu32 ": its Index Key %s leads to "
		    "entry %" PRIu32, id, quote(quoted, key), led_to);
}

static void
check_entry(struct inspector *in, struct pairs *pairs, uint32_t id,
    struct span record)
{
	const struct span *terms;
	size_t count;

	in->inspection->entries++;
	if (id == 0 || !record_is_valid(in->schema, record)) {
		complain(in, "entry %" PRIu32 ": its record is malformed", id);
		return;
	}
	check_key(in, id, record);
	terms = indexer_terms(in->indexer, record, &count);
	for (size_t i = 0; i < count; i++)
		pairs_add(pairs, pairs_hash(terms[i]), id);
}

static enum err
check_entries(struct inspector *in, struct pairs *pairs, struct fault *fault)
{
	struct entry_walk *walk = entry_walk_open(in->reader);
	struct span record;
	uint32_t id;

	while (entry_walk_next(walk, &id, &record))
		check_entry(in, pairs, id, record);
	return entry_walk_close(&walk, fault);
}

/*
 * The key table.  Each entry's key was found in it; so as long as there are as
 * many keys as entries that are not hidden, no key leads elsewhere.
 */
static void
check_keys(struct inspector *in)
{
	struct inspection *found = in->inspection;

	found->keys = store_count(reader_store(in->reader), STORE_KEY);
	if (found->keys != in->keys)
		complain(in, "the key table has %" PRIu64 " keys for %" PRIu64
		    " entries", found->keys, in->keys);
}

/* The term table. */

/*
 * The term behind `*term`, the first one behind { NULL, 0 }; the cursor then
 * stands on its list.
 */
static bool
next_list(struct store_cursor *cursor, struct span *term)
{
	const struct span first = { "", 0 };
	struct span value;
	enum store_found found = term->data == NULL
	    ? store_cursor_seek(cursor, first, term, &value)
	    : store_cursor_next(cursor, term, &value);

	return found == STORE_FOUND;
}

static void
check_list(struct inspector *in, struct pairs *pairs, struct span term,
    struct store_cursor *cursor)
{
	uint64_t hash = pairs_hash(term);
	char quoted[QUOTED_MAX];
	const uint32_t *ids;
	uint32_t last = 0;
	bool ascends = true;
	size_t count;

	while (store_postings_page(cursor, &ids, &count) == STORE_FOUND) {
		for (size_t i = 0; i < count; i++) {
			ascends = ascends && ids[i] > last;
			last = ids[i];
			pairs_add(pairs, hash, last);
		}
	}
	if (!ascends)
		complain(in, "the list of %s is not in ascending order",
		    quote_term(in, quoted, term));
}

static void
check_word(struct inspector *in, struct span key)
{
	char quoted[QUOTED_MAX];
	struct term word;

	if (index_is_vocabulary(in->schema, key, &word) &&
	    !word_check_next(&in->words, &word))
		complain(in, "word %" PRIu32 " of the vocabulary is not %s",
		    in->words.count, quote(quoted, word.text));
}

static void
check_first_byte(struct inspector *in, struct span key)
{
	char quoted[QUOTED_MAX];

	if (!store_may_have_term(reader_store(in->reader), key))
		complain(in, "no term begins as %s does, says meta",
		    quote_term(in, quoted, key));
}

static void
check_terms(struct inspector *in, struct pairs *pairs)
{
	struct store_cursor *cursor =
	    store_cursor_open(reader_store(in->reader), STORE_TERM);
	struct span key = { NULL, 0 };

	while (next_list(cursor, &key)) {
		in->inspection->terms++;
		check_list(in, pairs, key, cursor);
		check_word(in, key);
		check_first_byte(in, key);
	}
	store_cursor_close(&cursor);
	in->inspection->postings = pairs->count;
}

static void
check_vocabulary(struct inspector *in)
{
	uint64_t words = store_count(reader_store(in->reader), STORE_WORD);

	if (words != in->words.count)
		complain(in, "the vocabulary has %" PRIu64 " words, the names "
		    "have %" PRIu32, words, in->words.count);
	if (!word_check_clues(&in->words))
		complain(in, "the clues to words are not those of the "
		    "vocabulary: load the directory again");
	if (!word_check_near(&in->words))
		complain(in, "the near forms of words are not those of the "
		    "vocabulary: load the directory again");
}

/* Finding the pairs that differ, one by one. */

static enum err
find_missing(struct inspector *in, struct fault *fault)
{
	struct entry_walk *walk = entry_walk_open(in->reader);
	struct store_cursor *cursor =
	    store_cursor_open(reader_store(in->reader), STORE_TERM);
	char quoted[QUOTED_MAX];
	struct span record;
	uint32_t id, found;

	while (entry_walk_next(walk, &id, &record)) {
		const struct span *terms = NULL;
		size_t count = 0;

		if (id != 0 && record_is_valid(in->schema, record))
			terms = indexer_terms(in->indexer, record, &count);
		for (size_t i = 0; i < count; i++)
			if (store_postings_seek(cursor, terms[i], id,
				&found) != STORE_FOUND || found != id)
				complain(in, "entry %" PRIu32 ": is not in "
				    "the list of %s", id,
				    quote_term(in, quoted, terms[i]));
	}
	store_cursor_close(&cursor);
	return entry_walk_close(&walk, fault);
}

static bool
has_term(struct inspector *in, uint32_t id, struct span term)
{
	const struct span *terms;
	struct span record;
	size_t count;

	if (store_get_entry(reader_store(in->reader), id, &record) !=
	    STORE_FOUND || !record_is_valid(in->schema, record))
		return false;
	terms = indexer_terms(in->indexer, record, &count);
	for (size_t i = 0; i < count; i++)
		if (span_equal(terms[i], term))
			return true;
	return false;
}

static void
find_strays_in_list(struct inspector *in, struct span term,
    struct store_cursor *cursor)
{
	char quoted[QUOTED_MAX];
	const uint32_t *ids;
	size_t count;

	while (store_postings_page(cursor, &ids, &count) == STORE_FOUND)
		for (size_t i = 0; i < count; i++)
			if (!has_term(in, ids[i], term))
				complain(in, "the list of %s has entry %"
				    PRIu32 ", which has no such term",
				    quote_term(in, quoted, term), ids[i]);
}

static void
find_strays(struct inspector *in)
{
	struct store_cursor *cursor =
	    store_cursor_open(reader_store(in->reader), STORE_TERM);
	struct span term = { NULL, 0 };

	while (next_list(cursor, &term))
		find_strays_in_list(in, term, cursor);
	store_cursor_close(&cursor);
}

/* The counts in `meta`. */

static void
check_count(struct inspector *in, const char *name, uint64_t count)
{
	char expected[24], quoted[QUOTED_MAX];
	struct span value = { "", 0 };

	snprintf(expected, sizeof expected, "%" PRIu64, count);
	if (store_get(reader_store(in->reader), STORE_META, span_from(name),
	    &value) != STORE_FOUND || !span_is(value, expected))
		complain(in, "meta says %s: %s, there are %s", name,
		    quote(quoted, value), expected);
}

static enum err
inspect(struct inspector *in, struct fault *fault)
{
	struct pairs of_entries = { 0 }, of_lists = { 0 };
	enum err err = check_entries(in, &of_entries, fault);

	if (err != ERR_NONE)
		return err;
	check_keys(in);
	check_terms(in, &of_lists);
	check_vocabulary(in);
	check_count(in, "entries", in->inspection->entries);
	check_count(in, "terms", in->inspection->terms);
	if (!pairs_equal(&of_entries, &of_lists)) {
		err = find_missing(in, fault);
		if (err != ERR_NONE)
			return err;
		find_strays(in);
	}
	return store_reader_check(reader_store(in->reader), fault);
}

enum err
inspect_verify(struct reader *reader, struct inspection *inspection,
    struct fault *fault)
{
	struct inspector in = { .reader = reader,
		.schema = reader_schema(reader), .inspection = inspection,
		.words = { .store = reader_store(reader) } };
	enum err err;

	*inspection = (struct inspection){ .wrong = 0 };
	in.indexer = indexer_new(in.schema);
	err = inspect(&in, fault);
	indexer_free(&in.indexer);
	return err;
}
