#include "bench/mix.h"

#include "base/buf.h"
#include "sample/random.h"
#include "unit.h"

#include <string.h>

enum { DRAWS = 100000 };

static struct mix
mix_of(const char *text)
{
	struct mix mix;
	struct fault fault;

	ck_assert_msg(mix_parse(&mix, span_from(text), &fault) == ERR_NONE,
	    "%s: %s", text, fault.text);
	return mix;
}

START_TEST(reads_shares_in_any_order)
{
	struct mix mix = mix_of("typo=2,key=60,name=1000000");

	ck_assert_uint_eq(mix.shares[MIX_KEY], 60);
	ck_assert_uint_eq(mix.shares[MIX_NAME], MIX_SHARE_MAX);
	ck_assert_uint_eq(mix.shares[MIX_TYPO], 2);
	ck_assert_uint_eq(mix.shares[MIX_PREFIX], 0);
	ck_assert_uint_eq(mix.total, MIX_SHARE_MAX + 62);
}
END_TEST

START_TEST(every_kind_has_a_name_of_its_own_and_a_sentence)
{
	char memory[64], kinds[512];
	struct buf text, list;

	buf_init(&list, kinds, sizeof kinds);
	mix_add_kinds(&list);
	buf_add_char(&list, '\0');
	for (unsigned i = 0; i < MIX_KINDS; i++) {
		struct mix mix;

		buf_init(&text, memory, sizeof memory);
		buf_add_format(&text, "%s=7", mix_sentences[i].name);
		buf_add_char(&text, '\0');
		mix = mix_of(memory);
		ck_assert_uint_eq(mix.shares[i], 7);
		ck_assert_ptr_nonnull(strstr(kinds, mix_sentences[i].name));
		ck_assert_uint_gt(strlen(mix_sentences[i].what), 0);
	}
}
END_TEST

START_TEST(says_which_part_is_wrong)
{
	static const struct {
		const char *text, *named;
	} cases[] = {
		{ "", "\"\"" },
		{ "key=60,", "\"\"" },
		{ "key=60,,name=1", "\"\"" },
		{ "key=60,nmae=30", "\"nmae\"" },
		{ "key=60,nmae=30", "key, name, " },
		{ "Key=60", "\"Key\"" },
		{ " key=60", "\" key\"" },
		{ "name=3,key", "\"key\" wants a share" },
		{ "key=", "\"key=\"" },
		{ "key=0", "\"key=0\"" },
		{ "key=-1", "\"key=-1\"" },
		{ "key=1.5", "\"key=1.5\"" },
		{ "key=1000001", "1 to 1000000" },
		{ "key=99999999999999999999", "1 to 1000000" },
		{ "key=1,name=2,key=3", "key is there twice" },
		{ "\033[2Jkey=1", "\\x1b" },
	};
	struct fault fault;
	struct mix mix;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		ck_assert_int_eq(mix_parse(&mix, span_from(cases[i].text),
		    &fault), ERR_USAGE);
		ck_assert_msg(strstr(fault.text, cases[i].named) != NULL,
		    "\"%s\": %s", cases[i].text, fault.text);
	}
}
END_TEST

START_TEST(kinds_come_by_their_shares)
{
	struct mix mix = mix_of("key=60,name=30,prefix=8,typo=2");
	struct random random = random_from(1, 0);
	unsigned drawn[MIX_KINDS] = { 0 };

	for (int i = 0; i < DRAWS; i++)
		drawn[mix_draw(&mix, &random)]++;
	for (unsigned i = 0; i < MIX_KINDS; i++) {
		unsigned fair = DRAWS / 100 * mix.shares[i];

		ck_assert_uint_le(drawn[i], fair + fair / 10);
		ck_assert_uint_ge(drawn[i], fair - fair / 10);
	}
}
END_TEST

UNIT_MAIN("bench/mix", reads_shares_in_any_order,
    every_kind_has_a_name_of_its_own_and_a_sentence, says_which_part_is_wrong,
    kinds_come_by_their_shares)
