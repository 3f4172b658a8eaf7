#include "bench/ph_wording.h"

#include "base/buf.h"
#include "unit.h"

static char memory[256];

/* Empty: it cannot be asked. */
static struct span
ask(enum mix_kind kind, const char *value)
{
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	if (!ph_wording_add(kind, span_from("f"), span_from(value), &out))
		buf_rewind(&out, 0);
	ck_assert(!out.overflowed);
	return buf_span(&out);
}

START_TEST(asks_for_a_value_of_a_field)
{
	static const struct {
		enum mix_kind kind;
		const char *value, *question;
	} cases[] = {
		{ MIX_KEY, "481800", "query f=481800" },
		{ MIX_LAST, "García", "query f=García" },
		{ MIX_LAST, "O'Brien", "query f=O'Brien" },
		{ MIX_LAST, "de la Cruz", "query f=\"de la Cruz\"" },
		{ MIX_NAME, "Ng, Al B.", "query f=\"Ng, Al B.\"" },
		{ MIX_MAILBOX, "al.ng@x-y.edu", "query f=al.ng@x-y.edu" },
		{ MIX_PHONE, "679-2111x(6026)", "query f=\"679-2111x(6026)\"" },
		{ MIX_LAST, "a=b", "query f=\"a=b\"" },
		{ MIX_PREFIX, "smi*", "query f=smi*" },
		{ MIX_PREFIX, "de la*", "query f=\"de la*\"" },
		{ MIX_SPOKEN, "Al B. Ng Jr.", "query Al B. Ng Jr." },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct span asked = ask(cases[i].kind, cases[i].value);

		ck_assert_msg(span_is(asked, cases[i].question),
		    "\"%.*s\", not \"%s\"", (int)asked.length, asked.data,
		    cases[i].question);
	}
}
END_TEST

START_TEST(asks_nothing_that_would_be_read_as_something_else)
{
	static const struct {
		enum mix_kind kind;
		const char *value;
	} cases[] = {
		{ MIX_NAME, "Sm*th" }, { MIX_NAME, "Smith?" },
		{ MIX_PHONE, "+1 519" }, { MIX_NAME, "[x]" },
		{ MIX_NAME, "\"Al\" Ng" }, { MIX_NAME, "Al\\Ng" },
		{ MIX_NAME, "Al\tNg" }, { MIX_LAST, "smi*" },
		{ MIX_PREFIX, "s*i*" }, { MIX_SPOKEN, "Al return Ng" },
		{ MIX_SPOKEN, "Return" }, { MIX_SPOKEN, "Al f=Ng" },
		{ MIX_SPOKEN, "Al \"Ng\"" }, { MIX_SPOKEN, "Al N*" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_msg(ask(cases[i].kind, cases[i].value).length == 0,
		    "%s", cases[i].value);
}
END_TEST

START_TEST(has_no_words_for_sounds)
{
	for (enum mix_kind kind = 0; kind < MIX_KINDS; kind++)
		ck_assert_int_eq(ph_wording_knows(kind), kind != MIX_SOUNDS);
}
END_TEST

UNIT_MAIN("ph_wording", asks_for_a_value_of_a_field,
    asks_nothing_that_would_be_read_as_something_else, has_no_words_for_sounds)
