#include "unit.h"

#include "base/buf.h"
#include "proto/answer.h"
#include "proto/help.h"
#include "record/schema.h"

#include <string.h>

enum { OUT_BYTES = 16384 };

static char memory[OUT_BYTES + 1];

static const char *
help_for(uint32_t groups, const char *schema_text, const char *topic)
{
	struct fault fault;
	struct schema *schema = schema_parse(span_from(schema_text), &fault);
	struct answer answer = { .schema = schema, .groups = groups };
	struct buf out;

	ck_assert_msg(schema != NULL, "%s", fault.text);
	buf_init(&out, memory, OUT_BYTES);
	help_add(&out, &answer, span_from(topic));
	ck_assert(!out.overflowed);
	memory[out.length] = '\0';
	schema_free(&schema);
	return memory;
}

static const char *
help(const char *schema_text, const char *topic)
{
	return help_for(SCHEMA_PUBLIC, schema_text, topic);
}

/* A directory of another schema is described by its own words. */
START_TEST(names_attributes_as_the_schema_does)
{
	static const char schema[] =
	    "attribute callsign\n\tlabel Call\n\tindex key\n"
	    "\tshow everyone\n\tcsv call\n"
	    "attribute who\n\tlabel Operator\n\tindex name\n"
	    "\tshow everyone\n\tcsv who\n"
	    "attribute rig\n\tlabel Rig\n\tindex words\n"
	    "\tshow everyone\n\tcsv rig\n";
	const char *text = help(schema, "selectors");

	ck_assert_ptr_nonnull(strstr(text, "    rig=physics "));
	ck_assert_ptr_nonnull(strstr(text, "  callsign "));
	ck_assert_ptr_null(strstr(text, "department"));
	ck_assert_ptr_nonnull(strstr(help(schema, ""), "a rig; also rig:"));
}
END_TEST

START_TEST(leaves_out_what_the_schema_has_not)
{
	static const char schema[] =
	    "attribute name\n\tlabel Name\n\tindex name\n"
	    "\tshow everyone\n\tcsv name\n"
	    "attribute key\n\tlabel Key\n\tindex key\n"
	    "\tshow everyone\n\tcsv key\n";
	static const char *const topics[] = { "", "selectors", "prefixes" };

	for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++) {
		const char *text = help(schema, topics[i]);

		ck_assert_ptr_null(strstr(text, "physics"));
		ck_assert_ptr_null(strchr(text, '$'));
	}
}
END_TEST

START_TEST(topic_is_found_in_any_case_and_an_unknown_one_lists_all)
{
	ck_assert_ptr_nonnull(strstr(help(schema_default_text, "KEY"),
	    "Index Key"));
	ck_assert_ptr_nonnull(strstr(help(schema_default_text, "xyzzy"),
	    "Topics are queries, "));
	ck_assert_ptr_null(strstr(memory, "xyzzy"));
}
END_TEST

START_TEST(mentions_only_what_the_viewer_may_see)
{
	static const char schema[] =
	    "attribute name\n\tlabel Name\n\tindex name\n"
	    "\tshow everyone\n\tcsv name\n"
	    "attribute key\n\tlabel Key\n\tindex key\n"
	    "\tshow everyone\n\tcsv key\n"
	    "attribute ward\n\tlabel Ward\n\tindex words\n"
	    "\tshow staff\n\tcsv ward\n";
	static const char *const topics[] = { "", "selectors", "prefixes" };

	for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++) {
		ck_assert_ptr_nonnull(strstr(help_for(SCHEMA_PUBLIC | 1u << 1,
		    schema, topics[i]), "ward"));
		ck_assert_ptr_null(strstr(help(schema, topics[i]), "ward"));
	}
}
END_TEST

START_TEST(offers_only_what_the_viewer_can_search)
{
	static const char schema[] =
	    "attribute name\n\tlabel Name\n\tindex name\n"
	    "\tshow everyone\n\tcsv name\n"
	    "attribute key\n\tlabel Key\n\tindex key\n"
	    "\tshow everyone\n\tcsv key\n"
	    "attribute phone\n\tlabel Phone\n\tindex digits\n"
	    "\tshow staff\n\tcsv phone\n"
	    "attribute post\n\tlabel Post\n\tindex mail\n"
	    "\tshow staff\n\tcsv post\n";
	static const char *const secrets[] = { "\n    phone 6026 ",
		"\n    reggers@ ", ", mail", ", phone" };

	for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
		ck_assert_ptr_nonnull(strstr(help_for(SCHEMA_PUBLIC | 1u << 1,
		    schema, ""), secrets[i]));
		ck_assert_ptr_null(strstr(help(schema, ""), secrets[i]));
	}
	ck_assert_ptr_nonnull(strstr(help(schema, "phone"), "no such topic"));
}
END_TEST

UNIT_MAIN("proto/help",
    offers_only_what_the_viewer_can_search,
    mentions_only_what_the_viewer_may_see,
    names_attributes_as_the_schema_does,
    leaves_out_what_the_schema_has_not,
    topic_is_found_in_any_case_and_an_unknown_one_lists_all)
