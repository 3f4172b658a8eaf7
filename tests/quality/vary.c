/*
 * Names as people type them, for the evaluation of search.
 *
 * vary PEOPLE.csv [COUNT [SEED]]
 *      prints, for each kind of variation, lines KIND, TAB, the name as it is
 *      stored, TAB, the query, for COUNT people to whom it applies
 */

#include "base/buf.h"
#include "base/span.h"
#include "quality/letters.h"
#include "quality/nicknames.h"
#include "quality/people.h"
#include "quality/sound.h"
#include "sample/random.h"
#include "sample/typo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One person's turn in one kind. */
struct draw {
	struct random random;
	unsigned turn; /* how many had theirs before */
	const char *stored;
	struct name name;
};

typedef bool make_query(struct draw *draw, char query[LINE_BYTES]);

static enum order
order_of(const struct draw *draw)
{
	return (enum order)(draw->turn % ORDERS);
}

static bool
all_letters(const char *utf8, bool claim(uint32_t point))
{
	struct text text;

	text_set(&text, utf8);
	for (size_t i = 0; i < text.length; i++)
		if (!claim(text.points[i]))
			return false;
	return true;
}

static bool
make_stored(struct draw *draw, char query[LINE_BYTES])
{
	name_write(&draw->name, ORDER_STORED, query);
	return true;
}

static bool
make_swapped(struct draw *draw, char query[LINE_BYTES])
{
	name_write(&draw->name, ORDER_SWAPPED, query);
	return draw->name.first[0] != '\0';
}

static bool
make_accents(struct draw *draw, char query[LINE_BYTES])
{
	return spell(draw->stored, SPELLING_PLAIN, query);
}

/* Where it is what dropping the accents gives, it is no kind of its own. */
static bool
make_icao(struct draw *draw, char query[LINE_BYTES])
{
	char plain[LINE_BYTES];

	spell(draw->stored, SPELLING_PLAIN, plain);
	return spell(draw->stored, SPELLING_ICAO, query) &&
	    strcmp(plain, query) != 0;
}

static bool
make_nickname(struct draw *draw, char query[LINE_BYTES])
{
	const char *other = nickname_pick(draw->name.first, &draw->random);
	struct name name = draw->name;

	if (other == NULL)
		return false;
	snprintf(name.first, sizeof name.first, "%s", other);
	name.suffix[0] = '\0';
	name_write(&name, order_of(draw), query);
	return true;
}

/* "J" or, in half of all, "J.". */
static void
cut_to_initial(char part[LINE_BYTES], bool stop)
{
	struct text text;

	text_set(&text, part);
	text.length = 1;
	if (stop)
		text.points[text.length++] = '.';
	text_write(&text, part);
}

static bool
is_initial(const char *part)
{
	struct text text;

	text_set(&text, part);
	return text.length == 1 ||
	    (text.length == 2 && text.points[1] == '.');
}

static bool
make_initial(struct draw *draw, char query[LINE_BYTES])
{
	bool swapped = order_of(draw) == ORDER_SWAPPED;
	bool keeps_middle = draw->turn / ORDERS % 2 == 0 &&
	    is_initial(draw->name.middle);
	struct name name = draw->name;

	if (name.first[0] == '\0' ||
	    !all_letters(name.first, letter_has_initials))
		return false;
	cut_to_initial(name.first, swapped);
	if (keeps_middle)
		cut_to_initial(name.middle, swapped);
	else
		name.middle[0] = '\0';
	name.suffix[0] = '\0';
	name_write(&name, order_of(draw), query);
	return true;
}

enum { PREFIX_LEAST = 3, PREFIX_MOST = 5 };

/* Where so many letters of the word end. */
static size_t
end_of_letters(const struct text *text, struct word word, unsigned letters)
{
	size_t at = word.from;

	for (; at < word.to && letters > 0; at++)
		letters -= text->points[at] != '-' && text->points[at] != '\'';
	return at;
}

/* True: it was longer.  "Anne-Marie" is one word here. */
static bool
cut_word(struct text *text, struct word *word, struct random *random)
{
	const struct text nothing = { .length = 0 };
	unsigned letters = PREFIX_LEAST +
	    random_below(random, PREFIX_MOST - PREFIX_LEAST + 1);
	size_t kept = end_of_letters(text, *word, letters);

	if (word->to == kept)
		return false;
	text_replace(text, kept, word->to - kept, &nothing);
	word->to = kept;
	return true;
}

static bool
is_gap(uint32_t point)
{
	return point == ' ' || point == ',' || point == '.';
}

static bool
make_prefix(struct draw *draw, char query[LINE_BYTES])
{
	struct word word = { 0, 0 };
	struct name name = draw->name;
	struct text text;
	bool cut = false;

	name.suffix[0] = '\0';
	name_write(&name, order_of(draw), query);
	if (!all_letters(query, letter_has_initials))
		return false;
	text_set(&text, query);
	while (word.to < text.length) {
		word.from = word.to;
		while (word.to < text.length && !is_gap(text.points[word.to]))
			word.to++;
		cut |= cut_word(&text, &word, &draw->random);
		word.to++;
	}
	text_write(&text, query);
	return cut;
}

/* What is typed of a Latin name, in either order. */
static bool
take_latin(const struct draw *draw, char typed[LINE_BYTES])
{
	name_write(&draw->name, order_of(draw), typed);
	return all_letters(typed, letter_is_latin);
}

/* End the line that was written into `query`.  False: it does not fit. */
static bool
end_line(struct buf *line)
{
	buf_add_char(line, '\0');
	return !line->overflowed;
}

static bool
make_typo(struct draw *draw, char query[LINE_BYTES], enum typo typo)
{
	char typed[LINE_BYTES];
	struct buf out;

	buf_init(&out, query, LINE_BYTES);
	return take_latin(draw, typed) &&
	    typo_add(&out, span_from(typed), typo, &draw->random) &&
	    end_line(&out);
}

static bool
make_insert(struct draw *draw, char query[LINE_BYTES])
{
	return make_typo(draw, query, TYPO_INSERT);
}

static bool
make_delete(struct draw *draw, char query[LINE_BYTES])
{
	return make_typo(draw, query, TYPO_DELETE);
}

static bool
make_replace(struct draw *draw, char query[LINE_BYTES])
{
	return make_typo(draw, query, TYPO_REPLACE);
}

static bool
make_transpose(struct draw *draw, char query[LINE_BYTES])
{
	return make_typo(draw, query, TYPO_TRANSPOSE);
}

static bool
make_two_in_word(struct draw *draw, char query[LINE_BYTES])
{
	char typed[LINE_BYTES];
	struct buf out;

	buf_init(&out, query, LINE_BYTES);
	return take_latin(draw, typed) &&
	    typo_add_two_in_word(&out, span_from(typed), &draw->random) &&
	    end_line(&out);
}

static bool
make_two_in_name(struct draw *draw, char query[LINE_BYTES])
{
	char typed[LINE_BYTES];
	struct buf out;

	buf_init(&out, query, LINE_BYTES);
	return take_latin(draw, typed) &&
	    typo_add_two_in_name(&out, span_from(typed), &draw->random) &&
	    end_line(&out);
}

static bool
respell_part(char part[LINE_BYTES], struct random *random)
{
	struct text text;

	text_set(&text, part);
	if (!sound_respell(&text, random))
		return false;
	text_write(&text, part);
	return true;
}

static bool
make_sound(struct draw *draw, char query[LINE_BYTES])
{
	struct name name = draw->name;
	bool first = random_below(&draw->random, 2) == 0;

	if (!all_letters(draw->stored, letter_is_latin) ||
	    (!respell_part(first ? name.first : name.last, &draw->random) &&
	    !respell_part(first ? name.last : name.first, &draw->random)))
		return false;
	name_write(&name, order_of(draw), query);
	return true;
}

/* Every `sign` in the part becomes `with`.  False: there is none. */
static bool
change_sign(char part[LINE_BYTES], const char *sign, const char *with)
{
	char changed[LINE_BYTES] = "";
	const char *rest = part, *found;

	if (strstr(part, sign) == NULL)
		return false;
	while ((found = strstr(rest, sign)) != NULL) {
		size_t length = strlen(changed);

		snprintf(changed + length, sizeof changed - length, "%.*s%s",
		    (int)(found - rest), rest, with);
		rest = found + strlen(sign);
	}
	strncat(changed, rest, sizeof changed - strlen(changed) - 1);
	memcpy(part, changed, LINE_BYTES);
	return true;
}

static bool
change_name(struct name *name, const char *sign, const char *with)
{
	bool last = change_sign(name->last, sign, with);

	return change_sign(name->first, sign, with) || last;
}

/* "Maria Jose" is one first name to some, and two to others. */
static bool
join_given(struct name *name, const char *with)
{
	char given[LINE_BYTES];

	if (name->middle[0] == '\0' || strchr(name->middle, '.') != NULL ||
	    strchr(name->middle, ' ') != NULL || is_initial(name->first) ||
	    !all_letters(name->first, letter_has_initials))
		return false;
	snprintf(given, sizeof given, "%.200s%s%.200s", name->first, with,
	    name->middle);
	memcpy(name->first, given, sizeof name->first);
	name->middle[0] = '\0';
	return true;
}

/* Hyphens, apostrophes and the two places of blanks, in equal parts. */
static bool
make_joined(struct draw *draw, char query[LINE_BYTES])
{
	struct name name = draw->name;
	bool dropped = draw->turn / 4 % 2 == 0, changed = false;

	switch (draw->turn % 4) {
	case 0:
		changed = change_name(&name, "-", dropped ? "" : " ");
		break;
	case 1:
		changed = change_name(&name, "'", dropped ? "" : " ");
		changed |= change_name(&name, "’", dropped ? "" : " ");
		break;
	case 2:
		changed = change_sign(name.last, " ", dropped ? "" : "-");
		break;
	case 3:
		changed = join_given(&name, dropped ? "" : "-");
		break;
	}
	name_write(&name, (enum order)(draw->turn / 8 % ORDERS), query);
	return changed;
}

static bool
is_ascii(uint32_t point)
{
	return point < 0x80;
}

/* Of several words Debian's whois sends the last one in punycode. */
static bool
make_punycode(struct draw *draw, char query[LINE_BYTES])
{
	struct name name = draw->name;
	const char *last = strrchr(name.last, ' ');

	name.suffix[0] = '\0';
	name_write(&name, ORDER_SWAPPED, query);
	return !all_letters(last != NULL ? last : name.last, is_ascii);
}

static const struct kind {
	const char *name;
	make_query *make;
} kinds[] = {
	{ "stored", make_stored },
	{ "swapped", make_swapped },
	{ "accents", make_accents },
	{ "icao", make_icao },
	{ "joined", make_joined },
	{ "punycode", make_punycode },
	{ "nickname", make_nickname },
	{ "initial", make_initial },
	{ "prefix", make_prefix },
	{ "insert", make_insert },
	{ "delete", make_delete },
	{ "replace", make_replace },
	{ "transpose", make_transpose },
	{ "two_in_word", make_two_in_word },
	{ "two_in_name", make_two_in_name },
	{ "sound", make_sound },
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

/* People in an order of chance, drawn from what is left of `deck`. */
static const char *
next_person(char **deck, size_t left, struct random *random)
{
	size_t nth = random_below(random, (unsigned)left);
	char *person = deck[nth];

	deck[nth] = deck[left - 1];
	deck[left - 1] = person;
	return person;
}

static void
vary(const struct kind *kind, const struct people *people, unsigned count,
    uint64_t seed)
{
	struct draw draw = { .random.state = seed };
	char query[LINE_BYTES];

	for (size_t left = people->count; left > 0 && draw.turn < count;
	    left--) {
		draw.stored = next_person(people->names, left, &draw.random);
		name_split(&draw.name, draw.stored);
		if (!kind->make(&draw, query))
			continue;
		printf("%s\t%s\t%s\n", kind->name, draw.stored, query);
		draw.turn++;
	}
}

int
main(int argc, char **argv)
{
	unsigned count = argc > 2 ? (unsigned)atoi(argv[2]) : 1000;
	uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	struct people people;

	if (argc < 2 || argc > 4) {
		fputs("usage: vary PEOPLE.csv [COUNT [SEED]]\n", stderr);
		return 2;
	}
	people_read(&people, argv[1]);
	for (unsigned i = 0; i < KINDS; i++)
		vary(&kinds[i], &people, count, seed * KINDS + i);
	people_free(&people);
	return ferror(stdout) || fflush(stdout) != 0 ? EXIT_FAILURE :
	    EXIT_SUCCESS;
}
