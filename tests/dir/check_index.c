#include "unit.h"

#include "base/buf.h"
#include "dir/index.h"
#include "dir/index_name.h"
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

/*
 * The terms of a record with one value, "form:text form:text ...", sorted.
 * Forms are W word, L last, F first, A all of it, E exact, H host, D digits,
 * S and s the start of a word and of a last one, X with accents, R run and
 * I initial; ^ is before those of another attribute.
 */
static void
describe(const struct schema *schema, const char *attribute,
    const char *value, struct buf *out)
{
	static const char forms[] = "-WLFAEHDSsXRI";
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
		ck_assert_uint_eq(term.group,
		    schema->attributes[term.attribute].group);
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

struct row {
	const char *attribute, *value, *terms;
};

static void
check_rows(const struct row *rows, size_t count)
{
	struct schema *schema = new_schema(schema_default_text);

	for (size_t i = 0; i < count; i++) {
		char memory[TEXT_MAX];
		struct buf out;

		buf_init(&out, memory, sizeof memory);
		describe(schema, rows[i].attribute, rows[i].value, &out);
		ck_assert_msg(strcmp(memory, rows[i].terms) == 0,
		    "%s '%s': %s", rows[i].attribute, rows[i].value, memory);
	}
	schema_free(&schema);
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof rows / sizeof rows[0])

START_TEST(each_kind_has_its_terms)
{
	static const struct row rows[] = {
		{ "name", "Quinton, Reg",
		  "W:quinton W:reg L:quinton F:reg A:quinton reg "
		  "S:qui S:reg s:qui I:r" },
		{ "name", "Reg Quinton",
		  "W:quinton W:reg L:quinton F:reg A:quinton reg "
		  "S:qui S:reg s:qui R:regquinton I:r" },
		{ "name", "Madonna",
		  "W:madonna L:madonna A:madonna S:mad s:mad" },
		{ "name", "Smith-Jones, Mary",
		  "W:jones W:mary W:smith W:smithjones "
		  "L:jones L:smith L:smithjones F:mary "
		  "A:jones mary smith A:mary smithjones "
		  "S:jon S:mar S:smi s:jon s:smi I:m" },
		{ "name", "John Smith Jr. 3",
		  "W:3 W:john W:jr W:smith L:smith F:3 F:john F:jr "
		  "A:3 john jr smith A:3 john smith "
		  "S:3 S:joh S:jr S:smi s:smi R:johnsmith I:3 I:j" },
		{ "name", "Ng, Ng",
		  "W:ng L:ng F:ng A:ng ng S:ng s:ng I:n" },
		{ "nickname", "Bob Bob",
		  "^W:bob ^A:bob bob ^S:bob W:bob A:bob bob" },
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

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(a_name_in_several_spellings_has_the_terms_of_each)
{
	static const struct row rows[] = {
		{ "name", "Müller, Jo",
		  "W:jo W:mueller W:muller L:mueller L:muller F:jo "
		  "A:jo mueller A:jo muller S:jo S:mue S:mul s:mue s:mul "
		  "X:müller I:j" },
		{ "name", "Ødegård",
		  "W:odegard W:oedegaard L:odegard L:oedegaard "
		  "A:odegard A:oedegaard S:ode S:oed s:ode s:oed "
		  "X:ødegård" },
		{ "name", "Øst Ärla",
		  "W:aerla W:arla W:oest W:ost L:aerla L:arla F:oest F:ost "
		  "A:aerla oest A:arla ost "
		  "S:aer S:arl S:oes S:ost s:aer s:arl X:ärla X:øst "
		  "R:oestaerla R:ostarla I:o" },
		/* accents, and no letter that is written as two */
		{ "name", "Nuñez, José",
		  "W:jose W:nunez L:nunez F:jose A:jose nunez "
		  "S:jos S:nun s:nun X:josé X:nuñez I:j" },
		/* only words that have accents are kept with them */
		{ "name", "Smith, José",
		  "W:jose W:smith L:smith F:jose A:jose smith "
		  "S:jos S:smi s:smi X:josé I:j" },
		{ "name", "Łoś-Puk",
		  "W:los W:lospuk W:puk L:los L:lospuk L:puk "
		  "A:los puk A:lospuk S:los S:puk s:los s:puk "
		  "X:łoś X:łośpuk" },
		/* no accent: an apostrophe, another script */
		{ "name", "O’Dea",
		  "W:dea W:o W:odea L:dea L:o L:odea A:dea o A:odea "
		  "S:dea S:o S:ode s:dea s:o s:ode" },
		{ "name", "李, 明",
		  "W:明 W:李 L:李 F:明 A:明 李 S:明 S:李 s:李" 
		    " R:李明 I:明" },
		{ "nickname", "Jürg",
		  "^W:jurg ^A:jurg ^S:jur W:jurg A:jurg" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(a_whole_name_is_there_without_its_titles_too)
{
	static const struct row rows[] = {
		{ "name", "Dr. Al Wu",
		  "W:al W:dr W:wu L:wu F:al F:dr A:al dr wu A:al wu "
		  "S:al S:dr S:wu s:wu R:alwu I:a I:d" },
		{ "name", "Ax-By, Prof. Al",
		  "W:al W:ax W:axby W:by W:prof L:ax L:axby L:by F:al F:prof "
		  "A:al ax by A:al ax by prof A:al axby A:al axby prof "
		  "S:al S:ax S:axb S:by S:pro s:ax s:axb s:by I:a I:p" },
		{ "name", "Jr", "W:jr L:jr A:jr S:jr s:jr" },
		{ "nickname", "Dr. Al",
		  "^W:al ^W:dr ^A:al ^A:al dr ^S:al ^S:dr "
		  "W:al W:dr A:al A:al dr" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(neighbours_and_a_long_last_name_are_written_as_one)
{
	static const struct row rows[] = {
		{ "name", "De La Cruz, Al Bo",
		  "W:al W:bo W:cruz W:de W:la L:cruz L:de L:delacruz L:la F:al F:bo "
		  "A:al bo cruz de la A:al bo delacruz S:al S:bo S:cru S:de S:la "
		  "s:cru s:de s:del s:la "
		  "R:albo R:dela R:delacruz R:lacruz I:a I:b" },
		/* a letter and a title take no part */
		{ "name", "Al B Wu Jr",
		  "W:al W:b W:jr W:wu L:wu F:al F:b F:jr A:al b jr wu "
		  "A:al b wu S:al S:b S:jr S:wu s:wu I:a I:b I:j" },
		/* a word with a hyphen takes part as it is */
		{ "name", "La Ax-By, Jo",
		  "W:ax W:axby W:by W:jo W:la L:ax L:axby L:by L:la L:laaxby F:jo "
		  "A:ax by jo la A:axby jo la A:jo laaxby S:ax S:axb S:by S:jo S:la "
		  "s:ax s:axb s:by s:la s:laa R:laaxby I:j" },
	};

	CHECK_ROWS(rows);
}
END_TEST

/* The words of a folded name; the list lasts until the next call. */
static const struct token_list *
split(const char *name)
{
	static struct token_list words;
	static char memory[TEXT_MAX];

	token_split(&words, folded(name, memory));
	return &words;
}

/* Sorted, as they stand in the term. */
static struct span
list_whole(const struct token_list *words, unsigned set,
    char memory[TEXT_MAX])
{
	struct span list[TOKENS_MAX];
	char run[INDEX_RUN_MAX];
	unsigned count = index_list_whole(words, set, list, run);
	struct buf out;

	buf_init(&out, memory, TEXT_MAX);
	index_add_whole(&out, list, count);
	return buf_span(&out);
}

START_TEST(a_whole_name_has_parts_and_titles_and_runs_or_not)
{
	enum { PARTS = INDEX_WHOLE_PARTS, BARE = INDEX_WHOLE_BARE,
		RUN = INDEX_WHOLE_RUN };
	static const struct {
		const char *name;
		unsigned differences, set;
		const char *whole;
	} rows[] = {
		{ "Reg Quinton", 0, 0, "quinton reg" },
		{ "Reg Quinton", 0, PARTS, "quinton reg" },
		{ "Reg Quinton", 0, BARE, "quinton reg" },
		{ "Reg Quinton", 0, RUN, "quinton reg" },
		{ "Quinton, Reg", 0, RUN, "quinton reg" },
		{ "Smith-Jones, Mary", PARTS, 0, "mary smithjones" },
		{ "Smith-Jones, Mary", PARTS, PARTS, "jones mary smith" },
		{ "Dr. Reg Quinton", BARE, 0, "dr quinton reg" },
		{ "Dr. Reg Quinton", BARE, BARE, "quinton reg" },
		{ "O'Dea, Prof. Al", PARTS | BARE, BARE, "al odea" },
		{ "O'Dea, Prof. Al", PARTS | BARE, PARTS | BARE, "al dea o" },
		{ "De La Cruz, Al", RUN, 0, "al cruz de la" },
		{ "De La Cruz, Al", RUN, RUN, "al delacruz" },
		{ "De La Cruz, Dr Al", BARE | RUN, BARE | RUN,
		    "al delacruz" },
		{ "La Ax-By, Al", PARTS | RUN, RUN, "al laaxby" },
		{ "Al De La Cruz", 0, RUN, "al cruz de la" },
		{ "Dr.", BARE, BARE, "" },
		{ "", 0, 0, "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct token_list *words = split(rows[i].name);
		char memory[TEXT_MAX];

		ck_assert_msg(index_whole_differences(words) ==
		    rows[i].differences, "%s", rows[i].name);
		ck_assert_msg(span_is(list_whole(words, rows[i].set, memory),
		    rows[i].whole), "%s, set %u", rows[i].name, rows[i].set);
	}
}
END_TEST

START_TEST(whole_names_are_sorted_bytewise)
{
	struct span words[] = { SPAN_LITERAL("smith"), SPAN_LITERAL("al"),
		SPAN_LITERAL("john"), SPAN_LITERAL("al"), SPAN_LITERAL("a") };
	char memory[TEXT_MAX];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	buf_add_string(&out, "before ");
	index_add_whole(&out, words, sizeof words / sizeof words[0]);
	ck_assert(span_is(buf_span(&out), "before a al al john smith"));
	buf_rewind(&out, 0);
	index_add_whole(&out, words, 0);
	ck_assert_uint_eq(out.length, 0);
}
END_TEST

START_TEST(marks_the_last_name)
{
	static const struct {
		const char *name, *last;
	} rows[] = {
		{ "Quinton, Reg", "quinton" },
		{ "Reg Quinton", "quinton" },
		{ "De La Cruz, Juan", "de la cruz" },
		{ "Juan De La Cruz", "cruz" },
		{ "Mary Smith-Jones", "smithjones smith jones" },
		{ "Smith-Jones, Mary", "smithjones smith jones" },
		{ "John Smith Jr. 3", "smith" },
		{ "Smith, John, Jr", "smith" },
		{ "Dr Smith", "smith" },
		{ "Madonna", "madonna" },
		{ "4711", "4711" },
		{ "Jr", "jr" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct token_list *words = split(rows[i].name);
		bool is_last[TOKENS_MAX];
		char memory[TEXT_MAX];
		struct buf out;

		index_mark_last(words, is_last);
		buf_init(&out, memory, sizeof memory);
		for (unsigned n = 0; n < words->count; n++) {
			if (!is_last[n])
				continue;
			buf_add(&out, words->tokens[n].text);
			buf_add_char(&out, ' ');
		}
		ck_assert_msg(span_is(span_trim(buf_span(&out)),
		    rows[i].last), "%s: %.*s", rows[i].name, (int)out.length,
		    memory);
	}
}
END_TEST

START_TEST(a_run_crosses_no_comma_letter_or_title)
{
	static const struct {
		const char *name;
		unsigned first, last;
		const char *run; /* NULL: there is none */
	} rows[] = {
		{ "De La Cruz, Juan", 0, 0, "de" },
		{ "De La Cruz, Juan", 0, 1, "dela" },
		{ "De La Cruz, Juan", 1, 2, "lacruz" },
		{ "De La Cruz, Juan", 0, 2, "delacruz" },
		{ "De La Cruz, Juan", 2, 3, NULL },
		{ "De La Cruz, Juan", 3, 3, "juan" },
		{ "Juan De La Cruz", 0, 3, "juandelacruz" },
		{ "Smith-Jones Wu", 0, 1, "smithjoneswu" },
		{ "Wu Smith-Jones", 0, 1, "wusmithjones" },
		{ "John Q Smith", 0, 1, NULL },
		{ "John Q Smith", 1, 2, NULL },
		{ "John Q Smith", 1, 1, "q" },
		{ "Dr Smith", 0, 1, NULL },
		{ "Dr Smith", 0, 0, "dr" },
		{ "John Smith Jr", 1, 2, NULL },
		{ "Ö Wu", 0, 1, NULL },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char memory[TEXT_MAX];
		struct buf out;
		bool is_run;

		buf_init(&out, memory, sizeof memory);
		is_run = index_add_run(&out, split(rows[i].name),
		    rows[i].first, rows[i].last);
		ck_assert_msg(is_run == (rows[i].run != NULL), "%s %u",
		    rows[i].name, rows[i].first);
		if (is_run)
			ck_assert_msg(span_is(buf_span(&out), rows[i].run),
			    "%s: %.*s", rows[i].name, (int)out.length, memory);
	}
}
END_TEST

START_TEST(the_vocabulary_is_of_the_words_of_names)
{
	static char text[CLUE_BYTES_MAX + 1];
	struct schema *schema = new_schema(schema_default_text);
	const struct attribute *department =
	    schema_find(schema, span_from("department"));
	const uint8_t name = (uint8_t)schema->name_id;
	const struct {
		struct term term;
		bool is_word;
	} rows[] = {
		{ { 0, name, TERM_WORD, SPAN_LITERAL("smith") }, true },
		{ { 7, name, TERM_WORD, SPAN_LITERAL("smith") }, true },
		{ { 0, name, TERM_WORD, { text, CLUE_BYTES_MAX } }, true },
		{ { 0, name, TERM_WORD, { text, sizeof text } }, false },
		{ { 0, name, TERM_LAST, SPAN_LITERAL("smith") }, false },
		{ { 0, name, TERM_START, SPAN_LITERAL("smi") }, false },
		{ { 0, (uint8_t)department->id, TERM_WORD,
		    SPAN_LITERAL("physics") }, false },
	};

	memset(text, 'x', sizeof text);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char memory[TERM_KEY_MAX];
		struct term word;
		struct buf key;

		buf_init(&key, memory, sizeof memory);
		key_add_term(&key, &rows[i].term);
		ck_assert_msg(index_is_vocabulary(schema, buf_span(&key),
		    &word) == rows[i].is_word, "row %zu", i);
		if (!rows[i].is_word)
			continue;
		ck_assert(span_equal(word.text, rows[i].term.text));
		ck_assert_uint_eq(word.group, rows[i].term.group);
	}
	schema_free(&schema);
}
END_TEST

static const char classes_schema[] =
    "attribute name\n label Name\n index name\n show everyone\n csv name\n"
    "attribute key\n label Key\n index key\n show everyone\n csv key\n"
    "attribute nick\n label Nick\n index alias\n show staff\n csv nick\n"
    "attribute home\n label Home\n index digits\n show nobody\n csv home\n"
    "attribute hidden\n label Hidden\n role hides\n csv hidden\n";

/* describe() sees to it that the group is the attribute's. */
START_TEST(what_is_not_for_everyone_lies_apart_or_has_no_terms)
{
	static const struct row rows[] = {
		{ "home", "679-2111", "" },
		{ "nick", "Big Reg", "W:big W:reg A:big reg" },
	};
	struct schema *schema = new_schema(classes_schema);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char memory[TEXT_MAX];
		struct buf out;

		buf_init(&out, memory, sizeof memory);
		describe(schema, rows[i].attribute, rows[i].value, &out);
		ck_assert_str_eq(memory, rows[i].terms);
	}
	schema_free(&schema);
}
END_TEST

START_TEST(what_the_owner_hides_has_no_terms_and_all_of_it_no_key)
{
	enum { QUINTON_TERMS = 9, NICK_TERMS = 3 };
	static const struct {
		const char *list;
		size_t terms;
		bool has_key;
	} rows[] = {
		{ "x", QUINTON_TERMS + NICK_TERMS, true },
		{ "nick", QUINTON_TERMS, true },
		{ "all", 0, false },
		{ "key", 0, false },
	};
	struct schema *schema = new_schema(classes_schema);
	struct indexer *indexer = indexer_new(schema);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char memory[TEXT_MAX];
		struct buf record;
		size_t count;

		buf_init(&record, memory, sizeof memory);
		record_add_field(&record, 0, span_from("Quinton, Reg"));
		record_add_field(&record, 1, span_from("1"));
		record_add_field(&record, 2, span_from("Big Reg"));
		record_add_field(&record, 4, span_from(rows[i].list));
		indexer_terms(indexer, buf_span(&record), &count);
		ck_assert_uint_eq(count, rows[i].terms);
		ck_assert_int_eq(indexer_key(indexer,
		    buf_span(&record)).length > 0, rows[i].has_key);
	}
	indexer_free(&indexer);
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

static bool
has_term(const struct span *terms, size_t count, struct span wanted)
{
	for (size_t i = 0; i < count; i++)
		if (span_equal(terms[i], wanted))
			return true;
	return false;
}

/* A nickname is a word of the name, too: here it is one already. */
START_TEST(fields_one_by_one_have_the_terms_of_the_record)
{
	static const char *const fields[][2] = {
		{ "name", "Smith, Bob Bob" }, { "department", "Mail Office" },
		{ "mailbox", "bob@example.edu" }, { "uid", "smithb" },
		{ "nickname", "Bob" },
	};
	struct schema *schema = new_schema(schema_default_text);
	struct indexer *one = indexer_new(schema), *all = indexer_new(schema);
	const struct span *terms, *own, *wanted;
	size_t added = 0, count, own_count, wanted_count;
	char memory[TEXT_MAX];
	struct buf record;

	buf_init(&record, memory, sizeof memory);
	indexer_begin(one);
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		const struct record_field field = {
			schema_find(schema, span_from(fields[i][0]))->id,
			span_from(fields[i][1]) };

		record_add_field(&record, field.attribute, field.value);
		added += indexer_add(one, &field);
	}
	terms = indexer_take(one, &count);
	own = indexer_take_own(one, &own_count);
	wanted = indexer_terms(all, buf_span(&record), &wanted_count);
	ck_assert_uint_eq(count, added);
	ck_assert_uint_eq(own_count, 2); /* the host is not one's own */
	for (size_t i = 0; i < count; i++)
		ck_assert(has_term(wanted, wanted_count, terms[i]));
	for (size_t i = 0; i < own_count; i++)
		ck_assert(has_term(wanted, wanted_count, own[i]));
	for (size_t i = 0; i < wanted_count; i++)
		ck_assert(has_term(terms, count, wanted[i]) !=
		    has_term(own, own_count, wanted[i]));
	indexer_free(&one);
	indexer_free(&all);
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
    what_is_not_for_everyone_lies_apart_or_has_no_terms,
    what_the_owner_hides_has_no_terms_and_all_of_it_no_key,
    a_record_of_the_greatest_length_has_all_its_terms,
    fields_one_by_one_have_the_terms_of_the_record,
    the_index_key_is_folded, collation_keeps_a_last_name_together,
    numbers_end_where_something_else_begins,
    a_name_in_several_spellings_has_the_terms_of_each,
    a_whole_name_is_there_without_its_titles_too,
    neighbours_and_a_long_last_name_are_written_as_one,
    a_whole_name_has_parts_and_titles_and_runs_or_not,
    whole_names_are_sorted_bytewise,
    marks_the_last_name, a_run_crosses_no_comma_letter_or_title,
    the_vocabulary_is_of_the_words_of_names)
