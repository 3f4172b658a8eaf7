#include "dir/find.h"

#include "base/buf.h"
#include "dir/find_name.h"
#include "dir/index.h"
#include "dir/store.h"
#include "record/hidden.h"
#include "record/key.h"
#include "record/record.h"
#include "record/schema.h"
#include "text/title.h"
#include "text/utf8.h"

#include <assert.h>
#include <string.h>

enum {
	NUMBERS_MAX = 8,
	NUMBER_DIGITS_MIN = 2, /* a tenth of all numbers is no answer */
};

void
wanted_init(struct wanted *wanted, struct span text, unsigned reach)
{
	struct buf folded;

	buf_init(&folded, wanted->memory, sizeof wanted->memory);
	fold_add(&folded, text);
	wanted->match = QUERY_EXACT;
	wanted->reach = reach;
	wanted->folded = buf_span(&folded);
	token_split(&wanted->words, wanted->folded);
}

bool
wanted_is_title(struct span word)
{
	struct token_list words;
	char memory[TOKEN_BYTES_MAX];
	struct buf folded;

	buf_init(&folded, memory, sizeof memory);
	fold_add(&folded, word);
	if (folded.overflowed)
		return false;
	token_split(&words, buf_span(&folded));
	return words.count == 1 && title_is(words.tokens[0].text);
}

bool
wanted_has_only_letters(const struct wanted *wanted)
{
	for (unsigned i = 0; i < wanted->words.count; i++)
		if (!find_is_letter(wanted->words.tokens[i].text))
			return false;
	return true;
}

/*
 * A beginning of a name's word for which there are lists: the form of its term,
 * and how far that may go on.
 */
static void
take_start(const struct find *find, struct term *term, unsigned *reach)
{
	size_t chars;

	if (term->attribute != find->schema->name_id ||
	    *reach != POSTINGS_ANY_MORE)
		return;
	chars = utf8_count(term->text);
	if (chars > TERM_START_CHARS)
		return;
	if (term->form == TERM_WORD)
		term->form = TERM_START;
	else if (term->form == TERM_LAST)
		term->form = TERM_LAST_START;
	else if (term->form == TERM_FIRST && chars == 1)
		term->form = TERM_INITIAL;
	else
		return;
	if (term->form == TERM_INITIAL || chars == TERM_START_CHARS)
		*reach = 0;
}

bool
find_is_one_list(const struct find *find, const struct term *wanted,
    unsigned reach)
{
	struct term term = *wanted;

	take_start(find, &term, &reach);
	return reach == 0;
}

struct postings *
find_term(struct find *find, const struct term *wanted, unsigned reach)
{
	char memory[TERM_KEY_MAX];
	struct term term = *wanted;
	struct buf key;

	if (term.text.length == 0)
		return NULL;
	take_start(find, &term, &reach);
	buf_init(&key, memory, sizeof memory);
	key_add_term(&key, &term);
	return reach > 0 ?
	    postings_prefix(&find->scope, buf_span(&key), reach) :
	    postings_term(&find->scope, buf_span(&key));
}

struct term
find_make_term(const struct attribute *attribute, enum term_form form,
    struct span text)
{
	return (struct term){ .group = (uint8_t)attribute->group,
		.attribute = (uint8_t)attribute->id, .form = form,
		.text = text };
}

void
find_add_key(const struct find *find, struct buf *key, enum term_form form,
    struct span text)
{
	const struct term term = find_make_term(find_name_attribute(find),
	    form, text);

	key_add_term(key, &term);
}

bool
find_add_word(const struct find *find, struct postings_union *many,
    enum term_form form, struct span text)
{
	char memory[TERM_KEY_MAX];
	struct buf key;

	buf_init(&key, memory, sizeof memory);
	find_add_key(find, &key, form, text);
	return postings_union_add(many, buf_span(&key));
}

const struct attribute *
find_name_attribute(const struct find *find)
{
	return &find->schema->attributes[find->schema->name_id];
}

bool
find_may_see(const struct find *find, const struct attribute *attribute)
{
	return attribute_is_for(attribute, find->groups);
}

bool
find_is_name(const struct find *find, const struct attribute *attribute)
{
	return attribute->index == INDEX_NAME ||
	    (attribute->index == INDEX_ALIAS &&
	    attribute->group == find_name_attribute(find)->group);
}

bool
find_any_spelling(struct span stored, struct wanted *name, name_test *test,
    void *context)
{
	char memory[WANTED_BYTES_MAX];
	struct buf expanded;

	wanted_init(name, stored, 0);
	if (test(context, name))
		return true;
	buf_init(&expanded, memory, sizeof memory);
	if (!fold_add_expanded(&expanded, stored))
		return false;
	wanted_init(name, buf_span(&expanded), 0);
	return test(context, name);
}

/* Those of an entry that people find it by, in its names or in other names. */
static uint64_t
name_attributes(const struct find *find, const struct record_parts *parts)
{
	const struct hidden hidden = hidden_of(find->schema, parts);
	uint64_t left = hidden_leave(&hidden, parts->attributes), names = 0;

	for (; left != 0; left &= left - 1)
		if (find_is_name(find, &find->schema->attributes[
			__builtin_ctzll(left)]))
			names |= left & -left;
	return names;
}

bool
find_names_begin(struct find_names *names, const struct find *find,
    uint32_t id)
{
	struct span record;

	names->schema = find->schema;
	if (store_get_entry(find->scope.store, id, &record) != STORE_FOUND ||
	    !record_take_apart(&names->parts, find->schema, record))
		return false;
	names->walk = record_walk_begin(&names->parts,
	    name_attributes(find, &names->parts));
	return true;
}

const struct attribute *
find_names_next(struct find_names *names, struct span *name)
{
	struct record_field field;

	if (!record_walk_next(&names->walk, &field))
		return NULL;
	*name = field.value;
	return &names->schema->attributes[field.attribute];
}

struct span
find_initial(struct span word)
{
	size_t length;

	if (utf8_decode(word, &length) >= 0x2e80)
		length = 0;
	return (struct span){ word.data, length };
}

bool
find_is_letter(struct span word)
{
	return find_initial(word).length == word.length;
}

struct postings *
find_word(struct find *find, const struct attribute *attribute,
    const struct wanted *wanted, const struct word *word)
{
	struct postings *parts[TOKENS_MAX];
	struct postings *ways[2] = { NULL, NULL };
	unsigned count = 0;

	for (unsigned i = 0; i < wanted->words.count; i++) {
		const struct token *token = &wanted->words.tokens[i];
		const struct term term =
		    find_make_term(attribute, word->form, token->text);
		bool is_last = i + 1 == wanted->words.count ||
		    token[1].word != word->number;

		if (token->word != word->number)
			continue;
		if (token->form == TOKEN_PART)
			parts[count++] = find_term(find, &term,
			    is_last ? word->reach : 0);
		else
			ways[0] = find_term(find, &term, word->reach);
	}
	ways[1] = postings_all(&find->scope, parts, count);
	return postings_any(&find->scope, ways, 2);
}

/* By kind of index. */

/* All words, in any order. */
static struct postings *
in_words(struct find *find, const struct attribute *attribute,
    const struct wanted *wanted)
{
	struct postings *sets[TOKENS_MAX];
	unsigned count = wanted->words.words;

	for (unsigned i = 0; i < count; i++) {
		const struct word word = { .number = i, .form = TERM_WORD,
			.reach = i + 1 == count ? wanted->reach : 0 };

		sets[i] = find_word(find, attribute, wanted, &word);
	}
	return postings_all(&find->scope, sets, count);
}

static struct postings *
in_name(struct find *find, const struct attribute *attribute,
    const struct wanted *wanted)
{
	(void)attribute; /* there is one */
	return find_name_or_runs(find, wanted);
}

static struct postings *
in_value(struct find *find, const struct attribute *attribute,
    const struct wanted *wanted)
{
	const struct term term =
	    find_make_term(attribute, TERM_EXACT, wanted->folded);

	return find_term(find, &term, wanted->reach);
}

static struct postings *
in_key(struct find *find, const struct attribute *attribute,
    const struct wanted *wanted)
{
	struct span key = index_cut_key(wanted->folded);

	(void)attribute; /* it has a table to itself */
	return wanted->reach > 0 ?
	    postings_key_prefix(&find->scope, key, wanted->reach) :
	    postings_key(&find->scope, key);
}

/*
 * user@host, @host, and the user part alone with or without its "@".  How long
 * a user part is cannot be told from the length of the address.
 */
static struct postings *
in_mail(struct find *find, const struct attribute *attribute,
    const struct wanted *wanted)
{
	struct span text = wanted->folded;
	struct term term = find_make_term(attribute, TERM_EXACT, text);
	const char *at = memchr(text.data, '@', text.length);
	unsigned reach = wanted->reach;
	char memory[TERM_BYTES_MAX];
	struct buf user;

	if (reach > 0 && reach < POSTINGS_ANY_MORE)
		return NULL;
	buf_init(&user, memory, sizeof memory);
	if (at == text.data) {
		term.form = TERM_HOST;
		term.text = span_skip(text, 1);
	} else if (at == text.data + text.length - 1) {
		reach = POSTINGS_ANY_MORE;
	} else if (at == NULL && reach == 0) {
		buf_add(&user, text);
		buf_add_char(&user, '@');
		term.text = user.overflowed ? text : buf_span(&user);
		reach = POSTINGS_ANY_MORE;
	}
	return find_term(find, &term, reach);
}

/* Each number is the ending of one there. */
static struct postings *
in_digits(struct find *find, const struct attribute *attribute,
    const struct wanted *wanted)
{
	struct postings *sets[NUMBERS_MAX];
	struct span rest = wanted->folded;
	char memory[TERM_BYTES_MAX];
	struct buf number;
	unsigned count = 0;

	buf_init(&number, memory, sizeof memory);
	while (count < NUMBERS_MAX && index_next_number(&rest, &number)) {
		const struct term term = find_make_term(attribute, TERM_DIGITS,
		    buf_span(&number));

		if (number.length >= NUMBER_DIGITS_MIN)
			sets[count++] = find_term(find, &term,
			    POSTINGS_ANY_MORE);
		buf_rewind(&number, 0);
	}
	return postings_all(&find->scope, sets, count);
}

enum {
	AS_IT_IS = 1 << QUERY_EXACT,
	BEGINNING = AS_IT_IS | 1 << QUERY_PREFIX,
	ANY_LENGTH = BEGINNING | 1 << QUERY_MORE,
	BY_VOCABULARY = ANY_LENGTH | 1 << QUERY_ENDS | 1 << QUERY_WITHIN,
};

static const struct {
	find_function *find;
	unsigned matches;
} selectors[INDEX_KINDS] = {
	[INDEX_NAME] = { in_name, BY_VOCABULARY },
	[INDEX_ALIAS] = { in_words, ANY_LENGTH },
	[INDEX_WORDS] = { in_words, ANY_LENGTH },
	[INDEX_DIGITS] = { in_digits, AS_IT_IS },
	[INDEX_KEY] = { in_key, ANY_LENGTH },
	[INDEX_EXACT] = { in_value, ANY_LENGTH },
	[INDEX_MAIL] = { in_mail, BEGINNING },
};

find_function *
find_selector(const struct attribute *attribute, enum query_match match)
{
	return selectors[attribute->index].matches & 1u << match ?
	    selectors[attribute->index].find : NULL;
}

/* In any attribute whose kind of index has a finder in the table. */

static find_function *const handles[INDEX_KINDS] = {
	[INDEX_KEY] = in_key,
	[INDEX_EXACT] = in_value,
	[INDEX_MAIL] = in_mail,
};

static find_function *const mailboxes[INDEX_KINDS] = {
	[INDEX_MAIL] = in_mail,
};

static find_function *const numbers[INDEX_KINDS] = {
	[INDEX_DIGITS] = in_digits,
};

static struct postings *
find_anywhere(struct find *find, find_function *const table[INDEX_KINDS],
    const struct wanted *wanted)
{
	struct postings *sets[SCHEMA_ATTRIBUTES_MAX];
	unsigned count = 0;

	for (unsigned i = 0; i < find->schema->count; i++) {
		const struct attribute *attribute =
		    &find->schema->attributes[i];

		if (table[attribute->index] != NULL &&
		    find_may_see(find, attribute))
			sets[count++] = table[attribute->index](find,
			    attribute, wanted);
	}
	return postings_any(&find->scope, sets, count);
}

struct postings *
find_handles(struct find *find, const struct wanted *wanted)
{
	if (memchr(wanted->folded.data, ' ', wanted->folded.length) != NULL)
		return NULL;
	return find_anywhere(find, handles, wanted);
}

struct postings *
find_key(struct find *find, const struct wanted *wanted)
{
	return in_key(find, NULL, wanted);
}

struct postings *
find_mailboxes(struct find *find, const struct wanted *wanted)
{
	return find_anywhere(find, mailboxes, wanted);
}

struct postings *
find_numbers(struct find *find, const struct wanted *wanted)
{
	return find_anywhere(find, numbers, wanted);
}

struct postings *
find_members(struct find *find, const struct wanted *wanted)
{
	struct postings *sets[SCHEMA_ATTRIBUTES_MAX];
	unsigned count = 0;

	for (unsigned i = 0; i < find->schema->count; i++) {
		const struct attribute *attribute =
		    &find->schema->attributes[i];

		if (attribute->index == INDEX_WORDS && attribute->long_form &&
		    find_may_see(find, attribute))
			sets[count++] = in_words(find, attribute, wanted);
	}
	return postings_any(&find->scope, sets, count);
}
