#include "config.h"

#include "contains.h"
#include "people.h"
#include "unit.h"

#include "base/arena.h"
#include "proto/face.h"

#include <string.h>

static struct people people;

static const char user_list[] = "Finger online user list denied\r\n";
static const char forwarding[] = "Finger forwarding service denied\r\n";

static void
set_up(void)
{
	people_open(&people);
}

static void
tear_down(void)
{
	people_close(&people);
}

static struct span
ask(const char *line)
{
	return people_ask(&people, &face_finger, span_from(line), true);
}

static bool
is_long(struct span answer)
{
	return contains(answer, "           Full Name: ");
}

/* Whose section of RFC 1288 it is stands beside what it wants. */
START_TEST(accepts_the_whole_grammar)
{
	static const struct {
		const char *line, *form;
		uint64_t hits;
	} rows[] = {
		{ "reggers\r\n", "long", 1 },         /* 2.3 {Q1} */
		{ "/W reggers\r\n", "long", 1 },
		{ "  reggers  \r\n", "long", 1 },
		{ "/W \t reggers\r\n", "long", 1 },
		{ "/w reggers\n", "long", 1 },
		{ "reggers", "long", 1 },
		{ "\r\n", "error", 0 },               /* 2.5.1 {C} */
		{ "/W\r\n", "error", 0 },
		{ "@uwo.ca\r\n", "error", 0 },        /* 2.3 {Q2} */
		{ "reggers@uwo.ca\r\n", "error", 0 },
		{ "/W reggers@uwo.ca\r\n", "error", 0 },
		{ "reggers@a@b\r\n", "error", 0 },
		{ "twin\r\n", "short", 2 },           /* 2.5.3 */
		{ "/W twin\r\n", "long", 2 },         /* 2.5.4 */
		{ "smith\r\n", "limit", 61 },
		{ "/W smith\r\n", "limit", 61 },
		{ "qwertyzz\r\n", "none", 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ask(rows[i].line);
		ck_assert_msg(strcmp(people.report.form, rows[i].form) == 0,
		    "%s", rows[i].line);
		ck_assert_uint_eq(people.report.hits, rows[i].hits);
		ck_assert_int_eq(people.report.fault.code, ERR_NONE);
	}
}
END_TEST

START_TEST(denies_the_user_list_and_forwarding_in_the_words_of_the_rfc)
{
	static const struct {
		const char *line, *answer;
	} rows[] = {
		{ "\r\n", user_list },
		{ " \t\r\n", user_list },
		{ "/W\r\n", user_list },
		{ " /w \r\n", user_list },
		{ "@\r\n", user_list },
		{ "@uwo.ca\r\n", forwarding },
		{ "reggers@uwo.ca\r\n", forwarding },
		{ "/W @uwo.ca\r\n", forwarding },
		{ "reggers@a@uwo.ca\r\n", forwarding },
		{ "reggers@@\r\n", forwarding },
		{ "reggers @ uwo.ca\r\n", forwarding },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_msg(span_is(ask(rows[i].line), rows[i].answer),
		    "%s", rows[i].line);
}
END_TEST

/* people.c says which domains are ours. */
START_TEST(a_user_of_our_own_domain_is_our_own)
{
	static const struct {
		const char *line, *answer; /* or NULL: the user's entry */
	} rows[] = {
		{ "reggers@example.org\r\n", NULL },
		{ "reggers@EXAMPLE.ORG\r\n", NULL },
		{ "reggers@example.org.\r\n", NULL },
		{ "reggers@example.net\r\n", NULL },
		{ "reggers@example.org@example.net\r\n", NULL },
		{ "/W reggers @ example.org\r\n", NULL },
		{ "@example.org\r\n", user_list },
		{ "/W @example.org\r\n", user_list },
		{ "reggers@example\r\n", forwarding },
		{ "reggers@sub.example.org\r\n", forwarding },
		{ "reggers@example.org..\r\n", forwarding },
		{ "reggers@example.org example.net\r\n", forwarding },
		{ "reggers@uwo.ca@example.org\r\n", forwarding },
		{ "reggers@example.org@uwo.ca\r\n", forwarding },
		{ "reggers@@example.org\r\n", forwarding },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct span answer = ask(rows[i].line);

		ck_assert_msg(rows[i].answer == NULL ? is_long(answer) :
		    span_is(answer, rows[i].answer), "%s", rows[i].line);
	}
}
END_TEST

START_TEST(nothing_is_our_own_unless_it_is_configured)
{
	people.settings.finger_domains[0] = '\0';
	ck_assert(span_is(ask("reggers@example.org\r\n"), forwarding));
	ck_assert(span_is(ask("reggers@.\r\n"), forwarding));
	ck_assert(span_is(ask("@example.org\r\n"), forwarding));
}
END_TEST

START_TEST(shows_the_long_form_for_one_or_when_verbose)
{
	ck_assert(is_long(ask("reggers\r\n")));
	ck_assert(!is_long(ask("twin\r\n")));
	ck_assert(is_long(ask("/W twin\r\n")));
	ck_assert(is_long(ask("/w TWIN\r\n")));
}
END_TEST

/* WHOIS would take each of these for something else than plain words. */
START_TEST(has_no_verbs_and_no_selectors)
{
	static const char *const lines[] = { "help", "?", "help names",
		"full smith", "sum reggers", "key 481800", "!481800", ".smith",
		"*physics", "department=physics", "exact Smith, Ada",
		"phone 6026", "mail reggers", "whois reggers", "-r reggers" };

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		ask(lines[i]);
		ck_assert_str_ne(people.report.form, "help");
		ck_assert_str_ne(people.report.rung, "given");
	}
}
END_TEST

START_TEST(finds_by_the_ladder_and_says_how)
{
	static const struct {
		const char *line, *rung, *remark;
	} rows[] = {
		{ "reggers", "handle", NULL },
		{ "481800", "handle", NULL },
		{ "jones tom", "whole", NULL },
		{ "Jones, Tom", "whole", NULL },
		{ "twin", "words", NULL },
		{ "jurgen muler", "misspelt", "\r\n% None matches exactly;" },
		{ "tom xyzzy", "one", "\r\n% No entry matches every word;" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct span answer = ask(rows[i].line);

		ck_assert_msg(strcmp(people.report.rung, rows[i].rung) == 0,
		    "%s: %s", rows[i].line, people.report.rung);
		ck_assert(rows[i].remark == NULL ? !contains(answer, "%") :
		    contains(answer, rows[i].remark));
	}
}
END_TEST

START_TEST(a_line_may_have_512_bytes_and_no_more)
{
	char line[514];

	ck_assert_uint_eq(face_finger.request_max, 512);
	memset(line, ' ', sizeof line);
	memcpy(line, "reggers", 7);
	memcpy(line + 510, "\r\n", 3);
	ck_assert(is_long(ask(line)));
	memcpy(line + 510, " \r\n", 4);
	ck_assert(span_is(ask(line),
	    "The line is too long; ask in at most 512 bytes.\r\n"));
	ck_assert_str_eq(people.report.form, "error");
}
END_TEST

START_TEST(a_refusal_is_its_sentence_and_harms_no_terminal)
{
	char memory[128];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	face_finger.refuse("a\033[2Jb", &out);
	ck_assert(span_is(buf_span(&out), "a\xef\xbf\xbd[2Jb\r\n"));
}
END_TEST

START_TEST(what_does_not_fit_is_one_sentence)
{
	static const char sentence[] = "The answer is too large; ask without"
	    " /W, or for fewer people.\r\n";
	const struct face_request request = { .bytes = SPAN_LITERAL("smith\n"),
		.session = &people.session };
	char memory[300];
	struct face_report report;
	struct arena *arena;
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	arena_reset(people.worker.arena);
	ck_assert_int_eq(face_finger.serve(&people.worker, &request, &out,
	    &report), FACE_CLOSE);
	ck_assert(span_is(buf_span(&out), sentence));
	ck_assert_str_eq(report.form, "error");
	arena = people.worker.arena;
	people.worker.arena = arena_new(64);
	ck_assert(!is_long(ask("m\xfcller\n")));
	ck_assert_str_eq(people.report.form, "error");
	arena_free(&people.worker.arena);
	people.worker.arena = arena;
}
END_TEST

static const struct unit_frame frame = { set_up, tear_down };

UNIT_MAIN_WITHIN(&frame, "proto/finger",
    accepts_the_whole_grammar,
    denies_the_user_list_and_forwarding_in_the_words_of_the_rfc,
    a_user_of_our_own_domain_is_our_own,
    nothing_is_our_own_unless_it_is_configured,
    shows_the_long_form_for_one_or_when_verbose,
    has_no_verbs_and_no_selectors,
    finds_by_the_ladder_and_says_how,
    a_line_may_have_512_bytes_and_no_more,
    a_refusal_is_its_sentence_and_harms_no_terminal,
    what_does_not_fit_is_one_sentence)
