#include "dir/index.h"

#include "base/buf.h"
#include "base/hash.h"
#include "dir/index_name.h"
#include "record/hidden.h"
#include "record/key.h"
#include "record/record.h"
#include "record/schema.h"
#include "text/fold.h"
#include "text/token.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	FOLDED_MAX = RECORD_BYTES_MAX * FOLD_GROWTH_MAX,
	TERMS_START = 256,
	TERM_BYTES_START = 32, /* in the mean, to start with */
	SLOTS_PER_TERM = 4,
	COMMA = 1,           /* in a collation; folded text has no controls */
};

typedef void add_fn(struct indexer *, const struct attribute *, struct span);

/* A place in the set of terms; free unless its stamp is that of the set. */
struct slot {
	uint32_t stamp;
	uint32_t term;
};

struct list {
	struct span *terms;
	size_t count;
};

/*
 * Memory starts with what nearly every record needs.  When it is too small for
 * a field, `full` is set, it is doubled and the field begun again.
 */
struct indexer {
	const struct schema *schema;
	add_fn *add[SCHEMA_ATTRIBUTES_MAX]; /* NULL: has no terms */
	struct token_list words, accented;
	struct span unfolded; /* the value in hand */
	struct buf folded, spelled;
	struct buf bytes;    /* of the terms */
	struct list shared, own;
	struct slot *slots;
	size_t capacity;     /* of both lists together, and of each */
	uint32_t stamp;
	bool full;
};

bool
index_is_vocabulary(const struct schema *schema, struct span key,
    struct term *word)
{
	return key_read_term(key, word) && word->form == TERM_WORD &&
	    word->attribute == schema->name_id &&
	    word->text.length <= CLUE_BYTES_MAX;
}

void
index_add_collation(struct buf *out, struct span folded_name)
{
	struct span rest = folded_name;
	struct span head = span_cut(&rest, ',');

	buf_add(out, head);
	while (head.length < folded_name.length) {
		buf_add_char(out, COMMA);
		folded_name = span_trim(rest);
		rest = folded_name;
		head = span_cut(&rest, ',');
		buf_add(out, head);
	}
}

/* Numbers and mailboxes. */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_within_number(char c)
{
	return is_digit(c) || memchr(" .-/()", c, 6) != NULL;
}

static void
reverse(char *bytes, size_t length)
{
	for (size_t i = 0; i < length / 2; i++) {
		char c = bytes[i];

		bytes[i] = bytes[length - 1 - i];
		bytes[length - 1 - i] = c;
	}
}

bool
index_next_number(struct span *rest, struct buf *out)
{
	size_t start = out->length;

	while (rest->length > 0 && !is_digit(rest->data[0]))
		*rest = span_skip(*rest, 1);
	while (rest->length > 0 && is_within_number(rest->data[0])) {
		if (is_digit(rest->data[0]))
			buf_add_char(out, rest->data[0]);
		*rest = span_skip(*rest, 1);
	}
	reverse(out->data + start, out->length - start);
	return out->length > start;
}

struct span
index_mail_host(struct span folded)
{
	struct span host = { folded.data + folded.length, 0 };

	while (host.length < folded.length && host.data[-1] != '@') {
		host.data--;
		host.length++;
	}
	if (host.length == folded.length)
		host.length = 0;
	return host;
}

struct span
index_cut_key(struct span folded)
{
	if (folded.length > TERM_BYTES_MAX)
		folded.length = TERM_BYTES_MAX;
	return folded;
}

/* The set of a record's terms. */

/* False: the set has it already. */
static bool
add_to_set(struct indexer *ix, uint32_t term)
{
	size_t mask = ix->capacity * SLOTS_PER_TERM - 1;
	const struct span *terms = ix->shared.terms;
	size_t at = hash_bytes(terms[term]) & mask;

	for (; ix->slots[at].stamp == ix->stamp; at = (at + 1) & mask)
		if (span_equal(terms[ix->slots[at].term], terms[term]))
			return false;
	ix->slots[at] = (struct slot){ ix->stamp, term };
	return true;
}

/* A new stamp empties the set; when stamps run out it is cleared for good. */
static void
drop_repeats(struct indexer *ix)
{
	struct list *list = &ix->shared;
	size_t count = list->count;

	if (++ix->stamp == 0) {
		memset(ix->slots, 0, ix->capacity * SLOTS_PER_TERM *
		    sizeof ix->slots[0]);
		ix->stamp = 1;
	}
	list->count = 0;
	for (size_t i = 0; i < count; i++) {
		list->terms[list->count] = list->terms[i];
		list->count += add_to_set(ix, (uint32_t)list->count);
	}
}

/* Room for `capacity` terms, whose bytes have moved. */
static void
grow_list(struct list *list, size_t capacity, const char *old, char *bytes)
{
	list->terms = realloc(list->terms, capacity * sizeof list->terms[0]);
	assert(list->terms != NULL);
	for (size_t i = 0; i < list->count; i++)
		list->terms[i].data = bytes + (list->terms[i].data - old);
}

/* The terms that there are stay, in memory for `capacity` of them. */
static void
take_memory(struct indexer *ix, size_t capacity)
{
	struct buf old = ix->bytes;
	size_t bytes = capacity * TERM_BYTES_START;
	char *memory = malloc(bytes);

	free(ix->slots);
	ix->capacity = capacity;
	ix->slots = calloc(capacity * SLOTS_PER_TERM, sizeof ix->slots[0]);
	ix->stamp = 0;
	assert(memory != NULL && ix->slots != NULL);
	buf_init(&ix->bytes, memory, bytes);
	buf_add(&ix->bytes, buf_span(&old));
	grow_list(&ix->shared, capacity, old.data, memory);
	grow_list(&ix->own, capacity, old.data, memory);
	free(old.data);
}

static void
add_term(struct indexer *ix, const struct attribute *attribute,
    enum term_form form, struct span text)
{
	const struct term term = { (uint8_t)attribute->group,
		(uint8_t)attribute->id, form, text };
	struct list *list = form == TERM_EXACT ? &ix->own : &ix->shared;
	size_t start = ix->bytes.length;

	if (text.length == 0)
		return;
	key_add_term(&ix->bytes, &term);
	if (ix->bytes.overflowed ||
	    ix->shared.count + ix->own.count == ix->capacity)
		ix->full = true;
	if (!ix->full)
		list->terms[list->count++] = span_skip(buf_span(&ix->bytes),
		    start);
}

/* The kinds of index.  `value` is folded. */

static void
add_words(struct indexer *ix, const struct attribute *attribute,
    struct span value)
{
	token_split(&ix->words, value);
	for (unsigned i = 0; i < ix->words.count; i++)
		add_term(ix, attribute, TERM_WORD,
		    ix->words.tokens[i].text);
}

static const struct attribute *
name_of(const struct indexer *ix)
{
	return &ix->schema->attributes[ix->schema->name_id];
}

static void
add_start(struct indexer *ix, enum term_form form, struct span word)
{
	add_term(ix, name_of(ix), form, utf8_start(word,
	    form == TERM_INITIAL ? 1 : TERM_START_CHARS));
}

static void
add_whole(struct indexer *ix, const struct attribute *attribute)
{
	char memory[TOKENS_MAX * (TOKEN_BYTES_MAX + 1)];
	unsigned differences = index_whole_differences(&ix->words);
	char run[INDEX_RUN_MAX];
	struct span list[TOKENS_MAX];
	struct buf whole;

	buf_init(&whole, memory, sizeof memory);
	for (unsigned i = 0; i < INDEX_WHOLES; i++) {
		if ((i & ~differences) != 0 ||
		    (i & INDEX_WHOLE_RUN && i & INDEX_WHOLE_PARTS))
			continue;
		buf_rewind(&whole, 0);
		index_add_whole(&whole, list,
		    index_list_whole(&ix->words, i, list, run));
		add_term(ix, attribute, TERM_WHOLE, buf_span(&whole));
	}
}

static void
add_runs(struct indexer *ix, const struct attribute *attribute)
{
	char memory[2 * TOKEN_BYTES_MAX];
	struct buf run;

	buf_init(&run, memory, sizeof memory);
	for (unsigned i = 0; i + 1 < ix->words.words; i++) {
		buf_rewind(&run, 0);
		if (index_add_run(&run, &ix->words, i, i + 1))
			add_term(ix, attribute, TERM_RUN, buf_span(&run));
	}
}

/* A last name of several words is one as well, initials and all. */
static void
add_last_run(struct indexer *ix, const struct attribute *attribute)
{
	char memory[INDEX_RUN_MAX];
	struct buf run;

	buf_init(&run, memory, sizeof memory);
	if (index_add_last(&run, &ix->words) < 2)
		return;
	add_term(ix, attribute, TERM_RUN, buf_span(&run));
	add_term(ix, attribute, TERM_LAST, buf_span(&run));
	add_start(ix, TERM_LAST_START, buf_span(&run));
}

/* A name in one of its spellings. */
static void
add_spelling(struct indexer *ix, const struct attribute *attribute,
    struct span value)
{
	bool is_last[TOKENS_MAX];

	add_words(ix, attribute, value);
	index_mark_last(&ix->words, is_last);
	for (unsigned i = 0; i < ix->words.count; i++) {
		struct span word = ix->words.tokens[i].text;

		add_term(ix, attribute,
		    is_last[i] ? TERM_LAST : TERM_FIRST, word);
		add_start(ix, TERM_START, word);
		add_start(ix, is_last[i] ? TERM_LAST_START : TERM_INITIAL,
		    word);
	}
	add_whole(ix, attribute);
	add_runs(ix, attribute);
	add_last_run(ix, attribute);
}

/* Which words of the name are no words of its folded form. */
static void
add_accented(struct indexer *ix, const struct attribute *attribute)
{
	buf_rewind(&ix->spelled, 0);
	fold_add_accented(&ix->spelled, ix->unfolded);
	token_split(&ix->accented, buf_span(&ix->spelled));
	for (unsigned i = 0; i < ix->accented.count; i++)
		if (!token_list_has(&ix->words, ix->accented.tokens[i].text))
			add_term(ix, attribute, TERM_ACCENTED,
			    ix->accented.tokens[i].text);
}

static void
add_name(struct indexer *ix, const struct attribute *attribute,
    struct span value)
{
	add_spelling(ix, attribute, value);
	if (utf8_is_ascii(ix->unfolded))
		return;
	add_accented(ix, attribute);
	buf_rewind(&ix->spelled, 0);
	if (fold_add_expanded(&ix->spelled, ix->unfolded))
		add_spelling(ix, attribute, buf_span(&ix->spelled));
}

/* What is not for everyone must not be found by those who ask for names. */
static void
add_alias(struct indexer *ix, const struct attribute *attribute,
    struct span value)
{
	const struct attribute *name = name_of(ix);

	add_words(ix, attribute, value);
	add_whole(ix, attribute);
	if (attribute->group != name->group)
		return;
	for (unsigned i = 0; i < ix->words.count; i++) {
		add_term(ix, name, TERM_WORD, ix->words.tokens[i].text);
		add_start(ix, TERM_START, ix->words.tokens[i].text);
	}
	add_whole(ix, name);
}

static void
add_digits(struct indexer *ix, const struct attribute *attribute,
    struct span value)
{
	char memory[TERM_BYTES_MAX];
	struct buf number;

	buf_init(&number, memory, sizeof memory);
	while (index_next_number(&value, &number)) {
		add_term(ix, attribute, TERM_DIGITS, buf_span(&number));
		buf_rewind(&number, 0);
	}
}

static void
add_exact(struct indexer *ix, const struct attribute *attribute,
    struct span value)
{
	add_term(ix, attribute, TERM_EXACT, value);
}

static void
add_mail(struct indexer *ix, const struct attribute *attribute,
    struct span value)
{
	add_term(ix, attribute, TERM_EXACT, value);
	add_term(ix, attribute, TERM_HOST, index_mail_host(value));
}

/* NULL: no terms. */
static add_fn *const kinds[INDEX_KINDS] = {
	[INDEX_NAME] = add_name,
	[INDEX_ALIAS] = add_alias,
	[INDEX_WORDS] = add_words,
	[INDEX_DIGITS] = add_digits,
	[INDEX_EXACT] = add_exact,
	[INDEX_MAIL] = add_mail,
};

/* The indexer. */

struct indexer *
indexer_new(const struct schema *schema)
{
	struct indexer *ix = calloc(1, sizeof *ix);
	char *memory = malloc(2 * FOLDED_MAX);

	assert(ix != NULL && memory != NULL);
	ix->schema = schema;
	for (unsigned i = 0; i < schema->count; i++)
		if (schema->attributes[i].group != SCHEMA_GROUP_NOBODY)
			ix->add[i] = kinds[schema->attributes[i].index];
	buf_init(&ix->folded, memory, FOLDED_MAX);
	buf_init(&ix->spelled, memory + FOLDED_MAX, FOLDED_MAX);
	take_memory(ix, TERMS_START);
	return ix;
}

void
indexer_free(struct indexer **indexer)
{
	struct indexer *ix = *indexer;

	*indexer = NULL;
	if (ix == NULL)
		return;
	free(ix->folded.data);
	free(ix->bytes.data);
	free(ix->shared.terms);
	free(ix->own.terms);
	free(ix->slots);
	free(ix);
}

/* Valid until the next fold. */
static struct span
fold(struct indexer *ix, struct span value)
{
	buf_rewind(&ix->folded, 0);
	fold_add(&ix->folded, value);
	assert(!ix->folded.overflowed);
	return buf_span(&ix->folded);
}

static void
add_field(struct indexer *ix, const struct record_field *field)
{
	unsigned id = field->attribute;

	assert(id < ix->schema->count);
	ix->unfolded = field->value;
	if (ix->add[id] != NULL)
		ix->add[id](ix, &ix->schema->attributes[id],
		    fold(ix, field->value));
}

void
indexer_begin(struct indexer *ix)
{
	buf_rewind(&ix->bytes, 0);
	ix->shared.count = 0;
	ix->own.count = 0;
}

size_t
indexer_add(struct indexer *ix, const struct record_field *field)
{
	size_t shared = ix->shared.count, own = ix->own.count;
	size_t length = ix->bytes.length;

	add_field(ix, field);
	while (ix->full) {
		ix->full = false;
		ix->shared.count = shared;
		ix->own.count = own;
		buf_rewind(&ix->bytes, length);
		take_memory(ix, ix->capacity * 2);
		add_field(ix, field);
	}
	return ix->shared.count - shared;
}

const struct span *
indexer_take(struct indexer *ix, size_t *count)
{
	*count = ix->shared.count;
	return ix->shared.terms;
}

const struct span *
indexer_take_own(struct indexer *ix, size_t *count)
{
	*count = ix->own.count;
	return ix->own.terms;
}

/* All of them are shared ones then: the list has room for both. */
static void
join_lists(struct indexer *ix)
{
	for (size_t i = 0; i < ix->own.count; i++)
		ix->shared.terms[ix->shared.count++] = ix->own.terms[i];
	ix->own.count = 0;
}

const struct span *
indexer_terms(struct indexer *ix, struct span record, size_t *count)
{
	const struct hidden hidden = hidden_read(ix->schema, record);
	struct record_field field;

	assert(record.length <= RECORD_BYTES_MAX);
	indexer_begin(ix);
	while (record_next(&record, &field))
		if (!hidden_has(&hidden, field.attribute))
			(void)indexer_add(ix, &field);
	join_lists(ix);
	drop_repeats(ix);
	return indexer_take(ix, count);
}

struct span
indexer_fold_key(struct indexer *ix, struct span value)
{
	return index_cut_key(fold(ix, value));
}

struct span
indexer_key(struct indexer *ix, struct span record)
{
	if (hidden_read(ix->schema, record).whole)
		return (struct span){ "", 0 };
	return indexer_fold_key(ix, record_value(record, ix->schema->key_id));
}
