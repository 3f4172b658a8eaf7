#include "unit.h"

#include "record/record.h"
#include "record/schema.h"

#include <string.h>

static struct schema *schema;
static char memory[2 * RECORD_BYTES_MAX];
static struct buf out;

static void
begin(void)
{
	struct fault fault;

	schema = schema_parse(span_from(schema_default_text), &fault);
	ck_assert_ptr_nonnull(schema);
	buf_init(&out, memory, sizeof memory);
}

static unsigned
id_of(const char *name)
{
	return schema_find(schema, span_from(name))->id;
}

static void
add(const char *name, const char *value)
{
	record_add_field(&out, id_of(name), span_from(value));
}

START_TEST(gives_back_fields_in_order)
{
	static char longest[20000];
	struct record_field field;
	struct span rest;

	begin();
	memset(longest, 'x', sizeof longest - 1);
	add("name", "Quinton, Reg");
	add("address", "reg@uwo.ca");
	add("address", longest);
	rest = buf_span(&out);
	ck_assert(record_next(&rest, &field));
	ck_assert_uint_eq(field.attribute, id_of("name"));
	ck_assert(span_is(field.value, "Quinton, Reg"));
	ck_assert(record_next(&rest, &field));
	ck_assert(span_is(field.value, "reg@uwo.ca"));
	ck_assert(record_next(&rest, &field));
	ck_assert_uint_eq(field.attribute, id_of("address"));
	ck_assert(span_is(field.value, longest));
	ck_assert(!record_next(&rest, &field));
	ck_assert_uint_eq(rest.length, 0);
	schema_free(&schema);
}
END_TEST

START_TEST(finds_the_first_value)
{
	begin();
	add("name", "a");
	add("address", "b");
	add("address", "c");
	ck_assert(span_is(record_value(buf_span(&out), id_of("address")),
	    "b"));
	ck_assert_uint_eq(record_value(buf_span(&out), id_of("key")).length,
	    0);
	schema_free(&schema);
}
END_TEST

/* The fields of these attributes, as "attribute=value;..." */
static const char *
walk(const struct record_parts *parts, uint64_t attributes)
{
	static char text[256];
	struct record_walk walk = record_walk_begin(parts, attributes);
	struct record_field field;
	struct buf walked;

	buf_init(&walked, text, sizeof text - 1);
	while (record_walk_next(&walk, &field)) {
		buf_add(&walked, schema->attributes[field.attribute].name);
		buf_add_char(&walked, '=');
		buf_add(&walked, field.value);
		buf_add_char(&walked, ';');
	}
	text[walked.length] = '\0';
	return text;
}

START_TEST(walks_the_attributes_that_are_wanted)
{
	static const struct {
		uint64_t attributes;
		const char *walked;
	} rows[] = {
		{ 0, "" },
		{ UINT64_MAX, "name=n;key=k;address=a;address=b;uid=u;" },
		{ 1 << 0, "name=n;" },
		{ 1 << 1, "" }, /* there is none */
		{ 1 << 4 | 1 << 6, "key=k;address=a;address=b;" },
		{ 1 << 5 | 1 << 6 | 1 << 7, "address=a;address=b;uid=u;" },
	};
	struct record_parts parts;

	begin();
	add("name", "n");
	add("key", "k");
	add("address", "a");
	add("address", "b");
	add("uid", "u");
	ck_assert(record_take_apart(&parts, schema, buf_span(&out)));
	ck_assert_uint_eq(parts.attributes, 1 << 0 | 1 << 4 | 1 << 6 | 1 << 7);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_str_eq(walk(&parts, rows[i].attributes),
		    rows[i].walked);
	schema_free(&schema);
}
END_TEST

START_TEST(refuses_malformed_bytes)
{
	/* name is attribute 0, key 4, mailbox 5, address 6. */
	static const struct {
		struct span bytes;
		bool valid;
	} rows[] = {
		{ SPAN_LITERAL("\x04\x01k"), true },
		{ SPAN_LITERAL("\x00\x01n\x04\x01k"), true },
		{ SPAN_LITERAL("\x04\x01k\x06\x01" "a\x06\x01" "b"), true },
		{ SPAN_LITERAL("\x04\x02\xc3\xa9"), true },
		{ SPAN_LITERAL(""), false },
		{ SPAN_LITERAL("\x00\x01n"), false },               /* no key */
		{ SPAN_LITERAL("\x04\x01k\x00\x01n"), false },      /* order */
		{ SPAN_LITERAL("\x04\x01k\x05\x01" "a\x05\x01" "b"), false },
		{ SPAN_LITERAL("\x04\x01k\x7f\x01x"), false },   /* unknown */
		{ SPAN_LITERAL("\x04\x01k\x06"), false },        /* cut */
		{ SPAN_LITERAL("\x04\x01k\x06\x02" "a"), false },
		{ SPAN_LITERAL("\x04\x01k\x06\x00"), false },    /* empty */
		{ SPAN_LITERAL("\x04\x81\x00k"), false },        /* too long */
		{ SPAN_LITERAL("\x04\x81\x80\x80\x00k"), false },
		{ SPAN_LITERAL("\x04\x01\xff"), false },         /* UTF-8 */
	};

	begin();
	ck_assert_uint_eq(id_of("key"), 4);
	ck_assert_uint_eq(id_of("address"), 6);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_msg(record_is_valid(schema, rows[i].bytes) ==
		    rows[i].valid, "row %zu", i);
	schema_free(&schema);
}
END_TEST

START_TEST(bounds_a_record)
{
	static char value[RECORD_BYTES_MAX];

	begin();
	memset(value, 'x', sizeof value);
	add("key", "k");
	record_add_field(&out, id_of("description"),
	    (struct span){ value, RECORD_BYTES_MAX - 3 - 4 });
	ck_assert_uint_eq(out.length, RECORD_BYTES_MAX);
	ck_assert(record_is_valid(schema, buf_span(&out)));
	buf_rewind(&out, 0);
	add("key", "kk");
	record_add_field(&out, id_of("description"),
	    (struct span){ value, RECORD_BYTES_MAX - 3 - 4 });
	ck_assert(!record_is_valid(schema, buf_span(&out)));
	schema_free(&schema);
}
END_TEST

START_TEST(replaces_adds_and_takes_out_the_key)
{
	static const struct {
		const char *name, *key, *address, *set;
	} rows[] = {
		{ "n", "old", "a", "new" },
		{ "n", "", "a", "new" },
		{ "n", "old", "", "new" },
		{ "n", "", "", "new" },
		{ "", "", "", "new" },
		{ "", "", "a", "new" },
		{ "n", "old", "a", "" },
		{ "n", "", "", "" },
	};
	static char bytes[1024];
	struct buf rekeyed;

	begin();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct span wanted, record;

		buf_rewind(&out, 0);
		if (rows[i].name[0])
			add("name", rows[i].name);
		if (rows[i].set[0])
			add("key", rows[i].set);
		if (rows[i].address[0])
			add("address", rows[i].address);
		wanted = buf_span(&out);
		if (rows[i].name[0])
			add("name", rows[i].name);
		if (rows[i].key[0])
			add("key", rows[i].key);
		if (rows[i].address[0])
			add("address", rows[i].address);
		record = span_skip(buf_span(&out), wanted.length);
		buf_init(&rekeyed, bytes, sizeof bytes);
		ck_assert(record_set_key(&rekeyed, schema, record,
		    span_from(rows[i].set)));
		ck_assert_msg(span_equal(buf_span(&rekeyed), wanted),
		    "row %zu", i);
	}
	ck_assert(!record_set_key(&rekeyed, schema,
	    (struct span)SPAN_LITERAL("\x01"), span_from("k")));
	buf_init(&rekeyed, bytes, 2);
	ck_assert(!record_set_key(&rekeyed, schema,
	    (struct span)SPAN_LITERAL(""), span_from("k")));
	schema_free(&schema);
}
END_TEST

UNIT_MAIN("record/record", gives_back_fields_in_order, finds_the_first_value,
    walks_the_attributes_that_are_wanted, refuses_malformed_bytes,
    bounds_a_record, replaces_adds_and_takes_out_the_key)
