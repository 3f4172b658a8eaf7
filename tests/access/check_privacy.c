#include "access/privacy.h"

#include "access/viewer.h"
#include "unit.h"

#include "base/buf.h"
#include "record/record.h"
#include "record/schema.h"

#include <string.h>

static const char schema_text[] =
    "attribute name\n label Name\n index name\n show everyone\n csv name\n"
    "attribute key\n label Key\n index key\n show everyone\n csv key\n"
    "attribute room\n label Room\n show campus\n csv room\n"
    "attribute phone\n label Phone\n show staff campus\n csv phone\n"
    "attribute home\n label Home\n show staff\n csv home\n"
    "attribute note\n label Note\n csv note\n"
    "attribute cell\n label Cell\n show campus  staff\n csv cell\n"
    "attribute hidden\n label Hidden\n role hides\n csv hidden\n";

static struct schema *schema;

static void
set_up(void)
{
	struct fault fault;

	schema = schema_parse(span_from(schema_text), &fault);
	ck_assert_msg(schema != NULL, "%s", fault.text);
}

static void
tear_down(void)
{
	schema_free(&schema);
}

static struct viewer
make_viewer(const char *classes)
{
	struct viewer viewer = { .count = 0 };
	struct span rest = span_from(classes), word;

	while ((word = span_next_word(&rest)).length > 0)
		viewer.classes[viewer.count++] = word;
	return viewer;
}

/* What of an entry that has everything is shown, by the first letters. */
static const char *
shown(uint32_t groups, const char *list)
{
	static char memory[1024], out_memory[1024], letters[64];
	struct buf record, out;
	struct record_parts parts;
	struct record_field field;
	struct span rest;
	size_t count = 0;

	buf_init(&record, memory, sizeof memory);
	for (unsigned i = 0; i < schema->count; i++)
		if (!schema->attributes[i].hides)
			record_add_field(&record, i,
			    schema->attributes[i].name);
		else if (list[0] != '\0')
			record_add_field(&record, i, span_from(list));
	buf_init(&out, out_memory, sizeof out_memory);
	ck_assert(record_take_apart(&parts, schema, buf_span(&record)));
	if (!privacy_add_record(&out, schema,
		privacy_attributes(schema, groups), &parts))
		return "nothing";
	rest = buf_span(&out);
	ck_assert(record_is_valid(schema, rest));
	while (record_next(&rest, &field))
		letters[count++] = field.value.data[0];
	letters[count] = '\0';
	return letters;
}

START_TEST(a_viewer_sees_what_is_for_everyone_and_for_its_classes)
{
	static const struct {
		const char *classes, *shown;
	} rows[] = {
		{ "", "nk" },
		{ "other", "nk" },
		{ "everyone nobody", "nk" },
		{ "campus", "nkrpc" },
		{ "staff", "nkphc" },
		{ "other staff campus", "nkrphc" },
		{ "camp campus2", "nk" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct viewer viewer = make_viewer(rows[i].classes);
		const char *letters = shown(privacy_groups(schema, &viewer),
		    "");

		ck_assert_msg(strcmp(letters, rows[i].shown) == 0,
		    "'%s' sees %s", rows[i].classes, letters);
	}
}
END_TEST

START_TEST(nobody_sees_what_the_owner_hides)
{
	static const struct {
		const char *list, *everyone, *campus;
	} rows[] = {
		{ "room", "nk", "nkpc" },
		{ "room phone cell home", "nk", "nk" },
		{ "unheard_of", "nk", "nkrpc" },
		{ "all", "nothing", "nothing" },
		{ "key", "nothing", "nothing" },
	};
	struct viewer viewer = make_viewer("campus");
	uint32_t campus = privacy_groups(schema, &viewer);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ck_assert_str_eq(shown(SCHEMA_PUBLIC, rows[i].list),
		    rows[i].everyone);
		ck_assert_str_eq(shown(campus, rows[i].list), rows[i].campus);
	}
}
END_TEST

static const struct unit_frame frame = { set_up, tear_down };

UNIT_MAIN_WITHIN(&frame, "access/privacy",
    a_viewer_sees_what_is_for_everyone_and_for_its_classes,
    nobody_sees_what_the_owner_hides)
