#include "unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "proto/whois_line.h"
#include "query/query.h"

#include <stdio.h>
#include <string.h>

static struct arena *arena;
static struct query query;
static struct query_error error;

static bool
parse(struct span line)
{
	if (arena == NULL)
		arena = arena_new(1 << 16);
	arena_reset(arena);
	memset(&error, 0, sizeof error);
	return query_parse(&query, line, arena, &error);
}

/* A tree on one line: form; of each clause field, selector, match, text, raw */
static const char *
draw(void)
{
	static const char *const fields[] = { "any", "name", "first", "key",
		"phone", "mail", "members", "" };
	static const char *const matches[] = { "", "^", "?", "!", "$",
		"~", "%", "*", "\"" };
	static const char *const forms[] = { "", "full ", "sum " };
	static char text[2048];
	size_t at;

	if (query.verb == QUERY_HELP) {
		snprintf(text, sizeof text, "help[%.*s]",
		    (int)query.topic.length, query.topic.data);
		return text;
	}
	at = (size_t)snprintf(text, sizeof text, "%s%s", forms[query.form],
	    query.ladder ? "ladder " : "");
	for (unsigned i = 0; i < query.count; i++) {
		const struct query_clause *c = &query.clauses[i];

		at += (size_t)snprintf(text + at, sizeof text - at,
		    "%s%s%.*s%s%.*u[%.*s]", i ? " " : "", fields[c->field],
		    (int)c->selector.length, c->selector.data,
		    matches[c->match], c->more > 0, c->more,
		    (int)c->text.length, c->text.data);
		if (c->raw.length > 0)
			at += (size_t)snprintf(text + at, sizeof text - at,
			    "{%.*s}", (int)c->raw.length, c->raw.data);
	}
	return text;
}

/* What is parsed, what is printed, and that this parses to the same. */
struct row {
	const char *line, *tree, *printed;
};

static void
check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char printed[1024];
		struct buf b;

		ck_assert_msg(parse(span_from(rows[i].line)), "%s: %s",
		    rows[i].line, error.text);
		ck_assert_msg(strcmp(draw(), rows[i].tree) == 0,
		    "%s: %s instead of %s", rows[i].line, draw(),
		    rows[i].tree);
		buf_init(&b, printed, sizeof printed);
		query_print(&b, &query);
		ck_assert_msg(span_is(buf_span(&b), rows[i].printed ?
		    rows[i].printed : rows[i].line), "%s printed as %.*s",
		    rows[i].line, (int)b.length, b.data);
		ck_assert_msg(parse(buf_span(&b)), "%s", error.text);
		ck_assert_str_eq(draw(), rows[i].tree);
	}
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof rows / sizeof rows[0])

START_TEST(plain_words_may_descend_the_ladder)
{
	static const struct row rows[] = {
		{ "smith", "ladder any[smith]" },
		{ "Quinton, Reg", "ladder any[Quinton, Reg]" },
		{ "j. smith", "ladder any[j. smith]" },
		{ "481800", "ladder any[481800]" },
		{ "Smith-Jones O'Brien", "ladder any[Smith-Jones O'Brien]" },
		{ "begin smith", "ladder any[begin smith]" },
		{ "end smith", "ladder any[end smith]" },
		{ "smith ??", "ladder any[smith ??]" },
		{ "Smith J.", "ladder any[Smith J.]" },
		{ "=smith", "ladder any[=smith]" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(asks_for_help_in_two_ways)
{
	static const struct row rows[] = {
		{ "help", "help[]" },
		{ "HELP", "help[]", "help" },
		{ "?", "help[]", "help" },
		{ "help name", "help[name]" },
		{ "help a=b", "help[a=b]" },
		{ "? key", "help[key]", "help key" },
		{ "?x", "ladder any[?x]" },
		{ "helping", "ladder any[helping]" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(verbs_and_signs_say_where_to_look)
{
	static const struct row rows[] = {
		{ "key 481800", "key[481800]", "!481800" },
		{ "KEY481800", "key[481800]", "!481800" },
		{ "key 481800.", "key[481800]", "!481800" },
		{ "!481800", "key[481800]" },
		{ "! RQ3", "key[RQ3]", "!RQ3" },
		{ "!a=b", "key[a=b]" },
		{ "name Smith, John", "name[Smith, John]", ".Smith, John" },
		{ ".Smith, John", "name[Smith, John]" },
		{ "name .x", "name[.x]", "..x" },
		{ "Name smi*", "name^[smi]", ".smi*" },
		{ "name help", "name[help]", ".help" },
		{ "*ITS", "members[ITS]" },
		{ "* Info Tech Svcs", "members[Info Tech Svcs]",
		    "*Info Tech Svcs" },
		{ "!*ITS", "members[ITS]", "*ITS" },
		{ ".*ITS", "members[ITS]", "*ITS" },
		{ "*IT...", "members^[IT]", "expand IT*" },
		{ "first Kazuko", "first[Kazuko]" },
		{ "First j.", "first[j.]", "first j." },
		{ "first a*", "first^[a]" },
		{ "first ann??", "first?2[ann]" },
		{ "phone (519) 679-2111", "phone[(519) 679-2111]" },
		{ "Phone 6026", "phone[6026]", "phone 6026" },
		{ "mail smith", "mail[smith]" },
		{ "mail smi*", "mail^[smi]" },
		{ "mail smith@uwo.ca", "mail[smith@uwo.ca]", "smith@uwo.ca" },
		{ "mail @uwo.ca.", "mail[@uwo.ca]", "@uwo.ca" },
		{ "mail !a@b", "mail[!a@b]" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(words_of_the_nic_are_understood)
{
	static const struct row rows[] = {
		{ "HANDLE 481800", "key[481800]", "!481800" },
		{ "mailbox smith@", "mail[smith@]", "smith@" },
		{ "partial smi", "name^[smi]", ".smi*" },
		{ "expand physics", "members[physics]", "*physics" },
		{ "summary smith", "sum ladder any[smith]", "sum smith" },
		{ "FULL SUMMARY a", "sum ladder any[a]", "sum a" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(words_say_how_names_are_matched)
{
	static const struct row rows[] = {
		{ "begins smi", "name^[smi]", ".smi*" },
		{ "begins smi*", "name^[smi]", ".smi*" },
		{ "name begins john smi", "name^[john smi]", ".john smi*" },
		{ "first begins Art", "first^[Art]", "first Art*" },
		{ "first begins begins a", "first^[begins a]",
		    "first begins begins a*" },
		{ "exact A Martinez", "name![A Martinez]" },
		{ "name exact Smith, John Q.", "name![Smith, John Q.]",
		    "exact Smith, John Q." },
		{ "exact exact x", "name![exact x]" },
		{ "ends son", "name$[son]" },
		{ "name ends Karl sson", "name$[Karl sson]",
		    "ends Karl sson" },
		{ "first ends ette", "first$[ette]" },
		{ "ends son??", "name$[son??]" },
		{ "ends ends x", "name$[ends x]" },
		{ "sounds smyth", "name~[smyth]" },
		{ "name sounds smyth, jon", "name~[smyth, jon]",
		    "sounds smyth, jon" },
		{ "first fuzzy Kasuko", "first~[Kasuko]",
		    "first sounds Kasuko" },
		{ "FUZZY smyth", "name~[smyth]", "sounds smyth" },
		{ "full ends son room=1", "full name$[son] room[1]" },
		{ ".ends x", "name[ends x]" },
		{ "first begins ends x", "first^[ends x]",
		    "first begins ends x*" },
		{ "begin sounds", "ladder any[begin sounds]" },
		{ "exact what?", "name![what?]" },
		{ "first exact x", "first[exact x]" },
		{ ".begins x", "name[begins x]" },
		{ "full begins smi", "full name^[smi]", "full .smi*" },
		{ "begins smi department=its", "name^[smi] department[its]",
		    ".smi* department=its" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(question_marks_at_the_end_are_so_many_letters)
{
	static const struct row rows[] = {
		{ "smith??", "any?2[smith]" },
		{ "smith?", "any?1[smith]" },
		{ ".smith???", "name?3[smith]" },
		{ "john smi??", "any?2[john smi]" },
		{ "*phy??", "members?2[phy]" },
		{ "*phy??...", "members^[phy??]", "expand phy??*" },
		{ "department=phy??", "department?2[phy]" },
		{ "title=\"c??\"", "title[c??]" },
		{ "title=\"x y: z\"?", "title?1[x y: z]" },
		{ "smith?*", "any^[smith?]" },
		{ "title=\"b ?\"?", "title?1[b ?]" },
		{ "smi?th", "ladder any[smi?th]" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(a_verb_alone_is_a_name)
{
	static const struct row rows[] = {
		{ "key", "ladder any[key]" },
		{ "Name", "ladder any[Name]" },
		{ "first", "ladder any[first]" },
		{ "phone", "ladder any[phone]" },
		{ "exact", "ladder any[exact]" },
		{ "ends", "ladder any[ends]" },
		{ "Sounds", "ladder any[Sounds]" },
		{ "fuzzy", "ladder any[fuzzy]" },
		{ "first ends", "first[ends]" },
		{ "first begins", "first[begins]" },
		{ "name exact", "name[exact]", ".exact" },
		{ "full", "ladder any[full]" },
		{ "keyX1", "ladder any[keyX1]" },
		{ "key1x", "ladder any[key1x]" },
		{ "name department=its", "any[name] department[its]" },
		{ "full name", "full ladder any[name]" },
		{ "full sum", "full ladder any[sum]" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(forms_go_before_the_query)
{
	static const struct row rows[] = {
		{ "full smith", "full ladder any[smith]" },
		{ "SUM key 1", "sum key[1]", "sum !1" },
		{ "sum full smith", "full ladder any[smith]", "full smith" },
		{ "full department=its", "full department[its]" },
		{ "full help", "full ladder any[help]" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(marks_at_the_end_make_a_prefix)
{
	static const struct row rows[] = {
		{ "smith*", "any^[smith]" },
		{ "smith...", "any^[smith]", "smith*" },
		{ "smith..", "any^[smith]", "smith*" },
		{ "smith\xe2\x80\xa6", "any^[smith]", "smith*" },
		{ "smith *", "any^[smith]", "smith*" },
		{ "smith.*", "any^[smith]", "smith*" },
		{ "mack.", "any^[mack]", "mack*" },
		{ "j.", "ladder any[j.]" },
		{ "\xc3\xa9.", "ladder any[\xc3\xa9.]" },
		{ "smith j.r.", "ladder any[smith j.r.]" },
		{ "j...", "any^[j]", "j*" },
		{ "john smi*", "any^[john smi]" },
		{ "name*", "any^[name]" },
		{ ".mack.", "name^[mack]", ".mack*" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(asterisks_around_a_word_make_it_a_part_of_one)
{
	static const struct row rows[] = {
		{ "*mit*", "name%[mit]" },
		{ "name *mit*", "name%[mit]", "*mit*" },
		{ "full *mit* room=1", "full name%[mit] room[1]" },
		{ "john *mit*", "any%[john mit]" },
		{ "smith, *oh-n*", "any%[smith, oh-n]" },
		{ "name john *mit*", "name%[john mit]", ".john *mit*" },
		{ ".john *mit*", "name%[john mit]" },
		{ "first *zuk*", "first%[zuk]" },
		{ "first exact *zuk*", "first%[exact zuk]" },
		{ ".begins *zuk*", "name%[begins zuk]" },
		{ "name=*mit*", "name%[mit]" },
		{ "name=john *mit* room=1", "name%[john mit] room[1]" },
		{ "title=\"x *mit*", "title%[\"x mit]" },
		{ "title=\"*mit*\"", "title[*mit*]" },
		{ "smith@uwo.ca *mit*", "mail[smith@uwo.ca] name%[mit]" },
		{ "a@b john *mit*", "mail[a@b] any%[john mit]" },
		{ "*\xc3\xa9l\xc3\xa9*", "name%[\xc3\xa9l\xc3\xa9]" },
		{ "*a\xc3\x9f*", "name%[a\xc3\x9f]" },
		{ "*xn--mller-kva*", "name%[müller]{xn--mller-kva}" },
		{ "john *xn--mller-kva*",
		    "any%[john müller]{john xn--mller-kva}" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(an_asterisk_before_other_words_stands_for_members)
{
	static const struct row rows[] = {
		{ "*mit", "members[mit]" },
		{ "*mit...", "members^[mit]", "expand mit*" },
		{ "*mit.", "members^[mit]", "expand mit*" },
		{ "*mit*...", "members^[mit]", "expand mit*" },
		{ "*mit**", "members^[mit]", "expand mit*" },
		{ "*mit *", "members^[mit]", "expand mit*" },
		{ "* mit*", "members^[mit]", "expand mit*" },
		{ "expand mit*", "members^[mit]" },
		{ "expand medieval stud*", "members^[medieval stud]" },
		{ ".*mit*", "members^[mit]", "expand mit*" },
		{ "!*medieval stud*", "members^[medieval stud]",
		    "expand medieval stud*" },
		{ "*a=b...", "members^[a=b]", ".*a=b*" },
		{ "*a=b", "members[a=b]" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(an_at_sign_makes_an_address)
{
	static const struct row rows[] = {
		{ "smith@uwo.ca", "mail[smith@uwo.ca]" },
		{ "smith@", "mail[smith@]" },
		{ "@uwo.ca", "mail[@uwo.ca]" },
		{ "@uwo.ca.", "mail[@uwo.ca]", "@uwo.ca" },
		{ "smith@uw*", "mail^[smith@uw]" },
		{ "smith@*", "mail[smith@]", "smith@" },
		{ "smith @uwo.ca j.", "mail[@uwo.ca] any[smith j.]",
		    "@uwo.ca smith j." },
		{ "a@b c@d", "mail[a@b] mail[c@d]" },
		{ "a@b full", "mail[a@b] any[full]" },
		{ "full a@b", "full mail[a@b]" },
		{ "name a@b", "name[a@b]", ".a@b" },
		{ "smith !a@b", "ladder any[smith !a@b]" },
		{ "user@xn--mller-kva.de",
		    "mail[user@müller.de]{user@xn--mller-kva.de}" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(selectors_are_conditions_that_all_hold)
{
	static const struct row rows[] = {
		{ "department=physics", "department[physics]" },
		{ "department:physics", "department[physics]",
		    "department=physics" },
		{ "Department: Info Tech Svcs", "Department[Info Tech Svcs]",
		    "Department=Info Tech Svcs" },
		{ "department=computer science name=smith*",
		    "department[computer science] name^[smith]" },
		{ "name:smith room:NSC 214", "name[smith] room[NSC 214]",
		    "name=smith room=NSC 214" },
		{ "smith department = x", "ladder any[smith department = x]" },
		{ "smith department= x", "any[smith] department[x]",
		    "smith department=x" },
		{ "name smith room=1", "name[smith] room[1]",
		    ".smith room=1" },
		{ "url=http://a.b/?c=d", "url[http://a.b/?c=d]" },
		{ "http://a.b/", "ladder any[http://a.b/]" },
		{ "fe80::1", "ladder any[fe80::1]" },
		{ "12:30", "ladder any[12:30]" },
		{ "a=b=c", "a[b=c]" },
		{ "phone:679-2111", "phone[679-2111]", "phone=679-2111" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(quotes_keep_a_value_as_it_stands)
{
	static const struct row rows[] = {
		{ "name=\"Smith, John\" room=1", "name[Smith, John] room[1]",
		    "name=Smith, John room=1" },
		{ "title=\"x room=1\"", "title[x room=1]" },
		{ "title=\"Re: x\"*", "title^[Re: x]", "title=Re: x*" },
		{ "title=\"x y: z\"*", "title^[x y: z]" },
		{ "title=\"c*\"", "title[c*]" },
		{ "title=\"mack.\"", "title[mack.]" },
		{ "title=\" x \"", "title[x]", "title=x" },
		{ "title=\"a\" b room=1", "title[\"a\" b] room[1]" },
		{ "title=\"a", "title[\"a]" },
		{ "title=a\"b c", "title[a\"b c]" },
		{ "\"a b=c\" d", "any[\"a] b[c\" d]" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(a_tilde_keeps_wildcards_and_words_as_typed)
{
	static const struct row rows[] = {
		{ "name~smith", "name*[smith]" },
		{ "name~sm[iy]th* jo?n", "name*[sm[iy]th* jo?n]" },
		{ "Name~ *son  department=physics",
		    "Name*[*son] department[physics]",
		    "Name~*son department=physics" },
		{ "name~smith, j.", "name*[smith, j.]" },
		{ "name~mack...", "name*[mack...]" },
		{ "name~*", "name*[*]" },
		{ "name~*mit*", "name*[*mit*]" },
		{ "phone~679-2111x(6026)", "phone*[679-2111x(6026)]" },
		{ "mailbox~reggers@* room~214",
		    "mailbox*[reggers@*] room*[214]" },
		{ "a~b=c", "a*[b=c]" }, { "a=b~c", "a[b~c]" },
		{ "a=b c~d", "a[b] c*[d]" }, { "a~b~c", "a*[b~c]" },
		{ "smith department~phys*", "any[smith] department*[phys*]" },
		{ "http://uwo.ca/~reggers",
		    "ladder any[http://uwo.ca/~reggers]" },
		{ "smith ~x", "ladder any[smith ~x]" },
		{ "name~xn--mller-kva", "name*[müller]{xn--mller-kva}" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(quotes_behind_a_tilde_make_a_phrase)
{
	static const struct row rows[] = {
		{ "name~\"quinton reg\"", "name\"[quinton reg]" },
		{ "name~\" quinton \" room~214",
		    "name\"[quinton] room*[214]", "name~\"quinton\" room~214" },
		{ "name~\"a b=c d~e\"", "name\"[a b=c d~e]" },
		{ "name~\"sm* j?\"", "name\"[sm* j?]" },
		{ "name~\"a\" b", "name*[\"a\" b]" },
		{ "name~\"a\"*", "name*[\"a\"*]" },
		{ "name~\"a", "name*[\"a]" },
		{ "name~a \"b c=d\"", "name*[a \"b] c[d\"]" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(decodes_punycode_and_keeps_what_was_sent)
{
	static const struct row rows[] = {
		{ "xn--mller-kva", "ladder any[müller]{xn--mller-kva}" },
		{ "Renée xn--mller-kva",
		    "ladder any[Renée müller]{Renée xn--mller-kva}" },
		{ ".xn--mller-kva", "name[müller]{xn--mller-kva}" },
		{ "xn--mller-kva*", "any^[müller]{xn--mller-kva}" },
		{ "name=xn--mller-kva", "name[müller]{xn--mller-kva}" },
		{ "XN--MLLER-KVA", "ladder any[MüLLER]{XN--MLLER-KVA}" },
		{ "xn--rene mller-d7a5u", "ladder any[renée müller]",
		    "renée müller" },
		{ "xn--mller, jrgen-dlbh", "ladder any[müller, jürgen]",
		    "müller, jürgen" },
		{ "xn--mller-kva, xn--jrgen-kva", "ladder "
		    "any[müller, jürgen]{xn--mller-kva, xn--jrgen-kva}" },
		{ "xn--", "ladder any[xn--]" },
		{ "xn--abc-", "ladder any[xn--abc-]" },
		{ "xn--!!!", "ladder any[xn--!!!]" },
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(refuses_with_a_sentence_and_a_column)
{
	static const struct {
		const char *line, *text;
		unsigned column;
	} rows[] = {
		{ "", "empty", 1 },
		{ "*", "\"*Physics\"", 1 },
		{ "!", "\"key 481800\"", 1 },
		{ ".", "\"name Smith, John\"", 1 },
		{ "...", "nothing before it", 2 },
		{ "name *", "nothing before it", 6 },
		{ "full *", "\"*Physics\"", 6 },
		{ "full ?", "nothing before it", 6 },
		{ "sm*th", "\"*th\"", 3 },
		{ "sm*th", "at the end", 3 },
		{ "smi* john", "at the end", 4 },
		{ "*mi*", "\"*mi*\"", 1 },
		{ "*mi*", "three letters or more", 1 },
		{ "john *o'b*", "three letters or more", 6 },
		{ "müller *\xc3\xbc\xc3\xbc*", "three letters or more", 8 },
		{ "first *---*", "three letters or more", 7 },
		{ "*xn--tda*", "three letters or more", 1 },
		{ "a=1 name=x *mi*", "three letters or more", 12 },
		{ "*medieval stud*", "\"*medieval stud*\"", 1 },
		{ "*medieval stud*", "\"expand phys*\"", 1 },
		{ "name *john mit*", "a part is one word", 6 },
		{ "*smith,john*", "a part is one word", 1 },
		{ "*mit .*", "a part is one word", 1 },
		{ "*mit*'*", "a part is one word", 1 },
		{ "*john *mit*", "a part is one word", 1 },
		{ "name=*john mit* room=1", "a part is one word", 6 },
		{ "jo*n *mit*", "at the end", 3 },
		{ "*mit* john", "at the end", 5 },
		{ "*mit*?", "at the end", 5 },
		{ "expand *mit*", "at the end", 8 },
		{ "begins *mit*", "at the end", 8 },
		{ "ends *son", "leave it out", 6 },
		{ "ends *son*", "leave it out", 6 },
		{ "first sounds smi*", "leave it out", 17 },
		{ "phone *679*", "wildcard", 7 },
		{ "mail *mit*", "at the end", 6 },
		{ "key *481*", "whole", 5 },
		{ "müller smi* j\xc3\xbcrgen", "at the end", 11 },
		{ "exact smi*", "leave it out", 10 },
		{ "phone book", "no digits", 7 },
		{ "phone 67*", "wildcard", 9 },
		{ "mail john smith", "blank", 6 },
		{ "mail ...", "nothing before it", 6 },
		{ "smith@uwo.c?", "whole", 1 },
		{ "key 48*", "whole", 5 },
		{ "key 48?", "whole", 5 },
		{ "!rq...", "whole", 2 },
		{ "department=", "\"name=smith\"", 1 },
		{ "smith department=", "value is missing", 7 },
		{ "department= name=smith", "value is missing", 1 },
		{ "name=smith department=\"\"", "value is missing", 12 },
		{ "name=*", "nothing before it", 6 },
		{ "smith name~", "value is missing", 7 },
		{ "name~ room~1", "value is missing", 1 },
		{ "room=1 name~\"\"", "value is missing", 8 },
		{ "smith @", "without blanks", 7 },
		{ "a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 "
		  "a=1 a=1 a=1", "16 are the most", 65 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ck_assert_msg(!parse(span_from(rows[i].line)), "%s",
		    rows[i].line);
		ck_assert_msg(strstr(error.text, rows[i].text) != NULL,
		    "%s: %s", rows[i].line, error.text);
		ck_assert_msg(error.column == rows[i].column, "%s: %u",
		    rows[i].line, error.column);
	}
}
END_TEST

START_TEST(says_when_the_arena_is_used_up)
{
	struct arena *small = arena_new(20);
	struct span line = span_from("Renée xn--mller-kva");

	ck_assert(!query_parse(&query, line, small, &error));
	ck_assert_ptr_nonnull(strstr(error.text, "too long"));
	arena_free(&small);
}
END_TEST

/* Turn \xNN of the table into bytes, in place. */
static struct span
unescape(char *text)
{
	size_t length = 0;

	for (char *at = text; *at != '\0'; length++) {
		unsigned byte;

		if (sscanf(at, "\\x%2x", &byte) == 1) {
			text[length] = (char)byte;
			at += 4;
		} else {
			text[length] = *at++;
		}
	}
	return (struct span){ text, length };
}

/*
 * Rows: what is typed, the bytes on the wire.  The third column, ours, is the
 * tree that the bytes must give.
 */
START_TEST(understands_what_debian_whois_sends)
{
	const char *source = getenv("top_srcdir");
	char path[4096], row[512];
	unsigned count = 0;
	FILE *table;

	snprintf(path, sizeof path, "%s/tests/query/whois-wire.tsv",
	    source ? source : ".");
	table = fopen(path, "r");
	ck_assert_msg(table != NULL, "%s", path);
	while (fgets(row, sizeof row, table) != NULL) {
		char typed[128], wire[128], tree[256];
		struct span clean;

		if (row[0] == '#')
			continue;
		ck_assert_int_eq(sscanf(row,
		    "%127[^\t]\t%127[^\t]\t%255[^\n]", typed, wire, tree), 3);
		ck_assert(!parse((struct span){ "", 0 }));
		clean = whois_peel(query_clean(unescape(wire), arena));
		ck_assert_msg(query_parse(&query, clean, arena, &error),
		    "%s: %s", typed, error.text);
		ck_assert_msg(strcmp(draw(), tree) == 0,
		    "%s: %s instead of %s", typed, draw(), tree);
		count++;
	}
	fclose(table);
	ck_assert_uint_eq(count, 30);
}
END_TEST

UNIT_MAIN("query", plain_words_may_descend_the_ladder,
    asks_for_help_in_two_ways, verbs_and_signs_say_where_to_look,
    a_verb_alone_is_a_name, forms_go_before_the_query,
    words_of_the_nic_are_understood, words_say_how_names_are_matched,
    marks_at_the_end_make_a_prefix,
    asterisks_around_a_word_make_it_a_part_of_one,
    an_asterisk_before_other_words_stands_for_members,
    question_marks_at_the_end_are_so_many_letters, an_at_sign_makes_an_address,
    selectors_are_conditions_that_all_hold,
    a_tilde_keeps_wildcards_and_words_as_typed,
    quotes_behind_a_tilde_make_a_phrase, quotes_keep_a_value_as_it_stands,
    decodes_punycode_and_keeps_what_was_sent,
    refuses_with_a_sentence_and_a_column, says_when_the_arena_is_used_up,
    understands_what_debian_whois_sends)
