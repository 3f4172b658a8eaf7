#include "unit.h"

#include "record/schema.h"

#include <stdio.h>
#include <string.h>

/* A schema of the least that is allowed, for tests to add to. */
#define LEAST                                                                 \
	"attribute name\n label Full Name\n index name\n show everyone\n"      \
	" ldif cn\n csv full_name\n"                                           \
	"attribute key\n label Index Key\n index key\n show everyone\n"        \
	" ldif employeeNumber\n csv index_key\n"
enum { LEAST_LINES = 12 };

static struct schema *
parse(const char *text)
{
	struct fault fault;
	struct schema *schema = schema_parse(span_from(text), &fault);

	ck_assert_msg(schema != NULL, "%s: %s", text, fault.text);
	return schema;
}

START_TEST(built_in_schema_is_the_record_of_the_seed_system)
{
	static const char *const labels[] = { "Full Name", "Department",
		"Room", "Phone", "Index Key", "Machine Address",
		"Directory Addresses" };
	enum { LABELS = sizeof labels / sizeof labels[0] };
	struct schema *schema = parse(schema_default_text);
	unsigned shown = 0;

	ck_assert(span_is(schema->text, schema_default_text));
	for (unsigned i = 0; i < schema->count; i++) {
		const struct attribute *attribute = &schema->attributes[i];

		ck_assert_uint_eq(attribute->id, i);
		if (!attribute->long_form)
			continue;
		ck_assert_uint_lt(shown, LABELS);
		ck_assert(span_is(attribute->label, labels[shown++]));
		ck_assert(attribute_is_for(attribute, SCHEMA_PUBLIC));
	}
	ck_assert_uint_eq(shown, LABELS);
	ck_assert(!attribute_is_for(schema_find(schema,
	    span_from("home_phone")), SCHEMA_PUBLIC));
	ck_assert(!attribute_is_for(schema_find(schema,
	    span_from("home_address")), SCHEMA_PUBLIC));
	schema_free(&schema);
	ck_assert_ptr_null(schema);
}
END_TEST

START_TEST(knows_where_values_come_from)
{
	struct schema *schema = parse(schema_default_text);
	const struct attribute *name =
	    &schema->attributes[schema->name_id];
	const struct attribute *nickname =
	    schema_find(schema, span_from("Nickname"));
	const struct attribute *address =
	    schema_find(schema, span_from("directory addresses"));

	ck_assert(span_is(name->name, "name"));
	ck_assert(span_is(schema->attributes[schema->key_id].name, "key"));
	ck_assert_uint_eq(name->ldif.alternatives[0].count, 2);
	ck_assert(span_is(name->ldif.alternatives[0].parts[0], "sn"));
	ck_assert(span_is(name->ldif.alternatives[0].parts[1], "givenName"));
	ck_assert(span_is(schema_dump_source(&name->ldif), "cn"));
	ck_assert(span_is(schema_dump_source(&name->csv), "full_name"));
	ck_assert_uint_eq(nickname->ldif.alternatives[1].first, 2);
	ck_assert(nickname->many && !nickname->split_blanks);
	ck_assert(address->many && address->split_blanks);
	schema_free(&schema);
}
END_TEST

START_TEST(finds_attributes_by_name_and_by_label)
{
	static const struct {
		const char *asked, *name;
	} rows[] = {
		{ "name", "name" }, { "NAME", "name" },
		{ "full name", "name" }, { "Full_Name", "name" },
		{ "home phone", "home_phone" }, { "url", "url" },
		{ "fullname", NULL }, { "", NULL }, { "nam", NULL },
	};
	struct schema *schema = parse(schema_default_text);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct attribute *found =
		    schema_find(schema, span_from(rows[i].asked));

		ck_assert_msg((found != NULL) == (rows[i].name != NULL),
		    "%s", rows[i].asked);
		if (found != NULL)
			ck_assert(span_is(found->name, rows[i].name));
	}
	schema_free(&schema);
}
END_TEST

START_TEST(fields_of_ph_have_a_name_and_a_number)
{
	static const struct {
		const char *field, *name;
		unsigned number;
	} rows[] = {
		{ "name", "name", 3 },
		{ "email", "mailbox", 2 },
		{ "Email", "mailbox", 2 },
		{ "alias", "uid", 6 },
		{ "id", "key", 5 },
		{ "office_location", "room", 19 },
		{ "description", "description", 100 },
	};
	struct schema *schema = parse(schema_default_text);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct attribute *found =
		    schema_find_ph(schema, span_from(rows[i].field));

		ck_assert_msg(found != NULL, "%s", rows[i].field);
		ck_assert(span_is(found->name, rows[i].name));
		ck_assert_uint_eq(found->ph_number, rows[i].number);
	}
	ck_assert_ptr_null(schema_find_ph(schema, span_from("mailbox")));
	ck_assert_ptr_null(schema_find_ph(schema,
	    span_from("office location")));
	ck_assert_ptr_null(schema_find_ph(schema, span_from("")));
	schema_free(&schema);
}
END_TEST

static unsigned
ph_number_of(const struct schema *schema, const char *name)
{
	return schema_find(schema, span_from(name))->ph_number;
}

START_TEST(the_number_of_a_field_of_ph_tells_nothing_of_others)
{
	struct schema *schema = parse(LEAST "attribute a\n label A\n csv a\n"
	    "attribute b\n label B\n csv b\n ph a-b_1 102\n"
	    "attribute c\n label C\n csv c\n ph e2 0\n"
	    "attribute d\n label D\n csv d\n");
	struct schema *alone = parse(LEAST "attribute d\n label D\n csv d\n");

	ck_assert(span_is(schema->attributes[3].ph_name, "a-b_1"));
	ck_assert_uint_eq(ph_number_of(schema, "b"), 102);
	ck_assert_uint_eq(ph_number_of(schema, "c"), 0);
	ck_assert(span_is(schema->attributes[5].ph_name, "d"));
	ck_assert_uint_ge(ph_number_of(alone, "d"), SCHEMA_PH_NUMBER_FREE);
	ck_assert_uint_le(ph_number_of(alone, "d"), SCHEMA_PH_NUMBER_MAX);
	ck_assert_uint_eq(ph_number_of(schema, "d"),
	    ph_number_of(alone, "d"));
	ck_assert_uint_ne(ph_number_of(schema, "a"),
	    ph_number_of(schema, "d"));
	schema_free(&alone);
	schema_free(&schema);
}
END_TEST

START_TEST(no_two_fields_of_ph_have_the_same_number)
{
	char text[256];
	struct schema *schema = parse(LEAST "attribute d\n label D\n csv d\n");
	unsigned taken = ph_number_of(schema, "d");

	schema_free(&schema);
	snprintf(text, sizeof text, LEAST "attribute d\n label D\n csv d\n"
	    "attribute b\n label B\n csv b\n ph b %u\n", taken);
	schema = parse(text);
	ck_assert_uint_eq(ph_number_of(schema, "b"), taken);
	ck_assert_uint_ne(ph_number_of(schema, "d"), taken);
	schema_free(&schema);
}
END_TEST

START_TEST(values_have_a_length)
{
	struct schema *schema = parse(LEAST "attribute a\n label A\n csv a\n"
	    " max 65536\nattribute b\n label B\n csv b\n max 1\n");

	ck_assert_uint_eq(schema->attributes[0].max_chars,
	    SCHEMA_CHARS_DEFAULT);
	ck_assert_uint_eq(schema->attributes[2].max_chars, 65536);
	ck_assert_uint_eq(schema->attributes[3].max_chars, 1);
	schema_free(&schema);
}
END_TEST

START_TEST(takes_comments_and_any_white_space)
{
	struct schema *schema = parse("# one\r\n\r\n" LEAST
	    "attribute\tc_1 # not d\r\n"
	    "  label  C # 1\r\n  csv a b+c d[2]\t # e\r\n"
	    "  show staff  faculty\r\n  form short long\r\n"
	    "  values one  \r\n");
	const struct attribute *attribute = schema_find(schema,
	    span_from("c_1"));

	ck_assert(span_is(attribute->label, "C"));
	ck_assert_uint_eq(attribute->csv.count, 3);
	ck_assert_uint_eq(attribute->csv.alternatives[2].first, 2);
	ck_assert(attribute->short_form && attribute->long_form);
	ck_assert(span_is(schema->groups[attribute->group],
	    "staff  faculty"));
	ck_assert(!attribute_is_for(attribute, SCHEMA_PUBLIC));
	/* Without an ldif line it comes from a type of its own name. */
	ck_assert(span_is(schema_dump_source(&attribute->ldif), "c_1"));
	schema_free(&schema);
}
END_TEST

START_TEST(shows_nobody_what_is_not_shown_on_purpose)
{
	struct schema *schema = parse(LEAST "attribute a\n label A\n csv a\n");

	ck_assert(!attribute_is_for(&schema->attributes[2], SCHEMA_ALL_GROUPS >> 1));
	ck_assert_int_eq(schema->attributes[2].index, INDEX_NONE);
	ck_assert(!schema->attributes[2].long_form);
	schema_free(&schema);
}
END_TEST

START_TEST(refuses_with_the_line_and_what_to_do)
{
	/* Lines are counted behind LEAST, which comes first. */
	static const struct {
		const char *text;
		unsigned line;
		const char *words;
	} rows[] = {
		{ "atribute a\n", 1, "no word of a schema" },
		{ "attribute a\n label A\n csv a\n colour red\n", 4,
		    "'colour' is no word" },
		{ "attribute A\n", 1, "is not a name" },
		{ "attribute 1a\n", 1, "is not a name" },
		{ "attribute\n", 1, "is not a name" },
		{ "attribute a b\n", 1, "is not a name" },
		{ "attribute whois\n", 1, "referral" },
		{ "attribute userpassword\n", 1, "never stored" },
		{ "attribute user_password\n", 1, "never stored" },
		{ "attribute a\n label A\n csv userPassword\n", 3,
		    "never stored" },
		{ "attribute a\n label A\n ldif x USERPASSWORD;x-crypt\n", 3,
		    "never stored" },
		{ "attribute a\n label A\n ldif cn+userpassword\n", 3,
		    "never stored" },
		{ "attribute a\n label A\n ldif 2.5.4.35\n", 3,
		    "never stored" },
		{ "attribute a\n label A\n csv user_password[2]\n", 3,
		    "never stored" },
		{ "attribute a\n label A\n ldif cn;lang-fr\n", 3,
		    "without options" },
		{ "attribute a\n label A\n ldif a++b\n", 3, "not the name" },
		{ "attribute a\n label A\n ldif x dn\n", 1, "LDIF itself" },
		{ "attribute a\n label A\n ldif cn[0]\n", 3, "1 to 99" },
		{ "attribute a\n label A\n ldif cn[2\n", 3, "1 to 99" },
		{ "attribute a\n label A\n ldif cn[]\n", 3, "1 to 99" },
		{ "attribute a\n label A\n ldif cn[100]\n", 3, "1 to 99" },
		{ "attribute a\n label A\n ldif cn[2]x\n", 3, "1 to 99" },
		{ "attribute a\n label A\n ldif b+c[2] d\n", 3,
		    "one part only" },
		{ "attribute a\n label A\n ldif b+c\n", 3, "dump" },
		{ "attribute a\n label A\n ldif cn[2]\n", 3, "dump" },
		{ "attribute a\n label A\n ldif a+b+c+d+e\n", 3, "at most 4" },
		{ "attribute a\n label A\n ldif a b c d e f g h i\n", 3,
		    "at most 8" },
		{ "attribute a\n label A\n ldif cn\n", 1, "same name" },
		{ "attribute a\n label A\n csv FULL_NAME\n", 1, "same name" },
		{ "attribute a\n label Full name\n csv a\n", 1, "rename" },
		{ "attribute name\n label N\n csv a\n", 1, "rename" },
		{ "attribute a\n label name\n csv a\n", 1, "rename" },
		{ "attribute a\n label A: b\n", 2, "colon" },
		{ "attribute a\n label %A\n", 2, "comment" },
		{ "attribute a\n label Whois Server\n", 2, "referral" },
		{ "attribute a\n label whois_server\n", 2, "referral" },
		{ "attribute a\n label Registrar WHOIS Server\n", 2,
		    "wider than 20" },
		{ "attribute a\n label ReferralServer\n", 2, "referral" },
		{ "attribute a\n label REFER\n", 2, "referral" },
		{ "attribute a\n label Refer-To\n", 2, "referral" },
		{ "attribute a\n label 123456789012345678901\n", 2,
		    "wider than 20" },
		{ "attribute a\n label "
		    "\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2"
		    "\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2"
		    "\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\n", 2,
		    "wider than 20" },
		{ "attribute a\n csv a\n", 1, "no label" },
		{ "attribute a\n label A\n", 1, "no source" },
		{ "attribute a\n label A\n label B\n", 3, "given before" },
		{ "attribute a\n label\n", 2, "no value" },
		{ "attribute a\n index soundex\n", 2, "no index 'soundex'" },
		{ "attribute a\n show Staff\n", 2, "class of viewers" },
		{ "attribute a\n show -staff\n", 2, "class of viewers" },
		{ "attribute a\n show everyone staff\n", 2, "alone" },
		{ "attribute a\n show staff nobody\n", 2, "alone" },
		{ "attribute a\n form wide\n", 2, "no form" },
		{ "attribute a\n role shows\n", 2, "no role 'shows'" },
		{ "attribute a\n label A\n csv a\n role hides\n show x\n", 1,
		    "for nobody" },
		{ "attribute a\n label A\n csv a\n role hides\n"
		    " index words\n", 1, "for nobody" },
		{ "attribute a\n label A\n csv a\n role hides\n"
		    "attribute b\n label B\n csv b\n role hides\n", 5,
		    "more than one" },
		{ "attribute a\n max 0\n", 2, "1 to 65536 characters" },
		{ "attribute a\n max 65537\n", 2, "1 to 65536 characters" },
		{ "attribute a\n max 10 20\n", 2, "1 to 65536 characters" },
		{ "attribute a\n max many\n", 2, "not 'many'" },
		{ "attribute a\n ph e-mail\n", 2, "belongs the number" },
		{ "attribute a\n ph x 10000\n", 2, "0 to 9999" },
		{ "attribute a\n ph x -1\n", 2, "0 to 9999" },
		{ "attribute a\n ph x 1 2\n", 2, "0 to 9999" },
		{ "attribute a\n ph 7\n", 2, "'7' cannot be a field" },
		{ "attribute a\n ph X 1\n", 2, "cannot be a field of PH" },
		{ "attribute a\n ph x:y 1\n", 2, "cannot be a field of PH" },
		{ "attribute a\n ph a12345678901234567890 1\n", 2,
		    "1 to 20 small letters" },
		{ "attribute a\n label A\n csv a\n ph key 1\n", 1,
		    "'key' and 'a' have the same name or number in PH" },
		{ "attribute a\n label A\n csv a\n ph x 7\n"
		    "attribute b\n label B\n csv b\n ph y 7\n", 5,
		    "'a' and 'b' have the same name or number in PH" },
		{ "attribute a\n label A\n csv a\n ph b 7\n"
		    "attribute b\n label B\n csv b\n", 5,
		    "'ph NAME NUMBER' of its own" },
		{ "attribute a\n values several\n", 2, "one or many" },
		{ "attribute a\n split commas\n", 2, "at blanks only" },
		{ "attribute a\n label A\n csv a\n split blanks\n", 1,
		    "values many" },
		{ "attribute a\n label \x1b[2J\n", 2, "control" },
		{ "attribute a\n label \xc2\x9b" "2J\n", 2, "control" },
		{ "attribute a\n label \xe2\x80\xae" "A\n", 2, "control" },
		{ "attribute a\n label caf\xe9\n", 2, "UTF-8" },
		{ "attribute n\n label N\n csv n\n index name\n"
		    " show everyone\n",
		    5, "more than one" },
		{ "attribute k\n label K\n csv k\n index key\n show everyone\n",
		    5, "more than one" },
		{ "attribute k\n label K\n csv k\n index key\n", 1,
		    "show everyone" },
		{ "attribute k\n label K\n csv k\n index key\n show everyone\n"
		    " values many\n", 1, "one value only" },
	};
	char text[1024], line[32];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct fault fault;
		struct schema *schema;

		snprintf(text, sizeof text, LEAST "%s", rows[i].text);
		schema = schema_parse(span_from(text), &fault);
		ck_assert_msg(schema == NULL, "%s", rows[i].text);
		ck_assert_int_eq(fault.code, ERR_REFUSED);
		snprintf(line, sizeof line, "line %u: ",
		    LEAST_LINES + rows[i].line);
		ck_assert_msg(strncmp(fault.text, line, strlen(line)) == 0 &&
		    strstr(fault.text, rows[i].words) != NULL,
		    "%s gives: %s", rows[i].text, fault.text);
	}
}
END_TEST

START_TEST(refuses_what_lacks_a_name_or_a_key)
{
	static const struct {
		const char *text, *sentence;
	} rows[] = {
		{ "", "line 1: no attribute has the line 'index name'; "
		    "exactly one must have it" },
		{ "label A\n", "line 1: 'label' belongs to no attribute; "
		    "begin with a line 'attribute NAME'" },
		{ "attribute name\n label N\n index name\n show everyone\n"
		    " csv n\n", "line 5: no attribute has the line 'index "
		    "key'; exactly one must have it" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct fault fault;

		ck_assert_ptr_null(schema_parse(span_from(rows[i].text),
		    &fault));
		ck_assert_str_eq(fault.text, rows[i].sentence);
	}
}
END_TEST

START_TEST(bounds_the_attributes)
{
	static char text[SCHEMA_ATTRIBUTES_MAX * 64];
	char *at = text + sprintf(text, LEAST);
	struct fault fault;
	struct schema *schema;

	for (unsigned i = 2; i < SCHEMA_ATTRIBUTES_MAX; i++)
		at += sprintf(at, "attribute a%u\nlabel A%u\ncsv a%u\n", i, i,
		    i);
	schema = parse(text);
	ck_assert_uint_eq(schema->count, SCHEMA_ATTRIBUTES_MAX);
	schema_free(&schema);
	sprintf(at, "attribute more\nlabel More\ncsv more\n");
	ck_assert_ptr_null(schema_parse(span_from(text), &fault));
	ck_assert_str_eq(fault.text,
	    "line 151: a schema has at most 48 attributes");
}
END_TEST

START_TEST(equal_sets_of_classes_are_one_group)
{
	static const struct {
		const char *show;
		unsigned group;
	} rows[] = {
		{ "everyone", SCHEMA_GROUP_EVERYONE },
		{ "staff", 1 },
		{ "staff front-desk", 2 },
		{ "nobody", SCHEMA_GROUP_NOBODY },
		{ "front-desk   staff", 2 },
		{ "front-desk", 3 },
		{ "staff staff", 1 },
	};
	enum { ROWS = sizeof rows / sizeof rows[0] };
	char text[1024] = LEAST;
	struct schema *schema;

	for (size_t i = 0; i < ROWS; i++)
		sprintf(text + strlen(text), "attribute a%zu\nlabel A%zu\n"
		    "csv a%zu\nshow %s\n", i, i, i, rows[i].show);
	schema = parse(text);
	for (size_t i = 0; i < ROWS; i++)
		ck_assert_uint_eq(schema->attributes[2 + i].group,
		    rows[i].group);
	ck_assert_uint_eq(schema->group_count, 4);
	ck_assert(span_is(schema->groups[SCHEMA_GROUP_EVERYONE], "everyone"));
	schema_free(&schema);
}
END_TEST

START_TEST(bounds_the_groups)
{
	static char text[SCHEMA_ATTRIBUTES_MAX * 64];
	char *at = text + sprintf(text, LEAST);
	struct fault fault;
	struct schema *schema;

	for (unsigned i = 1; i < SCHEMA_GROUPS_MAX; i++)
		at += sprintf(at, "attribute a%u\nlabel A%u\ncsv a%u\n"
		    "show c%u\n", i, i, i, i);
	schema = parse(text);
	ck_assert_uint_eq(schema->group_count, SCHEMA_GROUPS_MAX);
	schema_free(&schema);
	sprintf(at, "attribute more\nlabel More\ncsv more\nshow c1 c2\n");
	ck_assert_ptr_null(schema_parse(span_from(text), &fault));
	ck_assert_ptr_nonnull(strstr(fault.text, "at most 30 different sets"));
}
END_TEST

START_TEST(knows_the_list_of_what_is_hidden)
{
	struct schema *schema = parse(schema_default_text);

	ck_assert(span_is(schema->attributes[schema->hides_id].name,
	    "hidden"));
	schema_free(&schema);
	schema = parse(LEAST);
	ck_assert_uint_eq(schema->hides_id, SCHEMA_NO_ATTRIBUTE);
	schema_free(&schema);
}
END_TEST

UNIT_MAIN("record/schema", built_in_schema_is_the_record_of_the_seed_system,
    knows_where_values_come_from, finds_attributes_by_name_and_by_label,
    fields_of_ph_have_a_name_and_a_number,
    the_number_of_a_field_of_ph_tells_nothing_of_others,
    no_two_fields_of_ph_have_the_same_number, values_have_a_length,
    takes_comments_and_any_white_space,
    shows_nobody_what_is_not_shown_on_purpose,
    refuses_with_the_line_and_what_to_do,
    refuses_what_lacks_a_name_or_a_key, bounds_the_attributes,
    equal_sets_of_classes_are_one_group, bounds_the_groups,
    knows_the_list_of_what_is_hidden)
