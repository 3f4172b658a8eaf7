#include "config.h"

#include "contains.h"
#include "people.h"
#include "unit.h"

#include "base/arena.h"
#include "proto/face.h"
#include "text/utf8.h"

#include <stdio.h>
#include <string.h>

static struct people people;

static struct span
ask(const char *line)
{
	return people_ask(&people, &face_whois, span_from(line), true);
}

START_TEST(reports_what_the_log_needs)
{
	static const struct {
		const char *line, *query, *form, *rung;
		uint64_t hits;
	} rows[] = {
		{ "reggers\r\n", "reggers", "long", "handle", 1 },
		{ "tom jones", "tom jones", "long", "whole", 1 },
		{ "twin\n", "twin", "short", "words", 2 },
		{ "smit*\n", "smit*", "limit", "given", 61 },
		{ "nobody\n", "nobody", "none", "none", 0 },
		{ "help\n", "help", "help", "", 0 },
		{ "room=\n", "room=", "error", "", 0 },
		{ "colour=red\n", "colour=red", "error", "", 0 },
	};

	people_open(&people);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct face_report *report = &people.report;

		ask(rows[i].line);
		ck_assert(span_is(report->query, rows[i].query));
		ck_assert_str_eq(report->form, rows[i].form);
		ck_assert_str_eq(report->rung, rows[i].rung);
		ck_assert_uint_eq(report->hits, rows[i].hits);
		ck_assert_int_eq(report->fault.code, ERR_NONE);
	}
	people_close(&people);
}
END_TEST

static void
check_help_line(struct span line)
{
	struct span example;
	size_t length = 0;
	char question[128];

	ck_assert_uint_gt(line.length, 0);
	line.length--; /* the CR */
	ck_assert_uint_lt(utf8_width(line), 80);
	if (!span_starts_with(line, span_from("    ")))
		return;
	example = span_skip(line, 4);
	while (length < example.length &&
	    memcmp(example.data + length, "  ", 2) != 0)
		length++;
	ck_assert_uint_lt(length, sizeof question);
	memcpy(question, example.data, length);
	question[length] = '\0';
	ck_assert_msg(!span_starts_with(ask(question),
		span_from("% error")), "help proposes: %s", question);
}

/* The example is asked while the help is read, so the help is copied. */
static unsigned
check_help(const char *question)
{
	struct span answer = ask(question);
	char *copy = strndup(answer.data, answer.length);
	struct span rest = { copy, answer.length };
	unsigned lines = 0;

	ck_assert_str_eq(people.report.form, "help");
	for (; rest.length > 0; lines++)
		check_help_line(span_cut(&rest, '\n'));
	free(copy);
	return lines;
}

START_TEST(every_example_of_the_help_is_a_question_that_works)
{
	static const char *const questions[] = { "help", "?", "help queries",
		"help names", "help key", "help mail", "help phone",
		"help selectors",
		"help prefixes", "help forms", "help about", "whois help" };

	people_open(&people);
	for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
		ck_assert_uint_gt(check_help(questions[i]), 4);
	people_close(&people);
}
END_TEST

/* What stands in quotes in the first remark, where there are one or two. */
static unsigned
find_examples(struct span answer, char examples[2][256])
{
	static const char between[] = "\"; a name goes before it, as in ";
	unsigned count = 0;
	struct span line;
	char *at, text[512], *next;

	do
		line = span_cut(&answer, '\n');
	while (answer.length > 0 && !contains(line, "\""));
	snprintf(text, sizeof text, "%.*s", (int)line.length, line.data);
	for (at = strchr(text, '"'); at != NULL; at = next) {
		char *end = strstr(at, between);

		next = end ? end + strlen(between) : NULL;
		end = end ? end : strrchr(at, '"');
		snprintf(examples[count++], 256, "%.*s", (int)(end - at - 1),
		    at + 1);
	}
	return count;
}

START_TEST(every_example_of_a_hint_is_a_question_that_works)
{
	static const char *const questions[] = { "nobody", "nobody known",
		"nobody, known", ", nobody", ",, nobody", "sum nobody",
		"full nobody", "j. nobody", "exact nobody", "nobody??",
		"first nobody", "first n. b", "begins nobody",
		"phone 999 9999", "mail nobody", "exact smith, nobody", "o'nobody", "no-body",
		"nobody \"known", "nobody\" known", "xn--nbody-jua", "12345",
		"6792111, x", "name nobody", ".nobody known", "who@nowhere",
		"who@nowhere nobody", "*alchemy", "*alchemy of old",
		"room=nowhere", "department=\"al chemy\"", "key=nobody",
		"nobody room=\"no where\"", "phone=9999999", "uid=nobody",
		"room=nowhere department=\"of a=b\"", "black", "smith",
		"department=\"of a=b\"", "department=physics quinton",
		"department=\"a b=c\" d", "....nobody", "679-2112",
		"(519) 555 0000", "no.b", "n\303\270b\303\266",
		"name smith", "room=pab", "room=\"pab\"" };
	char examples[2][256];
	unsigned found = 0;

	people_open(&people);
	for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
		unsigned count = find_examples(ask(questions[i]), examples);

		found += count;
		while (count-- > 0)
			ck_assert_msg(!span_starts_with(ask(examples[count]),
				span_from("% error")), "%s proposes: %s",
			    questions[i], examples[count]);
	}
	ck_assert_uint_gt(found, 30);
	people_close(&people);
}
END_TEST

START_TEST(help_lists_what_is_searchable_and_not_hidden)
{
	struct span answer;

	people_open(&people);
	answer = ask("help selectors");
	ck_assert(contains(answer, "Machine Address"));
	ck_assert(contains(answer, "nickname"));
	ck_assert(!contains(answer, "home"));
	ck_assert(!contains(answer, "title"));
	people_close(&people);
}
END_TEST

START_TEST(too_large_an_answer_is_one_sentence)
{
	const struct face_request request = { SPAN_LITERAL("smith\r\n"), false,
		&people.session };
	char memory[300];
	struct face_report report;
	struct buf out;

	people_open(&people);
	buf_init(&out, memory, sizeof memory);
	buf_add_string(&out, "before ");
	arena_reset(people.worker.arena);
	face_whois.serve(&people.worker, &request, &out, &report);
	ck_assert(!out.overflowed);
	ck_assert(span_starts_with(buf_span(&out),
	    span_from("before % error: The answer is too large")));
	ck_assert_str_eq(report.form, "error");
	people_close(&people);
}
END_TEST

START_TEST(a_refusal_is_one_sentence_that_harms_no_terminal)
{
	static const struct {
		const char *sentence;
		const char *answer;
	} rows[] = {
		{ "Try again in 7 seconds.",
		    "% error: Try again in 7 seconds.\r\n" },
		{ "Fragen Sie M\xc3\xbcller.",
		    "% error: Fragen Sie M\xc3\xbcller.\r\n" },
		{ "a\033[2Jb\r\nc", "% error: a\xef\xbf\xbd[2Jb"
		    "\xef\xbf\xbd\xef\xbf\xbd" "c\r\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char memory[128];
		struct buf out;

		buf_init(&out, memory, sizeof memory);
		face_whois.refuse(rows[i].sentence, &out);
		buf_add_char(&out, '\0');
		ck_assert(!out.overflowed);
		ck_assert_str_eq(memory, rows[i].answer);
	}
}
END_TEST

START_TEST(arena_used_up_is_one_sentence)
{
	struct arena *arena;

	people_open(&people);
	arena = people.worker.arena;
	for (size_t size = 64; size < 8192; size += 64) {
		struct span answer;

		people.worker.arena = arena_new(size);
		answer = ask("smith");
		ck_assert(span_starts_with(answer, span_from("% error: ")) ||
		    contains(answer, "matches on your request.\r\n"));
		ck_assert(size > 64 || answer.data[0] == '%');
		arena_free(&people.worker.arena);
	}
	people.worker.arena = arena;
	people_close(&people);
}
END_TEST

START_TEST(damaged_entry_is_told_and_the_others_are_shown)
{
	struct span answer;

	people_open(&people);
	people_damage(&people, "Twin, Narrow", '\xff'); /* in no UTF-8 */
	answer = ask("twin");
	ck_assert(contains(answer, "There were 2 matches"));
	ck_assert(contains(answer, "% This entry is damaged"));
	ck_assert(contains(answer, "Twin, Wide"));
	ck_assert(!contains(answer, "Narrow"));
	ck_assert_str_eq(people.report.form, "error");
	ck_assert_ptr_nonnull(strstr(people.report.fault.text, "is damaged"));
	people_close(&people);
}
END_TEST

START_TEST(stored_control_character_is_not_sent)
{
	struct span answer;

	people_open(&people);
	people_damage(&people, "Twin, Narrow", '\x1b');
	answer = ask("300011");
	ck_assert(contains(answer, "Full Name: \xef\xbf\xbdwin, Narrow\r\n"));
	ck_assert_ptr_null(memchr(answer.data, '\x1b', answer.length));
	ck_assert_str_eq(people.report.form, "long");
	people_close(&people);
}
END_TEST

START_TEST(search_that_was_given_up_says_so)
{
	unsigned at_least = 0;

	people_open(&people);
	for (uint64_t budget = 1; budget < 200; budget++) {
		struct span answer;

		people.settings.postings_max = budget;
		answer = ask("room=pab name=s*");
		if (contains(answer, "There were 60 matches"))
			continue;
		at_least += contains(answer, "\r\n% At least ");
		ck_assert(contains(answer, "\r\n% At least ") ||
		    contains(answer, "\r\n% The search was too wide"));
		ck_assert_str_eq(people.report.form, "limit");
	}
	ck_assert_uint_gt(at_least, 0);
	people_close(&people);
}
END_TEST

UNIT_MAIN("proto/whois",
    reports_what_the_log_needs,
    every_example_of_the_help_is_a_question_that_works,
    every_example_of_a_hint_is_a_question_that_works,
    help_lists_what_is_searchable_and_not_hidden,
    too_large_an_answer_is_one_sentence,
    a_refusal_is_one_sentence_that_harms_no_terminal,
    arena_used_up_is_one_sentence,
    damaged_entry_is_told_and_the_others_are_shown,
    stored_control_character_is_not_sent,
    search_that_was_given_up_says_so)
