#include "bench/wording.h"

#include "base/buf.h"
#include "record/record.h"
#include "record/schema.h"
#include "sample/random.h"
#include "text/utf8.h"
#include "unit.h"

enum { ROUNDS = 200 };

static struct schema *schema;
static struct random numbers;
static struct wording *wording;
static char record_memory[4096], text_memory[2048];
static struct buf record, text;

static void
set_up(void)
{
	struct fault fault;

	schema = schema_parse(span_from(schema_default_text), &fault);
	ck_assert_ptr_nonnull(schema);
	numbers = random_from(1, 0);
	wording = wording_new(schema, &numbers, PROTOCOL_WHOIS);
}

static void
tear_down(void)
{
	wording_free(&wording);
	ck_assert_ptr_null(wording);
	schema_free(&schema);
}

/* "attribute=value|attribute=value", in the order of the schema. */
static struct span
person(const char *values)
{
	struct span rest = span_from(values);

	buf_init(&record, record_memory, sizeof record_memory);
	while (rest.length > 0) {
		struct span value = span_cut(&rest, '|');
		struct span name = span_cut(&value, '=');

		record_add_field(&record, schema_find(schema, name)->id,
		    value);
	}
	ck_assert(!record.overflowed);
	return buf_span(&record);
}

/* Empty: there is no question. */
static struct span
ask(enum mix_kind kind, const char *values)
{
	buf_init(&text, text_memory, sizeof text_memory);
	if (!wording_add(wording, kind, person(values), &text))
		ck_assert_uint_eq(text.length, 0);
	return buf_span(&text);
}

static const char quinton[] = "name=Quinton, Reg|department=Info Tech Svcs|"
    "phone=679-2111x(6026)|key=481800|mailbox=reggers@julian.uwo.ca";

START_TEST(puts_an_entry_into_the_words_of_each_kind)
{
	static const struct {
		enum mix_kind kind;
		const char *values, *asked;
	} cases[] = {
		{ MIX_KEY, quinton, "481800" },
		{ MIX_NAME, quinton, "Quinton, Reg" },
		{ MIX_SPOKEN, quinton, "Reg Quinton" },
		{ MIX_LAST, quinton, "Quinton" },
		{ MIX_SOUNDS, quinton, "sounds Quinton" },
		{ MIX_MAILBOX, quinton, "reggers@julian.uwo.ca" },
		{ MIX_PHONE, quinton, "phone 679-2111x(6026)" },
		{ MIX_UNIT, quinton, "expand Info Tech Svcs" },
		{ MIX_SPOKEN, "name=Ng, Al B., Jr.|key=1", "Al B. Ng Jr." },
		{ MIX_SPOKEN, "name=Madonna|key=1", "Madonna" },
		{ MIX_LAST, "name=García López, Ana|key=1", "García López" },
		{ MIX_LAST, "name=Madonna|key=1", "Madonna" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct span asked = ask(cases[i].kind, cases[i].values);

		ck_assert_msg(span_is(asked, cases[i].asked),
		    "\"%.*s\", not \"%s\"", (int)asked.length, asked.data,
		    cases[i].asked);
	}
}
END_TEST

START_TEST(speaks_as_the_protocol_wants_it)
{
	static const struct {
		enum protocol_name protocol;
		enum mix_kind kind;
		const char *values, *asked;
	} cases[] = {
		{ PROTOCOL_PH, MIX_KEY, quinton, "query id=481800" },
		{ PROTOCOL_PH, MIX_NAME, quinton,
		    "query name=\"Quinton, Reg\"" },
		{ PROTOCOL_PH, MIX_SPOKEN, quinton, "query Reg Quinton" },
		{ PROTOCOL_PH, MIX_LAST, quinton, "query name=Quinton" },
		{ PROTOCOL_PH, MIX_MAILBOX, quinton,
		    "query email=reggers@julian.uwo.ca" },
		{ PROTOCOL_PH, MIX_UNIT, quinton,
		    "query department=\"Info Tech Svcs\"" },
		{ PROTOCOL_PH, MIX_NAME, "name=Help|key=1", "query name=Help" },
		{ PROTOCOL_PH, MIX_NAME, "name=Al?|key=1", "" },
		{ PROTOCOL_FINGER, MIX_KEY, quinton, "481800" },
		{ PROTOCOL_FINGER, MIX_NAME, quinton, "Quinton, Reg" },
		{ PROTOCOL_FINGER, MIX_NAME, "name=Help|key=1", "Help" },
		{ PROTOCOL_FINGER, MIX_NAME, "name=a@b|key=1", "" },
		{ PROTOCOL_FINGER, MIX_NAME, "name=a/W|key=1", "" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct span asked;

		wording_free(&wording);
		wording = wording_new(schema, &numbers, cases[i].protocol);
		asked = ask(cases[i].kind, cases[i].values);
		ck_assert_msg(span_is(asked, cases[i].asked),
		    "\"%.*s\", not \"%s\"", (int)asked.length, asked.data,
		    cases[i].asked);
	}
}
END_TEST

START_TEST(knows_which_kinds_a_protocol_has)
{
	static const struct {
		enum protocol_name protocol;
		enum mix_kind kind;
		bool knows;
	} cases[] = {
		{ PROTOCOL_WHOIS, MIX_SOUNDS, true },
		{ PROTOCOL_PH, MIX_SOUNDS, false },
		{ PROTOCOL_PH, MIX_PREFIX, true },
		{ PROTOCOL_PH, MIX_UNIT, true },
		{ PROTOCOL_FINGER, MIX_NAME, true },
		{ PROTOCOL_FINGER, MIX_PHONE, false },
		{ PROTOCOL_FINGER, MIX_PREFIX, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_int_eq(wording_knows(cases[i].protocol,
		    cases[i].kind), cases[i].knows);
}
END_TEST

START_TEST(tells_the_value_without_the_words_around_it)
{
	ck_assert(span_is(ask(MIX_UNIT, quinton), "expand Info Tech Svcs"));
	ck_assert(span_is(wording_value(wording), "Info Tech Svcs"));
}
END_TEST

/* Of questions about a name: whether `wanted` is among them. */
static bool
comes(enum mix_kind kind, const char *values, const char *wanted)
{
	bool came = false;

	for (int i = 0; i < ROUNDS; i++)
		came |= span_is(ask(kind, values), wanted);
	return came;
}

START_TEST(beginnings_have_three_to_five_letters)
{
	static const char lopez[] = "name=López, Ana|key=1";

	for (int i = 0; i < ROUNDS; i++) {
		size_t chars = utf8_count(ask(MIX_PREFIX, lopez));

		ck_assert(chars >= 3 + 1 && chars <= 5 + 1);
	}
	ck_assert(comes(MIX_PREFIX, lopez, "Lóp*"));
	ck_assert(comes(MIX_PREFIX, lopez, "Lópe*"));
	ck_assert(comes(MIX_PREFIX, lopez, "López*"));
	ck_assert(span_is(ask(MIX_PREFIX, "name=Ng, Al|key=1"), "Ng*"));
	ck_assert(comes(MIX_PREFIX, "name=de la Cruz, Al|key=1", "de*"));
	ck_assert(comes(MIX_PREFIX, "name=de la Cruz, Al|key=1", "de la*"));
	ck_assert(!comes(MIX_PREFIX, "name=de la Cruz, Al|key=1", "de l*"));
}
END_TEST

START_TEST(typos_are_made_in_names_that_have_a_place_for_them)
{
	for (int i = 0; i < ROUNDS; i++) {
		struct span asked = ask(MIX_TYPO, quinton);

		ck_assert_uint_gt(asked.length, 0);
		ck_assert(!span_is(asked, "Quinton, Reg"));
	}
	ck_assert(comes(MIX_TYPO, "name=Nguyễn, Thị|key=1", "Ngyuễn, Thị"));
	ck_assert_uint_eq(ask(MIX_TYPO, "name=Иванов, Пётр|key=1").length, 0);
}
END_TEST

START_TEST(asks_for_nothing_that_is_hidden_or_not_there)
{
	static const struct {
		enum mix_kind kind;
		const char *values;
	} cases[] = {
		{ MIX_PHONE, "name=Li, Al|key=1" },
		{ MIX_MAILBOX, "name=Li, Al|key=1" },
		{ MIX_UNIT, "name=Li, Al|key=1" },
		{ MIX_PHONE, "name=Li, Al|phone=1234|key=1|hidden=phone" },
		{ MIX_NAME, "name=Li, Al|key=1|hidden=all" },
		{ MIX_KEY, "name=Li, Al|key=1|hidden=name" },
		{ MIX_PHONE, "name=Li, Al|phone=1234|key=1|hidden=all" },
		{ MIX_PHONE, "name=Li, Al|key=1|home_phone=1234" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_uint_eq(ask(cases[i].kind,
		    cases[i].values).length, 0);
}
END_TEST

START_TEST(asks_nothing_that_would_be_read_as_something_else)
{
	static const struct {
		enum mix_kind kind;
		const char *values;
	} cases[] = {
		{ MIX_NAME, "name=Help|key=1" },
		{ MIX_NAME, "name=full moon|key=1" },
		{ MIX_SPOKEN, "name=Moon, Full|key=1" },
		{ MIX_NAME, "name=Key Largo|key=1" },
		{ MIX_NAME, "name=\"Smith\"|key=1" },
		{ MIX_NAME, "name=Smith, phone:12|key=1" },
		{ MIX_NAME, "name=Sm*th, Al|key=1" },
		{ MIX_NAME, "name=whois smith|key=1" },
		{ MIX_NAME, "name=al@example.edu|key=1" },
		{ MIX_KEY, "name=Li, Al|key=help" },
		{ MIX_MAILBOX, "name=Li, Al|key=1|mailbox=no mailbox" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct span asked = ask(cases[i].kind, cases[i].values);

		ck_assert_msg(asked.length == 0, "%.*s", (int)asked.length,
		    asked.data);
	}
}
END_TEST

START_TEST(a_missing_key_is_as_long_as_one_that_is_there)
{
	unsigned keys = 0;

	for (int i = 0; i < ROUNDS; i++) {
		struct span asked = ask(MIX_MISSING, quinton);
		unsigned number;

		ck_assert_uint_gt(asked.length, 0);
		if (span_read_number(asked, 999999, &number)) {
			ck_assert_uint_eq(asked.length, 6);
			keys++;
		}
	}
	ck_assert_uint_ge(keys, ROUNDS / 3);
	ck_assert_uint_le(keys, ROUNDS * 2 / 3);
}
END_TEST

START_TEST(what_does_not_fit_is_no_question)
{
	char little[8];
	struct buf out;

	buf_init(&out, little, sizeof little);
	buf_add_string(&out, "x");
	ck_assert(!wording_add(wording, MIX_NAME, person(quinton), &out));
	ck_assert(span_is(buf_span(&out), "x"));
	ck_assert(!out.overflowed);
	ck_assert(wording_add(wording, MIX_KEY, person(quinton), &out));
	ck_assert(span_is(buf_span(&out), "x481800"));
}
END_TEST

START_TEST(knows_the_name_and_the_key_that_everyone_sees)
{
	static const char hidden[] = "name=Li, Al|key=1|hidden=all";

	ck_assert(span_is(wording_name(wording, person(quinton)),
	    "Quinton, Reg"));
	ck_assert(span_is(wording_key(wording, person(quinton)), "481800"));
	ck_assert_uint_eq(wording_name(wording, person(hidden)).length, 0);
	ck_assert_uint_eq(wording_key(wording, person(hidden)).length, 0);
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){ set_up, tear_down }),
    "bench/wording", puts_an_entry_into_the_words_of_each_kind,
    speaks_as_the_protocol_wants_it, knows_which_kinds_a_protocol_has,
    tells_the_value_without_the_words_around_it,
    beginnings_have_three_to_five_letters,
    typos_are_made_in_names_that_have_a_place_for_them,
    asks_for_nothing_that_is_hidden_or_not_there,
    asks_nothing_that_would_be_read_as_something_else,
    a_missing_key_is_as_long_as_one_that_is_there,
    what_does_not_fit_is_no_question,
    knows_the_name_and_the_key_that_everyone_sees)
