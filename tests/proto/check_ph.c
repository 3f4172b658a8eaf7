#include "config.h"

#include "contains.h"
#include "people.h"
#include "unit.h"

#include "base/arena.h"
#include "proto/ph_line.h"
#include "proto/ph_topics.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

static struct people people;

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
ask(const char *lines)
{
	return people_ask(&people, &face_ph, span_from(lines), false);
}

START_TEST(reports_what_the_log_needs)
{
	static const struct {
		const char *line, *query, *form;
		uint64_t hits;
	} rows[] = {
	    {"status\r\n", "status", "session", 0},
	    {" id  x \n", "id  x", "session", 0},
	    {"set\n", "set", "session", 0},
	    {"\r\n", "", "session", 0},
	    {"help\n", "help", "help", 0},
	    {"bogus x\n", "bogus x", "error", 0},
	    {"id \"x\n", "id \"x", "error", 0},
	    {"query name=quinton\n", "query name=quinton", "long", 2},
	    {"query name=nobody\n", "query name=nobody", "none", 0},
	    {"query nosuch=x\n", "query nosuch=x", "error", 0},
	    /* what may hold a password */
	    {"clear secret\n", "clear", "error", 0},
	    {"answer secret\n", "answer", "error", 0},
	    {"change x make PassWord=secret\n", "change", "error", 0},
	    {"set password=secret\n", "set", "error", 0},
	    {"chnage x make password=secret\n", "chnage", "error", 0},
	    {"CLEAR secret\n", "CLEAR", "error", 0},
	    {"x=password=secret y\n", "x=", "error", 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct face_report *report = &people.report;

		ask(rows[i].line);
		ck_assert_msg(
		    span_is(report->query, rows[i].query), "%s", rows[i].line);
		ck_assert_str_eq(report->form, rows[i].form);
		ck_assert_uint_eq(report->hits, rows[i].hits);
		ck_assert_int_eq(report->fault.code, ERR_NONE);
	}
}
END_TEST

START_TEST(a_session_goes_on_until_the_client_quits)
{
	ask("status\n");
	ck_assert_int_eq(people.next, FACE_GO_ON);
	ask("bogus\n");
	ck_assert_int_eq(people.next, FACE_GO_ON);
	ask("login x\n");
	ck_assert_int_eq(people.next, FACE_GO_ON);
	ask("quit\nstatus\n");
	ck_assert_int_eq(people.next, FACE_CLOSE);
	ck_assert(span_is(people.report.query, "quit"));
}
END_TEST

START_TEST(a_command_that_is_too_long_ends_the_session)
{
	static char bytes[PH_LINE_MAX + 2];
	struct span answer;

	memset(bytes, 'x', sizeof bytes - 1);
	answer = ask(bytes);
	ck_assert(span_is(answer, "599:The command is too long.\r\n"));
	ck_assert_int_eq(people.next, FACE_CLOSE);
	ck_assert_str_eq(people.report.form, "error");
}
END_TEST

START_TEST(many_commands_take_no_more_memory_than_one)
{
	char lines[8000];
	struct buf many;
	struct span answer;

	buf_init(&many, lines, sizeof lines - 1);
	while (!many.overflowed)
		buf_add_string(&many, "query alias=smith1 return id\n");
	lines[many.length] = '\0';
	answer = ask(lines);
	ck_assert(!contains(answer, "too large"));
	ck_assert(!arena_exhausted(people.worker.arena));
}
END_TEST

START_TEST(what_is_configured_is_told)
{
	struct span answer;

	strcpy(people.settings.maildomain, "uwo.ca");
	strcpy(people.settings.administrator, "help@uwo.ca");
	people.settings.ph_charset = CHARSET_ISO_8859_1;
	answer = ask("siteinfo\n");
	ck_assert(span_is(answer,
	    "-200:1:version:whoisd test\r\n"
	    "-200:2:maildomain:uwo.ca\r\n-200:3:mailfield:alias\r\n"
	    "-200:4:mailbox:email\r\n-200:5:administrator:help@uwo.ca\r\n"
	    "-200:6:passwords:help@uwo.ca\r\n-200:7:charset:iso-8859-1\r\n"
	    "200:Ok.\r\n"));
	people.settings.ph_shown_max = 7;
	ck_assert(contains(ask("set\n"), "-200:limit:7\r\n"));
	ask("set limit=5 charset=utf-8\n");
	people.settings.ph_shown_max = 3;
	people.settings.ph_charset = CHARSET_US_ASCII;
	answer = ask("set\n");
	ck_assert(contains(answer, "-200:limit:3\r\n"));
	ck_assert(contains(answer, "-200:charset:utf-8\r\n"));
}
END_TEST

START_TEST(an_answer_that_is_too_large_is_a_refusal)
{
	char memory[100];
	struct session session = {0};
	const struct face_request request = {
	    .bytes = span_from("help native protocol\n"),
	    .session = &session,
	};
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	buf_add_string(&out, "200:Thanks.\r\n");
	arena_reset(people.worker.arena);
	ck_assert_int_eq(
	    face_ph.serve(&people.worker, &request, &out, &people.report),
	    FACE_GO_ON);
	ck_assert(!out.overflowed);
	ck_assert(span_is(buf_span(&out),
	    "200:Thanks.\r\n"
	    "502:The answer is too large; ask for fewer entries or"
	    " fields.\r\n"));
}
END_TEST

START_TEST(whoever_is_not_served_is_told_why)
{
	char memory[200];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	face_ph.refuse("Ask from\nthe campus.", &out);
	ck_assert(
	    span_is(buf_span(&out), "400:Ask from\xef\xbf\xbdthe campus.\r\n"));
}
END_TEST

START_TEST(help_is_plain_and_narrow)
{
	for (unsigned i = 0; i < ph_topic_count; i++) {
		struct span rest = span_from(ph_topics[i].text);

		ck_assert(rest.length > 0);
		ck_assert_int_eq(rest.data[rest.length - 1], '\n');
		while (rest.length > 0) {
			struct span text = span_cut(&rest, '\n');

			ck_assert_msg(text.length <= 70, "%s: %.*s",
			    ph_topics[i].name, (int)text.length, text.data);
			for (size_t j = 0; j < text.length; j++)
				ck_assert(
				    text.data[j] >= ' ' && text.data[j] <= '~');
		}
	}
}
END_TEST

/* Whether a transcript expects a line of this code. */
static bool
is_in_a_transcript(const char *code)
{
	const char *source = getenv("top_srcdir");
	char pattern[4096], line[8192];
	bool found = false;
	glob_t files;

	snprintf(pattern, sizeof pattern, "%s/tests/transcripts/ph/*.txt",
	    source != NULL ? source : ".");
	ck_assert_int_eq(glob(pattern, 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc && !found; i++) {
		FILE *file = fopen(files.gl_pathv[i], "r");

		ck_assert_ptr_nonnull(file);
		while (!found && fgets(line, sizeof line, file) != NULL)
			found = line[0] == 'S' && strlen(line) > 7 &&
				strncmp(line + 3 + strspn(line + 3, "^-"), code,
				    strlen(code)) == 0;
		fclose(file);
	}
	globfree(&files);
	return found;
}

/* Every code of RFC 2378, appendix B, and qi's own. */
START_TEST(every_code_is_shown_or_cannot_come)
{
	static const struct {
		const char *code;
		const char *why; /* in no transcript */
	} codes[] = {
	    {"100", NULL},
	    {"101", NULL},
	    {"102", NULL},
	    {"103", "no names of hosts are looked up"},
	    {"200", NULL},
	    {"201", NULL},
	    {"300", "nothing more is asked for"},
	    {"301", "nobody is challenged"},
	    {"302", "nobody is challenged"},
	    {"400", "tested above: the face is not asked"},
	    {"401", "see check_ph_query: an entry is damaged"},
	    {"402", "nothing is locked"},
	    {"403", "nobody can log in"},
	    {"475", "see check_ph_query: nothing can be read"},
	    {"500", NULL},
	    {"501", NULL},
	    {"502", NULL},
	    {"503", "what a viewer may not see is an unknown field"},
	    {"504", "all that a viewer may see can be searched"},
	    {"505", "nothing can be changed"},
	    {"506", "nobody can log in"},
	    {"507", NULL},
	    {"508", NULL},
	    {"509", "nothing can be changed"},
	    {"510", "nothing can be changed"},
	    {"511", "nothing can be changed"},
	    {"512", NULL},
	    {"513", NULL},
	    {"514", "qi sends 598"},
	    {"515", NULL},
	    {"516", "nothing needs an authorisation"},
	    {"517", NULL},
	    {"518", "nothing can be changed"},
	    {"519", "there is no history"},
	    {"520", "see check_ph_query: a search is cut short"},
	    {"521", "nothing can be changed"},
	    {"522", "nothing is stored encrypted"},
	    {"523", "nobody is challenged"},
	    {"524", NULL},
	    {"525", "nobody is challenged"},
	    {"526", "no names of hosts are looked up"},
	    {"527", "no names of hosts are looked up"},
	    {"528", "there is no Kerberos"},
	    {"529", NULL},
	    {"555", "a directory that is shut off is 475"},
	    {"590", "whoever is not served is told so with 400"},
	    {"598", NULL},
	    {"599", NULL},
	    {"600", "that is of phquery, a client"},
	};

	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		const char *code = codes[i].code;
		bool shown = is_in_a_transcript(code);

		ck_assert_msg(shown == (codes[i].why == NULL), "%s", code);
		if (shown)
			ck_assert_msg(ph_topic_find(span_from("native"),
					  span_from(code)) != NULL,
			    "no help with %s", code);
	}
}
END_TEST

START_TEST(every_command_has_help)
{
	static const char *const names[] = {"add", "answer", "change", "clear",
	    "delete", "email", "exit", "fields", "help", "id", "login",
	    "logout", "ph", "query", "quit", "set", "siteinfo", "status",
	    "stop", "xlogin"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		char line[32];

		ck_assert_ptr_nonnull(
		    ph_topic_find(span_from("ph"), span_from(names[i])));
		snprintf(line, sizeof line, "%s\n", names[i]);
		ck_assert_msg(!contains(ask(line), "598:"), "%s", names[i]);
	}
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){set_up, tear_down}), "proto/ph",
    reports_what_the_log_needs, a_session_goes_on_until_the_client_quits,
    a_command_that_is_too_long_ends_the_session,
    many_commands_take_no_more_memory_than_one, what_is_configured_is_told,
    an_answer_that_is_too_large_is_a_refusal, whoever_is_not_served_is_told_why,
    help_is_plain_and_narrow,
    every_code_is_shown_or_cannot_come, every_command_has_help)
