/*
 * What a viewer may not see is as if it were not in the directory: one that
 * has it and one that was loaded without it, by a schema without it, answer
 * every question alike, byte for byte.
 *
 * People are made up from few values, so that what is hidden in one entry is
 * shown in another, names meet, and order and counts matter.  What is asked is
 * made of the hidden values: as they are, in part, misspelt, in every field.
 */

#include "people.h"

#include "access/viewer.h"
#include "base/buf.h"
#include "proto/face.h"
#include "unit.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	PEOPLE = 160,
	VALUES_MAX = 8,   /* of an attribute, to choose from */
	SECRETS_MAX = 256,
	TEXT_MAX = 1 << 17,
	QUESTION_MAX = 256,
	QUOTED_MAX = 1500, /* of an answer, when it is wrong */
};

/*
 * Keys are made from the ids of attributes, too, so what is not for everyone
 * comes behind what is.
 */
static const struct column {
	const char *name, *label, *index, *show;
	const char *values[VALUES_MAX]; /* NULL: made from the row's number */
} columns[] = {
	{ "name", "Full Name", "name", "everyone", { "Smith, Ada",
	    "Smith, Bob", "Smith-Jones, Ada", "M\xc3\xbcller, J\xc3\xb6rg",
	    "Quinton, Reg", "de la Cruz, Ana", "McDonald, J" } },
	{ "key", "Index Key", "key", "everyone", { NULL } },
	{ "unit", "Unit", "words", "everyone", { "Physics", "Smith Hall",
	    "Info Tech" } },
	{ "phone", "Phone", "digits", "everyone", { "679-2111x6026",
	    "679-2112", "555-7000" } },
	{ "mailbox", "Mailbox", "mail", "everyone", { "smith@uwo.ca",
	    "ada@uwo.ca" } },
	{ "nick", "Nick", "alias", "everyone", { "Addie", "Smitty Quint" } },
	{ "office", "Office", "words", "campus", { "Physics", "Cellar",
	    "Quinton House" } },
	{ "ward", "Ward", "words", "staff", { "Smith", "Oncology North" } },
	{ "desk", "Desk Phone", "digits", "staff campus", { "679-6026",
	    "555-7001" } },
	{ "cell", "Cell", "digits", "staff", { "555-7000", "555-9876" } },
	{ "home_mail", "Home Mail", "mail", "staff", { "smith@home.ca",
	    "lovelace@uwo.ca" } },
	{ "uid", "User Id", "exact", "campus", { "smith", "ada",
	    "zq77" } },
	{ "maiden", "Maiden Name", "alias", "staff", { "Quinton",
	    "Lovelace Byron" } },
	{ "note", "Note", "words", "nobody", { "Smith secret", "Xylophone" } },
	{ "badge", "Badge", "exact", "nobody", { "smith", "b4711" } },
};

enum { COLUMNS = sizeof columns / sizeof columns[0], NAME = 0, KEY = 1 };

/* What owners write, and what they mean by it. */
static const struct list {
	const char *text;
	const char *hidden[4];
	bool whole;
} lists[] = {
	{ .text = "" },
	{ .text = "unheard_of" },
	{ .text = "unit", .hidden = { "unit" } },
	{ .text = "phone Mailbox", .hidden = { "phone", "mailbox" } },
	{ .text = "Desk Phone,cell nick", .hidden = { "desk", "cell",
	    "nick" } },
	{ .text = "maiden, office, User Id", .hidden = { "maiden", "office",
	    "uid" } },
	{ .text = "all", .whole = true },
	{ .text = "Full Name", .whole = true },
};

enum { LISTS = sizeof lists / sizeof lists[0] };

struct person {
	const char *values[COLUMNS]; /* "": none */
	char key[16], name[32];
	const struct list *list;
};

static struct person people[PEOPLE];
static const char *secrets[SECRETS_MAX];
static size_t secret_count;
static struct viewer viewer;
static struct people whole, without;
static const struct face *face;
static unsigned long asked;

static unsigned
chance(unsigned below)
{
	static uint32_t state = 1;

	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

/* One in eight has no key, and a name that tells it from all others. */
static void
make_person(struct person *person, unsigned nth)
{
	bool has_key = chance(8) > 0;

	for (unsigned i = 0; i < COLUMNS; i++) {
		unsigned count = 0;

		while (count < VALUES_MAX && columns[i].values[count] != NULL)
			count++;
		person->values[i] = count > 0 && (i == NAME || chance(3) > 0) ?
		    columns[i].values[chance(count)] : "";
	}
	/* in no order of names or of values */
	snprintf(person->key, sizeof person->key, "%u", nth * 7919 % 1000);
	snprintf(person->name, sizeof person->name, "Smith, No%u", nth);
	if (has_key)
		person->values[KEY] = person->key;
	else
		person->values[NAME] = person->name;
	person->list = &lists[chance(2) > 0 ? 0 : chance(LISTS)];
}

static bool
has_word(const char *words, struct span wanted)
{
	struct span rest = span_from(words), word;

	while ((word = span_next_word(&rest)).length > 0)
		if (span_equal(word, wanted))
			return true;
	return false;
}

static bool
is_shown(const struct column *column)
{
	bool shown = strcmp(column->show, "everyone") == 0;

	for (unsigned i = 0; i < viewer.count; i++)
		shown = shown || has_word(column->show, viewer.classes[i]);
	return shown;
}

static bool
viewer_sees(const struct person *person, const struct column *column)
{
	bool shown = is_shown(column);

	for (unsigned i = 0; i < 4 && person->list->hidden[i] != NULL; i++)
		if (strcmp(person->list->hidden[i], column->name) == 0)
			shown = false;
	return shown && !person->list->whole;
}

/*
 * All there is, or what is left without that which the viewer may not see: the
 * schema, and then the people.
 */
static const char *
make_schema(bool everything)
{
	static char text[TEXT_MAX];
	struct buf out;

	buf_init(&out, text, sizeof text);
	for (unsigned i = 0; i < COLUMNS; i++)
		if (everything || is_shown(&columns[i]))
			buf_add_format(&out, "attribute %s\nlabel %s\n"
			    "index %s\nshow %s\ncsv %s\nform long short\n",
			    columns[i].name, columns[i].label,
			    columns[i].index, columns[i].show,
			    columns[i].name);
	if (everything)
		buf_add_string(&out, "attribute hidden\nlabel Hidden\n"
		    "role hides\ncsv hidden\n");
	buf_add_char(&out, '\0');
	return text;
}

static void
add_row(struct buf *out, const struct person *person, bool everything)
{
	if (!everything && person->list->whole)
		return;
	for (unsigned i = 0; i < COLUMNS; i++)
		if (everything || is_shown(&columns[i]))
			buf_add_format(out, "\"%s\",", everything ||
			    viewer_sees(person, &columns[i]) ?
			    person->values[i] : "");
	buf_add_format(out, "\"%s\"\n", everything ?
	    person->list->text : "");
}

static const char *
make_csv(bool everything)
{
	static char text[TEXT_MAX];
	struct buf out;

	buf_init(&out, text, sizeof text);
	for (unsigned i = 0; i < COLUMNS; i++)
		if (everything || is_shown(&columns[i]))
			buf_add_format(&out, "%s,", columns[i].name);
	buf_add_string(&out, everything ? "hidden\n" : "\n");
	for (unsigned n = 0; n < PEOPLE; n++)
		add_row(&out, &people[n], everything);
	buf_add_char(&out, '\0');
	ck_assert(!out.overflowed);
	return text;
}

static void
add_secret(const char *value)
{
	for (size_t i = 0; i < secret_count; i++)
		if (strcmp(secrets[i], value) == 0)
			return;
	ck_assert_uint_lt(secret_count, SECRETS_MAX);
	secrets[secret_count++] = value;
}

static void
find_secrets(void)
{
	secret_count = 0;
	for (unsigned n = 0; n < PEOPLE; n++)
		for (unsigned i = 0; i < COLUMNS; i++)
			if (people[n].values[i][0] != '\0' &&
			    !viewer_sees(&people[n], &columns[i]))
				add_secret(people[n].values[i]);
}

/* Asking. */

static struct span
ask(struct people *directory, const char *question)
{
	char line[QUESTION_MAX];

	snprintf(line, sizeof line, "%s\r\n", question);
	return people_ask(directory, face, span_from(line), true);
}

static int
quoted(struct span answer)
{
	return answer.length < QUOTED_MAX ? (int)answer.length : QUOTED_MAX;
}

static void
compare(const char *question)
{
	struct span a = ask(&whole, question), b = ask(&without, question);

	asked++;
	ck_assert_msg(span_equal(a, b),
	    "%s '%s' tells them apart:\n%.*s\nwithout the secrets:\n%.*s",
	    face->name, question, quoted(a), a.data, quoted(b), b.data);
	ck_assert_str_eq(whole.report.form, without.report.form);
	ck_assert_str_eq(whole.report.rung, without.report.rung);
	ck_assert_uint_eq(whole.report.hits, without.report.hits);
}

/* A pattern with one or two places for words. */
static void PRINTF_LIKE(1, 2)
compare_as(const char *pattern, ...)
{
	char question[QUESTION_MAX];
	va_list words;

	va_start(words, pattern);
	vsnprintf(question, sizeof question, pattern, words);
	va_end(words);
	compare(question);
}

static void
ask_plainly(const char *w)
{
	compare_as("%s", w);
	compare_as("%s*", w);
	compare_as("name %s", w);
	compare_as("ends %s", w);
	compare_as("*%s*", w);
	compare_as("sounds %s", w);
	compare_as("phone %s", w);
	compare_as("mail %s", w);
	compare_as("smith %s", w);
}

/* With and without somebody to be tested. */
static void
ask_patterns(const char *column, const char *w)
{
	char start[QUESTION_MAX];

	snprintf(start, sizeof start, "%.*s", (int)strlen(w) / 2, w);
	compare_as("%s~%s", column, w);
	compare_as("%s~\"%s\"", column, w);
	compare_as("%s~%s*", column, start);
	compare_as("%s~%s?*", column, start);
	compare_as("name~smith %s~%s", column, w);
	compare_as("name~smith %s~\"%s\"", column, w);
	compare_as("name~s*h %s~*%s", column, w + strlen(w) / 2);
	compare_as("name~*a %s~[%c]%s", column, w[0], w + 1);
}

static void
ask_in_all_ways(const char *w)
{
	ask_plainly(w);
	compare_as("%s??", w);
	compare_as("first %s", w);
	compare_as("first sounds %s", w);
	compare_as("exact %s", w);
	compare_as("%s, ada", w);
	compare_as("smith, %s", w);
	compare_as("*%s", w);
	compare_as("expand %s", w);
	compare_as("key %s", w);
	compare_as("!%s", w);
	compare_as("%s@", w);
	compare_as("@%s", w);
	compare_as("full %s", w);
	compare_as("sum %s", w);
	for (unsigned i = 0; i < COLUMNS; i++) {
		compare_as("%s=\"%s\"", columns[i].name, w);
		compare_as("%s=%s*", columns[i].name, w);
		compare_as("smith %s=\"%s\"", columns[i].name, w);
		ask_patterns(columns[i].name, w);
	}
	compare_as("desk_phone=\"%s\"", w);
	compare_as("home_mail=@%s", w);
	compare_as("home_mail~@%s*", w);
}

/* A letter too few at either end, two changed places, and the last four. */
static void
ask_nearly(const char *w)
{
	char near[QUESTION_MAX];
	size_t length = strlen(w);

	if (length < 4)
		return;
	ask_plainly(w + 1);
	ask_plainly(w + length - 4);
	snprintf(near, sizeof near, "%.*s", (int)length - 1, w);
	ask_plainly(near);
	snprintf(near, sizeof near, "%c%c%c%s", w[0], w[2], w[1], w + 3);
	ask_plainly(near);
}

static void
ask_by_whois(const char *w)
{
	face = &face_whois;
	ask_in_all_ways(w);
	ask_nearly(w);
}

/* Plain words, which ask_plainly() has tried, but not in these forms. */
static void
ask_by_finger(const char *w)
{
	face = &face_finger;
	compare_as("%s", w);
	compare_as("/W %s", w);
	compare_as("%s,", w);
	compare_as("/W smith %s", w);
	compare_as("%s@example.org", w);
}

/* PH calls an attribute by its own name here; columns are attributes. */
static void
ask_by_ph(const char *w)
{
	face = &face_ph;
	compare_as("query \"%s\"", w);
	compare_as("query %s return all", w);
	compare_as("query smith %s*", w);
	compare_as("fields %s", w);
	for (unsigned i = 0; i < COLUMNS; i++) {
		const char *name = columns[i].name;

		compare_as("fields %s", name);
		compare_as("query %s=\"%s\"", name, w);
		compare_as("query %s=%s* return all", name, w);
		compare_as("query name=smith %s=\"%s\"", name, w);
		compare_as("query name=%s return name %s", w, name);
	}
}

static void
ask_secret(const char *secret)
{
	struct span rest = span_from(secret), word;
	char text[QUESTION_MAX];

	ask_by_whois(secret);
	ask_by_finger(secret);
	ask_by_ph(secret);
	while ((word = span_next_word(&rest)).length > 0 &&
	    word.length < strlen(secret)) {
		snprintf(text, sizeof text, "%.*s", (int)word.length,
		    word.data);
		ask_by_whois(text);
		ask_by_finger(text);
		ask_by_ph(text);
	}
}

static void
become(const char *classes)
{
	struct span rest = span_from(classes), word;

	viewer.count = 0;
	while ((word = span_next_word(&rest)).length > 0)
		viewer.classes[viewer.count++] = word;
}

static void
set_up(void)
{
	face = &face_whois;
	for (unsigned n = 0; n < PEOPLE; n++)
		make_person(&people[n], n);
}

static void
check_viewer(const char *classes)
{
	static const char *const always[] = { "help", "help selectors",
		"smith", "full smith", "ada", "exact Smith, Ada", "mc*" };

	become(classes);
	people_open_text(&whole, make_csv(true), make_schema(true));
	people_open_text(&without, make_csv(false), make_schema(false));
	whole.worker.viewer = without.worker.viewer = &viewer;
	find_secrets();
	ck_assert_uint_gt(secret_count, 20);
	for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
		compare(always[i]);
	face = &face_ph;
	compare("fields");
	compare("siteinfo");
	for (size_t i = 0; i < secret_count; i++)
		ask_secret(secrets[i]);
	ck_assert_uint_gt(asked, 1000);
	people_close(&without);
	people_close(&whole);
}

START_TEST(a_stranger_cannot_tell_what_is_hidden)
{
	check_viewer("");
}
END_TEST

START_TEST(a_class_cannot_tell_what_is_for_another)
{
	check_viewer("campus");
}
END_TEST

START_TEST(a_class_without_attributes_is_a_stranger)
{
	check_viewer("visitors");
}
END_TEST

START_TEST(no_class_can_tell_what_owners_hide)
{
	check_viewer("staff campus");
}
END_TEST

/* Else all of the above would hold of a search that finds nothing. */
START_TEST(whoever_may_see_it_finds_it)
{
	static const struct {
		const char *classes, *question;
	} rows[] = {
		{ "campus", "office=cellar" }, { "campus", "uid=zq77" },
		{ "campus", "zq77" }, { "campus", "*cellar" },
		{ "campus", "phone 7001" }, { "staff", "phone 9876" },
		{ "staff", "ward=onco*" }, { "staff", "lovelace@uwo.ca" },
		{ "staff", "maiden=byron" }, { "staff", "cell=9876" },
		{ "campus", "office~quint* name~*a" },
		{ "staff", "name~s* ward~[o]n*y" },
		{ "staff", "ward~\"oncology north\"" },
	};

	people_open_text(&whole, make_csv(true), make_schema(true));
	whole.worker.viewer = &viewer;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		become("");
		ask(&whole, rows[i].question);
		ck_assert_uint_eq(whole.report.hits, 0);
		become(rows[i].classes);
		ask(&whole, rows[i].question);
		ck_assert_msg(whole.report.hits > 0, "%s",
		    rows[i].question);
	}
	people_close(&whole);
}
END_TEST

static const struct unit_frame frame = { set_up, NULL };

UNIT_MAIN_WITHIN(&frame, "proto/secrets",
    a_stranger_cannot_tell_what_is_hidden,
    a_class_cannot_tell_what_is_for_another,
    a_class_without_attributes_is_a_stranger,
    no_class_can_tell_what_owners_hide,
    whoever_may_see_it_finds_it)
