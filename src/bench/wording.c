#include "bench/wording.h"

#include "base/arena.h"
#include "base/buf.h"
#include "bench/ph_wording.h"
#include "proto/whois_line.h"
#include "query/query.h"
#include "record/hidden.h"
#include "record/record.h"
#include "record/schema.h"
#include "sample/random.h"
#include "sample/typo.h"
#include "text/fold.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdlib.h>

enum { ARENA_BYTES = 256 * QUERY_LINE_MAX };

struct wording {
	const struct schema *schema;
	struct random *random;
	enum protocol_name protocol;
	struct arena *arena; /* of one question */
	struct span value;   /* that it asks for */
};

/*
 * Appends a value to ask for, or nothing.  Returns the attribute that it is of,
 * whatever that is where there is none.
 */
typedef unsigned wording_words(struct wording *w, struct span record,
    struct buf *out);

struct wording *
wording_new(const struct schema *schema, struct random *random,
    enum protocol_name protocol)
{
	struct wording *w = calloc(1, sizeof *w);

	assert(w != NULL);
	w->schema = schema;
	w->random = random;
	w->protocol = protocol;
	w->arena = arena_new(ARENA_BYTES);
	return w;
}

void
wording_free(struct wording **wording)
{
	struct wording *w = *wording;

	*wording = NULL;
	if (w == NULL)
		return;
	arena_free(&w->arena);
	free(w);
}

/* What of an entry everyone sees. */

static const struct span nothing = { "", 0 };

static struct span
public_value(const struct wording *w, struct span record, unsigned id)
{
	const struct attribute *attribute = &w->schema->attributes[id];
	struct hidden hidden = hidden_read(w->schema, record);

	if (hidden.whole || hidden_has(&hidden, id) ||
	    !attribute_is_for(attribute, SCHEMA_PUBLIC))
		return nothing;
	return record_value(record, id);
}

/* Append the first value that is indexed so. */
static unsigned
add_indexed(const struct wording *w, struct span record, enum index_kind index,
    struct buf *out)
{
	for (unsigned i = 0; i < w->schema->count; i++) {
		const struct attribute *attribute = &w->schema->attributes[i];
		struct span value = nothing;

		if (attribute->index == index && attribute->long_form)
			value = public_value(w, record, i);
		if (value.length == 0)
			continue;
		buf_add(out, value);
		return i;
	}
	return SCHEMA_NO_ATTRIBUTE;
}

struct span
wording_name(const struct wording *wording, struct span record)
{
	return public_value(wording, record, wording->schema->name_id);
}

struct span
wording_key(const struct wording *wording, struct span record)
{
	return public_value(wording, record, wording->schema->key_id);
}

/* "Smith" of "Smith, John", and all of a name without a comma. */
static struct span
last_name(const struct wording *w, struct span record)
{
	struct span name = wording_name(w, record);

	return span_trim(span_cut(&name, ','));
}

/* The value of each kind. */

static unsigned
add_key(struct wording *w, struct span record, struct buf *out)
{
	buf_add(out, wording_key(w, record));
	return w->schema->key_id;
}

static unsigned
add_name(struct wording *w, struct span record, struct buf *out)
{
	buf_add(out, wording_name(w, record));
	return w->schema->name_id;
}

/* "Smith, John Q., Jr." is said "John Q. Smith Jr." */
static unsigned
add_spoken(struct wording *w, struct span record, struct buf *out)
{
	struct span rest = wording_name(w, record);
	struct span last = span_trim(span_cut(&rest, ','));
	struct span first = span_trim(span_cut(&rest, ','));
	struct span title = span_trim(rest);

	buf_add(out, first);
	buf_add_string(out, first.length > 0 ? " " : "");
	buf_add(out, last);
	buf_add_string(out, title.length > 0 ? " " : "");
	buf_add(out, title);
	return w->schema->name_id;
}

static unsigned
add_last(struct wording *w, struct span record, struct buf *out)
{
	buf_add(out, last_name(w, record));
	return w->schema->name_id;
}

/* Without a single letter behind a word, which would be an initial. */
static struct span
cut_initial(struct span start)
{
	size_t chars = utf8_count(start);
	struct span rest;

	if (chars < 2)
		return start;
	rest = utf8_start(start, chars - 1);
	return rest.data[rest.length - 1] == ' ' ? span_trim(rest) : start;
}

static unsigned
add_prefix(struct wording *w, struct span record, struct buf *out)
{
	enum { CHARS_LEAST = 3, CHARS_MOST = 5 };
	size_t chars = CHARS_LEAST +
	    random_below(w->random, CHARS_MOST - CHARS_LEAST + 1);
	struct span start =
	    cut_initial(span_trim(utf8_start(last_name(w, record), chars)));

	buf_add(out, start);
	buf_add_string(out, start.length > 0 ? "*" : "");
	return w->schema->name_id;
}

/* Slips are made on a Latin keyboard. */
static bool
is_latin(const struct wording *w, struct span name)
{
	size_t capacity = FOLD_GROWTH_MAX * name.length;
	char *memory = arena_alloc(w->arena, capacity);
	struct buf folded;

	if (memory == NULL)
		return false;
	buf_init(&folded, memory, capacity);
	fold_add(&folded, name);
	return utf8_is_ascii(buf_span(&folded));
}

static unsigned
add_typo(struct wording *w, struct span record, struct buf *out)
{
	struct span name = wording_name(w, record);
	enum typo typo = (enum typo)random_below(w->random, TYPOS);
	size_t start = out->length;

	if (!is_latin(w, name) || !typo_add(out, name, typo, w->random))
		buf_rewind(out, start);
	return w->schema->name_id;
}

static unsigned
add_mailbox(struct wording *w, struct span record, struct buf *out)
{
	return add_indexed(w, record, INDEX_MAIL, out);
}

static unsigned
add_phone(struct wording *w, struct span record, struct buf *out)
{
	return add_indexed(w, record, INDEX_DIGITS, out);
}

static unsigned
add_unit(struct wording *w, struct span record, struct buf *out)
{
	return add_indexed(w, record, INDEX_WORDS, out);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* As long as one that is there, so that it is looked for in the same place. */
static void
add_other_key(struct wording *w, struct span record, struct buf *out)
{
	struct span key = wording_key(w, record);

	for (size_t i = 0; i < key.length; i++)
		buf_add_char(out, is_digit(key.data[i]) ?
		    (char)('0' + random_below(w->random, 10)) : key.data[i]);
}

/* Consonants only: like no name, however near is looked for. */
static void
add_nobody(struct wording *w, struct buf *out)
{
	enum { LETTERS_LEAST = 5, LETTERS_MOST = 9 };
	static const char consonants[] = "bcdfghjkmpqvwxz";
	unsigned letters = LETTERS_LEAST +
	    random_below(w->random, LETTERS_MOST - LETTERS_LEAST + 1);

	while (letters-- > 0)
		buf_add_char(out, consonants[random_below(w->random,
		    sizeof consonants - 1)]);
}

static unsigned
add_missing(struct wording *w, struct span record, struct buf *out)
{
	if (random_below(w->random, 2) == 0) {
		add_other_key(w, record, out);
		return w->schema->key_id;
	}
	add_nobody(w, out);
	buf_add_string(out, ", ");
	add_nobody(w, out);
	return w->schema->name_id;
}

/*
 * What makes the value of a kind, with which word WHOIS is asked for it, and
 * how it must be read.
 */
static const struct {
	wording_words *add;
	const char *verb;
	enum query_field field;
	enum query_match match;
} kinds[MIX_KINDS] = {
	[MIX_KEY] = { add_key, "", QUERY_ANYWHERE, QUERY_EXACT },
	[MIX_NAME] = { add_name, "", QUERY_ANYWHERE, QUERY_EXACT },
	[MIX_SPOKEN] = { add_spoken, "", QUERY_ANYWHERE, QUERY_EXACT },
	[MIX_LAST] = { add_last, "", QUERY_ANYWHERE, QUERY_EXACT },
	[MIX_PREFIX] = { add_prefix, "", QUERY_ANYWHERE, QUERY_PREFIX },
	[MIX_TYPO] = { add_typo, "", QUERY_ANYWHERE, QUERY_EXACT },
	[MIX_SOUNDS] = { add_last, "sounds ", QUERY_NAME, QUERY_ALIKE },
	[MIX_MAILBOX] = { add_mailbox, "", QUERY_MAIL, QUERY_EXACT },
	[MIX_PHONE] = { add_phone, "phone ", QUERY_PHONE, QUERY_EXACT },
	[MIX_UNIT] = { add_unit, "expand ", QUERY_MEMBERS, QUERY_EXACT },
	[MIX_MISSING] = { add_missing, "", QUERY_ANYWHERE, QUERY_EXACT },
};

static bool
reads_as(struct wording *w, enum mix_kind kind, struct span line)
{
	const struct query_clause *clause;
	struct query_error error;
	struct query query;
	struct span clean;

	clean = query_clean(line, w->arena);
	if (clean.data == NULL || !span_equal(whois_peel(clean), line) ||
	    !query_parse(&query, clean, w->arena, &error))
		return false;
	clause = &query.clauses[0];
	return query.verb == QUERY_FIND && query.form == QUERY_FORM_AUTO &&
	    query.count == 1 && clause->field == kinds[kind].field &&
	    clause->match == kinds[kind].match;
}

static bool
add_whois(struct wording *w, enum mix_kind kind, struct buf *out)
{
	size_t start = out->length;

	buf_add_string(out, kinds[kind].verb);
	buf_add(out, w->value);
	return reads_as(w, kind,
	    (struct span){ out->data + start, out->length - start });
}

/* Names and keys as they stand; "/W" and hosts mean something else. */
static bool
add_finger(struct wording *w, struct buf *out)
{
	buf_add(out, w->value);
	return memchr(w->value.data, '/', w->value.length) == NULL &&
	    memchr(w->value.data, '@', w->value.length) == NULL;
}

static bool
dress(struct wording *w, enum mix_kind kind, unsigned attribute,
    struct buf *out)
{
	switch (w->protocol) {
	case PROTOCOL_WHOIS:
		return add_whois(w, kind, out);
	case PROTOCOL_FINGER:
		return add_finger(w, out);
	case PROTOCOL_PH:
		return ph_wording_add(kind,
		    w->schema->attributes[attribute].ph_name, w->value, out);
	}
	assert(false && "a protocol of another name");
}

bool
wording_knows(enum protocol_name protocol, enum mix_kind kind)
{
	switch (protocol) {
	case PROTOCOL_WHOIS:
		return true;
	case PROTOCOL_FINGER:
		return kinds[kind].field == QUERY_ANYWHERE &&
		    kinds[kind].match == QUERY_EXACT;
	case PROTOCOL_PH:
		return ph_wording_knows(kind);
	}
	assert(false && "a protocol of another name");
}

/* False: the entry has none. */
static bool
take_value(struct wording *w, enum mix_kind kind, struct span record,
    unsigned *attribute)
{
	struct buf value;

	arena_reset(w->arena);
	buf_init(&value, arena_alloc(w->arena, QUERY_LINE_MAX),
	    QUERY_LINE_MAX);
	*attribute = kinds[kind].add(w, record, &value);
	w->value = buf_span(&value);
	return !value.overflowed && value.length > 0;
}

bool
wording_add(struct wording *wording, enum mix_kind kind, struct span record,
    struct buf *out)
{
	size_t start = out->length;
	unsigned attribute;

	if (take_value(wording, kind, record, &attribute) &&
	    dress(wording, kind, attribute, out) && !out->overflowed &&
	    out->length - start < QUERY_LINE_MAX)
		return true;
	buf_rewind(out, start);
	return false;
}

struct span
wording_value(const struct wording *wording)
{
	return wording->value;
}
