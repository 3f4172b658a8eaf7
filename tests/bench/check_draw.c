#include "config.h"

#include "bench/draw.h"

#include "base/arena.h"
#include "bench/mixed.h"
#include "dir/generation.h"
#include "proto/people.h"
#include "proto/face.h"
#include "record/schema.h"
#include "sample/sample.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 2000, QUESTIONS = 2000, MAP_BYTES = 64 << 20 };

static struct people people;

static struct draw_settings
settings_of(const char *mix, double skew, uint64_t seed)
{
	struct draw_settings settings = { .path = people.folder,
		.map_bytes = MAP_BYTES, .skew = skew, .seed = seed };
	struct fault fault;

	ck_assert_int_eq(mix_parse(&settings.mix, span_from(mix), &fault),
	    ERR_NONE);
	return settings;
}

/* LMDB has a file open once in a process: it is either drawn from or asked. */

static void
leave_directory(void)
{
	reader_free(&people.worker.reader);
	directory_close(&people.directory);
}

static void
enter_directory(void)
{
	struct fault fault;

	ck_assert_int_eq(directory_open(&people.directory, people.folder,
	    MAP_BYTES, &fault), ERR_NONE);
	people.worker.reader = reader_new(people.directory);
}

static void
set_up(void)
{
	size_t capacity = (size_t)PEOPLE * SAMPLE_ROW_MAX / 8;
	char *csv = malloc(capacity);
	struct sample *sample = sample_new(1);
	struct buf out;

	buf_init(&out, csv, capacity);
	sample_add_header(&out);
	for (int i = 0; i < PEOPLE; i++)
		sample_add_person(sample, &out);
	buf_add_char(&out, '\0');
	ck_assert(!out.overflowed);
	people_open_text(&people, csv, schema_default_text);
	leave_directory();
	sample_free(&sample);
	free(csv);
}

static void
tear_down(void)
{
	enter_directory();
	people_close(&people);
}

static struct mixed *
mixed_as(const struct draw_settings *settings)
{
	struct mixed *mixed;
	struct fault fault;

	ck_assert_msg(mixed_new(&mixed, settings, QUESTIONS, &fault) ==
	    ERR_NONE, "%s", fault.text);
	ck_assert_uint_eq(mixed_count(mixed), QUESTIONS);
	return mixed;
}

static struct mixed *
mixed_of(const char *mix, double skew, uint64_t seed)
{
	struct draw_settings settings = settings_of(mix, skew, seed);

	return mixed_as(&settings);
}

static bool
holds(struct span text, struct span part)
{
	return part.length == 0 ||
	    memmem(text.data, text.length, part.data, part.length) != NULL;
}

/* How many of the questions say what is expected; all must get it. */
static unsigned
ask_all(const struct face *face, const struct mixed *mixed)
{
	unsigned known = 0;

	for (size_t i = 0; i < mixed_count(mixed); i++) {
		struct question question = mixed_get(mixed, i);
		struct span answer = people_ask(&people, face,
		    question.text, false);

		known += question.expects == QUESTION_EXPECTS_TO_HOLD;
		ck_assert(!span_starts_with(answer, span_from("% error")));
		ck_assert_msg(holds(answer, question.expected),
		    "%.*s: \"%.*s\" is not in\n%.*s",
		    (int)question.text.length, question.text.data,
		    (int)question.expected.length, question.expected.data,
		    (int)answer.length, answer.data);
	}
	return known;
}

START_TEST(answers_hold_what_is_expected_of_them)
{
	static const struct {
		enum protocol_name protocol;
		const char *mix;
		unsigned known_least;
	} cases[] = {
		{ PROTOCOL_WHOIS, "key=1", QUESTIONS },
		{ PROTOCOL_WHOIS, "name=1", QUESTIONS * 9 / 10 },
		{ PROTOCOL_WHOIS, "spoken=1", QUESTIONS * 9 / 10 },
		{ PROTOCOL_WHOIS, "mailbox=1", QUESTIONS },
		{ PROTOCOL_WHOIS, "missing=1", QUESTIONS / 3 },
		{ PROTOCOL_WHOIS,
		    "last=1,prefix=1,typo=1,sounds=1,phone=1,unit=1", 0 },
		{ PROTOCOL_PH, "key=1", QUESTIONS },
		{ PROTOCOL_PH, "mailbox=1", QUESTIONS },
		{ PROTOCOL_PH, "missing=1", QUESTIONS },
		{ PROTOCOL_PH,
		    "name=1,spoken=1,last=1,prefix=1,typo=1,phone=1,unit=1", 0 },
		{ PROTOCOL_FINGER, "key=1", QUESTIONS },
		{ PROTOCOL_FINGER, "name=1", QUESTIONS * 9 / 10 },
		{ PROTOCOL_FINGER, "spoken=1", QUESTIONS * 9 / 10 },
		{ PROTOCOL_FINGER, "last=1,typo=1,missing=1", 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct draw_settings settings =
		    settings_of(cases[i].mix, 0.99, 1);
		const struct face *face = face_find(
		    span_from(protocols[cases[i].protocol].name));
		struct mixed *mixed;

		settings.protocol = cases[i].protocol;
		mixed = mixed_as(&settings);
		enter_directory();
		ck_assert_uint_ge(ask_all(face, mixed),
		    cases[i].known_least);
		leave_directory();
		mixed_free(&mixed);
		ck_assert_ptr_null(mixed);
	}
}
END_TEST

/* How many of the questions are this one. */
static unsigned
count_of(const struct mixed *mixed, struct span text)
{
	unsigned count = 0;

	for (size_t i = 0; i < mixed_count(mixed); i++)
		count += span_equal(mixed_get(mixed, i).text, text);
	return count;
}

/* Of the questions, how often the most frequent comes. */
static unsigned
most_frequent(const struct mixed *mixed)
{
	unsigned most = 0;

	for (size_t i = 0; i < mixed_count(mixed); i++) {
		unsigned count = count_of(mixed, mixed_get(mixed, i).text);

		most = count > most ? count : most;
	}
	return most;
}

START_TEST(some_are_asked_for_far_more_often_than_others)
{
	struct mixed *heavy = mixed_of("key=1", 0.99, 1);
	struct mixed *uniform = mixed_of("key=1", 0, 1);

	ck_assert_uint_ge(most_frequent(heavy), QUESTIONS / 20);
	ck_assert_uint_le(most_frequent(uniform), QUESTIONS / 100);
	mixed_free(&heavy);
	mixed_free(&uniform);
}
END_TEST

START_TEST(the_same_seed_asks_the_same_and_another_does_not)
{
	static const char mix[] = "key=5,typo=3,missing=2";
	struct mixed *one = mixed_of(mix, 0.99, 7);
	struct mixed *same = mixed_of(mix, 0.99, 7);
	struct mixed *other = mixed_of(mix, 0.99, 8);
	unsigned equal = 0;

	for (size_t i = 0; i < QUESTIONS; i++) {
		ck_assert(span_equal(mixed_get(one, i).text,
		    mixed_get(same, i).text));
		equal += span_equal(mixed_get(one, i).text,
		    mixed_get(other, i).text);
	}
	ck_assert_uint_le(equal, QUESTIONS / 10);
	mixed_free(&one);
	mixed_free(&same);
	mixed_free(&other);
}
END_TEST

START_TEST(sources_ask_in_turn_and_expect_what_they_are_told_to)
{
	struct mixed *mixed = mixed_of("key=1", 0.99, 1);
	struct questions *last = mixed_in_turn(mixed, QUESTIONS - 1, true);
	struct questions *beyond = mixed_in_turn(mixed, QUESTIONS + 3, false);
	struct question question = questions_next(last);

	ck_assert(span_equal(question.text,
	    mixed_get(mixed, QUESTIONS - 1).text));
	ck_assert_int_eq(question.expects, QUESTION_EXPECTS_TO_HOLD);
	ck_assert(span_equal(questions_next(last).text,
	    mixed_get(mixed, 0).text));
	question = questions_next(beyond);
	ck_assert(span_equal(question.text, mixed_get(mixed, 3).text));
	ck_assert_int_eq(question.expects, QUESTION_EXPECTS_ANYTHING);
	questions_free(&last);
	questions_free(&beyond);
	mixed_free(&mixed);
}
END_TEST

START_TEST(every_question_is_a_line)
{
	struct mixed *mixed = mixed_of("key=1,name=1,phone=1,unit=1", 0, 2);

	for (size_t i = 0; i < QUESTIONS; i++) {
		struct span text = mixed_get(mixed, i).text;

		ck_assert_uint_gt(text.length, 2);
		ck_assert(span_cut_suffix(&text, "\r\n"));
		ck_assert_ptr_null(memchr(text.data, '\n', text.length));
	}
	mixed_free(&mixed);
}
END_TEST

START_TEST(says_why_there_are_no_questions)
{
	struct draw_settings settings = settings_of("key=1", 1, 1);
	struct mixed *mixed;
	struct fault fault;

	settings.path = "/nonexistent";
	ck_assert_int_ne(mixed_new(&mixed, &settings, 1, &fault), ERR_NONE);
	ck_assert_ptr_null(mixed);
	ck_assert_ptr_nonnull(strstr(fault.text, "/nonexistent"));
}
END_TEST

/* In a directory of its own, of one person without any more. */
static void
refuse(const char *mix, const char *named)
{
	static const char csv[] = "index_key,full_name\r\n1,\"Li, Al\"\r\n";
	struct draw_settings settings;
	struct people whole = people;
	struct mixed *mixed;
	struct fault fault;

	people_open_text(&people, csv, schema_default_text);
	leave_directory();
	settings = settings_of(mix, 0.99, 1);
	ck_assert_int_eq(mixed_new(&mixed, &settings, 1, &fault),
	    ERR_REFUSED);
	ck_assert_ptr_null(mixed);
	ck_assert_ptr_nonnull(strstr(fault.text, people.folder));
	ck_assert_ptr_nonnull(strstr(fault.text, named));
	enter_directory();
	people_close(&people);
	people = whole;
}

START_TEST(says_which_kinds_a_protocol_has_no_words_for)
{
	struct draw_settings settings = settings_of("sounds=1", 1, 1);
	struct mixed *mixed;
	struct fault fault;

	settings.protocol = PROTOCOL_PH;
	ck_assert_int_eq(mixed_new(&mixed, &settings, 1, &fault), ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(fault.text, "\"sounds\""));
}
END_TEST

START_TEST(says_what_nobody_there_can_be_asked_for)
{
	refuse("phone=1", "\"phone\"");
	refuse("key=1,unit=9", "\"unit\"");
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){ set_up, tear_down }),
    "bench/draw", answers_hold_what_is_expected_of_them,
    some_are_asked_for_far_more_often_than_others,
    the_same_seed_asks_the_same_and_another_does_not,
    sources_ask_in_turn_and_expect_what_they_are_told_to,
    every_question_is_a_line, says_why_there_are_no_questions,
    says_which_kinds_a_protocol_has_no_words_for,
    says_what_nobody_there_can_be_asked_for)
