#include "proto/answer.h"

#include "access/privacy.h"
#include "base/arena.h"
#include "base/buf.h"
#include "dir/generation.h"
#include "proto/face.h"
#include "query/query.h"
#include "record/record.h"
#include "record/schema.h"
#include "text/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum {
	QUOTED_MAX = 60, /* bytes of the client's own that a sentence repeats */
	GROWTH_MAX = 3,  /* a byte replaced by U+FFFD becomes three */
	VALUES_AT_FIRST = 32,
};

bool
answer_may_show(const struct answer *answer,
    const struct attribute *attribute)
{
	return attribute_is_for(attribute, answer->groups);
}

const struct attribute *
answer_find_indexed(const struct answer *answer, enum index_kind kind)
{
	const struct schema *schema = answer->schema;

	for (unsigned i = 0; i < schema->count; i++) {
		const struct attribute *attribute = &schema->attributes[i];

		if (attribute->index == kind &&
		    answer_may_show(answer, attribute))
			return attribute;
	}
	return NULL;
}

const char *
answer_rung_name(enum rung rung)
{
	switch (rung) {
	case RUNG_NONE:
		return "none";
	case RUNG_HANDLE:
		return "handle";
	case RUNG_WHOLE:
		return "whole";
	case RUNG_WORDS:
		return "words";
	case RUNG_NICKNAMES:
		return "nicknames";
	case RUNG_BEGINNINGS:
		return "beginnings";
	case RUNG_MISSPELT:
		return "misspelt";
	case RUNG_SOUNDING:
		return "sounding";
	case RUNG_ONE_WORD:
		return "one";
	case RUNG_AS_GIVEN:
		return "given";
	}
	assert(false && "a rung without a name");
	return "";
}

/* Those that the short form has a place for. */
static uint64_t
short_form_attributes(const struct schema *schema)
{
	uint64_t attributes = UINT64_C(1) << schema->name_id |
	    UINT64_C(1) << schema->key_id;

	for (unsigned i = 0; i < schema->count; i++)
		if (schema->attributes[i].short_form)
			attributes |= UINT64_C(1) << i;
	return attributes;
}

enum err
answer_begin(struct answer *answer, const struct face_worker *worker,
    struct fault *fault)
{
	enum err err;

	*answer = (struct answer){ .worker = worker };
	err = reader_begin(worker->reader, fault);
	if (err != ERR_NONE)
		return err;
	answer->schema = reader_schema(worker->reader);
	answer->groups = privacy_groups(answer->schema, worker->viewer);
	answer->attributes = privacy_attributes(answer->schema,
	    answer->groups);
	answer->short_form = short_form_attributes(answer->schema);
	answer->shown_max = worker->settings->shown_max;
	return ERR_NONE;
}

void
answer_end(struct answer *answer)
{
	reader_end(answer->worker->reader);
	*answer = (struct answer){ 0 };
}

static enum err
refuse_selector(struct fault *fault, const struct answer *answer,
    const char *problem)
{
	struct span name = utf8_cut(answer->hits.clause->selector, QUOTED_MAX);

	return fault_set(fault, ERR_REFUSED,
	    "%.*s %s; help selectors lists what can be searched.",
	    (int)name.length, name.data, problem);
}

enum search_outcome
answer_run(struct answer *answer, const struct query *query,
    struct fault *fault)
{
	const struct face_worker *worker = answer->worker;
	const struct search_limits limits = {
		.groups = answer->groups,
		.shown_max = answer->shown_max,
		.all_or_none = answer->all_or_none,
		.postings_max = worker->settings->postings_max,
	};
	enum search_outcome outcome;

	outcome = search_run(worker->reader, query, &limits, worker->arena,
	    &answer->hits, fault);
	answer->arena_mark = arena_mark(worker->arena);
	return outcome;
}

enum err
answer_search(struct answer *answer, const struct query *query,
    struct fault *fault)
{
	switch (answer_run(answer, query, fault)) {
	case SEARCH_DONE:
		return ERR_NONE;
	case SEARCH_UNKNOWN_SELECTOR:
		return refuse_selector(fault, answer, "is no attribute here");
	case SEARCH_NOT_INDEXED:
		return refuse_selector(fault, answer, "cannot be searched so");
	case SEARCH_EMPTY:
		return fault_set(fault, ERR_REFUSED,
		    "There is no letter or digit to look for.");
	case SEARCH_NO_KEY:
		return refuse_selector(fault, answer, "only narrows what"
		    " another condition finds");
	case SEARCH_TOO_LONG:
		return refuse_selector(fault, answer, "has a pattern that is"
		    " too long");
	case SEARCH_ARENA_FULL:
		return fault_set(fault, ERR_REFUSED,
		    "The question takes too much memory; ask a simpler one.");
	case SEARCH_FAILED:
		return fault->code;
	}
	assert(false && "an outcome nobody answers");
	return ERR_WORLD;
}

bool
answer_is_complete(const struct answer *answer)
{
	return answer->hits.count == answer->hits.shown &&
	    answer->hits.count_is_exact;
}

/* Of valid text.  False: the arena is used up. */
static bool
sanitise(struct arena *arena, struct answer_value *value)
{
	struct buf buf;

	value->is_plain = utf8_is_plain(value->text);
	if (value->is_plain || utf8_is_surely_clean(value->text))
		return true;
	if (!arena_take_buf(arena, &buf, value->text.length * GROWTH_MAX))
		return false;
	utf8_add_sanitised(&buf, value->text);
	assert(!buf.overflowed);
	value->text = buf_span(&buf);
	return true;
}

/* Values being read, in an array that is moved when it has to grow. */
struct reading {
	struct arena *arena;
	struct answer_value *values;
	unsigned count, capacity;
};

/* False: the arena is used up. */
static bool
grow(struct reading *reading)
{
	unsigned capacity = reading->capacity > 0 ? 2 * reading->capacity :
	    VALUES_AT_FIRST;
	struct answer_value *values = arena_alloc(reading->arena,
	    capacity * sizeof *values);

	if (values == NULL)
		return false;
	if (reading->count > 0)
		memcpy(values, reading->values,
		    reading->count * sizeof *values);
	reading->values = values;
	reading->capacity = capacity;
	return true;
}

static bool
add_value(struct reading *reading, const struct attribute *attribute,
    struct span text)
{
	struct answer_value *value;

	if (reading->count == reading->capacity && !grow(reading))
		return false;
	value = &reading->values[reading->count++];
	value->attribute = attribute;
	value->text = text;
	return sanitise(reading->arena, value);
}

static enum answer_fetched
read_values(const struct answer *answer, struct record_walk walk,
    struct answer_entry *entry)
{
	struct reading reading = { .arena = answer->worker->arena };
	struct record_field field;

	while (record_walk_next(&walk, &field))
		if (!add_value(&reading,
			&answer->schema->attributes[field.attribute],
			field.value))
			return ANSWER_NO_ROOM;
	*entry = (struct answer_entry){ reading.values, reading.count };
	return ANSWER_ENTRY;
}

enum answer_fetched
answer_fetch(struct answer *answer, unsigned nth,
    enum answer_values_of values_of, struct answer_entry *entry)
{
	struct record_parts parts;
	struct span record;
	uint64_t shown;

	assert(nth < answer->hits.shown);
	*entry = (struct answer_entry){ 0 };
	arena_return(answer->worker->arena, answer->arena_mark);
	if (!search_fetch(answer->worker->reader, answer->hits.ids[nth],
		&record))
		return ANSWER_DAMAGED;
	/* The file is trusted no further than its bytes can be checked. */
	if (!record_take_apart(&parts, answer->schema, record))
		return ANSWER_DAMAGED;
	shown = privacy_shown(answer->schema, answer->attributes, &parts);
	if (shown == 0)
		return ANSWER_DAMAGED;
	if (values_of == ANSWER_VALUES_OF_SHORT_FORM)
		shown &= answer->short_form;
	return read_values(answer, record_walk_begin(&parts, shown), entry);
}

void
answer_blame(const struct answer *answer, unsigned nth, struct fault *fault)
{
	fault_set(fault, ERR_WORLD, "entry %" PRIu32
	    " is damaged; see 'whoisctl verify'", answer->hits.ids[nth]);
}

const struct answer_value *
answer_values(const struct answer_entry *entry,
    const struct attribute *attribute, unsigned *count)
{
	unsigned from = 0;
	unsigned to;

	while (from < entry->count &&
	    entry->values[from].attribute != attribute)
		from++;
	to = from;
	while (to < entry->count && entry->values[to].attribute == attribute)
		to++;
	*count = to - from;
	return entry->values + from;
}

const struct answer_value *
answer_value(const struct answer_entry *entry,
    const struct attribute *attribute)
{
	static const struct answer_value none = { .text = { "", 0 },
		.is_plain = true };

	for (unsigned i = 0; i < entry->count; i++)
		if (entry->values[i].attribute == attribute)
			return &entry->values[i];
	return &none;
}
