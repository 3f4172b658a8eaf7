#include "config.h"

#include "dir/search.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dir/generation.h"
#include "query/query.h"
#include "record/record.h"
#include "record/schema.h"
#include "asked.h"
#include "small.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const char *const people[] = {
	("name=Quinton, Reg|department=Info Tech Svcs|room=NSC 214|"
	 "phone=679-2111x(6026)|key=481800|mailbox=reggers@julian.uwo.ca|"
	 "address=reg.quinton@uwo.ca|address=reggers@uwo.ca|"
	 "address=quinton@uwo.ca"),
	"name=Smith, John|department=Physics|phone=661-2111|key=101",
	"name=Smith, John Q.|department=Physics|key=102|uid=jqsmith",
	"name=Smith, Mary|department=Chemistry|key=103|mailbox=smith@uwo.ca",
	"name=Smith-Jones, Mary|department=Applied Physics|key=104",
	"name=O'Brien, Conan|key=105|nickname=Coco",
	"name=John, Smith|key=106",
	"name=M\u00fcller, J\u00fcrgen|key=107",
	"name=Smithers, Waylon|key=108|description=beginnings",
	"name=Jones, Mary Smith|key=109",
	"name=Madonna|key=110",
	"name=Ciccone, Madonna|key=111",
	"name=Secret, Sam|key=112|home_phone=555-1234|home_address=Elm Street",
	"name=\u660e, \u674e|key=113",
	"name=Jones, J|key=114",
	"name=Jones, Jill|key=115",
	"name=Okafor, Chinwe Ada|key=116",
	"name=Okafor, C.|key=117",
	"name=Abbot, Ann|phone=(519) 679-2111|key=118",
	"name=Abbots, Ann|key=119",
	"name=Abbotson, Ann|key=120",
};

enum { PEOPLE = sizeof people / sizeof people[0] };

#define EXPECT(table) EXPECT_AMONG(people, table)

START_TEST(plain_words_stop_at_the_first_rung_with_hits)
{
	static const struct expectation table[] = {
		{ "reggers", RUNG_HANDLE, "481800" },
		{ "reg.quinton", RUNG_HANDLE, "481800" },
		{ "481800", RUNG_HANDLE, "481800" },
		{ "JQSmith", RUNG_HANDLE, "102" },
		{ "smith", RUNG_HANDLE, "103" },
		{ "john smith", RUNG_WHOLE, "101 106" },
		{ "smith john", RUNG_WHOLE, "106 101" },
		{ "john q smith", RUNG_WORDS, "102" },
		{ "mary smith", RUNG_WHOLE, "103" },
		{ "conan", RUNG_WORDS, "105" },
		{ "smith q", RUNG_WORDS, "102" },
		{ "nobody", RUNG_NONE, "" },
		{ "nobody known", RUNG_NONE, "" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(one_word_finds_all_who_bear_it)
{
	static const struct expectation table[] = {
		{ "madonna", RUNG_WORDS, "110 111" },
		{ "mary", RUNG_WORDS, "109 103 104" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(a_comma_binds_the_sides)
{
	static const struct expectation table[] = {
		{ "smith, john", RUNG_WHOLE, "101" },
		{ "john, smith", RUNG_WHOLE, "106" },
		{ "smith, j", RUNG_WORDS, "101 102" },
		{ "smith,j", RUNG_WORDS, "101 102" },
		{ "smith, jo", RUNG_BEGINNINGS, "101 102" },
		{ "j. smith", RUNG_WORDS, "101 102" },
		{ "smith,", RUNG_WORDS, "101 102 103 104" },
		{ "jones, s", RUNG_WORDS, "109" },
		{ "jones, j", RUNG_WORDS, "114 115" },
		{ "j. jones", RUNG_WORDS, "114 115" },
		{ "j jones", RUNG_WORDS, "114 115" },
		{ "conan, o'brien", RUNG_ONE_WORD, "105" },
		{ "name conan, o'brien", RUNG_NONE, "" },
	};

	EXPECT(table);
}
END_TEST

/* So many of each name, which all have the same words. */
static void
expect_sides(unsigned kim_lee, unsigned lee_kim)
{
	static const char *const names[] = { "Kim, Lee", "Lee, Kim", "Kim, L." };
	static char text[1600][64];
	static const char *entries[1600];
	unsigned counts[] = { kim_lee, lee_kim, 2 }, count = 0;
	struct asked a;

	for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
		for (unsigned n = 0; n < counts[i]; n++) {
			snprintf(text[count], sizeof text[count],
			    "name=%s|key=%u", names[i], count + 1);
			entries[count] = text[count];
			count++;
		}
	asked_begin(&a, entries, count);
	ck_assert_int_eq(ask(&a, "kim, lee"), SEARCH_DONE);
	ck_assert_uint_eq(a.hits.count - a.hits.related, kim_lee);
	ck_assert_uint_eq(a.hits.related,
	    kim_lee < ASKED_SHOWN_MAX ? 2 : 0);
	ck_assert_int_eq(ask(&a, "lee, kim"), SEARCH_DONE);
	ck_assert_uint_eq(a.hits.count, lee_kim);
	ck_assert_int_eq(ask(&a, "kim lee"), SEARCH_DONE);
	ck_assert_uint_eq(a.hits.count - a.hits.related, kim_lee + lee_kim);
	asked_end(&a);
}

START_TEST(sides_are_told_of_any_number)
{
	static const struct {
		unsigned kim_lee, lee_kim;
	} rows[] = {
		{ 1, 1 }, { 1, 2 }, { 2, 1 }, { 1, 9 }, { 9, 1 }, { 7, 8 },
		{ 16, 33 }, { 40, 5 }, { 300, 200 }, { 900, 200 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		expect_sides(rows[i].kim_lee, rows[i].lee_kim);
}
END_TEST

START_TEST(those_with_an_initial_spoil_no_order)
{
	static const char *const entries[] = {
		"name=Farina, Bruce Jessica|key=1",
		"name=Farina, J.|key=2",
		"name=Farina, Jack|key=3",
	};
	static const struct expectation table[] = {
		{ "farina, j", RUNG_WORDS, "2 1 3" },
		{ "farina, j.", RUNG_WORDS, "2 1 3" },
	};

	EXPECT_AMONG(entries, table);
}
END_TEST

/* In order of their names, which fold to the same. */
START_TEST(sides_are_told_of_accents_between_the_same_names)
{
	static const char *const plain[] = {
		"name=Muller, Mueller Xia|key=1",
		"name=M\u00fcller, Mueller Xia|key=2",
		"name=Muller, Mueller Xia|key=3",
		"name=Muller, Mueller Xia|key=4",
	}, *const accented[] = {
		"name=M\u00fcller, Mueller Xia|key=1",
		"name=Muller, Mueller Xia|key=2",
		"name=M\u00fcller, Mueller Xia|key=3",
	};
	static const struct expectation among_plain[] = {
		{ "muller, mueller xia", RUNG_WHOLE, "1 2 3 4" },
		{ "muller mueller, xia", RUNG_WHOLE, "2" },
	}, among_accented[] = {
		{ "muller, mueller xia", RUNG_WHOLE, "1 2 3" },
		{ "muller mueller, xia", RUNG_WHOLE, "1 3" },
	};

	EXPECT_AMONG(plain, among_plain);
	EXPECT_AMONG(accented, among_accented);
}
END_TEST

START_TEST(a_nickname_is_neither_a_first_nor_a_last_name)
{
	static const struct expectation table[] = {
		{ "coco o'brien", RUNG_WORDS, "105" },
		{ "o'brien, conan", RUNG_WHOLE, "105" },
		{ "o'brien, coco", RUNG_ONE_WORD, "105" },
		{ "name=o'brien, coco", RUNG_NONE, "" },
		{ "coco,", RUNG_NONE, "" },
		{ "first coco", RUNG_NONE, "" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(a_letter_is_an_initial_only_beside_a_word)
{
	static const struct expectation table[] = {
		{ "jones j", RUNG_WORDS, "114 115" },
		{ "okafor a", RUNG_WORDS, "116" },
		{ "chinwe a", RUNG_WORDS, "116" },
		{ "x conan", RUNG_ONE_WORD, "105" },
		{ "j xyz", RUNG_NONE, "" },
		{ "\u660e", RUNG_WORDS, "113" },
		{ "\u660e xyz", RUNG_ONE_WORD, "113" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(an_initial_stands_for_a_first_name_on_either_side)
{
	static const struct expectation table[] = {
		{ "okafor a", RUNG_WORDS, "116" },
		{ "a okafor", RUNG_WORDS, "116" },
		{ "chinwe a okafor", RUNG_WORDS, "116" },
		{ "c okafor", RUNG_WORDS, "117 116" },
		{ "c. okafor", RUNG_WORDS, "117 116" },
		{ "claude okafor", RUNG_NICKNAMES, "117" },
		{ "okafor, claude", RUNG_NICKNAMES, "117" },
		{ "c x", RUNG_NONE, "" },
		{ "c", RUNG_WORDS, "117" },
		{ "k", RUNG_NONE, "" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(beginnings_come_before_one_word_of_several)
{
	static const struct expectation table[] = {
		{ "okaf", RUNG_BEGINNINGS, "117 116" },
		{ "chin oka", RUNG_BEGINNINGS, "116" },
		{ "oka, c", RUNG_BEGINNINGS, "117 116" },
		{ "c oka", RUNG_BEGINNINGS, "117 116" },
		{ "smith nobody", RUNG_ONE_WORD,
		    "101 102 103 104 106 109" },
		{ "nobody john", RUNG_ONE_WORD, "106 101 102" },
		{ "zz madonna qq", RUNG_ONE_WORD, "110 111" },
		{ "zz j", RUNG_NONE, "" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(an_initial_stays_one_beside_a_slip)
{
	static const struct expectation table[] = {
		{ "okafro, c", RUNG_MISSPELT, "117 116" },
		{ "c okafro", RUNG_MISSPELT, "117 116" },
		{ "okaphor, c", RUNG_SOUNDING, "117 116" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(a_comma_goes_with_a_title)
{
	static const struct expectation table[] = {
		{ "smith jr, john", RUNG_WHOLE, "101" },
		{ "john jr, smith", RUNG_WHOLE, "106" },
		{ "smith, john, jr", RUNG_WHOLE, "101" },
		{ "dr ,", RUNG_NONE, "" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(exact_names_are_asked_in_every_spelling)
{
	static const struct expectation table[] = {
		{ "exact muller, jurgen", RUNG_AS_GIVEN, "107" },
		{ "exact mueller, juergen", RUNG_AS_GIVEN, "107" },
		{ "exact M\u00fcller, J\u00fcrgen", RUNG_AS_GIVEN, "107" },
	};

	EXPECT(table);
}
END_TEST

/* It took seconds to find no way to choose words that cost so much. */
START_TEST(choosing_words_of_many_is_soon_given_up)
{
	struct asked a;

	asked_begin(&a, people, PEOPLE);
	ck_assert_int_eq(ask(&a, "mary john smith jones okafor abbot ann"
	    " ckhrrysstophpherr"), SEARCH_DONE);
	ck_assert_int_eq(a.hits.rung, RUNG_ONE_WORD);
	asked_end(&a);
}
END_TEST

START_TEST(verbs_are_run_as_given)
{
	static const struct expectation table[] = {
		{ "first john", RUNG_AS_GIVEN, "101 102" },
		{ "first j", RUNG_AS_GIVEN, "114 115 107 101 102" },
		{ "first begins mar", RUNG_AS_GIVEN, "109 103 104" },
		{ "first mar*", RUNG_AS_GIVEN, "109 103 104" },
		{ "first smith", RUNG_AS_GIVEN, "106 109" },
		{ "first mar", RUNG_NONE, "" },
		{ "begins abbot", RUNG_AS_GIVEN, "118 119 120" },
		{ "exact smith, john", RUNG_AS_GIVEN, "101" },
		{ "exact john smith", RUNG_AS_GIVEN, "101 106" },
		{ "exact smith john", RUNG_AS_GIVEN, "106 101" },
		{ "exact john, smith", RUNG_AS_GIVEN, "106" },
		{ "exact mary jones", RUNG_NONE, "" },
		{ "exact MÜLLER, jurgen", RUNG_AS_GIVEN, "107" },
		{ "exact coco", RUNG_AS_GIVEN, "105" },
		{ "exact smith, john phone=2111", RUNG_AS_GIVEN, "101" },
		{ "exact smith, john key=106", RUNG_NONE, "" },
		{ "mail reggers", RUNG_AS_GIVEN, "481800" },
		{ "mail reg*", RUNG_AS_GIVEN, "481800" },
		{ "mail @uwo.ca", RUNG_AS_GIVEN, "481800 103" },
		{ "mail john", RUNG_NONE, "" },
		{ "phone 2111", RUNG_AS_GIVEN, "118 481800 101" },
		{ "phone 519.679.2111", RUNG_AS_GIVEN, "118" },
		{ "phone (519)-679 21 11", RUNG_AS_GIVEN, "118" },
		{ "phone 679-2111 6", RUNG_NONE, "" },
		{ "phone 679-2111x6", RUNG_AS_GIVEN, "118 481800" },
		{ "phone 1", RUNG_NONE, "" },
		{ "phone 1234", RUNG_NONE, "" },
		{ "handle 101", RUNG_AS_GIVEN, "101" },
		{ "expand applied physics", RUNG_AS_GIVEN, "104" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(question_marks_bound_the_length)
{
	static const struct expectation table[] = {
		{ "abbot?", RUNG_AS_GIVEN, "118 119" },
		{ "abbot??", RUNG_AS_GIVEN, "118 119" },
		{ "abbot???", RUNG_AS_GIVEN, "118 119 120" },
		{ "abb??", RUNG_AS_GIVEN, "118" },
		{ "mülle?", RUNG_AS_GIVEN, "107" },
		{ "ann abbo??", RUNG_AS_GIVEN, "118 119" },
		{ "abbot?, ann", RUNG_WHOLE, "118" },
		{ "abbot, an?", RUNG_AS_GIVEN, "118" },
		{ "name=abbot?", RUNG_AS_GIVEN, "118 119" },
		{ "department=physic?", RUNG_AS_GIVEN, "101 102 104" },
		{ "key=48180?", RUNG_AS_GIVEN, "481800" },
		{ "uid=jqsmit?", RUNG_AS_GIVEN, "102" },
		{ "*chemistr?", RUNG_AS_GIVEN, "103" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(hyphens_and_apostrophes_join_or_part)
{
	static const struct expectation table[] = {
		{ "smith-jones", RUNG_WORDS, "104 109" },
		{ "smithjones", RUNG_WORDS, "104" },
		{ "smith jones", RUNG_WORDS, "109 104" },
		{ "mary smith jones", RUNG_WHOLE, "109 104" },
		{ "mary smithjones", RUNG_WHOLE, "104" },
		{ "smith-jones, mary", RUNG_WHOLE, "104" },
		{ "o'brien", RUNG_WORDS, "105" },
		{ "obrien", RUNG_WORDS, "105" },
		{ "o brien", RUNG_WORDS, "105" },
		{ "o'brien, conan", RUNG_WHOLE, "105" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(spelling_does_not_matter)
{
	static const struct expectation table[] = {
		{ "MULLER", RUNG_WORDS, "107" },
		{ "m\u00fcller", RUNG_WORDS, "107" },
		{ "mu\u0308ller, ju\u0308rgen", RUNG_WHOLE, "107" },
		{ "xn--mller-kva", RUNG_WORDS, "107" },
		{ "\u674e \u660e", RUNG_WHOLE, "113" },
		{ "\u660e, \u674e", RUNG_WHOLE, "113" },
		{ "coco", RUNG_WORDS, "105" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(queries_as_given_do_not_descend)
{
	static const struct expectation table[] = {
		{ "smith*", RUNG_AS_GIVEN, "101 102 103 104 108 106 109" },
		{ "smither*", RUNG_AS_GIVEN, "108" },
		{ "smith, jo*", RUNG_AS_GIVEN, "101 102" },
		{ "smith-jon*", RUNG_AS_GIVEN, "104 109" },
		{ "name smith", RUNG_AS_GIVEN, "101 102 103 104 106 109" },
		{ ".smith, john", RUNG_AS_GIVEN, "101 102" },
		{ "name reggers", RUNG_NONE, "" },
		{ "key 481800", RUNG_AS_GIVEN, "481800" },
		{ "!101", RUNG_AS_GIVEN, "101" },
		{ "!jqsmith", RUNG_NONE, "" },
		{ "!nobody", RUNG_NONE, "" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(mailboxes_are_found_by_either_side)
{
	static const struct expectation table[] = {
		{ "reggers@", RUNG_AS_GIVEN, "481800" },
		{ "@julian.uwo.ca", RUNG_AS_GIVEN, "481800" },
		{ "@UWO.ca", RUNG_AS_GIVEN, "481800 103" },
		{ "reg.quinton@uwo.ca", RUNG_AS_GIVEN, "481800" },
		{ "quinton@julian.uwo.ca", RUNG_NONE, "" },
		{ "mailbox=reggers", RUNG_AS_GIVEN, "481800" },
		{ "address=reg*", RUNG_AS_GIVEN, "481800" },
		{ "mailbox=@uwo.ca", RUNG_AS_GIVEN, "103" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(selectors_are_anded)
{
	static const struct expectation table[] = {
		{ "department=physics", RUNG_AS_GIVEN, "101 102 104" },
		{ "department=physics name=smith", RUNG_AS_GIVEN,
		    "101 102 104" },
		{ "name=john department=physics phone=2111", RUNG_AS_GIVEN,
		    "101" },
		{ "smith department=chemistry", RUNG_AS_GIVEN, "103" },
		{ "jqsmith department=physics", RUNG_AS_GIVEN, "102" },
		{ "department=chem*", RUNG_AS_GIVEN, "103" },
		{ "Full_Name=quinton", RUNG_AS_GIVEN, "481800" },
		{ "room=214", RUNG_AS_GIVEN, "481800" },
		{ "uid=jqsmith", RUNG_AS_GIVEN, "102" },
		{ "nickname=coco", RUNG_AS_GIVEN, "105" },
		{ "key=4818*", RUNG_AS_GIVEN, "481800" },
		{ "key=101 department=chemistry", RUNG_NONE, "" },
		{ "*physics", RUNG_AS_GIVEN, "101 102 104" },
		{ "*applied physics", RUNG_AS_GIVEN, "104" },
		{ "*smith", RUNG_NONE, "" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(numbers_are_found_by_their_endings)
{
	static const struct expectation table[] = {
		{ "phone=2111", RUNG_AS_GIVEN, "118 481800 101" },
		{ "phone=679-2111", RUNG_AS_GIVEN, "118 481800" },
		{ "phone=6792111", RUNG_AS_GIVEN, "118 481800" },
		{ "phone=6026", RUNG_AS_GIVEN, "481800" },
		{ "phone=679-2111x(6026)", RUNG_AS_GIVEN, "481800" },
		{ "phone=679", RUNG_NONE, "" },
		{ "phone=1", RUNG_NONE, "" },
	};

	EXPECT(table);
}
END_TEST

START_TEST(what_is_not_for_everyone_cannot_be_found)
{
	static const struct expectation table[] = {
		{ "5551234", RUNG_NONE, "" },
		{ "555-1234", RUNG_NONE, "" },
		{ "elm street", RUNG_NONE, "" },
		{ "*elm", RUNG_NONE, "" },
		{ "phone=1234", RUNG_NONE, "" },
	};
	static const char *const lines[] = { "home_phone=5551234",
		"Home_Phone=1234", "home_address=elm" };
	struct asked a;

	EXPECT(table);
	asked_begin(&a, people, PEOPLE);
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		ck_assert_int_eq(ask(&a, lines[i]), SEARCH_UNKNOWN_SELECTOR);
	asked_end(&a);
}
END_TEST

START_TEST(says_which_clause_is_at_fault)
{
	static const struct {
		const char *line;
		enum search_outcome outcome;
		unsigned clause;
	} table[] = {
		{ "nonsense=1", SEARCH_UNKNOWN_SELECTOR, 0 },
		{ "name=smith nonsense=1", SEARCH_UNKNOWN_SELECTOR, 1 },
		{ "name=smith description=beginnings", SEARCH_NOT_INDEXED,
		    1 },
		{ "phone=67*", SEARCH_NOT_INDEXED, 0 },
		{ "!-", SEARCH_EMPTY, 0 },
		{ "name=smith room=;", SEARCH_EMPTY, 1 },
		{ "mailbox=reg??", SEARCH_NOT_INDEXED, 0 },
		{ "department=*hysic*", SEARCH_NOT_INDEXED, 0 },
		{ "nickname=*coc*", SEARCH_NOT_INDEXED, 0 },
		{ "name=smith key=*818*", SEARCH_NOT_INDEXED, 1 },
	};
	struct asked a;

	asked_begin(&a, people, PEOPLE);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		asked_refuse(&a, table[i].line, table[i].outcome,
		    table[i].clause);
	asked_end(&a);
}
END_TEST

START_TEST(a_handle_says_how_many_namesakes_it_has)
{
	static const struct {
		const char *line;
		unsigned named_too;
	} table[] = {
		{ "smith", 5 },    /* all Smiths but 103 */
		{ "quinton", 0 },  /* found himself */
		{ "reggers", 0 },
		{ "reg.quinton", 0 },
	};
	struct asked a;

	asked_begin(&a, people, PEOPLE);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		ck_assert_int_eq(ask(&a, table[i].line), SEARCH_DONE);
		ck_assert_int_eq(a.hits.rung, RUNG_HANDLE);
		ck_assert_msg(a.hits.named_too == table[i].named_too, "%s",
		    table[i].line);
	}
	asked_end(&a);
}
END_TEST

START_TEST(hits_that_are_not_shown_are_no_namesakes)
{
	static const char *const bearers[] = {
		"name=Ode, Ann|key=1|mailbox=ann@a.example",
		"name=Ode, Ann|key=2|mailbox=ann@b.example",
		"name=Ode, Bea|key=3|mailbox=ann@c.example",
		"name=Ode, Ann|key=4",
	};
	struct asked a;

	asked_begin(&a, bearers, sizeof bearers / sizeof bearers[0]);
	for (a.limits.shown_max = 0; a.limits.shown_max < 4;
	    a.limits.shown_max++) {
		ck_assert_int_eq(ask(&a, "ann"), SEARCH_DONE);
		ck_assert_int_eq(a.hits.rung, RUNG_HANDLE);
		ck_assert_uint_eq(a.hits.count, 3);
		ck_assert_uint_eq(a.hits.named_too, 1);
	}
	asked_end(&a);
}
END_TEST

/*
 * People far from each other, so that nobody is found by the way when one of
 * them is misspelt.
 */
static const char *const town[] = {
	"name=Carter, William|key=201",
	"name=Hodges, Bill|key=202",
	"name=William, Grace|key=203",
	"name=McAllister, Ruth|key=204",
	"name=MacPherson, Olive|key=205",
	"name=Featherstone, Valentina|department=Physics|key=206",
	"name=Voss, Ian|key=207",
	"name=Okonjo, C.|key=208",
	"name=Shaughnessy, Deirdre|key=209",
	"name=Szczepanski, Zdzislaw|key=210",
	"name=Pemberton, Hugh, Jr|key=211",
	"name=Dr. Alistair Quigley|key=212",
	"name=De La Cruz, Marisol|key=213",
	"name=LaRusso, Daniel|key=214",
	"name=O'Hara, Scarlett|key=215",
	"name=M\u00fcller, K\u00e4the|key=216",
	"name=Mueller, Anselm|key=217",
	"name=Ibarra, Jos\u00e9|key=218",
	"name=Abad, Jose|key=219",
	"name=Stanley, Wendell|key=220",
	"name=Bertrand, Stanley|key=221",
};

START_TEST(a_nickname_stands_for_a_first_name_both_ways)
{
	static const struct expectation table[] = {
		{ "bill carter", RUNG_NICKNAMES, "201" },
		{ "will carter", RUNG_NICKNAMES, "201" },
		{ "carter bill", RUNG_NICKNAMES, "201" },
		{ "carter, bill", RUNG_NICKNAMES, "201" },
		{ "william hodges", RUNG_NICKNAMES, "202" },
		{ "hodges, william", RUNG_NICKNAMES, "202" },
		{ "mr bill carter", RUNG_NICKNAMES, "201" },
		/* who is called so comes before who may be */
		{ "bill hodges", RUNG_WHOLE, "202" },
		{ "bill", RUNG_WORDS, "202" },
		/* a last name has none */
		{ "bill, grace", RUNG_ONE_WORD, "202 203" },
		{ "name=carter, bill", RUNG_NONE, "" },
		{ "first bill", RUNG_AS_GIVEN, "202" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(mac_and_mc_are_one)
{
	static const struct expectation table[] = {
		{ "macallister", RUNG_NICKNAMES, "204" },
		{ "macallister, ruth", RUNG_NICKNAMES, "204" },
		{ "ruth macallister", RUNG_NICKNAMES, "204" },
		{ "mcpherson", RUNG_NICKNAMES, "205" },
		{ "mcpherson, olive", RUNG_NICKNAMES, "205" },
		{ "olive mcpherson", RUNG_NICKNAMES, "205" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(one_letter_may_be_wrong_in_any_word)
{
	static const struct expectation table[] = {
		/* left out, too many, another, swapped */
		{ "fetherstone valentina", RUNG_MISSPELT, "206" },
		{ "feeatherstone valentina", RUNG_MISSPELT, "206" },
		{ "featherstome valentina", RUNG_MISSPELT, "206" },
		{ "faetherstone valentina", RUNG_MISSPELT, "206" },
		{ "valentna featherstone", RUNG_MISSPELT, "206" },
		{ "valenntina featherstone", RUNG_MISSPELT, "206" },
		{ "valemtina featherstone", RUNG_MISSPELT, "206" },
		{ "vaelntina featherstone", RUNG_MISSPELT, "206" },
		/* a comma binds the sides */
		{ "featherstome, valentina", RUNG_MISSPELT, "206" },
		{ "featherstone, valemtina", RUNG_MISSPELT, "206" },
		{ "valentina, featherstome", RUNG_ONE_WORD, "206" },
		/* an initial, a title, a word alone */
		{ "featherstome v", RUNG_MISSPELT, "206" },
		{ "featherstome, v", RUNG_MISSPELT, "206" },
		{ "v. featherstome", RUNG_MISSPELT, "206" },
		{ "dr valemtina featherstone", RUNG_MISSPELT, "206" },
		{ "featherstome", RUNG_MISSPELT, "206" },
		/* with and without accents */
		{ "m\u00fcler k\u00e4the", RUNG_MISSPELT, "216" },
		{ "muler, kathe", RUNG_MISSPELT, "216" },
		{ "name=featherstome", RUNG_NONE, "" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(two_letters_may_be_wrong_from_eight_letters_on)
{
	static const struct expectation table[] = {
		{ "fetherstome valentina", RUNG_MISSPELT, "206" },
		{ "fetherstome, valentina", RUNG_MISSPELT, "206" },
		{ "fetherstone, valemtina", RUNG_MISSPELT, "206" },
		{ "valemtina featherstome", RUNG_MISSPELT, "206" },
		{ "fetherstome", RUNG_MISSPELT, "206" },
		{ "vkss ian", RUNG_MISSPELT, "207" },
		{ "vkks ian", RUNG_ONE_WORD, "207" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(the_fewest_wrong_letters_come_first)
{
	static const char *const family[] = {
		"name=Vandermolen, Ada|key=1",
		"name=Vandermolan, Ada|key=2",
		"name=Vandernolan, Ada|key=3",
	};
	struct asked a;

	asked_begin(&a, family, 3);
	ck_assert_int_eq(ask(&a, "ada vandermulen"), SEARCH_DONE);
	ck_assert_int_eq(a.hits.rung, RUNG_MISSPELT);
	ck_assert_uint_ge(a.hits.shown, 1);
	ck_assert_int_eq(asked_keys(&a)[0], '1');
	ck_assert_int_eq(ask(&a, "ada vandernolam"), SEARCH_DONE);
	ck_assert_int_eq(a.hits.rung, RUNG_MISSPELT);
	ck_assert_int_eq(asked_keys(&a)[0], '3');
	asked_end(&a);
}
END_TEST

START_TEST(a_first_name_may_be_stored_as_its_initial)
{
	static const struct expectation table[] = {
		{ "claude okonjo", RUNG_NICKNAMES, "208" },
		{ "okonjo, claude", RUNG_NICKNAMES, "208" },
		{ "c okonjo", RUNG_WORDS, "208" },
		{ "okonjo, c", RUNG_WORDS, "208" },
		{ "okonjo, zoe", RUNG_ONE_WORD, "208" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(names_are_found_by_their_sound)
{
	static const struct expectation table[] = {
		{ "shawnessy deirdre", RUNG_SOUNDING, "209" },
		{ "shawnessy, deirdre", RUNG_SOUNDING, "209" },
		{ "deirdre shawnessy", RUNG_SOUNDING, "209" },
		{ "shawnessy", RUNG_SOUNDING, "209" },
		{ "chepanski zdzislaw", RUNG_SOUNDING, "210" },
		{ "name=shawnessy", RUNG_NONE, "" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(titles_matter_to_nobody)
{
	static const struct expectation table[] = {
		/* stored */
		{ "hugh pemberton", RUNG_WHOLE, "211" },
		{ "pemberton, hugh", RUNG_WHOLE, "211" },
		{ "alistair quigley", RUNG_WHOLE, "212" },
		{ "quigley, alistair", RUNG_WHOLE, "212" },
		/* typed */
		{ "dr bill hodges", RUNG_WHOLE, "202" },
		{ "hodges, dr. bill", RUNG_WHOLE, "202" },
		/* both, alike and not */
		{ "hugh pemberton jr", RUNG_WHOLE, "211" },
		{ "pemberton, hugh, jr", RUNG_WHOLE, "211" },
		{ "dr hugh pemberton", RUNG_WHOLE, "211" },
		{ "prof alistair quigley", RUNG_WHOLE, "212" },
		{ "quigley, prof alistair", RUNG_WHOLE, "212" },
		/* beside one word, and alone */
		{ "dr. pemberton", RUNG_WORDS, "211" },
		{ "jr", RUNG_WORDS, "211" },
		{ "dr", RUNG_WORDS, "212" },
		{ "prof", RUNG_NONE, "" },
		/* exactly is exactly */
		{ "exact alistair quigley", RUNG_NONE, "" },
		{ "exact dr alistair quigley", RUNG_AS_GIVEN, "212" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(blanks_within_a_name_do_not_matter)
{
	static const struct expectation table[] = {
		{ "de la cruz", RUNG_WORDS, "213" },
		{ "delacruz", RUNG_WORDS, "213" },
		{ "de lacruz", RUNG_WORDS, "213" },
		{ "dela cruz", RUNG_WORDS, "213" },
		{ "lacruz", RUNG_WORDS, "213" },
		{ "marisol delacruz", RUNG_WHOLE, "213" },
		{ "name delacruz, marisol", RUNG_AS_GIVEN, "213" },
		{ "de la cruz, marisol", RUNG_WHOLE, "213" },
		{ "marisol de la cruz", RUNG_WHOLE, "213" },
		{ "name delacruz", RUNG_AS_GIVEN, "213" },
		{ "larusso", RUNG_WORDS, "214" },
		{ "la russo", RUNG_WORDS, "214" },
		{ "daniel la russo", RUNG_WORDS, "214" },
		{ "la russo, daniel", RUNG_WORDS, "214" },
		{ "o'hara", RUNG_WORDS, "215" },
		{ "ohara", RUNG_WORDS, "215" },
		{ "o hara", RUNG_WORDS, "215" },
		{ "o hara, scarlett", RUNG_WHOLE, "215" },
		/* a comma binds the sides of these too */
		{ "cruzmarisol", RUNG_NONE, "" },
		{ "name marisol, delacruz", RUNG_NONE, "" },
		{ "name daniel, la russo", RUNG_NONE, "" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(passports_spell_some_letters_as_two)
{
	static const struct expectation table[] = {
		{ "muller", RUNG_WORDS, "216" },
		{ "mueller", RUNG_WORDS, "217 216" },
		{ "m\u00fcller", RUNG_WORDS, "216 217" },
		{ "muller kathe", RUNG_WHOLE, "216" },
		{ "mueller, kaethe", RUNG_WHOLE, "216" },
		{ "m\u00fcller, k\u00e4the", RUNG_WHOLE, "216" },
		{ "anselm m\u00fcller", RUNG_WHOLE, "217" },
		{ "xn--mller-kva", RUNG_WORDS, "216 217" },
		{ "name=m\u00fcller", RUNG_AS_GIVEN, "216 217" },
		{ "mue*", RUNG_AS_GIVEN, "217 216" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(accents_that_are_asked_for_come_first)
{
	static const struct expectation table[] = {
		{ "jose", RUNG_WORDS, "219 218" },
		{ "jos\u00e9", RUNG_WORDS, "218 219" },
		{ "JOSE\u0301", RUNG_WORDS, "218 219" },
		{ "name jos\u00e9", RUNG_AS_GIVEN, "218 219" },
		{ "name=jos\u00e9", RUNG_AS_GIVEN, "218 219" },
		{ "jose ibarra", RUNG_WHOLE, "218" },
		/* no accent keeps anybody away */
		{ "jos\u00e9 abad", RUNG_WHOLE, "219" },
		{ "\u00e1bad, jose", RUNG_WHOLE, "219" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(last_names_come_first)
{
	static const struct expectation table[] = {
		{ "stanley", RUNG_WORDS, "220 221" },
		{ "stan", RUNG_BEGINNINGS, "220 221" },
		{ "stan*", RUNG_AS_GIVEN, "220 221" },
		{ "name stanley", RUNG_AS_GIVEN, "220 221" },
		{ "name=stanley", RUNG_AS_GIVEN, "220 221" },
		{ "ends tanley", RUNG_AS_GIVEN, "220 221" },
		{ "*tanle*", RUNG_AS_GIVEN, "220 221" },
		{ "william", RUNG_WORDS, "203 201" },
		{ "first stanley", RUNG_AS_GIVEN, "221" },
		{ "stanley,", RUNG_WORDS, "220" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(words_are_found_by_their_endings)
{
	static const struct expectation table[] = {
		{ "ends stone", RUNG_AS_GIVEN, "206" },
		{ "ends featherstone", RUNG_AS_GIVEN, "206" },
		{ "ends russo", RUNG_AS_GIVEN, "214" },
		{ "ends tina", RUNG_AS_GIVEN, "206" },
		/* the last word ends so, the others are as they are */
		{ "ends valentina stone", RUNG_AS_GIVEN, "206" },
		{ "ends tina featherstone", RUNG_NONE, "" },
		{ "ends featherstone, tina", RUNG_AS_GIVEN, "206" },
		{ "ends valentina, stone", RUNG_NONE, "" },
		{ "first ends tina", RUNG_AS_GIVEN, "206" },
		{ "first ends stone", RUNG_NONE, "" },
		{ "ends stone department=physics", RUNG_AS_GIVEN, "206" },
		{ "ends stone department=chemistry", RUNG_NONE, "" },
		{ "ends ston", RUNG_NONE, "" },
		{ "ends \u00fcller", RUNG_AS_GIVEN, "216 217" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(words_are_found_by_a_part_of_them)
{
	static const struct expectation table[] = {
		{ "*thersto*", RUNG_AS_GIVEN, "206" },
		{ "*fea*", RUNG_AS_GIVEN, "206" },
		{ "*one*", RUNG_AS_GIVEN, "206" },
		{ "*featherstone*", RUNG_AS_GIVEN, "206" },
		{ "name=*thersto*", RUNG_AS_GIVEN, "206" },
		{ "name *thersto*", RUNG_AS_GIVEN, "206" },
		{ "valentina *thersto*", RUNG_AS_GIVEN, "206" },
		{ "featherstone, *lent*", RUNG_AS_GIVEN, "206" },
		{ "valentina, *thersto*", RUNG_NONE, "" },
		{ "first *lent*", RUNG_AS_GIVEN, "206" },
		{ "first *thersto*", RUNG_NONE, "" },
		{ "*thersto* department=physics", RUNG_AS_GIVEN, "206" },
		{ "*thersta*", RUNG_NONE, "" },
		{ "*th\u00e9rsto*", RUNG_AS_GIVEN, "206" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(verbs_find_what_sounds_or_is_spelled_alike)
{
	static const struct expectation table[] = {
		{ "sounds shawnessy", RUNG_AS_GIVEN, "209" },
		{ "sounds deirdre shawnessy", RUNG_AS_GIVEN, "209" },
		{ "sounds shawnessy, deirdre", RUNG_AS_GIVEN, "209" },
		{ "sounds deirdre, shawnessy", RUNG_NONE, "" },
		{ "fuzzy shawnessy", RUNG_AS_GIVEN, "209" },
		{ "fuzzy fetherstone", RUNG_AS_GIVEN, "206" },
		{ "fuzzy featherstone", RUNG_AS_GIVEN, "206" },
		{ "fuzzy valemtina fetherstone", RUNG_AS_GIVEN, "206" },
		{ "fuzzy fetherstone, valemtina", RUNG_AS_GIVEN, "206" },
		{ "fuzzy valemtina, fetherstone", RUNG_NONE, "" },
		{ "first fuzzy valemtina", RUNG_AS_GIVEN, "206" },
		{ "first fuzzy fetherstone", RUNG_NONE, "" },
		{ "first sounds valentyna", RUNG_AS_GIVEN, "206" },
		{ "fuzzy fetherstone department=physics", RUNG_AS_GIVEN,
		    "206" },
		{ "fuzzy fetherstone department=chemistry", RUNG_NONE, "" },
	};

	EXPECT_AMONG(town, table);
}
END_TEST

START_TEST(who_may_be_meant_too_comes_behind)
{
	static const char *const family[] = {
		"name=Larkin, Robert|key=1",
		"name=Larkin, Bob|key=2",
		"name=Larkin, R.|key=3",
		"name=Larkin, Robert James|key=4",
		"name=Robert, Larkin|key=5",
	};
	static const struct {
		const char *line, *keys;
		unsigned related;
	} table[] = {
		{ "larkin, robert", "1 2 3", 2 },
		{ "larkin, bob", "2 1", 1 },
		{ "larkin, robert james", "4", 0 },
		{ "larkin", "2 3 1 4 5", 0 },
	};
	struct asked a;

	asked_begin(&a, family, sizeof family / sizeof family[0]);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		ck_assert_int_eq(ask(&a, table[i].line), SEARCH_DONE);
		ck_assert_msg(a.hits.related == table[i].related, "%s: %u",
		    table[i].line, a.hits.related);
		ck_assert_uint_eq(a.hits.shown, a.hits.count);
		ck_assert_msg(strcmp(asked_keys(&a), table[i].keys) == 0,
		    "%s: %s", table[i].line, asked_keys(&a));
	}
	asked_end(&a);
}
END_TEST

/* Each is asked behind each other one, in memory that is full of that. */
START_TEST(an_answer_does_not_depend_on_the_query_before)
{
	static const char *const lines[] = { "smith", "john smith",
		"smith nobody", "abbot?", "abbot*", "okaf", "claude okafor",
		"smiht mary", "jim jones", "madona", "smyth mary", "ends son",
		"fuzzy abot", "*bbot*", "first mar*", "m\u00fcller",
		"name=smith", "expand physics", "phone 2111", "!101",
		"nobody" };
	enum { LINES = sizeof lines / sizeof lines[0] };
	char answers[LINES][128];
	struct asked a;

	asked_begin(&a, people, PEOPLE);
	for (size_t i = 0; i < LINES; i++) {
		arena_free(&a.arena);
		a.arena = arena_new(ASKED_ARENA_BYTES);
		ck_assert_int_eq(ask(&a, lines[i]), SEARCH_DONE);
		snprintf(answers[i], sizeof answers[i], "%s", asked_keys(&a));
	}
	for (size_t i = 0; i < LINES; i++)
		for (size_t n = 0; n < LINES; n++) {
			ck_assert_int_eq(ask(&a, lines[i]), SEARCH_DONE);
			ck_assert_int_eq(ask(&a, lines[n]), SEARCH_DONE);
			ck_assert_msg(strcmp(asked_keys(&a), answers[n]) == 0,
			    "%s, then %s: [%s], not [%s]", lines[i], lines[n],
			    asked_keys(&a), answers[n]);
		}
	asked_end(&a);
}
END_TEST

/* Many people called Smith, every third of them John. */

enum { CROWD = 1500 };

static void
begin_crowd(struct asked *a)
{
	static char text[CROWD][64];
	static const char *entries[CROWD];

	for (unsigned i = 0; i < CROWD; i++) {
		snprintf(text[i], sizeof text[i], "name=Smith, %s P%04u|key=%u",
		    i % 3 == 0 ? "John" : "Mary", i, i + 1);
		entries[i] = text[i];
	}
	asked_begin(a, entries, CROWD);
}

START_TEST(counts_all_and_shows_the_first)
{
	struct asked a;

	begin_crowd(&a);
	ck_assert_int_eq(ask(&a, "smith"), SEARCH_DONE);
	ck_assert_uint_eq(a.hits.count, CROWD);
	ck_assert(a.hits.count_is_exact);
	ck_assert_uint_eq(a.hits.shown, ASKED_SHOWN_MAX);
	for (unsigned i = 0; i < ASKED_SHOWN_MAX; i++)
		ck_assert_uint_eq(a.hits.ids[i], i + 1);
	ck_assert_int_eq(ask(&a, "smith john"), SEARCH_DONE);
	ck_assert_uint_eq(a.hits.count, CROWD / 3);
	ck_assert(a.hits.count_is_exact);
	ck_assert_int_eq(ask(&a, "smith, m"), SEARCH_DONE);
	ck_assert_uint_eq(a.hits.count, CROWD - CROWD / 3);
	ck_assert_int_eq(ask(&a, "p*"), SEARCH_DONE);
	ck_assert_uint_eq(a.hits.count, CROWD);
	ck_assert(a.hits.count_is_exact);
	asked_end(&a);
}
END_TEST

START_TEST(one_list_is_counted_without_a_budget)
{
	struct asked a;

	begin_crowd(&a);
	a.limits.postings_max = ASKED_SHOWN_MAX + 10;
	ck_assert_int_eq(ask(&a, "smith"), SEARCH_DONE);
	ck_assert_uint_eq(a.hits.count, CROWD);
	ck_assert(a.hits.count_is_exact);
	asked_end(&a);
}
END_TEST

START_TEST(a_budget_ends_the_count_and_says_so)
{
	static const char *const lines[] = { "smith john", "p*",
		"name=smith name=mary" };
	struct asked a;

	begin_crowd(&a);
	a.limits.postings_max = 200;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		ck_assert_int_eq(ask(&a, lines[i]), SEARCH_DONE);
		ck_assert_msg(!a.hits.count_is_exact, "%s", lines[i]);
		ck_assert_uint_gt(a.hits.count, 0);
		ck_assert_uint_le(a.hits.count, 200);
	}
	asked_end(&a);
}
END_TEST

START_TEST(a_rung_that_is_given_up_is_the_last)
{
	static const char *const lines[] = { "smi", "smi jo", "smith nobody",
		"smith p", "smi, p", "smoth jhon", "smoth", "jon smith",
		"p0oo1", "smyth jon", "fuzzy smoth", "sounds smyth", "*mit*",
		"ends mith" };
	unsigned given_up = 0;
	struct asked a;

	begin_crowd(&a);
	for (uint64_t budget = 1; budget < 3 * CROWD; budget += 7)
		for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
			a.limits.postings_max = budget;
			ck_assert_int_eq(ask(&a, lines[i]), SEARCH_DONE);
			ck_assert((a.hits.rung == RUNG_NONE) ==
			    (a.hits.count == 0));
			given_up += !a.hits.count_is_exact &&
			    a.hits.count == 0;
		}
	ck_assert_uint_gt(given_up, 0);
	asked_end(&a);
}
END_TEST

/* In arenas that grow, until one is large enough. */
static void
fill_arenas(struct asked *a, const char *line)
{
	struct query_error error;
	enum search_outcome outcome = SEARCH_ARENA_FULL;
	uint64_t count;

	ck_assert_int_eq(ask(a, line), SEARCH_DONE);
	count = a->hits.count;
	for (size_t bytes = 256;
	    bytes < ASKED_ARENA_BYTES && outcome != SEARCH_DONE;
	    bytes += 1 + bytes / 20) {
		arena_free(&a->arena);
		a->arena = arena_new(bytes);
		if (!query_parse(&a->query, span_from(line), a->arena, &error))
			continue;
		outcome = asked_run(a);
		ck_assert_msg(outcome == SEARCH_DONE ||
		    outcome == SEARCH_ARENA_FULL, "%s", line);
	}
	ck_assert_msg(outcome == SEARCH_DONE, "%s", line);
	ck_assert_msg(a->hits.count == count, "%s", line);
	arena_free(&a->arena);
	a->arena = arena_new(ASKED_ARENA_BYTES);
}

START_TEST(a_full_arena_is_an_answer)
{
	static const char *const lines[] = { "p*", "smith", "smith p0001",
		"smith, m", "smoth jhon p0003", "*mit*", "fuzzy smoth",
		"sounds smyth", "ends mith", "nobody" };
	struct asked a;

	begin_crowd(&a);
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		fill_arenas(&a, lines[i]);
	asked_end(&a);
}
END_TEST

UNIT_MAIN("dir/search",
    plain_words_stop_at_the_first_rung_with_hits,
    one_word_finds_all_who_bear_it,
    a_comma_binds_the_sides, sides_are_told_of_any_number,
    those_with_an_initial_spoil_no_order,
    sides_are_told_of_accents_between_the_same_names,
    a_nickname_is_neither_a_first_nor_a_last_name,
    a_letter_is_an_initial_only_beside_a_word,
    an_initial_stands_for_a_first_name_on_either_side,
    beginnings_come_before_one_word_of_several,
    an_initial_stays_one_beside_a_slip, a_comma_goes_with_a_title,
    exact_names_are_asked_in_every_spelling,
    choosing_words_of_many_is_soon_given_up,
    verbs_are_run_as_given,
    question_marks_bound_the_length,
    hyphens_and_apostrophes_join_or_part,
    spelling_does_not_matter,
    queries_as_given_do_not_descend,
    mailboxes_are_found_by_either_side,
    selectors_are_anded,
    numbers_are_found_by_their_endings,
    what_is_not_for_everyone_cannot_be_found,
    says_which_clause_is_at_fault,
    a_handle_says_how_many_namesakes_it_has,
    hits_that_are_not_shown_are_no_namesakes,
    a_nickname_stands_for_a_first_name_both_ways,
    mac_and_mc_are_one,
    one_letter_may_be_wrong_in_any_word,
    two_letters_may_be_wrong_from_eight_letters_on,
    the_fewest_wrong_letters_come_first,
    a_first_name_may_be_stored_as_its_initial,
    names_are_found_by_their_sound,
    titles_matter_to_nobody,
    blanks_within_a_name_do_not_matter,
    passports_spell_some_letters_as_two,
    accents_that_are_asked_for_come_first,
    last_names_come_first,
    words_are_found_by_their_endings,
    words_are_found_by_a_part_of_them,
    verbs_find_what_sounds_or_is_spelled_alike,
    who_may_be_meant_too_comes_behind,
    an_answer_does_not_depend_on_the_query_before,
    counts_all_and_shows_the_first,
    one_list_is_counted_without_a_budget,
    a_budget_ends_the_count_and_says_so,
    a_rung_that_is_given_up_is_the_last,
    a_full_arena_is_an_answer)
