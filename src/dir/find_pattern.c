#include "dir/find_pattern.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/find.h"
#include "dir/index.h"
#include "query/query.h"
#include "record/schema.h"
#include "text/fold.h"

#include <assert.h>
#include <string.h>

/* Entries that are cheaper to ask than to go through many terms. */
enum { FEW = 256 };

/* How patterns meet the values of a kind. */
enum manner {
	MANNER_ASKED, /* words, of the entries themselves */
	MANNER_WORDS,
	MANNER_VALUES,
};

static const struct {
	enum manner manner;
	bool plainly; /* without a wildcard it is a selector as any other */
} kinds[INDEX_KINDS] = {
	[INDEX_NONE] = { MANNER_ASKED, false },
	[INDEX_NAME] = { MANNER_WORDS, false },
	[INDEX_ALIAS] = { MANNER_WORDS, false },
	[INDEX_WORDS] = { MANNER_WORDS, false },
	[INDEX_DIGITS] = { MANNER_ASKED, true },
	[INDEX_KEY] = { MANNER_VALUES, true },
	[INDEX_EXACT] = { MANNER_VALUES, true },
	[INDEX_MAIL] = { MANNER_VALUES, true },
};

static enum manner
manner_of(const struct find_pattern *pattern)
{
	return kinds[pattern->attribute->index].manner;
}

bool
find_pattern_is_of_values(const struct find_pattern *pattern)
{
	return manner_of(pattern) == MANNER_VALUES;
}

find_function *
find_pattern_plainly(const struct find_pattern *pattern)
{
	return kinds[pattern->attribute->index].plainly &&
	    !pattern->has_wildcard ?
	    find_selector(pattern->attribute, QUERY_EXACT) : NULL;
}

/* Making. */

static bool
has_wildcard(struct span text)
{
	return pattern_literal(text).length < text.length;
}

static enum find_pattern_made
split(struct find *find, struct pattern_spelling *spelling)
{
	size_t length = spelling->folded.length;
	char *memory = arena_alloc(find->scope.arena, length);
	struct buf joined;

	if (memory == NULL) {
		find->scope.full = true;
		return FIND_PATTERN_NO_ROOM;
	}
	buf_init(&joined, memory, length);
	if (!pattern_split(&spelling->words, spelling->folded, &joined))
		return FIND_PATTERN_TOO_LONG;
	return spelling->words.count > 0 ? FIND_PATTERN_MADE :
	    FIND_PATTERN_EMPTY;
}

/* The bytes of `folded` are scratch. */
static enum find_pattern_made
add_spelling(struct find *find, struct find_pattern *pattern,
    const struct buf *folded)
{
	struct pattern_spelling *spelling =
	    &pattern->spellings[pattern->count];
	enum find_pattern_made made;

	if (folded->overflowed)
		return FIND_PATTERN_TOO_LONG;
	if (!arena_copy(find->scope.arena, buf_span(folded),
		&spelling->folded)) {
		find->scope.full = true;
		return FIND_PATTERN_NO_ROOM;
	}
	made = split(find, spelling);
	if (made != FIND_PATTERN_MADE)
		return made;
	for (unsigned i = 0; i < spelling->words.count; i++)
		pattern->has_wildcard |= spelling->words.words[i].has_wildcard;
	pattern->count++;
	return find_pattern_is_of_values(pattern) &&
	    has_wildcard(spelling->folded) &&
	    spelling->folded.length > PATTERN_BYTES_MAX ?
	    FIND_PATTERN_TOO_LONG : FIND_PATTERN_MADE;
}

/* One that is spelled as two would make a set of both: "[ue]". */
static bool
has_letter_in_set(struct span text)
{
	char memory[WANTED_BYTES_MAX];
	struct buf spelled;

	while (text.length > 0) {
		buf_init(&spelled, memory, sizeof memory);
		span_cut(&text, '[');
		if (fold_add_expanded(&spelled, span_cut(&text, ']')))
			return true;
	}
	return false;
}

/* As in dir/spelling. */
static enum find_pattern_made
add_spellings(struct find *find, struct find_pattern *pattern)
{
	const struct query_clause *clause = pattern->clause;
	char memory[WANTED_BYTES_MAX];
	enum find_pattern_made made;
	struct buf folded;

	buf_init(&folded, memory, sizeof memory);
	fold_add(&folded, clause->text);
	made = add_spelling(find, pattern, &folded);
	buf_rewind(&folded, 0);
	if (made == FIND_PATTERN_MADE && !has_letter_in_set(clause->text) &&
	    fold_add_expanded(&folded, clause->text))
		made = add_spelling(find, pattern, &folded);
	buf_rewind(&folded, 0);
	fold_add(&folded, clause->raw);
	if (made == FIND_PATTERN_MADE && clause->raw.length > 0)
		made = add_spelling(find, pattern, &folded);
	return made;
}

enum find_pattern_made
find_pattern_make(struct find *find, const struct query_clause *clause,
    const struct attribute *attribute, struct find_pattern **pattern)
{
	struct find_pattern *made = arena_alloc(find->scope.arena,
	    sizeof *made);

	if (made == NULL) {
		find->scope.full = true;
		return FIND_PATTERN_NO_ROOM;
	}
	/* the spellings are many kilobytes, and cleared by nobody */
	made->clause = clause;
	made->attribute = attribute;
	made->has_wildcard = false;
	made->count = 0;
	*pattern = made;
	return add_spellings(find, made);
}

/* Whole values. */

/* What is compared, and with what: a host, or the value as it is. */
static bool
is_of_host(const struct attribute *attribute, struct span pattern)
{
	return attribute->index == INDEX_MAIL && pattern.length > 0 &&
	    pattern.data[0] == '@';
}

bool
find_pattern_is_value(const struct attribute *attribute, struct span pattern,
    struct span value)
{
	struct span host = index_mail_host(value), user = value;

	if (is_of_host(attribute, pattern))
		return host.length > 0 &&
		    pattern_matches(span_skip(pattern, 1), host);
	if (pattern_matches(pattern, value))
		return true;
	if (attribute->index != INDEX_MAIL || host.length == 0)
		return false;
	user.length -= host.length + 1;
	return pattern_matches(pattern, user);
}

/* A pattern on its way through terms. */
struct filtering {
	const struct attribute *attribute; /* NULL: of words */
	struct span pattern;
};

static bool
is_wanted_key(void *context, struct span key)
{
	const struct filtering *filtering = context;

	return find_pattern_is_value(filtering->attribute, filtering->pattern,
	    key);
}

static bool
is_wanted_term(void *context, struct span key)
{
	const struct filtering *filtering = context;
	struct term term;

	if (!key_read_term(key, &term))
		return false;
	return filtering->attribute == NULL || term.form == TERM_HOST ?
	    pattern_matches(filtering->pattern, term.text) :
	    is_wanted_key(context, term.text);
}

/* Terms that begin as the pattern does, and are as it says. */
static struct postings *
go_through(struct find *find, const struct term *start,
    struct filtering *filtering)
{
	const struct postings_filter filter = { is_wanted_term, filtering };
	char memory[TERM_KEY_MAX];
	struct buf key;

	buf_init(&key, memory, sizeof memory);
	key_add_term(&key, start);
	return postings_matching(&find->scope, buf_span(&key), &filter);
}

static struct postings *
lookup_value(struct find *find, const struct attribute *attribute,
    struct span pattern)
{
	struct filtering filtering = { attribute, pattern };
	const struct postings_filter filter = { is_wanted_key, &filtering };
	struct term start = find_make_term(attribute, TERM_EXACT,
	    pattern_literal(pattern));

	if (attribute->index == INDEX_KEY)
		return postings_key_matching(&find->scope, start.text,
		    &filter);
	if (is_of_host(attribute, pattern)) {
		start.form = TERM_HOST;
		start.text = span_skip(start.text, 1);
		filtering.pattern = span_skip(pattern, 1);
	}
	return go_through(find, &start, &filtering);
}

/* Words. */

static bool
can_look_up(const struct pattern_word *word)
{
	return pattern_literal(word->text).length > 0;
}

/* Nothing but an asterisk at the end: there may be one list for it. */
static bool
is_prefix(const struct pattern_word *word, struct span literal)
{
	return word->text.length == literal.length + 1 &&
	    word->text.data[literal.length] == '*';
}

static struct postings *
lookup_term(struct find *find, const struct attribute *attribute,
    const struct pattern_word *word)
{
	struct filtering filtering = { NULL, word->text };
	const struct term start = find_make_term(attribute, TERM_WORD,
	    pattern_literal(word->text));

	if (!word->has_wildcard)
		return find_term(find, &start, 0);
	if (is_prefix(word, start.text))
		return find_term(find, &start, POSTINGS_ANY_MORE);
	return go_through(find, &start, &filtering);
}

/* One spelling being looked up. */
struct lookup {
	struct find *find;
	const struct attribute *attribute;
	const struct pattern *words;
	struct postings *set; /* of those that were looked up */
	bool is_begun;
	bool is_exact;
};

static void
lookup_word(struct lookup *lookup, const struct pattern_word *word)
{
	struct postings *sets[2] = {
		lookup_term(lookup->find, lookup->attribute, word),
		lookup->set,
	};

	lookup->set = postings_all(&lookup->find->scope, sets,
	    lookup->is_begun ? 2 : 1);
	lookup->is_begun = true;
}

/* Where few entries are left, they are asked instead. */
static bool
is_asked(const struct lookup *lookup, const struct pattern_word *word)
{
	return !can_look_up(word) || (word->has_wildcard &&
	    lookup->is_begun && postings_length(lookup->set) <= FEW);
}

static void
lookup_words(struct lookup *lookup, bool with_wildcard)
{
	for (unsigned i = 0; i < lookup->words->count; i++) {
		const struct pattern_word *word = &lookup->words->words[i];

		if (word->has_wildcard != with_wildcard)
			continue;
		if (is_asked(lookup, word))
			lookup->is_exact = false;
		else
			lookup_word(lookup, word);
	}
}

static struct postings *
lookup_spelling(struct lookup *lookup, const struct pattern *words)
{
	lookup->words = words;
	lookup->set = NULL;
	lookup->is_begun = false;
	lookup_words(lookup, false);
	lookup_words(lookup, true);
	return lookup->set;
}

static bool
has_key(const struct find_pattern *pattern,
    const struct pattern_spelling *spelling)
{
	struct span literal = pattern_literal(spelling->folded);

	if (find_pattern_is_of_values(pattern))
		return literal.length > is_of_host(pattern->attribute,
		    spelling->folded);
	for (unsigned i = 0; i < spelling->words.count; i++)
		if (can_look_up(&spelling->words.words[i]))
			return true;
	return false;
}

bool
find_pattern_is_key(const struct find_pattern *pattern)
{
	if (manner_of(pattern) == MANNER_ASKED)
		return false;
	for (unsigned i = 0; i < pattern->count; i++)
		if (!has_key(pattern, &pattern->spellings[i]))
			return false;
	return true;
}

/* The terms say nothing about the order of words. */
static bool
has_order(const struct find_pattern *pattern)
{
	return pattern->clause->match == QUERY_PHRASE &&
	    pattern->spellings[0].words.count > 1;
}

struct postings *
find_pattern_lookup(struct find *find, const struct find_pattern *pattern,
    bool *is_exact)
{
	struct postings *sets[SPELLINGS_MAX];
	struct lookup lookup = { .find = find,
		.attribute = pattern->attribute,
		.is_exact = true };

	for (unsigned i = 0; i < pattern->count; i++) {
		const struct pattern_spelling *spelling =
		    &pattern->spellings[i];

		sets[i] = find_pattern_is_of_values(pattern) ?
		    lookup_value(find, pattern->attribute, spelling->folded) :
		    lookup_spelling(&lookup, &spelling->words);
	}
	*is_exact = lookup.is_exact &&
	    (find_pattern_is_of_values(pattern) || !has_order(pattern));
	return postings_any(&find->scope, sets, pattern->count);
}
