#include "unit.h"

#include "proto/client.h"

#include <string.h>

START_TEST(parses_the_names_of_servers)
{
	static const struct {
		const char *text, *host, *port; /* host NULL: refused */
	} cases[] = {
		{ "whois.example.edu", "whois.example.edu", "" },
		{ "whois.example.edu:4343", "whois.example.edu", "4343" },
		{ "localhost:whois", "localhost", "whois" },
		{ "[::1]", "::1", "" },
		{ "[::1]:43", "::1", "43" },
		{ "::1", "::1", "" },
		{ "2001:db8::1:43", "2001:db8::1:43", "" },
		{ "", NULL, NULL },
		{ ":43", NULL, NULL },
		{ "host:", NULL, NULL },
		{ "[]", NULL, NULL },
		{ "[::1", NULL, NULL },
		{ "[::1]43", NULL, NULL },
		{ "[::1]:", NULL, NULL },
		{ "[::1]x:43", NULL, NULL },
		{ "a b", NULL, NULL },
		{ "a:4 3", NULL, NULL },
		{ "a\x1b[1m", NULL, NULL },
	};

	for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct server_name name;
		bool parsed = server_name_parse(&name,
		    span_from(cases[i].text));

		ck_assert_msg(parsed == (cases[i].host != NULL), "%s",
		    cases[i].text);
		if (!parsed)
			continue;
		ck_assert_str_eq(name.host, cases[i].host);
		ck_assert_str_eq(name.port, cases[i].port);
	}
}
END_TEST

START_TEST(a_name_too_long_for_its_place_is_refused)
{
	char text[2 * SERVER_HOST_MAX];
	struct server_name name;

	memset(text, 'a', sizeof text);
	ck_assert(!server_name_parse(&name,
	    (struct span){ text, SERVER_HOST_MAX }));
	ck_assert(server_name_parse(&name,
	    (struct span){ text, SERVER_HOST_MAX - 1 }));
	text[1] = ':';
	ck_assert(!server_name_parse(&name,
	    (struct span){ text, SERVER_PORT_MAX + 2 }));
	ck_assert(server_name_parse(&name,
	    (struct span){ text, SERVER_PORT_MAX + 1 }));
}
END_TEST

START_TEST(no_port_equals_the_default_one)
{
	const struct server_name a = { "Example.edu", "" };
	const struct server_name b = { "example.EDU", "43" };
	const struct server_name c = { "example.edu", "4343" };

	ck_assert(server_name_equal(&a, &b, "43"));
	ck_assert(!server_name_equal(&a, &c, "43"));
	ck_assert(!server_name_equal(&b, &c, "43"));
}
END_TEST

START_TEST(a_control_character_makes_a_query_unsafe)
{
	ck_assert(client_query_is_safe(span_from("smith, j\xc3\xb6rg")));
	ck_assert(!client_query_is_safe(span_from("smith\njones")));
	ck_assert(!client_query_is_safe(span_from("smith\r")));
	ck_assert(!client_query_is_safe(span_from("smith\x7f")));
	ck_assert(!client_query_is_safe((struct span){ "a\0b", 3 }));
}
END_TEST

START_TEST(notes_how_an_answer_ended)
{
	static const struct {
		const char *answer;
		enum client_outcome outcome;
	} cases[] = {
		{ "There were 1 matches on your request.\r\n", CLIENT_FOUND },
		{ "There were 0 matches on your request.\r\n", CLIENT_NOTHING },
		{ "% notice\r\n\r\nThere were 0 matches on your request.\r\n",
		    CLIENT_NOTHING },
		{ "% error: the query is too long\r\n", CLIENT_REFUSED },
		{ " % error: in a value\r\n", CLIENT_FOUND },
		{ "Title: There were 0 matches\n", CLIENT_FOUND },
		{ "", CLIENT_FOUND },
	};

	for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct client_notes notes = { 0 };

		client_note(&notes, span_from(cases[i].answer));
		ck_assert_msg(notes.outcome == cases[i].outcome, "%s",
		    cases[i].answer);
	}
}
END_TEST

START_TEST(notes_referrals_at_the_start_of_a_line)
{
	static const struct {
		const char *answer, *host, *port; /* host NULL: none */
	} cases[] = {
		{ "ReferralServer: whois://a.example\n", "a.example", "" },
		{ "x\r\nreferralserver:whois://a.example:4343\r\n",
		    "a.example", "4343" },
		{ "ReferralServer:  WHOIS://[::1]:44/path\r\n", "::1", "44" },
		{ "ReferralServer: whois://first\n"
		  "ReferralServer: whois://second\n", "first", "" },
		{ "ReferralServer: rwhois://a.example:4321\n", NULL, NULL },
		{ "ReferralServer: http://a.example\n", NULL, NULL },
		{ "ReferralServer: whois://\n", NULL, NULL },
		{ "ReferralServer:\n", NULL, NULL },
		{ " ReferralServer: whois://a.example\n", NULL, NULL },
		{ "Name: ReferralServer: whois://a.example\n", NULL, NULL },
	};

	for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct client_notes notes = { 0 };

		client_note(&notes, span_from(cases[i].answer));
		ck_assert_msg(notes.has_referral == (cases[i].host != NULL),
		    "%s", cases[i].answer);
		if (!notes.has_referral)
			continue;
		ck_assert_str_eq(notes.referral.host, cases[i].host);
		ck_assert_str_eq(notes.referral.port, cases[i].port);
	}
}
END_TEST

START_TEST(an_rwhois_referral_is_noted_apart)
{
	struct client_notes notes = { 0 };

	client_note(&notes, span_from("ReferralServer: rwhois://a:4321\r\n"));
	ck_assert(notes.has_rwhois);
	ck_assert(!notes.has_referral);
}
END_TEST

/* A line longer than the reader's memory comes in pieces. */
START_TEST(the_middle_of_a_line_begins_none)
{
	struct client_notes notes = { 0 };

	client_note(&notes, span_from("a very long line"));
	client_note(&notes, span_from("% error: in its middle"));
	client_note(&notes, span_from("ReferralServer: whois://a\n"));
	ck_assert_int_eq(notes.outcome, CLIENT_FOUND);
	ck_assert(!notes.has_referral);
	client_note(&notes, span_from("% error: on a line of its own\n"));
	ck_assert_int_eq(notes.outcome, CLIENT_REFUSED);
}
END_TEST

START_TEST(pieces_are_whole_lines_or_whole_characters)
{
	static const struct {
		const char *received;
		bool must_go;
		size_t length;
	} cases[] = {
		{ "", false, 0 },
		{ "one\ntwo\nthr", false, 8 },
		{ "one\ntwo\nthr", true, 8 },
		{ "thr", false, 0 },
		{ "thr", true, 3 },
		{ "M\xc3\xbc", true, 3 },
		{ "M\xc3", true, 1 },
		{ "\xe6\x9d", true, 0 },
		{ "x\xe6\x9d", true, 1 },
		{ "x\xf0\x9f\x98", true, 1 },
		{ "x\x80\x80\x80\x80", true, 5 },
	};

	for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_uint_eq(client_piece_length(
		    span_from(cases[i].received), cases[i].must_go),
		    cases[i].length);
}
END_TEST

static void
shows_as(const char *piece, bool is_terminal, const char *wanted)
{
	char memory[256];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	client_add_shown(&out, span_from(piece), is_terminal);
	ck_assert_msg(span_is(buf_span(&out), wanted), "%.*s is not %s",
	    (int)out.length, memory, wanted);
}

START_TEST(a_file_gets_the_bytes_with_plain_line_ends)
{
	shows_as("one\r\ntwo\n\r\n", false, "one\ntwo\n\n");
	shows_as("a\x1b[1m\tb\rc\xff\r\n", false, "a\x1b[1m\tb\rc\xff\n");
	shows_as("no end", false, "no end");
	shows_as("", false, "");
}
END_TEST

START_TEST(a_terminal_gets_no_control_characters)
{
	shows_as("one\r\ntwo\n", true, "one\ntwo\n");
	shows_as("a\x1b[1m\r\n", true, "a\xef\xbf\xbd[1m\n");
	shows_as("\ta\t\tb\t\n\t\n", true, "\ta\t\tb\t\n\t\n");
	shows_as("M\xc3\xbcller\xff\n", true, "M\xc3\xbcller\xef\xbf\xbd\n");
	shows_as("\r\r\n", true, "\xef\xbf\xbd\n");
}
END_TEST

UNIT_MAIN("proto/client", parses_the_names_of_servers,
    a_name_too_long_for_its_place_is_refused, no_port_equals_the_default_one,
    a_control_character_makes_a_query_unsafe, notes_how_an_answer_ended,
    notes_referrals_at_the_start_of_a_line, an_rwhois_referral_is_noted_apart,
    the_middle_of_a_line_begins_none,
    pieces_are_whole_lines_or_whole_characters,
    a_file_gets_the_bytes_with_plain_line_ends,
    a_terminal_gets_no_control_characters)
