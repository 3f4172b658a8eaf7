#include "unit.h"

#include "record/convert.h"
#include "record/csv.h"
#include "record/export.h"
#include "record/ldif.h"
#include "record/schema.h"

#include <string.h>

enum { READ_MAX = EXPORT_LDIF_MAX };

static struct schema *schema;
static struct converter *converter;
static struct converted converted;
static char dump_bytes[EXPORT_LDIF_MAX + 4096];
static char record_bytes[RECORD_BYTES_MAX];
static struct buf dump, record;

static void
begin(const char *text)
{
	struct fault fault;

	schema = schema_parse(span_from(text), &fault);
	ck_assert_msg(schema != NULL, "%s", fault.text);
	converter = converter_new(schema);
	buf_init(&dump, dump_bytes, sizeof dump_bytes);
	buf_init(&record, record_bytes, sizeof record_bytes);
}

static void
end(void)
{
	converter_free(&converter);
	schema_free(&schema);
}

/* Records are built from attribute and value, in the order of the schema. */
static void
add(const char *name, const char *value)
{
	record_add_field(&record, schema_find(schema, span_from(name))->id,
	    span_from(value));
}

static void
expect_same_record(void)
{
	ck_assert(!dump.overflowed);
	ck_assert(record_is_valid(schema, converted.record));
	ck_assert_msg(span_equal(converted.record, buf_span(&record)),
	    "%.*s", (int)dump.length, dump.data);
	ck_assert(!converted.was_latin1 && !converted.key_is_generated);
}

static void
load_ldif(void)
{
	struct ldif_reader *reader = ldif_reader_new(READ_MAX);
	struct span rest = buf_span(&dump);
	struct ldif_entry entry;
	struct fault fault;

	ck_assert_int_eq(ldif_reader_next(reader, &rest, &entry, &fault),
	    LDIF_ENTRY);
	ck_assert(ldif_entry_is_person(&entry));
	ck_assert_int_eq(convert_ldif(converter, &entry, &converted, &fault),
	    ERR_NONE);
	ck_assert_uint_eq(rest.length, 0);
	expect_same_record();
	ldif_reader_free(&reader);
}

static void
load_csv(void)
{
	static struct csv_row row;
	struct csv_reader *reader = csv_reader_new(EXPORT_CSV_MAX);
	struct span rest = buf_span(&dump);
	struct fault fault;

	ck_assert_int_eq(csv_reader_next(reader, &rest, &row, &fault),
	    CSV_ROW);
	ck_assert_int_eq(converter_set_header(converter, &row, &fault),
	    ERR_NONE);
	ck_assert_int_eq(csv_reader_next(reader, &rest, &row, &fault),
	    CSV_ROW);
	ck_assert_int_eq(convert_csv(converter, &row, &converted, &fault),
	    ERR_NONE);
	ck_assert_uint_eq(rest.length, 0);
	expect_same_record();
	csv_reader_free(&reader);
}

/* Through both formats and back. */
static void
expect_round_trip(void)
{
	ck_assert(record_is_valid(schema, buf_span(&record)));
	buf_rewind(&dump, 0);
	record_add_ldif_header(&dump);
	record_add_ldif(&dump, schema, buf_span(&record));
	load_ldif();
	buf_rewind(&dump, 0);
	record_add_csv_header(&dump, schema, SCHEMA_ALL_GROUPS);
	record_add_csv(&dump, schema, SCHEMA_ALL_GROUPS,
	    buf_span(&record));
	load_csv();
}

START_TEST(writes_ldif_as_rfc_2849_wants_it)
{
	begin(schema_default_text);
	add("name", "Quinton, R\xc3\xa9g");
	add("phone", ":679-2111");
	add("key", "48,1800");
	add("address", "a@uwo.ca");
	add("address", "b@uwo.ca");
	add("description", "A text that is long enough to be folded, since "
	    "lines end at seventy-six columns.");
	add("home_address", "1 High St, $5");
	record_add_ldif(&dump, schema, buf_span(&record));
	buf_add_char(&dump, '\0');
	ck_assert_str_eq(dump.data,
	    "dn: employeeNumber=48\\,1800\n"
	    "objectClass: person\n"
	    "cn:: UXVpbnRvbiwgUsOpZw==\n"
	    "telephoneNumber:: OjY3OS0yMTEx\n"
	    "employeeNumber: 48,1800\n"
	    "mailLocalAddress: a@uwo.ca\n"
	    "mailLocalAddress: b@uwo.ca\n"
	    "description: A text that is long enough to be folded, since "
	    "lines end at sev\n enty-six columns.\n"
	    "homePostalAddress: 1 High St, \\245\n"
	    "\n");
	end();
}
END_TEST

START_TEST(writes_csv_as_rfc_4180_wants_it)
{
	begin(schema_default_text);
	add("name", "Quinton, Reg");
	add("room", "the \"cave\"");
	add("key", "481800");
	add("address", "a@uwo.ca");
	add("address", "b@uwo.ca");
	add("nickname", "Reg");
	add("nickname", "Reggie");
	record_add_csv_header(&dump, schema, SCHEMA_ALL_GROUPS);
	record_add_csv(&dump, schema, SCHEMA_ALL_GROUPS,
	    buf_span(&record));
	buf_add_char(&dump, '\0');
	ck_assert_str_eq(dump.data,
	    "full_name,department,room,phone,index_key,machine_address,"
	    "directory_addresses,uid,title,nickname,url,description,"
	    "home_phone,home_address,hidden\r\n"
	    "\"Quinton, Reg\",,\"the \"\"cave\"\"\",,481800,,a@uwo.ca "
	    "b@uwo.ca,,,\"Reg\nReggie\",,,,,\r\n");
	end();
}
END_TEST

START_TEST(writes_csv_columns_of_these_groups_only)
{
	begin(schema_default_text);
	add("name", "Quinton, Reg");
	add("key", "481800");
	record_add_csv_header(&dump, schema, SCHEMA_PUBLIC);
	record_add_csv(&dump, schema, SCHEMA_PUBLIC, buf_span(&record));
	buf_add_char(&dump, '\0');
	ck_assert_str_eq(dump.data,
	    "full_name,department,room,phone,index_key,machine_address,"
	    "directory_addresses,uid,title,nickname,url,description\r\n"
	    "\"Quinton, Reg\",,,,481800,,,,,,,\r\n");
	end();
}
END_TEST

START_TEST(odd_values_come_back_as_they_were)
{
	static const char *const odd[] = { "x", "\"", "\"\"", "a\"b", "'",
		",", ",,", "a,b", ":", "::", ":x", "<", "<file:///x", "#", "-",
		"dn: x", "x:", "x::", "$", "a $ b", "\\", "\\24", "\\5C",
		"a\\", "=1+1", "+", "a;b", "Quinton, Reg", "Jensen,",
		", Barbara", "van der Berg, A. B.", "O'Brien",
		"\xc3\xa9", "M\xc3\xbcller, J\xc3\xb6rg",
		"\xe6\xbc\xa2\xe5\xad\x97", "\xf0\x9f\x98\x80",
		"\xef\xbb\xbfx", "\xef\xbf\xbd", "\xcc\x81x",
		"userPassword: secret", "everyone", "0", "a b c d" };
	static const char *const names[] = { "name", "department", "room",
		"phone", "key", "mailbox", "address", "uid", "title",
		"nickname", "url", "description", "home_phone",
		"home_address" };

	begin(schema_default_text);
	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
		buf_rewind(&record, 0);
		for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
			add(names[k], odd[i]);
		expect_round_trip();
		/* Only the name and the key, one of them odd. */
		buf_rewind(&record, 0);
		add("name", odd[i]);
		add("key", "1");
		expect_round_trip();
		buf_rewind(&record, 0);
		add("name", "n");
		add("key", odd[i]);
		add("nickname", odd[i]);
		add("nickname", "other");
		expect_round_trip();
		buf_rewind(&record, 0);
		add("name", "n");
		add("key", "1");
		add("address", "a@b");
		add("address", odd[i]);
		add("address", "c d");
		expect_round_trip();
	}
	end();
}
END_TEST

START_TEST(long_lines_fold_and_come_back)
{
	char value[400];

	begin(schema_default_text);
	for (size_t length = 1; length < sizeof value; length++) {
		memset(value, 'x', length);
		if (length > 70)
			value[70] = ' ';
		if (length % 3 == 0)
			memcpy(value, "\xe6\xbc\xa2", 3);
		value[length] = '\0';
		if (value[length - 1] == ' ')
			value[length - 1] = 'y';
		buf_rewind(&record, 0);
		add("name", "n");
		add("key", "1");
		add("description", value);
		expect_round_trip();
	}
	end();
}
END_TEST

START_TEST(ldif_lines_are_never_wider_than_76)
{
	char value[300];

	begin(schema_default_text);
	memset(value, 'x', sizeof value - 1);
	value[sizeof value - 1] = '\0';
	add("name", value);
	value[1] = ':';
	value[0] = '<';
	add("key", value);
	record_add_ldif(&dump, schema, buf_span(&record));
	for (struct span rest = buf_span(&dump); rest.length > 0;)
		ck_assert_uint_le(span_cut(&rest, '\n').length, 76);
	end();
}
END_TEST

START_TEST(the_fullest_record_fits_and_comes_back)
{
	begin(schema_default_text);
	add("name", "n");
	add("key", "1");
	while (record.length + 3 <= RECORD_BYTES_MAX)
		add("address", "\"");
	expect_round_trip();
	ck_assert_uint_lt(dump.length, EXPORT_CSV_MAX);
	buf_rewind(&record, 0);
	add("name", "n");
	add("key", "1");
	while (record.length + 4 <= RECORD_BYTES_MAX)
		add("nickname", "\xc3\xa9");
	expect_round_trip();
	end();
}
END_TEST

START_TEST(another_schema_comes_back_too)
{
	static const char text[] =
	    "attribute a\nlabel A\nvalues many\ncsv x+y a_many\n"
	    "attribute name\nlabel N\nindex name\nshow everyone\n"
	    "ldif displayName cn+sn cn\ncsv last+first name\n"
	    "attribute key\nlabel K\nindex key\nshow everyone\n"
	    "ldif a2[2] uid\ncsv uid\n"
	    "attribute postal\nlabel P\nvalues many\nldif postalAddress\n";

	begin(text);
	add("a", "1 2");
	add("a", "3");
	add("name", "Only");
	add("key", "k");
	add("postal", "a $ b, c");
	add("postal", "d");
	expect_round_trip();
	end();
}
END_TEST

UNIT_MAIN("record/export", writes_ldif_as_rfc_2849_wants_it,
    writes_csv_as_rfc_4180_wants_it,
    writes_csv_columns_of_these_groups_only, odd_values_come_back_as_they_were,
    long_lines_fold_and_come_back, ldif_lines_are_never_wider_than_76,
    the_fullest_record_fits_and_comes_back, another_schema_comes_back_too)
