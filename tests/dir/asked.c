#include "asked.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/generation.h"
#include "record/record.h"
#include "record/schema.h"
#include "small.h"
#include "unit.h"

#include <string.h>

void
asked_begin(struct asked *a, const char *const *entries, size_t count)
{
	*a = (struct asked){ .folder = small_folder(),
		.limits = { .groups = SCHEMA_PUBLIC,
		    .shown_max = ASKED_SHOWN_MAX,
		    .postings_max = 100000 } };
	small_load(a->folder, entries, count);
	ck_assert_int_eq(directory_open(&a->directory, a->folder,
	    SMALL_MAP_BYTES, &a->fault), ERR_NONE);
	a->reader = reader_new(a->directory);
	a->arena = arena_new(ASKED_ARENA_BYTES);
	ck_assert_int_eq(reader_begin(a->reader, &a->fault), ERR_NONE);
}

void
asked_end(struct asked *a)
{
	reader_end(a->reader);
	arena_free(&a->arena);
	reader_free(&a->reader);
	directory_close(&a->directory);
	small_remove(&a->folder);
}

enum search_outcome
asked_run(struct asked *a)
{
	return search_run(a->reader, &a->query, &a->limits, a->arena,
	    &a->hits, &a->fault);
}

enum search_outcome
ask(struct asked *a, const char *line)
{
	struct query_error error;

	arena_reset(a->arena);
	ck_assert_msg(query_parse(&a->query, span_from(line), a->arena,
	    &error), "%s: %s", line, error.text);
	return asked_run(a);
}

void
asked_refuse(struct asked *a, const char *line, enum search_outcome outcome,
    unsigned clause)
{
	ck_assert_msg(ask(a, line) == outcome, "%s", line);
	ck_assert_ptr_eq(a->hits.clause, &a->query.clauses[clause]);
}

const char *
asked_keys(struct asked *a)
{
	static char text[4096];
	const struct schema *schema = reader_schema(a->reader);
	struct buf out;
	struct span record;

	buf_init(&out, text, sizeof text - 1);
	for (unsigned i = 0; i < a->hits.shown; i++) {
		if (i > 0)
			buf_add_char(&out, ' ');
		ck_assert(search_fetch(a->reader, a->hits.ids[i], &record));
		buf_add(&out, record_value(record, schema->key_id));
	}
	text[out.length] = '\0';
	return text;
}

void
asked_expect(const struct population *population,
    const struct expectation *table, size_t count)
{
	struct asked a;

	asked_begin(&a, population->people, population->count);
	for (size_t i = 0; i < count; i++) {
		const char *line = table[i].line;

		ck_assert_msg(ask(&a, line) == SEARCH_DONE, "%s", line);
		ck_assert_msg(strcmp(asked_keys(&a), table[i].keys) == 0,
		    "%s: [%s], not [%s]", line, asked_keys(&a), table[i].keys);
		ck_assert_msg(a.hits.rung == table[i].rung, "%s: rung %d",
		    line, (int)a.hits.rung);
		ck_assert_msg(a.hits.count == a.hits.shown &&
		    a.hits.count_is_exact, "%s: count", line);
	}
	asked_end(&a);
}
