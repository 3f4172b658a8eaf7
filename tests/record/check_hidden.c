#include "record/hidden.h"

#include "unit.h"

#include "base/buf.h"
#include "record/record.h"
#include "record/schema.h"

#include <string.h>

static struct schema *schema;

static void
set_up(void)
{
	struct fault fault;

	schema = schema_parse(span_from(schema_default_text), &fault);
	ck_assert_msg(schema != NULL, "%s", fault.text);
}

static void
tear_down(void)
{
	schema_free(&schema);
}

/* Of an entry with these lists. */
static struct hidden
read_lists(const char *const *lists, size_t count)
{
	static char memory[RECORD_BYTES_MAX];
	struct record_parts parts;
	struct hidden hidden, same;
	struct buf record;

	buf_init(&record, memory, sizeof memory);
	record_add_field(&record, schema->name_id, span_from("Smith, Ann"));
	record_add_field(&record, schema->key_id, span_from("1"));
	for (size_t i = 0; i < count; i++)
		record_add_field(&record,
		    schema_find(schema, span_from("hidden"))->id,
		    span_from(lists[i]));
	hidden = hidden_read(schema, buf_span(&record));
	ck_assert(record_take_apart(&parts, schema, buf_span(&record)));
	same = hidden_of(schema, &parts);
	ck_assert_uint_eq(same.attributes, hidden.attributes);
	ck_assert_uint_eq(same.unknown, hidden.unknown);
	ck_assert_int_eq(same.whole, hidden.whole);
	return hidden;
}

/* The names of what is hidden, with blanks between them. */
static const char *
names_of(const struct hidden *hidden)
{
	static char text[1024];
	struct buf out;

	buf_init(&out, text, sizeof text - 1);
	for (unsigned i = 0; i < schema->count; i++)
		if (hidden_has(hidden, i)) {
			if (out.length > 0)
				buf_add_char(&out, ' ');
			buf_add(&out, schema->attributes[i].name);
		}
	text[out.length] = '\0';
	return text;
}

START_TEST(takes_names_and_labels_however_they_are_parted)
{
	static const struct {
		const char *list, *hidden;
		unsigned unknown;
	} rows[] = {
		{ "room", "room", 0 },
		{ "ROOM", "room", 0 },
		{ "room phone", "room phone", 0 },
		{ "phone,room", "room phone", 0 },
		{ " , phone ,, room , ", "room phone", 0 },
		{ "home_phone", "home_phone", 0 },
		{ "Home Phone", "home_phone", 0 },
		{ "room Home Phone uid", "room uid home_phone", 0 },
		{ "Machine Address", "mailbox", 0 },
		{ "User Id,Home Address", "uid home_address", 0 },
		{ "salary", "", 1 },
		{ "salary room bonus", "room", 2 },
		{ "home", "", 1 },
		{ "hidden", "hidden", 0 },
		{ "allroom", "", 1 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct hidden hidden = read_lists(&rows[i].list, 1);

		ck_assert_msg(strcmp(names_of(&hidden), rows[i].hidden) == 0,
		    "'%s' hides %s", rows[i].list, names_of(&hidden));
		ck_assert_uint_eq(hidden.unknown, rows[i].unknown);
		ck_assert(!hidden.whole);
	}
}
END_TEST

START_TEST(every_list_of_an_entry_counts)
{
	static const char *const lists[] = { "room", "url phone", "title" };
	struct hidden hidden = read_lists(lists, 3);

	ck_assert_str_eq(names_of(&hidden), "room phone title url");
}
END_TEST

START_TEST(all_the_name_or_the_key_stand_for_the_entry)
{
	static const char *const lists[] = { "all", "All", "name",
		"Full Name", "key", "Index Key", "room,index_key", "x all" };

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		struct hidden hidden = read_lists(&lists[i], 1);

		ck_assert_msg(hidden.whole, "%s", lists[i]);
		for (unsigned id = 0; id < schema->count; id++)
			ck_assert(hidden_has(&hidden, id));
	}
}
END_TEST

START_TEST(lists_without_end_hide_the_entry)
{
	static const char one[] = "room phone room phone room phone";
	enum { LONG = RECORD_BYTES_MAX / 2, LISTS = 33 };
	static char list[LONG + 1];
	const char *lists[LISTS] = { list };

	memset(list, 'x', LONG);
	ck_assert(read_lists(lists, 1).whole);
	for (size_t i = 0; i < LISTS; i++)
		lists[i] = one;
	ck_assert(!read_lists(lists, 2 * SCHEMA_ATTRIBUTES_MAX / 6).whole);
	ck_assert(read_lists(lists, LISTS).whole);
}
END_TEST

START_TEST(nothing_is_hidden_without_a_list_or_a_schema_that_has_one)
{
	static const char without[] =
	    "attribute name\n label Name\n index name\n show everyone\n"
	    " csv name\n"
	    "attribute key\n label Key\n index key\n show everyone\n csv key\n"
	    "attribute hidden\n label Hidden\n csv hidden\n";
	static const char *const list[] = { "all" };
	struct hidden hidden = read_lists(NULL, 0);
	struct fault fault;

	ck_assert(!hidden.whole);
	ck_assert_str_eq(names_of(&hidden), "");
	schema_free(&schema);
	schema = schema_parse(span_from(without), &fault);
	ck_assert_msg(schema != NULL, "%s", fault.text);
	hidden = read_lists(list, 1);
	ck_assert(!hidden.whole);
	ck_assert_str_eq(names_of(&hidden), "");
}
END_TEST

static const struct unit_frame frame = { set_up, tear_down };

UNIT_MAIN_WITHIN(&frame, "record/hidden",
    takes_names_and_labels_however_they_are_parted,
    every_list_of_an_entry_counts,
    all_the_name_or_the_key_stand_for_the_entry,
    lists_without_end_hide_the_entry,
    nothing_is_hidden_without_a_list_or_a_schema_that_has_one)
