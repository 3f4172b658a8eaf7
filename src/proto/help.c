#include "proto/help.h"

#include "base/buf.h"
#include "proto/answer.h"
#include "record/schema.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { NAME_COLUMNS = 16, EXAMPLE_COLUMNS = 35 };

/*
 * In these texts $W is the first attribute that is searched by words: in the
 * seed system's schema, the department.  A tab parts an example from what it
 * asks for, which may end with "also" and further examples, parted by commas:
 * tests/live/live_help.sh asks them all.  A line that begins with # or @ is
 * only for those who can search a number or a mailbox.
 */

static const char summary[] =
    "This is a directory of people.  Ask for one in a single line:\n"
    "\n"
    "    smith\ta name, Index Key, login or mailbox\n"
    "    john smith\ttwo names, in any order\n"
    "    smith, john\tlast name first\n"
    "    smith*\tnames that begin so; also smith...\n"
    "    smith??\tat most two letters more\n"
    "    *mith*\ta part of a name, three letters or more\n"
    "    ends mith\tnames that end so\n"
    "    sounds smyth\tthat sound like it; also fuzzy smyth\n"
    "    name smith\tnames only; also .smith\n"
    "    first kazuko\tfirst names only\n"
    "    exact Smith, John Q.\tthis name and no other\n"
    "    key 481800\tone entry; also key481800, !481800, 481800\n"
    "@    reg.quinton@uwo.ca\ta mailbox\n"
    "@    reggers@\tmailboxes of this user on any host\n"
    "@    @uwo.ca\tmailboxes on this host\n"
    "#    phone 6026\ta telephone number or its last digits\n"
    "    $W=physics\ta $W; also $W:physics\n"
    "    *physics\tthe people of this $W\n"
    "    smith $W=physics\ta name in a $W\n"
    "    full smith\tevery entry in full\n"
    "    sum 481800\tthe short form even for one entry\n"
    "    help\tthis summary; also ?\n"
    "    help names\tmore about one topic\n"
    "\n"
    "Capitals and accents make no difference, and a name need not be spelled\n"
    "quite right.\n";

static const char queries[] =
    "A question is one line.  Plain words are looked for in turn as\n"
    "\n"
    "  1. the Index Key, the login or the mailbox of an entry,\n"
    "  2. a whole name,\n"
    "  3. words that are all in a name, in any order,\n"
    "  4. the same with a nickname for a first name,\n"
    "  5. the beginnings of such words,\n"
    "  6. words with a letter wrong, or two where eight or more are given,\n"
    "  7. words that sound alike,\n"
    "  8. names of which only the initials are known,\n"
    "  9. one word of several, last names first,\n"
    "\n"
    "and the first of these that finds somebody answers; a remark says when\n"
    "it was not one of the first three.  Where few have the name that was\n"
    "given, those with a nickname of it, or only its initial, follow them.\n"
    "A question with a keyword, a selector or a wildcard is run exactly as\n"
    "given.  Quotes around it and the word whois before it are ignored, and\n"
    "so are the options that some clients send for other servers.\n"
    "\n"
    "    reggers\tthe person with this login or mailbox\n"
    "    reg quinton\tthe person of this name\n"
    "    quinton, reg\tthe same\n"
    "    name quinton\tnot the login, only the name\n"
    "\n"
    "A keyword that stands alone is a name: there are people called Key.\n";

static const char names[] =
    "Words may be given in any order; with a comma the last name comes first.\n"
    "\n"
    "    quinton\tanybody called Quinton\n"
    "    reg quinton\tin any order\n"
    "    quinton, reg\tlast name, first name\n"
    "    quinton, r\tlast name, initial; also r. quinton\n"
    "    quinton r\tthe same\n"
    "    name quinton\tonly names, not logins; also .quinton\n"
    "    smith-jones\tthe double name\n"
    "    o'brien\tthe apostrophe may be left out\n"
    "    first reg\ta first name\n"
    "    first begins re\thow one begins; also first re*\n"
    "    exact quinton, reg\tthis name and no other\n"
    "    sounds kwinton\thow it sounds; also fuzzy qinton\n"
    "    first sounds kasuko\tthe same of a first name\n"
    "\n"
    "Capitals, accents and the width of letters make no difference: muller\n"
    "and mueller both find M\xc3\xbcller.  Titles such as Dr and Jr may be left\n"
    "out, and blanks inside a name too: delacruz finds de la Cruz.\n";

static const char key[] =
    "Every entry has an Index Key that is never given to another one.  The\n"
    "short form shows it in brackets.\n"
    "\n"
    "    key 481800\tthe entry with this key\n"
    "    key481800\tthe same\n"
    "    481800\tthe same\n"
    "    !481800\tthe same\n"
    "    handle 481800\tthe same\n";

static const char mail[] =
    "    reg.quinton@uwo.ca\tthe person with this mailbox\n"
    "    reggers@\tthe user on any host\n"
    "    @uwo.ca\teverybody with a mailbox on this host\n"
    "    mail reggers\tthe user on any host; also mailbox reggers\n"
    "    mail regg*\tmailboxes that begin so\n"
    "    reggers\tthe part before the @ is found as a name is\n";

static const char phone[] =
    "A telephone number is found by its last digits; four are enough, and\n"
    "what stands between them makes no difference.\n"
    "\n"
    "    phone 6026\tnumbers and extensions that end so\n"
    "    phone (519) 679-2111\ta number in full\n"
    "    phone 679-2111x6026\ta number and an extension\n"
    "    phone=6026\tthe same as a selector\n";

static const char selectors[] =
    "A selector looks in one attribute; several must all hold.\n"
    "\n"
    "    $W=physics\ta word of the $W\n"
    "    $W:physics\tthe same\n"
    "    $W=phys*\ta word that begins so\n"
    "    $W=physic?\ta word with at most one letter more\n"
    "    $W=physics name=smith\tboth\n"
    "    smith, j $W=physics\ta name and a $W\n"
    "    $W=\"info tech\"\twords in quotes are taken as they stand\n"
    "    *physics\tin this $W; also expand physics\n"
    "\n"
    "The attributes of this directory, by name and by label (with _ for\n"
    "a blank):\n"
    "\n";

static const char prefixes[] =
    "An asterisk or three full stops stand for the rest of a word, question\n"
    "marks for at most so many letters.\n"
    "\n"
    "    quint*\tnames that begin with quint\n"
    "    quint...\tthe same\n"
    "    quint.\tthe same\n"
    "    name=quint*\tthe same, as a selector\n"
    "    begins quint\tthe same; also partial quint\n"
    "    quint??\tquint and at most two letters more\n"
    "    reg quint*\tonly the last word may be cut short\n"
    "    ends ton\tnames that end with ton\n"
    "    *into*\tnames with this part; also name=*into*\n"
    "    reg *into*\tof the last word only\n"
    "\n"
    "An asterisk in front alone asks for the people of this $W: *physics.\n"
    "\n"
    "Behind a tilde wildcards may stand anywhere, and words mean exactly\n"
    "themselves, in any order: no initials, nicknames or misspellings.\n"
    "\n"
    "    name~sm*th\t* is any characters, or none\n"
    "    name~smith+\t+ is any characters, one at least\n"
    "    name~sm?th\t? is one character\n"
    "    name~sm[iy]th*\t[iy] is i or y; also name~sm[a-z]th*\n"
    "    name~qu*n re?\tall of these words\n"
    "    name~\"reg quinton\"\twords side by side, in this order\n"
    "    $W~phys*\ta word of the $W\n"
    "@    mailbox~reggers@*\ta mailbox, or its user alone\n"
    "    smith name~*jones\ta condition that narrows another\n"
    "\n"
    "All attributes shown can be asked about, also those that no selector\n"
    "searches.  What begins with a wildcard, and what is asked of an attribute\n"
    "that is not searched, only narrows what other conditions find.\n";

static const char forms[] =
    "One match is shown in the long form, several in the short form, each\n"
    "with its Index Key in brackets.  When there are too many, the first are\n"
    "shown with the number of all of them.  In the short form a colon of\n"
    "the data is shown as a semicolon, and the first column is blank.\n"
    "\n"
    "    full smith\tthe long form for every match shown\n"
    "    sum 481800\tshort form even for one; also summary 481800\n"
    "\n"
    "Lines that begin with % are remarks, not data.\n";

static const char about[] =
    "This is whoisd, a white pages server after the one of the University\n"
    "of Western Ontario.  It speaks the whois protocol (RFC 3912) in UTF-8.\n"
    "What an entry keeps from the public is neither shown nor found.\n";

static const struct {
	const char *name;
	const char *text;
	enum index_kind needs; /* an attribute that is indexed so */
	bool lists_attributes;
} topics[] = {
	{ .name = "queries", .text = queries },
	{ .name = "names", .text = names },
	{ .name = "key", .text = key },
	{ .name = "mail", .text = mail, .needs = INDEX_MAIL },
	{ .name = "phone", .text = phone, .needs = INDEX_DIGITS },
	{ .name = "selectors", .text = selectors,
	    .lists_attributes = true },
	{ .name = "prefixes", .text = prefixes },
	{ .name = "forms", .text = forms },
	{ .name = "about", .text = about },
};

enum { TOPICS = sizeof topics / sizeof topics[0] };

static void
add_padding(struct buf *out, size_t used, size_t columns)
{
	buf_add_repeat(out, ' ', used < columns ? columns - used : 2);
}

/* `text` with $W replaced; returns its columns. */
static size_t
add_expanded(struct buf *out, struct span text, struct span unit)
{
	size_t start = out->length;
	struct span written;

	while (text.length > 0) {
		buf_add(out, span_cut(&text, '$'));
		if (text.length > 0)
			utf8_add_sanitised(out, unit);
		text = span_skip(text, 1);
	}
	written = span_skip(buf_span(out), start);
	return utf8_width(written);
}

static bool
mentions_unit(struct span line)
{
	return line.length > 0 && memchr(line.data, '$', line.length) != NULL;
}

static void
add_line(struct buf *out, struct span line, struct span unit)
{
	struct span example = span_cut(&line, '\t');
	size_t columns = add_expanded(out, example, unit);

	if (line.length > 0) {
		add_padding(out, columns, EXAMPLE_COLUMNS);
		add_expanded(out, line, unit);
	}
	buf_add_string(out, "\r\n");
}

/* Whether this viewer can search an attribute of that kind. */
static bool
offers(const struct answer *answer, enum index_kind kind)
{
	return kind == INDEX_NONE || answer_find_indexed(answer, kind) != NULL;
}

/* Take the mark off the line, if it has one. */
static enum index_kind
cut_need(struct span *line)
{
	enum index_kind need = INDEX_NONE;

	if (line->length > 0 && line->data[0] == '#')
		need = INDEX_DIGITS;
	else if (line->length > 0 && line->data[0] == '@')
		need = INDEX_MAIL;
	*line = span_skip(*line, need != INDEX_NONE);
	return need;
}

/* Lines about what the schema or the viewer lacks are left out. */
static void
add_text(struct buf *out, const struct answer *answer, const char *text)
{
	const struct attribute *attribute =
	    answer_find_indexed(answer, INDEX_WORDS);
	struct span unit = { "", 0 };
	struct span rest = span_from(text);

	if (attribute != NULL)
		unit = attribute->name;
	while (rest.length > 0) {
		struct span line = span_cut(&rest, '\n');
		enum index_kind need = cut_need(&line);

		if (offers(answer, need) &&
		    (unit.length > 0 || !mentions_unit(line)))
			add_line(out, line, unit);
	}
}

static const char *
index_description(enum index_kind kind)
{
	switch (kind) {
	case INDEX_NONE:
		break;
	case INDEX_NAME:
	case INDEX_ALIAS:
		return "words of a name";
	case INDEX_WORDS:
		return "words";
	case INDEX_DIGITS:
		return "the last digits of a number";
	case INDEX_KEY:
	case INDEX_EXACT:
		return "the whole value";
	case INDEX_MAIL:
		return "mailbox, user@ or @host";
	case INDEX_KINDS:
		break;
	}
	assert(false && "not an index");
	return "";
}

static void
add_column(struct buf *out, struct span text, size_t columns)
{
	utf8_add_sanitised(out, text);
	add_padding(out, utf8_width(text), columns);
}

static void
add_attributes(struct buf *out, const struct answer *answer)
{
	const struct schema *schema = answer->schema;

	for (unsigned i = 0; i < schema->count; i++) {
		const struct attribute *attribute = &schema->attributes[i];

		if (attribute->index == INDEX_NONE ||
		    !answer_may_show(answer, attribute))
			continue;
		buf_add_string(out, "  ");
		add_column(out, attribute->name, NAME_COLUMNS);
		add_column(out, attribute->label, SCHEMA_LABEL_MAX + 2);
		buf_add_string(out, index_description(attribute->index));
		buf_add_string(out, "\r\n");
	}
}

static void
add_topics(struct buf *out, const struct answer *answer)
{
	const char *before = " ";

	buf_add_string(out, "\r\nTopics are");
	for (size_t i = 0; i < TOPICS; i++) {
		if (!offers(answer, topics[i].needs))
			continue;
		buf_add_string(out, before);
		buf_add_string(out, topics[i].name);
		before = ", ";
	}
	buf_add_string(out, ".\r\n");
}

void
help_add(struct buf *out, const struct answer *answer, struct span topic)
{
	if (topic.length == 0) {
		add_text(out, answer, summary);
		add_topics(out, answer);
		return;
	}
	for (size_t i = 0; i < TOPICS; i++) {
		if (!span_is_nocase(topic, topics[i].name) ||
		    !offers(answer, topics[i].needs))
			continue;
		add_text(out, answer, topics[i].text);
		if (topics[i].lists_attributes)
			add_attributes(out, answer);
		return;
	}
	buf_add_string(out, "% There is no such topic.\r\n");
	add_topics(out, answer);
}
