#include "config.h"

#include "contains.h"
#include "people.h"
#include "unit.h"

#include "access/viewer.h"
#include "base/arena.h"
#include "base/session.h"
#include "proto/face.h"
#include "proto/ph_line.h"

#include <stdio.h>
#include <string.h>

static struct people people;

static struct span
ask(const char *line)
{
	return people_ask(&people, &face_ph, span_from(line), true);
}

START_TEST(reports_what_the_log_needs)
{
	static const struct {
		const char *line, *form, *rung;
		uint64_t hits;
	} rows[] = {
	    {"query reg quinton", "long", "given", 1},
	    {"ph quinton", "long", "given", 2},
	    {"query smith", "limit", "given", 26},
	    {"query nobody", "none", "none", 0},
	    {"query quinton email=\"\"", "none", "", 0},
	    {"query title=manager", "error", "", 0},
	    {"query nosuch=x", "error", "", 0},
	    {"fields nosuch", "error", "", 0},
	};

	people_open(&people);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct face_report *report = &people.report;

		ask(rows[i].line);
		ck_assert(span_is(report->query, rows[i].line));
		ck_assert_str_eq(report->form, rows[i].form);
		ck_assert_str_eq(report->rung, rows[i].rung);
		ck_assert_uint_eq(report->hits, rows[i].hits);
		ck_assert_int_eq(report->fault.code, ERR_NONE);
	}
	people_close(&people);
}
END_TEST

START_TEST(shows_as_many_as_the_server_allows_and_the_client_wants)
{
	static const struct {
		unsigned shown_max;
		const char *lines, *answer;
	} rows[] = {
	    {2, "query quinton return id\n", "102:There were 2 "},
	    {1, "query quinton return id\n", "502:Too many"},
	    {1, "query reg quinton return id\n", "102:There was 1 "},
	    {25, "set limit=1\nquery quinton return id\n",
		"Done.\r\n502:Too many"},
	    {25, "set limit=2\nquery quinton return id\n",
		"Done.\r\n102:There were 2 "},
	    {1, "set limit=9\nquery quinton return id\n",
		"Done.\r\n502:Too many"},
	};

	people_open(&people);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		people.session = (struct session){{0}};
		people.settings.ph_shown_max = rows[i].shown_max;
		ck_assert_msg(contains(ask(rows[i].lines), rows[i].answer),
		    "%s: %s", rows[i].lines, people.memory);
	}
	people_close(&people);
}
END_TEST

START_TEST(values_and_questions_are_in_the_charset_of_the_session)
{
	static const struct {
		const char *charset, *name, *line;
	} rows[] = {
	    {"utf-8", "m\xc3\xbcller", "name: M\xc3\xbcller, J\xc3\xbcrgen"},
	    {"iso-8859-1", "m\xfcller", "name: M\xfcller, J\xfcrgen"},
	    {"us-ascii", "muller", "name: M=C3=BCller, J=C3=BCrgen"},
	};
	char lines[256];

	people_open(&people);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		snprintf(lines, sizeof lines,
		    "set charset=%s\n"
		    "query \"%s\" email=jm return name\n",
		    rows[i].charset, rows[i].name);
		ck_assert_msg(
		    contains(ask(lines), rows[i].line), "%s", rows[i].charset);
	}
	people_close(&people);
}
END_TEST

START_TEST(damaged_entry_is_told_and_the_others_are_shown)
{
	struct span answer;

	people_open(&people);
	people_damage(&people, "Twin, Narrow", '\xff'); /* in no UTF-8 */
	answer = ask("query twin");
	ck_assert(contains(answer, "102:There were 2 matches"));
	ck_assert(contains(answer, "\r\n-401:1:database error.\r\n"));
	ck_assert(contains(answer, "\r\n-200:2:            name: Twin, Wide"));
	ck_assert(contains(answer, "\r\n200:Ok.\r\n"));
	ck_assert(!contains(answer, "Narrow"));
	ck_assert_str_eq(people.report.form, "error");
	ck_assert_ptr_nonnull(strstr(people.report.fault.text, "is damaged"));
	people_close(&people);
}
END_TEST

START_TEST(search_that_was_given_up_says_so)
{
	unsigned given_up = 0, too_many = 0;

	people_open(&people);
	for (uint64_t budget = 1; budget < 300; budget++) {
		struct span answer;

		people.settings.postings_max = budget;
		answer = ask("query name=s* department=physics return id");
		if (contains(answer, "102:There were 12 matches"))
			continue;
		given_up += contains(answer, "520:The search takes too long");
		too_many += contains(answer, "502:Too many entries");
		ck_assert(answer.data[0] == '5');
		ck_assert_str_eq(people.report.form, "limit");
	}
	ck_assert_uint_gt(given_up, 0);
	ck_assert_uint_eq(too_many, 0); /* there are only 12 */
	people_close(&people);
}
END_TEST

START_TEST(arena_used_up_is_one_sentence)
{
	struct arena *arena;

	people_open(&people);
	arena = people.worker.arena;
	for (size_t size = 64; size < 65536; size += 192) {
		struct span answer;

		people.worker.arena = arena_new(size);
		answer = ask("query \"reg  quinton\" return all");
		ck_assert(contains(answer, "200:Ok.") ||
			  (answer.data[0] == '5' && people.report.hits <= 1));
		ck_assert(size > 64 || answer.data[0] == '5');
		arena_free(&people.worker.arena);
	}
	people.worker.arena = arena;
	people_close(&people);
}
END_TEST

START_TEST(what_cannot_be_read_is_said)
{
	people_open(&people);
	people_ruin(&people);
	ck_assert(span_is(ask("query quinton"),
	    "475:Database unavailable; try later.\r\n"));
	ck_assert_str_eq(people.report.form, "error");
	ck_assert_int_eq(people.report.fault.code, ERR_WORLD);
	ck_assert(contains(ask("status"), "201:Database ready"));
	people_close(&people);
}
END_TEST

/* What no search takes is refused, by the face or by the search. */
START_TEST(value_of_any_length_is_answered)
{
	static char line[PH_LINE_MAX];
	unsigned refused = 0;

	people_open(&people);
	for (size_t length = 100; length + 64 < sizeof line; length += 100) {
		int start = snprintf(line, sizeof line, "query quinton name=");
		struct span answer;

		memset(line + start, 'x', length);
		snprintf(line + start + length, 3, "\r\n");
		answer = ask(line);
		refused += contains(answer, ":value is too long.\r\n500:");
		ck_assert(contains(answer, "501:No matches") || refused > 0);
	}
	ck_assert_uint_gt(refused, 70);
	people_close(&people);
}
END_TEST

/* What a class may see it may search, and others are not told of it. */
START_TEST(fields_are_those_of_the_viewer)
{
	static const char schema[] =
	    "attribute name\nlabel Full Name\nindex name\nshow everyone\n"
	    "csv name\nform long\n"
	    "attribute key\nlabel Index Key\nindex key\nshow everyone\n"
	    "csv key\nform long\nph id 5\n"
	    "attribute cell\nlabel Cell\nindex digits\nshow staff\n"
	    "csv cell\nform long\nmax 20\nph fax 36\n";
	static const struct viewer staff = {
	    .count = 1, .classes = {SPAN_LITERAL("staff")}};
	struct span answer;

	people_open_text(
	    &people, "name,key,cell\n\"Smith, Ada\",1,555-7000\n", schema);
	ck_assert(contains(ask("fields fax"), "-507:fax:unknown field."));
	ck_assert(contains(ask("query fax=7000"), "-507:fax:unknown field."));
	ck_assert(!contains(ask("query ada return all"), "555"));
	people.worker.viewer = &staff;
	answer = ask("fields fax");
	ck_assert(contains(answer,
	    "-200:36:fax:max 20 Indexed Lookup LocalPub Default\r\n"
	    "-200:36:fax:Cell\r\n200:Ok.\r\n"));
	ck_assert(contains(ask("query fax=7000"), "      fax: 555-7000\r\n"));
	people_close(&people);
}
END_TEST

UNIT_MAIN("proto/ph_query", reports_what_the_log_needs,
    shows_as_many_as_the_server_allows_and_the_client_wants,
    values_and_questions_are_in_the_charset_of_the_session,
    damaged_entry_is_told_and_the_others_are_shown,
    search_that_was_given_up_says_so, arena_used_up_is_one_sentence,
    what_cannot_be_read_is_said, value_of_any_length_is_answered, fields_are_those_of_the_viewer)
