#include "unit.h"

#include "base/buf.h"
#include "dir/index.h"
#include "record/key.h"
#include "record/record.h"
#include "record/schema.h"
#include "text/fold.h"
#include "text/token.h"

#include <string.h>

enum { TEXT_MAX = 8192 };

static struct schema *
new_schema(const char *text)
{
	struct fault fault;
	struct schema *schema = schema_parse(span_from(text), &fault);

	ck_assert_msg(schema != NULL, "%s", fault.text);
	return schema;
}

static struct span
folded(const char *text, char memory[TEXT_MAX])
{
	struct buf out;

	buf_init(&out, memory, TEXT_MAX);
	fold_add(&out, span_from(text));
	return buf_span(&out);
}

static int
compare_spans(const void *a, const void *b)
{
	return span_compare(*(const struct span *)a, *(const struct span *)b);
}

/* The terms of a record with one value, "form:text form:text ...", sorted. */
static void
describe(const struct schema *schema, const char *attribute,
    const char *value, struct buf *out)
{
	static const char forms[] = "-WLFAEHD";
	const struct attribute *a = schema_find(schema, span_from(attribute));
	struct indexer *indexer = indexer_new(schema);
	char memory[TEXT_MAX];
	struct span sorted[TERM_KEY_MAX];
	const struct span *terms;
	struct buf record;
	size_t count;

	ck_assert_ptr_nonnull(a);
	buf_init(&record, memory, sizeof memory);
	record_add_field(&record, a->id, span_from(value));
	terms = indexer_terms(indexer, buf_span(&record), &count);
	ck_assert_uint_le(count, TERM_KEY_MAX);
	if (count > 0)
		memcpy(sorted, terms, count * sizeof sorted[0]);
	qsort(sorted, count, sizeof sorted[0], compare_spans);
	for (size_t i = 0; i < count; i++) {
		struct term term;

		ck_assert(key_read_term(sorted[i], &term));
		ck_assert_uint_eq(term.group, KEY_GROUP_EVERYONE);
		if (i > 0)
			buf_add_char(out, ' ');
		if (term.attribute != a->id)
			buf_add_char(out, '^');
		buf_add_char(out, forms[term.form]);
		buf_add_char(out, ':');
		buf_add(out, term.text);
	}
	buf_add_char(out, '\0');
	indexer_free(&indexer);
}

START_TEST(each_kind_has_its_terms)
{
	static const struct {
		const char *attribute, *value, *terms;
	} rows[] = {
		{ "name", "Quinton, Reg",
		  "W:quinton W:reg L:quinton F:reg A:quinton reg" },
		{ "name", "Reg Quinton",
		  "W:quinton W:reg L:quinton F:reg A:quinton reg" },
		{ "name", "Madonna", "W:madonna L:madonna A:madonna" },
		{ "name", "Smith-Jones, Mary",
		  "W:jones W:mary W:smith W:smithjones "
		  "L:jones L:smith L:smithjones F:mary "
		  "A:jones mary smith A:mary smithjones" },
		{ "name", "John Smith Jr. 3",
		  "W:3 W:john W:jr W:smith L:smith F:3 F:john F:jr "
		  "A:3 john jr smith" },
		{ "name", "Ng, Ng", "W:ng L:ng F:ng A:ng ng" },
		{ "nickname", "Bob Bob",
		  "^W:bob ^A:bob bob W:bob A:bob bob" },
		{ "department", "Info Tech Svcs, Info",
		  "W:info W:svcs W:tech" },
		{ "phone", "679-2111x(6026)", "D:1112976 D:6206" },
		{ "phone", "+1 519 661-2151;ext=86026",
		  "D:15121669151 D:62068" },
		{ "phone", "none", "" },
		{ "mailbox", "Reggers@Julian.UWO.ca",
		  "E:reggers@julian.uwo.ca H:julian.uwo.ca" },
		{ "mailbox", "reggers", "E:reggers" },
		{ "mailbox", "reggers@", "E:reggers@" },
		{ "uid", "RegGers", "E:reggers" },
		{ "key", "481800", "" },
	};
	struct schema *schema = new_schema(schema_default_text);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char memory[TEXT_MAX];
		struct buf out;

		buf_init(&out, memory, sizeof memory);
		describe(schema, rows[i].attribute, rows[i].value, &out);
		ck_assert_msg(strcmp(memory, rows[i].terms) == 0,
		    "%s '%s': %s", rows[i].attribute, rows[i].value, memory);
	}
	schema_free(&schema);
}
END_TEST

START_TEST(what_is_not_for_everyone_has_no_terms)
{
	static const char text[] =
	    "attribute name\n label Name\n index name\n show everyone\n"
	    " csv name\n"
	    "attribute key\n label Key\n index key\n show everyone\n"
	    " csv key\n"
	    "attribute home\n label Home\n index digits\n show nobody\n"
	    " csv home\n";
	struct schema *schema = new_schema(text);
	char memory[TEXT_MAX];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	describe(schema, "home", "679-2111", &out);
	ck_assert_str_eq(memory, "");
	schema_free(&schema);
}
END_TEST

START_TEST(a_record_of_the_greatest_length_has_all_its_terms)
{
	static char memory[RECORD_BYTES_MAX];
	struct schema *schema = new_schema(schema_default_text);
	const struct attribute *a =
	    schema_find(schema, span_from("address"));
	struct indexer *indexer = indexer_new(schema);
	struct buf record;
	size_t count;
	unsigned added = 0;

	buf_init(&record, memory, sizeof memory);
	for (; record.length + 20 < sizeof memory; added++) {
		char text[16];
		struct buf value;

		buf_init(&value, text, sizeof text);
		buf_add_format(&value, "%u@x", added);
		record_add_field(&record, a->id, buf_span(&value));
	}
	for (unsigned round = 0; round < 2; round++) {
		indexer_terms(indexer, buf_span(&record), &count);
		ck_assert_uint_eq(count, added + 1);
	}
	indexer_terms(indexer, (struct span){ memory, 0 }, &count);
	ck_assert_uint_eq(count, 0);
	indexer_free(&indexer);
	schema_free(&schema);
}
END_TEST

START_TEST(the_index_key_is_folded)
{
	struct schema *schema = new_schema(schema_default_text);
	struct indexer *indexer = indexer_new(schema);
	char memory[256];
	struct buf record;

	buf_init(&record, memory, sizeof memory);
	record_add_field(&record, schema->key_id, span_from("AB\xc3\x89 7"));
	ck_assert(span_is(indexer_key(indexer, buf_span(&record)), "abe 7"));
	indexer_free(&indexer);
	schema_free(&schema);
}
END_TEST

START_TEST(collation_keeps_a_last_name_together)
{
	static const char *const ascending[] = {
		"Li", "Li, An", "Li,Xu", "Li, Xu, Jr", "Li Wei",
		"Li-Wong, A", "Lib, A", "Muller", "M\xc3\xbcller, J",
		"O'Brien, A", "Obrien, A",
	};
	char text[2][TEXT_MAX], memory[2][TEXT_MAX];
	struct buf key[2];

	for (size_t i = 0; i + 1 < sizeof ascending / sizeof ascending[0];
	    i++) {
		for (unsigned k = 0; k < 2; k++) {
			buf_init(&key[k], memory[k], TEXT_MAX);
			index_add_collation(&key[k],
			    folded(ascending[i + k], text[k]));
		}
		ck_assert_msg(span_compare(buf_span(&key[0]),
		    buf_span(&key[1])) < 0, "%s before %s", ascending[i],
		    ascending[i + 1]);
	}
}
END_TEST

START_TEST(numbers_end_where_something_else_begins)
{
	static const struct {
		const char *value, *numbers;
	} rows[] = {
		{ "679-2111x(6026)", "1112976 6206" },
		{ "(519) 661.2151 ext. 86026", "1512166915 62068" },
		{ "679-2111, 679-2112", "1112976 2112976" },
		{ "x6026", "6206" },
		{ "- ( . )", "" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char text[TEXT_MAX], memory[TEXT_MAX];
		struct span rest = folded(rows[i].value, text);
		struct buf out;

		buf_init(&out, memory, sizeof memory);
		while (index_next_number(&rest, &out))
			buf_add_char(&out, ' ');
		ck_assert_msg(span_is(span_trim(buf_span(&out)),
		    rows[i].numbers), "%s", rows[i].value);
	}
}
END_TEST

UNIT_MAIN("dir/index", each_kind_has_its_terms,
    what_is_not_for_everyone_has_no_terms,
    a_record_of_the_greatest_length_has_all_its_terms,
    the_index_key_is_folded, collation_keeps_a_last_name_together,
    numbers_end_where_something_else_begins)
