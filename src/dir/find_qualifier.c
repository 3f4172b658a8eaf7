#include "dir/find_qualifier.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/find.h"
#include "dir/find_pattern.h"
#include "dir/store.h"
#include "query/query.h"
#include "record/hidden.h"
#include "record/record.h"
#include "record/schema.h"
#include "text/pattern.h"

#include <stdint.h>

enum { BYTES_PER_POSTING = 8 };

/* An entry in hand, and what of the pattern in hand it has shown to hold. */
struct asking {
	struct find *find;
	struct qualifiers qualifiers;
	struct record_parts parts;
	uint64_t attributes; /* that the owner does not hide */

	const struct find_pattern *pattern;
	bool is_name; /* the value in hand: written or said, it is one */
	bool holds;
	uint32_t held[SPELLINGS_MAX]; /* bit i: word i of the spelling */
	struct wanted value;
};

/* Words in any order, and in any value. */

static bool
is_any_token(struct span pattern, const struct token_list *text)
{
	for (unsigned i = 0; i < text->count; i++)
		if (pattern_matches(pattern, text->tokens[i].text))
			return true;
	return false;
}

static void
note_words(struct asking *asking, unsigned nth, const struct token_list *text)
{
	const struct pattern *words = &asking->pattern->spellings[nth].words;

	for (unsigned i = 0; i < words->count; i++)
		if ((asking->held[nth] >> i & 1) == 0 &&
		    is_any_token(words->words[i].text, text))
			asking->held[nth] |= UINT32_C(1) << i;
}

static bool
all_words_hold(const struct pattern *words, uint32_t held)
{
	for (unsigned i = 0; i < words->count; i++)
		if ((held >> i & 1) == 0)
			return false;
	return true;
}

/* Words side by side. */

/* Words of a text in their order, either joined ones or their parts. */
struct sequence {
	unsigned count;
	struct span words[TOKENS_MAX];
};

static void
list_words(struct sequence *sequence, const struct token_list *text,
    enum token_form left_out, bool before_comma)
{
	for (unsigned i = 0; i < text->count; i++)
		if (text->tokens[i].form != left_out &&
		    text->tokens[i].before_comma == before_comma)
			sequence->words[sequence->count++] =
			    text->tokens[i].text;
}

static bool
is_at(const struct pattern *pattern, const struct sequence *text,
    unsigned start)
{
	for (unsigned i = 0; i < pattern->count; i++)
		if (!pattern_matches(pattern->words[i].text,
			text->words[start + i]))
			return false;
	return true;
}

static bool
is_within(const struct pattern *pattern, const struct sequence *text)
{
	for (unsigned i = 0; i + pattern->count <= text->count; i++)
		if (is_at(pattern, text, i))
			return true;
	return false;
}

/* As it is written, and where that is "Quinton, Reg", as the name is said. */
static bool
is_in_order(const struct pattern *pattern, const struct token_list *text,
    enum token_form left_out, bool is_name)
{
	struct sequence sequence = { .count = 0 };

	list_words(&sequence, text, left_out, true);
	list_words(&sequence, text, left_out, false);
	if (is_within(pattern, &sequence))
		return true;
	sequence.count = 0;
	list_words(&sequence, text, left_out, false);
	list_words(&sequence, text, left_out, true);
	return is_name && is_within(pattern, &sequence);
}

static bool
phrase_holds(const struct pattern *pattern, const struct token_list *text,
    bool is_name)
{
	return is_in_order(pattern, text, TOKEN_PART, is_name) ||
	    is_in_order(pattern, text, TOKEN_JOINED, is_name);
}

/* Values. */

/* A value in one of its spellings.  False: the others must be asked. */
static bool
ask_spelling(void *context, const struct wanted *value)
{
	struct asking *asking = context;
	const struct find_pattern *pattern = asking->pattern;

	for (unsigned i = 0; i < pattern->count && !asking->holds; i++) {
		const struct pattern_spelling *spelling =
		    &pattern->spellings[i];

		if (find_pattern_is_of_values(pattern))
			asking->holds = find_pattern_is_value(
			    pattern->attribute, spelling->folded,
			    value->folded);
		else if (pattern->clause->match == QUERY_PHRASE)
			asking->holds = phrase_holds(&spelling->words,
			    &value->words, asking->is_name);
		else
			note_words(asking, i, &value->words);
	}
	return asking->holds;
}

/* Each word of the pattern may be held against all of the value. */
static bool
pay_for_value(const struct asking *asking, struct span value)
{
	const struct find_pattern *pattern = asking->pattern;
	uint64_t bytes = 0;

	for (unsigned i = 0; i < pattern->count; i++)
		bytes += pattern->spellings[i].words.count * value.length;
	return postings_spend(&asking->find->scope, bytes / BYTES_PER_POSTING);
}

/* Only of names there are terms in other spellings. */
static void
ask_value(struct asking *asking, const struct attribute *attribute,
    struct span value)
{
	asking->is_name = attribute->index == INDEX_NAME;
	if (!pay_for_value(asking, value))
		return;
	if (attribute->index == INDEX_NAME) {
		find_any_spelling(value, &asking->value, ask_spelling, asking);
		return;
	}
	wanted_init(&asking->value, value, 0);
	ask_spelling(asking, &asking->value);
}

/* Names are found under other names as well. */
static bool
is_asked(const struct asking *asking, const struct attribute *attribute)
{
	const struct attribute *wanted = asking->pattern->attribute;

	return attribute == wanted || (wanted->index == INDEX_NAME &&
	    find_is_name(asking->find, attribute));
}

static bool
pattern_holds(struct asking *asking, const struct find_pattern *pattern)
{
	const struct schema *schema = asking->find->schema;
	struct record_walk walk = record_walk_begin(&asking->parts,
	    asking->attributes);
	struct record_field field;

	asking->pattern = pattern;
	asking->holds = false;
	for (unsigned i = 0; i < pattern->count; i++)
		asking->held[i] = 0;
	while (!asking->holds && record_walk_next(&walk, &field)) {
		const struct attribute *attribute =
		    &schema->attributes[field.attribute];

		if (is_asked(asking, attribute))
			ask_value(asking, attribute, field.value);
	}
	for (unsigned i = 0; i < pattern->count && !asking->holds; i++)
		asking->holds = all_words_hold(&pattern->spellings[i].words,
		    asking->held[i]);
	return asking->holds;
}

static bool
entry_holds(void *context, uint32_t id)
{
	struct asking *asking = context;
	const struct find *find = asking->find;
	struct hidden hidden;
	struct span record;

	if (store_get_entry(find->scope.store, id, &record) != STORE_FOUND ||
	    !record_take_apart(&asking->parts, find->schema, record))
		return false;
	hidden = hidden_of(find->schema, &asking->parts);
	asking->attributes = hidden_leave(&hidden, asking->parts.attributes);
	for (unsigned i = 0; i < asking->qualifiers.count; i++)
		if (!pattern_holds(asking, asking->qualifiers.patterns[i]))
			return false;
	return true;
}

struct postings *
find_qualified(struct find *find, struct postings *set,
    const struct qualifiers *qualifiers)
{
	struct asking *asking;

	if (qualifiers->count == 0 || set == NULL)
		return set;
	asking = arena_alloc(find->scope.arena, sizeof *asking);
	if (asking == NULL) {
		find->scope.full = true;
		return NULL;
	}
	asking->find = find;
	asking->qualifiers = *qualifiers;
	return postings_keep(&find->scope, set, entry_holds, asking);
}
