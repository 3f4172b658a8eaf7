#include "unit.h"

#include "text/nickname.h"
#include "text/nicknames.h"

static bool
is_related(struct span name, struct span relative)
{
	size_t count;
	const struct span *list = nickname_list(name, &count);

	for (size_t i = 0; i < count; i++)
		if (span_equal(list[i], relative))
			return true;
	return false;
}

START_TEST(knows_a_nickname_and_its_name_both_ways)
{
	static const struct {
		const char *nickname, *name;
	} rows[] = {
		{ "bill", "william" }, { "bob", "robert" },
		{ "peggy", "margaret" }, { "ted", "edward" },
		{ "ted", "theodore" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct span nickname = span_from(rows[i].nickname);
		struct span name = span_from(rows[i].name);

		ck_assert_msg(is_related(nickname, name), "%s",
		    rows[i].nickname);
		ck_assert_msg(is_related(name, nickname), "%s", rows[i].name);
	}
}
END_TEST

START_TEST(goes_no_further_than_one_step)
{
	ck_assert(is_related(span_from("edward"), span_from("ned")));
	ck_assert(is_related(span_from("edward"), span_from("ted")));
	ck_assert(!is_related(span_from("ned"), span_from("ted")));
	ck_assert(!is_related(span_from("ted"), span_from("ned")));
}
END_TEST

START_TEST(says_when_there_is_none)
{
	static const char *const names[] = { "", "kazuko", "Bill", "a", "zzz",
		"bil", "billx", "k.c.", "name1" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		size_t count = 1;

		ck_assert_msg(nickname_list(span_from(names[i]), &count) ==
		    NULL, "%s", names[i]);
		ck_assert_uint_eq(count, 0);
	}
}
END_TEST

START_TEST(finds_every_name_of_an_ascending_table)
{
	ck_assert_uint_gt(nicknames_count, 2000);
	for (unsigned i = 0; i < nicknames_count; i++) {
		size_t count;

		ck_assert(nickname_list(nicknames[i].name, &count) ==
		    nickname_relatives + nicknames[i].first);
		ck_assert_uint_gt(count, 0);
		if (i > 0)
			ck_assert_int_lt(span_compare(nicknames[i - 1].name,
			    nicknames[i].name), 0);
	}
}
END_TEST

START_TEST(every_relation_is_mutual)
{
	for (unsigned i = 0; i < nicknames_count; i++) {
		size_t count;
		const struct span *list = nickname_list(nicknames[i].name,
		    &count);

		for (size_t j = 0; j < count; j++)
			ck_assert_msg(is_related(list[j], nicknames[i].name),
			    "%s, %s", list[j].data, nicknames[i].name.data);
	}
}
END_TEST

START_TEST(every_list_ascends_and_leaves_the_name_out)
{
	for (unsigned i = 0; i < nicknames_count; i++) {
		struct span name = nicknames[i].name;
		size_t count;
		const struct span *list = nickname_list(name, &count);

		for (size_t j = 1; j < count; j++)
			ck_assert_msg(span_compare(list[j - 1], list[j]) < 0,
			    "%s", name.data);
		ck_assert_msg(!is_related(name, name), "%s", name.data);
	}
}
END_TEST

START_TEST(names_are_one_word_of_plain_letters)
{
	unsigned relatives = nicknames[nicknames_count].first;

	for (unsigned i = 0; i < relatives; i++) {
		struct span name = nickname_relatives[i];

		ck_assert_uint_gt(name.length, 0);
		for (size_t at = 0; at < name.length; at++)
			ck_assert_msg(name.data[at] >= 'a' &&
			    name.data[at] <= 'z', "%s", name.data);
	}
}
END_TEST

UNIT_MAIN("text/nickname", knows_a_nickname_and_its_name_both_ways,
    goes_no_further_than_one_step, says_when_there_is_none,
    finds_every_name_of_an_ascending_table, every_relation_is_mutual,
    every_list_ascends_and_leaves_the_name_out,
    names_are_one_word_of_plain_letters)
