#include "bench/question_list.h"

#include "bench/questions.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char path[64];

static void
write_file(const char *text)
{
	FILE *file;

	strcpy(path, "/tmp/check_question_list.XXXXXX");
	file = fdopen(mkstemp(path), "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

static struct question_list *
list_of(const char *text)
{
	struct question_list *list;
	struct fault fault;

	write_file(text);
	ck_assert_msg(question_list_read(&list, path, &fault) == ERR_NONE,
	    "%s", fault.text);
	unlink(path);
	return list;
}

static void
assert_next(struct questions *questions, const char *wanted)
{
	struct question question = questions_next(questions);

	ck_assert_msg(span_is(question.text, wanted), "\"%.*s\", not \"%s\"",
	    (int)question.text.length, question.text.data, wanted);
	ck_assert_int_eq(question.expects, QUESTION_EXPECTS_ANYTHING);
}

START_TEST(asks_each_line_with_cr_lf_whatever_its_end)
{
	static const struct {
		const char *file;
		size_t count;
		const char *last;
	} cases[] = {
		{ "smith\n", 1, "smith\r\n" },
		{ "smith\r\n", 1, "smith\r\n" },
		{ "smith", 1, "smith\r\n" },
		{ "a\n\nb\r\n\r\nc", 3, "c\r\n" },
		{ " a \n", 1, " a \r\n" },
		{ "a\rb\n", 1, "a\rb\r\n" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct question_list *list = list_of(cases[i].file);
		size_t count = question_list_count(list);

		ck_assert_uint_eq(count, cases[i].count);
		ck_assert(span_is(question_list_get(list, count - 1),
		    cases[i].last));
		question_list_free(&list);
		ck_assert_ptr_null(list);
	}
}
END_TEST

START_TEST(keeps_more_lines_than_it_has_room_for_at_first)
{
	static char text[60000];
	struct question_list *list;

	for (int i = 0; i < 10000; i++)
		snprintf(text + i * 6, sizeof text - (size_t)i * 6, "%05d\n",
		    i);
	list = list_of(text);
	ck_assert_uint_eq(question_list_count(list), 10000);
	ck_assert(span_is(question_list_get(list, 0), "00000\r\n"));
	ck_assert(span_is(question_list_get(list, 9999), "09999\r\n"));
	question_list_free(&list);
}
END_TEST

START_TEST(names_a_file_that_holds_nothing_or_is_not_there)
{
	struct question_list *list;
	struct fault fault;

	write_file("\n\r\n");
	ck_assert_int_eq(question_list_read(&list, path, &fault), ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(fault.text, path));
	unlink(path);
	ck_assert_int_eq(question_list_read(&list, path, &fault), ERR_WORLD);
	ck_assert_ptr_nonnull(strstr(fault.text, path));
	ck_assert_ptr_null(list);
}
END_TEST

START_TEST(gives_all_in_turn_from_where_it_is_told_to)
{
	struct question_list *list = list_of("a\nb\nc\n");
	struct questions *from_first = question_list_in_turn(list, 0);
	struct questions *from_fifth = question_list_in_turn(list, 4);

	assert_next(from_first, "a\r\n");
	assert_next(from_fifth, "b\r\n");
	assert_next(from_first, "b\r\n");
	assert_next(from_first, "c\r\n");
	assert_next(from_first, "a\r\n");
	assert_next(from_fifth, "c\r\n");
	questions_free(&from_first);
	questions_free(&from_fifth);
	question_list_free(&list);
}
END_TEST

START_TEST(draws_all_of_them_and_the_same_with_the_same_seed)
{
	struct question_list *list = list_of("a\nb\nc\nd\n");
	struct questions *one = question_list_at_random(list, 7);
	struct questions *same = question_list_at_random(list, 7);
	unsigned drawn[4] = { 0 };

	for (int i = 0; i < 400; i++) {
		struct question question = questions_next(one);

		ck_assert(span_equal(question.text, questions_next(same).text));
		drawn[question.text.data[0] - 'a']++;
	}
	for (int i = 0; i < 4; i++)
		ck_assert_uint_gt(drawn[i], 50);
	questions_free(&one);
	questions_free(&same);
	question_list_free(&list);
}
END_TEST

START_TEST(makes_a_list_of_one_question)
{
	struct question_list *list =
	    question_list_of(span_from("smith, john"));
	struct questions *questions = question_list_in_turn(list, 0);

	assert_next(questions, "smith, john\r\n");
	assert_next(questions, "smith, john\r\n");
	questions_free(&questions);
	question_list_free(&list);
}
END_TEST

UNIT_MAIN("question_list", asks_each_line_with_cr_lf_whatever_its_end,
    keeps_more_lines_than_it_has_room_for_at_first,
    names_a_file_that_holds_nothing_or_is_not_there,
    gives_all_in_turn_from_where_it_is_told_to,
    draws_all_of_them_and_the_same_with_the_same_seed,
    makes_a_list_of_one_question)
