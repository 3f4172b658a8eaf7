#include "config.h"

#include "dir/search.h"

#include "base/arena.h"
#include "base/span.h"
#include "asked.h"
#include "unit.h"

#include <stdint.h>
#include <stdio.h>

static const char *const people[] = {
	("name=Quinton, Reg|department=Info Tech Svcs|room=NSC 214|"
	 "phone=679-2111x(6026)|key=481800|mailbox=reggers@julian.uwo.ca|"
	 "address=reg.quinton@uwo.ca|address=reggers@uwo.ca|uid=reggers|"
	 "title=Network Officer|url=http://www.uwo.ca/~reggers/"),
	"name=Smith, John|department=Physics|phone=661-2111|key=101|"
	"address=john|title=Professor",
	"name=Smyth, John Q.|department=Applied Physics|room=NSC 215|key=102|"
	"uid=jqsmyth|title=Assistant Professor",
	"name=Smithson, Mary|department=Physics, Chemistry|key=103|"
	"mailbox=smithson@uwo.ca",
	"name=Smith-Jones, Mary|key=104|title=Officer of the Network",
	"name=Jones, Mary Smith|key=105",
	"name=O'Brien, Conan|key=106|nickname=Coco Bear",
	"name=M\u00fcller, J\u00fcrgen|key=107",
	"name=Mueller, Ann|key=108|description=quinton",
	"name=Meyer, Ann|key=109|mailbox=a+b@mit.edu",
	"name=Mayer, Ann|key=110",
	"name=Maier, Ann|key=111",
	"name=Secret, Sam|key=112|home_phone=555-1234|home_address=Elm Street",
	"name=\u674e, \u5c0f\u9f99|key=113",
	("name=Veil, Ann|key=114|title=Visible|url=http://hidden.example/|"
	 "hidden=url"),
};

enum { PEOPLE = sizeof people / sizeof people[0] };

#define EXPECT(table) EXPECT_AMONG(people, table)

START_TEST(words_mean_themselves_in_any_order)
{
	static const struct expectation table[] = {
		{ "name~smith", RUNG_AS_GIVEN, "101 104 105" },
		{ "name~SMITH John", RUNG_AS_GIVEN, "101" },
		{ "name~john, smith", RUNG_AS_GIVEN, "101" },
		{ "name~smith j", RUNG_NONE, "" },
		{ "name~john q", RUNG_AS_GIVEN, "102" },
		{ "name~smit", RUNG_NONE, "" },
		{ "name~smithjones", RUNG_AS_GIVEN, "104" },
		{ "name~smith-jones", RUNG_AS_GIVEN, "104" },
		{ "name~o'brien", RUNG_AS_GIVEN, "106" },
		{ "name~obrien", RUNG_AS_GIVEN, "106" },
		{ "name~coco", RUNG_AS_GIVEN, "106" },
		{ "nickname~bear", RUNG_AS_GIVEN, "106" },
		{ "name~muller", RUNG_AS_GIVEN, "107" },
		{ "name~m\u00fcller", RUNG_AS_GIVEN, "107 108" },
		{ "name~mueller", RUNG_AS_GIVEN, "108 107" },
		{ "name~xn--mller-kva", RUNG_AS_GIVEN, "107 108" },
		{ "name~\u674e", RUNG_AS_GIVEN, "113" },
		{ "room~214", RUNG_AS_GIVEN, "481800" },
		{ "department~physics", RUNG_AS_GIVEN, "101 103 102" },
		{ "department~physics applied", RUNG_AS_GIVEN, "102" },
		{ "Full_Name~quinton", RUNG_AS_GIVEN, "481800" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(wildcards_stand_anywhere_in_any_word)
{
	static const struct expectation table[] = {
		{ "name~smith*", RUNG_AS_GIVEN, "105 101 104 103" },
		{ "name~smi*", RUNG_AS_GIVEN, "105 101 104 103" },
		{ "name~smith+", RUNG_AS_GIVEN, "104 103" },
		{ "name~sm[iy]th", RUNG_AS_GIVEN, "105 101 104 102" },
		{ "name~sm?th john", RUNG_AS_GIVEN, "101 102" },
		{ "name~m[ae][iy]er ann", RUNG_AS_GIVEN, "111 110 109" },
		{ "name~m[a-e]yer", RUNG_AS_GIVEN, "110 109" },
		{ "name~m*er a*", RUNG_AS_GIVEN, "111 110 109 108" },
		{ "name~smith *n", RUNG_AS_GIVEN, "101" },
		{ "name~smith *", RUNG_AS_GIVEN, "105 101 104" },
		{ "name~o'br*", RUNG_AS_GIVEN, "106" },
		{ "name~smith-j*", RUNG_AS_GIVEN, "104" },
		{ "name~smith-*s", RUNG_AS_GIVEN, "104" },
		{ "name~m\u00fcl*", RUNG_AS_GIVEN, "108 107" },
		{ "name~m\u00fcl*r", RUNG_AS_GIVEN, "108 107" },
		{ "name~mul*r", RUNG_AS_GIVEN, "107" },
		{ "name~\u5c0f?", RUNG_AS_GIVEN, "113" },
		{ "name~c*o b*r", RUNG_AS_GIVEN, "106" },
		{ "room~21?", RUNG_AS_GIVEN, "481800 102" },
		{ "department~ph*s app+", RUNG_AS_GIVEN, "102" },
		{ "name~smithx*", RUNG_NONE, "" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(letters_in_brackets_stay_one_each)
{
	static const char *const alike[] = { "name=M\u00fcller, Ann|key=1",
		"name=Mueller, Ann|key=2", "name=Meller, Ann|key=3",
		"name=Muller, Ann|key=4" };
	static const struct expectation table[] = {
		{ "name~m[\u00fc]ller", RUNG_AS_GIVEN, "1 4" },
		{ "name~m\u00fcl[lm]er", RUNG_AS_GIVEN, "2 1 4" },
	};

	EXPECT_AMONG(alike, table);
}
END_TEST

START_TEST(a_phrase_is_words_side_by_side)
{
	static const struct expectation table[] = {
		{ "name~\"quinton reg\"", RUNG_AS_GIVEN, "481800" },
		{ "name~\"reg quinton\"", RUNG_AS_GIVEN, "481800" },
		{ "name~\"Quinton, Reg\"", RUNG_AS_GIVEN, "481800" },
		{ "name~\"smyth john q\"", RUNG_AS_GIVEN, "102" },
		{ "name~\"john q. smyth\"", RUNG_AS_GIVEN, "102" },
		{ "name~\"john smyth\"", RUNG_NONE, "" },
		{ "name~\"smyth q\"", RUNG_NONE, "" },
		{ "name~\"smith\"", RUNG_AS_GIVEN, "101 104 105" },
		{ "name~\"smith jones\"", RUNG_AS_GIVEN, "105 104" },
		{ "name~\"jones smith\"", RUNG_NONE, "" },
		{ "name~\"mary smith-jones\"", RUNG_AS_GIVEN, "104" },
		{ "name~\"sm* j*n\"", RUNG_AS_GIVEN, "101 102" },
		{ "name~\"coco bear\"", RUNG_AS_GIVEN, "106" },
		{ "name~\"bear coco\"", RUNG_NONE, "" },
		{ "name~\"j\u00fcrgen mueller\"", RUNG_AS_GIVEN, "107" },
		{ "department~\"info tech\"", RUNG_AS_GIVEN, "481800" },
		{ "department~\"tech info\"", RUNG_NONE, "" },
		{ "department~\"chemistry physics\"", RUNG_NONE, "" },
		{ "room~\"nsc 2*\"", RUNG_AS_GIVEN, "481800 102" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(numbers_are_found_by_their_endings_and_tested_by_words)
{
	static const struct expectation table[] = {
		{ "phone~679-2111x(6026)", RUNG_AS_GIVEN, "481800" },
		{ "phone~2111", RUNG_AS_GIVEN, "481800 101" },
		{ "phone~\"679 2111\"", RUNG_AS_GIVEN, "481800" },
		{ "phone~6026", RUNG_AS_GIVEN, "481800" },
		{ "name~quinton phone~679*", RUNG_AS_GIVEN, "481800" },
		{ "name~quinton phone~679-21*", RUNG_AS_GIVEN, "481800" },
		{ "name~quinton phone~*6026", RUNG_AS_GIVEN, "481800" },
		{ "name~quinton phone~661*", RUNG_NONE, "" },
		{ "phone~+661-2111", RUNG_AS_GIVEN, "101" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(keys_logins_and_mailboxes_are_compared_whole)
{
	static const struct expectation table[] = {
		{ "key~481800", RUNG_AS_GIVEN, "481800" },
		{ "key~48*", RUNG_AS_GIVEN, "481800" },
		{ "key~10[1-3]", RUNG_AS_GIVEN, "101 103 102" },
		{ "key~10", RUNG_NONE, "" },
		{ "uid~jq*th", RUNG_AS_GIVEN, "102" },
		{ "uid~JQSMYTH", RUNG_AS_GIVEN, "102" },
		{ "uid~jqsmyt", RUNG_NONE, "" },
		{ "mailbox~reggers", RUNG_AS_GIVEN, "481800" },
		{ "mailbox~reggers@*", RUNG_AS_GIVEN, "481800" },
		{ "mailbox~reg*", RUNG_AS_GIVEN, "481800" },
		{ "mailbox~r*s", RUNG_AS_GIVEN, "481800" },
		{ "mailbox~r*n", RUNG_NONE, "" },
		{ "mailbox~r*n@*ca", RUNG_NONE, "" },
		{ "mailbox~r*@jul*.ca", RUNG_AS_GIVEN, "481800" },
		{ "mailbox~@uwo.*", RUNG_AS_GIVEN, "103" },
		{ "mailbox~@uwo", RUNG_NONE, "" },
		{ "mailbox~a+b", RUNG_AS_GIVEN, "109" },
		{ "address~reg.q*", RUNG_AS_GIVEN, "481800" },
		{ "address~reg.q*@uwo.ca address~reggers@*", RUNG_AS_GIVEN,
		    "481800" },
		{ "name~ann mailbox~*.edu", RUNG_AS_GIVEN, "109" },
		{ "name~ann mailbox~*", RUNG_AS_GIVEN, "109" },
		{ "name~mary mailbox~@*", RUNG_AS_GIVEN, "103" },
		{ "name~john address~@*", RUNG_NONE, "" },
		{ "name~john uid~*myth", RUNG_AS_GIVEN, "102" },
		{ "name~john key~*2", RUNG_AS_GIVEN, "102" },
	};

	EXPECT(table);
}
END_TEST

/* Who is found, as bits: the order may differ where a last name is preferred. */
static uint32_t
found(struct asked *a, const char *line)
{
	uint32_t ids = 0;

	ck_assert_msg(ask(a, line) == SEARCH_DONE, "%s", line);
	for (unsigned i = 0; i < a->hits.shown; i++)
		ids |= UINT32_C(1) << a->hits.ids[i];
	return ids;
}

/* A set at the start keeps a pattern from being looked up. */
START_TEST(what_is_looked_up_and_what_is_tested_are_the_same)
{
	static const struct {
		const char *attribute, *first, *rest;
	} rows[] = {
		{ "name", "s", "mith" }, { "name", "s", "m*th" },
		{ "name", "s", "mith-j*" }, { "name", "j", "*" },
		{ "name", "m", "\u00fcller" }, { "name", "m", "ue*" },
		{ "name", "o", "'brien" }, { "name", "b", "rien" },
		{ "name", "c", "oco" }, { "nickname", "b", "?ar" },
		{ "department", "p", "hysics" }, { "room", "2", "1*" },
		{ "uid", "j", "qsmyth" }, { "uid", "j", "*h" },
		{ "mailbox", "s", "mithson" }, { "mailbox", "a", "+b@*" },
		{ "key", "1", "0?" }, { "name", "s", "mith john" },
	};
	struct asked a;

	asked_begin(&a, people, PEOPLE);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char line[128];
		uint32_t looked_up;

		snprintf(line, sizeof line, "%s~%s%s key~1*",
		    rows[i].attribute, rows[i].first, rows[i].rest);
		looked_up = found(&a, line);
		ck_assert_msg(looked_up != 0, "%s", line);
		snprintf(line, sizeof line, "%s~[%s]%s key~1*",
		    rows[i].attribute, rows[i].first, rows[i].rest);
		ck_assert_msg(found(&a, line) == looked_up, "%s", line);
	}
	asked_end(&a);
}
END_TEST

START_TEST(qualifiers_test_what_others_find)
{
	static const struct expectation table[] = {
		{ "name~john title~professor", RUNG_AS_GIVEN, "101 102" },
		{ "title~ass* name~john", RUNG_AS_GIVEN, "102" },
		{ "name~sm*th* title~\"network officer\"", RUNG_NONE, "" },
		{ "name~* key~104 title~network", RUNG_AS_GIVEN, "104" },
		{ "name~mary title~officer network", RUNG_AS_GIVEN, "104" },
		{ "key~481800 url~www*", RUNG_AS_GIVEN, "481800" },
		{ "quinton title~officer", RUNG_AS_GIVEN, "481800" },
		{ "name=ann description~quinton", RUNG_AS_GIVEN, "108" },
		{ "department~physics name~*son", RUNG_AS_GIVEN, "103" },
		{ "department~physics name~*", RUNG_AS_GIVEN, "101 103 102" },
		{ "nobody title~professor", RUNG_NONE, "" },
		{ "name~veil title~visible", RUNG_AS_GIVEN, "114" },
		{ "name~veil url~*", RUNG_NONE, "" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(says_which_clause_is_at_fault)
{
	static const struct {
		const char *line;
		enum search_outcome outcome;
		unsigned clause;
	} table[] = {
		{ "title~professor", SEARCH_NO_KEY, 0 },
		{ "name~*son", SEARCH_NO_KEY, 0 },
		{ "name~[s]mith", SEARCH_NO_KEY, 0 },
		{ "name~\"* *\"", SEARCH_NO_KEY, 0 },
		{ "name~*-smith", SEARCH_NO_KEY, 0 },
		{ "name~?ohn title~x", SEARCH_NO_KEY, 0 },
		{ "phone~679*", SEARCH_NO_KEY, 0 },
		{ "mailbox~*@uwo.ca", SEARCH_NO_KEY, 0 },
		{ "mailbox~@*", SEARCH_NO_KEY, 0 },
		{ "key~?1", SEARCH_NO_KEY, 0 },
		{ "name~smith home_phone~555*", SEARCH_UNKNOWN_SELECTOR, 1 },
		{ "name~smith nonsense~*", SEARCH_UNKNOWN_SELECTOR, 1 },
		{ "title~x hidden~y", SEARCH_UNKNOWN_SELECTOR, 1 },
		{ "name~smith title~;", SEARCH_EMPTY, 1 },
		{ "name~smith mailbox~.", SEARCH_EMPTY, 1 },
		{ "name~smith title~a b c d e f g h i j k l m n o p q r s t u "
		  "v w x y z 1 2 3 4 5 6 7", SEARCH_TOO_LONG, 1 },
	};
	struct asked a;

	asked_begin(&a, people, PEOPLE);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		asked_refuse(&a, table[i].line, table[i].outcome,
		    table[i].clause);
	asked_end(&a);
}
END_TEST

START_TEST(those_who_may_see_it_are_told)
{
	static const char *const lines[] = { "name~sam home_phone~555*",
		"name~sam home_address~\"elm street\"" };
	struct asked a;

	asked_begin(&a, people, PEOPLE);
	a.limits.groups = UINT32_MAX;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		ck_assert_int_eq(ask(&a, lines[i]), SEARCH_DONE);
		ck_assert_str_eq(asked_keys(&a), "112");
	}
	asked_end(&a);
}
END_TEST

/* As many people as there are ways to be asked, and one budget for all. */

enum { CROWD = 600, CROWD_TEXT = 96 };

static void
begin_crowd(struct asked *a)
{
	static char texts[CROWD][CROWD_TEXT];
	static const char *entries[CROWD];

	for (unsigned i = 0; i < CROWD; i++) {
		snprintf(texts[i], sizeof texts[i],
		    "name=Smith%c%c, P%u|key=%u|uid=u%u|title=%s",
		    'a' + (char)(i % 26), 'a' + (char)(i / 26), i, i, i,
		    i % 2 ? "Odd" : "Even");
		entries[i] = texts[i];
	}
	asked_begin(a, entries, CROWD);
}

START_TEST(counts_all_and_shows_the_first)
{
	static const struct {
		const char *line;
		uint64_t count;
	} rows[] = {
		{ "name~sm*th*", CROWD }, { "name~s*", CROWD },
		{ "name~smith?a", 26 }, { "key~*0 key~1*", 0 },
		{ "name~smith* title~odd", CROWD / 2 },
		{ "uid~u*[05]", CROWD / 5 }, { "name~p1? smith*", 10 },
		{ "name~\"p1?? smith??\"", 100 },
	};
	struct asked a;

	begin_crowd(&a);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		uint64_t shown = rows[i].count < ASKED_SHOWN_MAX ?
		    rows[i].count : ASKED_SHOWN_MAX;

		if (rows[i].count == 0)
			continue;
		ck_assert_int_eq(ask(&a, rows[i].line), SEARCH_DONE);
		ck_assert_msg(a.hits.count == rows[i].count, "%s: %u",
		    rows[i].line, (unsigned)a.hits.count);
		ck_assert(a.hits.count_is_exact);
		ck_assert_uint_eq(a.hits.shown, shown);
		for (unsigned n = 1; n < a.hits.shown; n++)
			ck_assert_uint_lt(a.hits.ids[n - 1], a.hits.ids[n]);
	}
	asked_end(&a);
}
END_TEST

START_TEST(counts_no_further_where_all_or_none_are_shown)
{
	static const struct {
		const char *line;
		unsigned shown_max;
		uint64_t count;
	} rows[] = {
		{ "name~sm*th*", 50, 51 }, { "key~1*", 10, 11 },
		{ "name~\"p1?? smith??\"", 99, 100 },
		{ "name~\"p1?? smith??\"", 100, 100 },
		{ "name~p1? smith*", 10, 10 }, { "name~p1? smith*", 9, 10 },
		{ "name~nobody", 10, 0 }, { "name~nobody", 0, 0 },
		{ "name~smith* title~odd", 0, 1 },
	};
	struct asked a;

	begin_crowd(&a);
	a.limits.all_or_none = true;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		bool is_shown = rows[i].count <= rows[i].shown_max;

		a.limits.shown_max = rows[i].shown_max;
		ck_assert_int_eq(ask(&a, rows[i].line), SEARCH_DONE);
		ck_assert_msg(a.hits.count == rows[i].count, "%s: %u",
		    rows[i].line, (unsigned)a.hits.count);
		ck_assert_uint_eq(a.hits.shown, is_shown ? rows[i].count : 0);
		ck_assert(a.hits.count_is_exact == is_shown);
	}
	asked_end(&a);
}
END_TEST

START_TEST(no_more_are_tested_than_tell_that_they_are_too_many)
{
	struct asked a;

	begin_crowd(&a);
	a.limits.postings_max = 2000;
	a.limits.shown_max = 10;
	ck_assert_int_eq(ask(&a, "key~1* title~odd"), SEARCH_DONE);
	ck_assert(!a.hits.count_is_exact);
	ck_assert_uint_gt(a.hits.shown, 0);
	a.limits.all_or_none = true;
	ck_assert_int_eq(ask(&a, "key~1* title~odd"), SEARCH_DONE);
	ck_assert_uint_eq(a.hits.count, 11);
	ck_assert_uint_eq(a.hits.shown, 0);
	asked_end(&a);
}
END_TEST

START_TEST(a_budget_ends_the_count_and_says_so)
{
	static const char *const lines[] = { "name~sm*th*", "uid~u*5",
		"name~smith* title~odd", "name~\"p* smith*\"", "key~1*[0-9]" };
	struct asked a;

	begin_crowd(&a);
	a.limits.postings_max = 300;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		ck_assert_int_eq(ask(&a, lines[i]), SEARCH_DONE);
		ck_assert_msg(!a.hits.count_is_exact, "%s", lines[i]);
		ck_assert_uint_le(a.hits.count, 300);
	}
	asked_end(&a);
}
END_TEST

START_TEST(a_full_arena_is_an_answer)
{
	static const char *const lines[] = { "name~sm*th* title~odd",
		"name~\"p1? smith*\"", "uid~u*5" };
	struct asked a;

	begin_crowd(&a);
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		enum search_outcome outcome = SEARCH_ARENA_FULL;
		unsigned refused = 0;
		uint64_t count;

		ck_assert_int_eq(ask(&a, lines[i]), SEARCH_DONE);
		count = a.hits.count;
		for (size_t bytes = 4096; bytes < ASKED_ARENA_BYTES &&
		    outcome == SEARCH_ARENA_FULL; bytes += bytes / 16) {
			struct query_error error;

			arena_free(&a.arena);
			a.arena = arena_new(bytes);
			ck_assert(query_parse(&a.query, span_from(lines[i]),
			    a.arena, &error));
			outcome = asked_run(&a);
			refused += outcome == SEARCH_ARENA_FULL;
		}
		ck_assert_int_eq(outcome, SEARCH_DONE);
		ck_assert_uint_gt(refused, 0);
		ck_assert_uint_le(a.hits.count, count);
		arena_free(&a.arena);
		a.arena = arena_new(ASKED_ARENA_BYTES);
	}
	asked_end(&a);
}
END_TEST

UNIT_MAIN("dir/search patterns", words_mean_themselves_in_any_order,
    wildcards_stand_anywhere_in_any_word,
    letters_in_brackets_stay_one_each, a_phrase_is_words_side_by_side,
    numbers_are_found_by_their_endings_and_tested_by_words,
    keys_logins_and_mailboxes_are_compared_whole,
    what_is_looked_up_and_what_is_tested_are_the_same,
    qualifiers_test_what_others_find, says_which_clause_is_at_fault,
    those_who_may_see_it_are_told, counts_all_and_shows_the_first,
    counts_no_further_where_all_or_none_are_shown,
    no_more_are_tested_than_tell_that_they_are_too_many,
    a_budget_ends_the_count_and_says_so, a_full_arena_is_an_answer)
