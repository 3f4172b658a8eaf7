#include "unit.h"

#include "record/convert.h"
#include "record/csv.h"
#include "record/ldif.h"
#include "record/record.h"
#include "record/schema.h"

#include <stdio.h>
#include <string.h>

static struct schema *schema;
static struct converter *converter;
static struct csv_reader *rows;
static struct span input;
static struct converted converted;
static struct fault fault;

static void
begin_with(const char *schema_text, const char *text)
{
	schema = schema_parse(span_from(schema_text), &fault);
	ck_assert_msg(schema != NULL, "%s", fault.text);
	converter = converter_new(schema);
	rows = csv_reader_new(RECORD_BYTES_MAX * 2);
	input = span_from(text);
}

static void
begin(const char *text)
{
	begin_with(schema_default_text, text);
}

static void
end(void)
{
	csv_reader_free(&rows);
	converter_free(&converter);
	ck_assert_ptr_null(converter);
	schema_free(&schema);
}

static enum err
read_header(void)
{
	static struct csv_row row;

	ck_assert_int_eq(csv_reader_next(rows, &input, &row, &fault),
	    CSV_ROW);
	return converter_set_header(converter, &row, &fault);
}

static enum err
read_row(void)
{
	static struct csv_row row;
	enum csv_result result = csv_reader_next(rows, &input, &row, &fault);

	ck_assert_int_eq(result, CSV_ROW);
	return convert_csv(converter, &row, &converted, &fault);
}

static void
begin_csv(const char *text)
{
	begin(text);
	ck_assert_int_eq(read_header(), ERR_NONE);
}

/* The first entry of an LDIF text. */
static enum err
read_entry(const char *text)
{
	static struct ldif_reader *reader;
	struct ldif_entry entry;
	struct span rest = span_from(text);
	enum err err;

	reader = ldif_reader_new(RECORD_BYTES_MAX * 2);
	ck_assert_int_eq(ldif_reader_next(reader, &rest, &entry, &fault),
	    LDIF_ENTRY);
	err = convert_ldif(converter, &entry, &converted, &fault);
	ldif_reader_free(&reader);
	return err;
}

/* The values of an attribute as one text, "|" between them. */
static const char *
value(const char *name)
{
	static char text[RECORD_BYTES_MAX + 1];
	unsigned id = schema_find(schema, span_from(name))->id;
	struct span rest = converted.record;
	struct record_field field;
	struct buf out;

	buf_init(&out, text, sizeof text - 1);
	while (record_next(&rest, &field)) {
		if (field.attribute != id)
			continue;
		if (out.length > 0)
			buf_add_char(&out, '|');
		buf_add(&out, field.value);
	}
	ck_assert_uint_eq(rest.length, 0);
	text[out.length] = '\0';
	return text;
}

static bool
is_stored(const char *secret)
{
	struct span rest = converted.record;
	struct record_field field;
	bool found = false;

	while (record_next(&rest, &field))
		found = found || span_is(field.value, secret);
	return found;
}

START_TEST(row_of_the_seed_system_becomes_its_record)
{
	begin_csv("full_name,department,room,phone,index_key,machine_address,"
	    "directory_addresses\n\"Quinton, Reg\",Info Tech Svcs,NSC 214,"
	    "679-2111x(6026),481800,reggers@julian.uwo.ca,"
	    "reg.quinton@uwo.ca r.quinton@uwo.ca\n");
	ck_assert_int_eq(read_row(), ERR_NONE);
	ck_assert(record_is_valid(schema, converted.record));
	ck_assert(span_is(converted.name, "Quinton, Reg"));
	ck_assert(span_is(converted.key, "481800"));
	ck_assert(!converted.key_is_generated && !converted.was_latin1);
	ck_assert_str_eq(value("phone"), "679-2111x(6026)");
	ck_assert_str_eq(value("address"),
	    "reg.quinton@uwo.ca|r.quinton@uwo.ca");
	end();
}
END_TEST

START_TEST(columns_are_known_by_name_whatever_their_order)
{
	begin_csv("Index Key,shoe_size, FIRST ,\"Last\",userPassword\n"
	    "7,43,Reg,Quinton,secret\n8,43,,Cher,\n9,43,Plato,,\n");
	ck_assert_int_eq(read_row(), ERR_NONE);
	ck_assert_str_eq(value("name"), "Quinton, Reg");
	ck_assert_str_eq(value("key"), "7");
	ck_assert_uint_eq(converted.record.length, 2 + 12 + 2 + 1);
	ck_assert_int_eq(read_row(), ERR_NONE);
	ck_assert_str_eq(value("name"), "Cher");
	ck_assert_int_eq(read_row(), ERR_NONE);
	ck_assert_str_eq(value("name"), "Plato");
	end();
}
END_TEST

START_TEST(values_are_made_fit)
{
	begin_csv("full_name,index_key,room,directory_addresses,nickname,"
	    "description\n"
	    "\"M\xfcller,\n  J\",1, ,\" a@x\tb@x  c@x \",\"Moe\r\nMiller "
	    "J\",\"line\none\"\n"
	    "x,2,r,\"a b@x\n\",\"\",\n");
	ck_assert_int_eq(read_row(), ERR_NONE);
	ck_assert(converted.was_latin1);
	ck_assert(record_is_valid(schema, converted.record));
	ck_assert_str_eq(value("name"), "M\xc3\xbcller, J");
	ck_assert_str_eq(value("room"), "");
	ck_assert_str_eq(value("address"), "a@x|b@x|c@x");
	ck_assert_str_eq(value("nickname"), "Moe|Miller J");
	ck_assert_str_eq(value("description"), "line one");
	ck_assert_int_eq(read_row(), ERR_NONE);
	ck_assert(!converted.was_latin1);
	ck_assert_str_eq(value("address"), "a b@x");
	end();
}
END_TEST

START_TEST(refuses_rows_with_a_sentence)
{
	begin_csv("full_name,phone\nx\nx,1,2\n,1\n\"\n\",1\n");
	ck_assert_int_eq(read_row(), ERR_REFUSED);
	ck_assert_str_eq(fault.text,
	    "the row has 1 field where the header has 2");
	ck_assert_int_eq(read_row(), ERR_REFUSED);
	ck_assert_str_eq(fault.text,
	    "the row has 3 fields where the header has 2");
	ck_assert_int_eq(read_row(), ERR_REFUSED);
	ck_assert_str_eq(fault.text, "there is no name: it needs one of "
	    "full_name, last+first, last, first");
	ck_assert_int_eq(read_row(), ERR_REFUSED);
	end();
}
END_TEST

START_TEST(refuses_a_header_that_can_give_no_name)
{
	begin("phone,room\n");
	ck_assert_int_eq(read_header(), ERR_REFUSED);
	ck_assert_str_eq(fault.text, "no column of the header gives a name: "
	    "it needs one of full_name, last+first, last, first");
	end();
	begin("First\n");
	ck_assert_int_eq(read_header(), ERR_NONE);
	end();
}
END_TEST

START_TEST(says_what_spreadsheets_do_to_a_header)
{
	begin("full_name;room\n");
	ck_assert_int_eq(read_header(), ERR_REFUSED);
	ck_assert_str_eq(fault.text, "the columns are separated by semicolons;"
	    " save the file with commas");
	end();
	begin("full_name\troom\n");
	ck_assert_int_eq(read_header(), ERR_REFUSED);
	ck_assert_str_eq(fault.text, "the columns are separated by tabs;"
	    " save the file with commas");
	end();
	begin("\xff\xfe" "full_name\n");
	ck_assert_int_eq(read_header(), ERR_REFUSED);
	ck_assert_str_eq(fault.text, "the file is UTF-16; save it as UTF-8");
	end();
}
END_TEST

/* An attribute for values of any length, and one for short ones. */
static const char lengths_text[] =
    "attribute name\n label N\n index name\n show everyone\n csv full_name\n"
    "attribute key\n label K\n index key\n show everyone\n csv index_key\n"
    "attribute description\n label D\n csv description\n max 65536\n"
    "attribute short\n label S\n csv short a+b\n max 6\n values many\n";

START_TEST(bounds_a_record)
{
	/* Three fields: 2 bytes and a value of 1, twice, and 4 of the third. */
	enum { REST = RECORD_BYTES_MAX - 10 };
	static const struct {
		const char *start;
		size_t count;
		char byte;
		enum err err;
	} cases[] = {
		{ "x,1,", REST, 'd', ERR_NONE },
		{ "x,1,", REST + 1, 'd', ERR_REFUSED },
		{ "x,1,", REST, '\xe9', ERR_REFUSED },
		{ "x,1,", REST / 2, '\xe9', ERR_NONE },
		{ "x,,", REST, 'd', ERR_REFUSED }, /* no room for a key */
	};
	static char text[RECORD_BYTES_MAX + 100];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf out;

		buf_init(&out, text, sizeof text);
		buf_add_string(&out, "full_name,index_key,description\n");
		buf_add_string(&out, cases[i].start);
		buf_add_repeat(&out, cases[i].byte, cases[i].count);
		buf_add_string(&out, "\n");
		buf_add_char(&out, '\0');
		begin_with(lengths_text, text);
		ck_assert_int_eq(read_header(), ERR_NONE);
		ck_assert_int_eq(read_row(), cases[i].err);
		if (cases[i].err == ERR_NONE)
			ck_assert_uint_eq(converted.record.length,
			    RECORD_BYTES_MAX);
		else
			ck_assert_str_eq(fault.text,
			    "the record is longer than 65536 bytes");
		end();
	}
}
END_TEST

START_TEST(bounds_a_value)
{
	static const struct {
		const char *row, *value;
		unsigned chars; /* of a value that is refused */
	} cases[] = {
		{ "x,abcdef,,", "abcdef", 0 },
		{ "x,abcdefg,,", NULL, 7 },
		{ "x,  abc  def  ,,", NULL, 7 },
		{ "x,  ab  def  ,,", "ab def", 0 },
		/* Characters count, not bytes, and those of the stored form. */
		{ "x,\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9,,",
		    "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 0 },
		{ "x,abcde" "e\xcc\x81,,", "abcde\xc3\xa9", 0 },
		{ "x,abcdef\xe9,,", NULL, 7 },
		{ "x,,ab,cd", "ab, cd", 0 },
		{ "x,,abc,de", NULL, 7 },
		{ "x,\"abc\ndefghijk\n1234567\",,", NULL, 8 },
		{ "x,\"abc\ndef\",,", "abc|def", 0 },
	};
	char text[256], sentence[256];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		snprintf(text, sizeof text, "full_name,short,a,b\n%s\ny,z,,\n",
		    cases[i].row);
		begin_with(lengths_text, text);
		ck_assert_int_eq(read_header(), ERR_NONE);
		ck_assert_int_eq(read_row(), cases[i].value != NULL ?
		    ERR_NONE : ERR_REFUSED);
		snprintf(sentence, sizeof sentence, "the value of 'short' has "
		    "%u characters and may have 6; shorten it, or write "
		    "'max %u' for this attribute into the schema",
		    cases[i].chars, cases[i].chars);
		if (cases[i].value != NULL)
			ck_assert_str_eq(value("short"), cases[i].value);
		else
			ck_assert_str_eq(fault.text, sentence);
		/* The next row is not to blame. */
		ck_assert_int_eq(read_row(), ERR_NONE);
		end();
	}
}
END_TEST

START_TEST(a_header_is_not_measured)
{
	begin_with(lengths_text, "full_name,A,B\nx,1,2\n");
	ck_assert_int_eq(read_header(), ERR_NONE);
	ck_assert_int_eq(read_row(), ERR_NONE);
	ck_assert_str_eq(value("short"), "1, 2");
	end();
	begin_with("attribute name\n label N\n index name\n show everyone\n"
	    " csv full_name\n max 3\nattribute key\n label K\n index key\n"
	    " show everyone\n csv index_key\n", "full_name\nx\n");
	ck_assert_int_eq(read_header(), ERR_NONE);
	ck_assert_int_eq(read_row(), ERR_NONE);
	end();
}
END_TEST

START_TEST(entry_takes_the_best_source_there_is)
{
	static const struct {
		const char *lines, *attribute, *value;
	} cases[] = {
		{ "cn: Babs\nsn: Jensen\ngivenName: Barbara\n", "name",
		    "Jensen, Barbara" },
		{ "cn: Barbara Jensen\nsn: Jensen\n", "name",
		    "Barbara Jensen" },
		{ "cn: B J\nSN;lang-fr: Jensen\nGIVENNAME: Barbara\n", "name",
		    "Jensen, Barbara" },
		{ "cn: B J\nsn: Jensen\ngivenName:  \n", "name", "B J" },
		{ "cn: B J\nsn: Jensen\ngivenName:: AA==\n", "name", "B J" },
		{ "sn: Jensen\n", "name", "Jensen" },
		{ "cn: B J\ncn: Babs\ncn: Bee\n", "nickname", "Babs|Bee" },
		{ "cn: B J\ncn: Babs\nnickname: X\n", "nickname", "X" },
		{ "cn: x\nuid: u\nemployeeNumber: 7\n", "key", "7" },
		{ "cn: x\nuid: u\n", "key", "u" },
		{ "cn: x\nmail: a@x\nmail: b@x\n", "mailbox", "a@x" },
		{ "cn: x\nmail: a@x\nmail: b@x\n", "address", "a@x|b@x" },
		{ "cn: x\nmail: a@x\nmailRoutingAddress: m@x\n"
		    "mailLocalAddress: l@x\n", "mailbox", "m@x" },
		{ "cn: x\nmail: a@x\nmailLocalAddress: l@x\n", "address",
		    "l@x" },
		{ "cn: x\nroomNumber:\nphysicalDeliveryOfficeName: r\n",
		    "room", "r" },
		{ "cn: x\nou: One\nou: Two\n", "department", "One" },
		{ "cn: x\ndepartment: D\n", "department", "D" },
		{ "cn: x\nsAMAccountName: jdoe\n", "uid", "jdoe" },
		{ "cn: x\nhomePostalAddress: 1 High St $ Anytown $$ US\n",
		    "home_address", "1 High St, Anytown, US" },
		{ "cn: x\nhomePostalAddress: a\\24b\\5C24\\5c\\2\n",
		    "home_address", "a$b\\24\\\\2" },
		{ "cn: x\ndescription: a $ b\\24\n", "description",
		    "a $ b\\24" },
		{ "cn: x\ndescription:: YQpi\n", "description", "a b" },
		{ "cn: x\nnickname:: YQpi\n", "nickname", "a b" },
		{ "cn: x\nlabeledURI: http://x/ X\n", "url", "http://x/ X" },
	};
	char text[512];
	struct buf out;

	begin("");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		buf_init(&out, text, sizeof text - 1);
		buf_add_format(&out, "dn: d\nuserPassword: secret\n"
		    "userPassword;x-crypt: secret\n%s\n", cases[i].lines);
		text[out.length] = '\0';
		ck_assert_int_eq(read_entry(text), ERR_NONE);
		ck_assert(record_is_valid(schema, converted.record));
		ck_assert_msg(strcmp(value(cases[i].attribute),
		    cases[i].value) == 0, "%s gives %s", cases[i].lines,
		    value(cases[i].attribute));
		ck_assert(!is_stored("secret"));
	}
	ck_assert_int_eq(read_entry("dn: d\nou: x\n\n"), ERR_REFUSED);
	ck_assert_str_eq(fault.text, "there is no name: it needs one of "
	    "sn+givenName, cn, sn");
	end();
}
END_TEST

START_TEST(makes_the_same_key_at_every_load)
{
	char key[CONVERT_KEY_DIGITS + 1], other[CONVERT_KEY_DIGITS + 1];
	struct record_field name;
	struct span rest;

	begin_csv("full_name,index_key\nx,\nx,\ny,\n");
	ck_assert_int_eq(read_row(), ERR_NONE);
	ck_assert(converted.key_is_generated);
	ck_assert(record_is_valid(schema, converted.record));
	ck_assert_uint_eq(converted.key.length, CONVERT_KEY_DIGITS);
	rest = converted.record;
	ck_assert(record_next(&rest, &name));
	convert_generate_key((struct span){ converted.record.data,
	    (size_t)(rest.data - converted.record.data) }, 0, key);
	ck_assert(span_is(converted.key, key));
	ck_assert_int_eq(read_row(), ERR_NONE);
	ck_assert(span_is(converted.key, key));
	ck_assert_int_eq(read_row(), ERR_NONE);
	ck_assert(!span_is(converted.key, key));
	/* The dn tells entries apart, not what they hold. */
	ck_assert_int_eq(read_entry("dn: a\ncn: x\n\n"), ERR_NONE);
	convert_generate_key(span_from("a"), 0, key);
	ck_assert_str_eq(value("key"), key);
	ck_assert_int_eq(read_entry("dn: a\ncn: y\n\n"), ERR_NONE);
	ck_assert_str_eq(value("key"), key);
	ck_assert_int_eq(read_entry("dn: b\ncn: y\n\n"), ERR_NONE);
	ck_assert_str_ne(value("key"), key);
	convert_generate_key(span_from("a"), 1, other);
	ck_assert_str_ne(other, key);
	end();
}
END_TEST

/* Whoever sees a key must not be able to try what else it was made from. */
START_TEST(a_key_is_made_from_what_everyone_sees)
{
	static const struct {
		const char *row;
		bool same; /* key as that of the first */
	} cases[] = {
		{ "Quinton,PAB 1,555-0101,\n", true },
		{ "Quinton,PAB 1,555-0102,\n", true },
		{ "Quinton,PAB 1,,nothing known\n", true },
		{ "Quinton,PAB 2,555-0101,\n", false },
		{ "Quinton,PAB 1,,room\n", false },
		{ "Quinton,PAB 1,555-0101,all\n", false },
		{ "Quinton,PAB 1,555-0102,all\n", false },
	};
	char first[CONVERT_KEY_DIGITS] = "", text[256];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		bool same;

		snprintf(text, sizeof text,
		    "full_name,room,home_phone,hidden\n%s", cases[i].row);
		begin_csv(text);
		ck_assert_int_eq(read_row(), ERR_NONE);
		ck_assert(converted.key_is_generated);
		ck_assert_uint_eq(converted.key.length, sizeof first);
		if (i == 0)
			memcpy(first, converted.key.data, sizeof first);
		same = memcmp(first, converted.key.data, sizeof first) == 0;
		ck_assert_msg(same == cases[i].same, "%s", cases[i].row);
		end();
	}
}
END_TEST

START_TEST(generated_keys_are_eighteen_digits_that_never_change)
{
	char key[CONVERT_KEY_DIGITS + 1];
	unsigned firsts = 0;

	/* Written down: directories in use hold such keys. */
	convert_generate_key(span_from("uid=reggers,dc=uwo,dc=ca"), 0, key);
	ck_assert_str_eq(key, "462488778395390359");
	convert_generate_key(span_from("uid=reggers,dc=uwo,dc=ca"), 1, key);
	ck_assert_str_eq(key, "417300393949036442");
	for (unsigned long i = 0; i < 1000; i++) {
		convert_generate_key(span_from(""), i, key);
		ck_assert_uint_eq(strlen(key), CONVERT_KEY_DIGITS);
		ck_assert_uint_eq(strspn(key, "0123456789"),
		    CONVERT_KEY_DIGITS);
		ck_assert_int_ne(key[0], '0');
		firsts |= 1u << (key[0] - '0');
	}
	/* Every first digit but 0 comes up. */
	ck_assert_uint_eq(firsts, 0x3fe);
}
END_TEST

START_TEST(says_which_entries_hide_something)
{
	begin_csv("index_key,full_name,hidden\n1,A,phone\n2,B,\n");
	ck_assert_int_eq(read_row(), ERR_NONE);
	ck_assert(converted.hides);
	ck_assert_int_eq(read_row(), ERR_NONE);
	ck_assert(!converted.hides);
	ck_assert_int_eq(read_entry("dn: cn=C\ncn: C\nuid: c\n"
	    "whoisHidden: all\n\n"), ERR_NONE);
	ck_assert(converted.hides);
	end();
}
END_TEST

UNIT_MAIN("record/convert", row_of_the_seed_system_becomes_its_record,
    columns_are_known_by_name_whatever_their_order, values_are_made_fit,
    refuses_rows_with_a_sentence, refuses_a_header_that_can_give_no_name,
    bounds_a_record, bounds_a_value, a_header_is_not_measured,
    entry_takes_the_best_source_there_is,
    makes_the_same_key_at_every_load,
    a_key_is_made_from_what_everyone_sees,
    generated_keys_are_eighteen_digits_that_never_change,
    says_what_spreadsheets_do_to_a_header,
    says_which_entries_hide_something)
