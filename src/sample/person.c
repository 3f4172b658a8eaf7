#include "sample/person.h"

#include "sample/culture.h"
#include "sample/letters.h"
#include "sample/random.h"

#include <assert.h>

/* Chances in a thousand that hold everywhere. */
enum {
	MONONYM = 2,
	SUFFIX = 12,          /* of those with SECOND_INITIAL */
	INITIALS_ONLY = 20,
	MIDDLE_INITIAL = 300, /* and up to MIDDLE_NAME a whole name */
	MIDDLE_NAME = 420,
	SECOND_FIRST = 180,
	HYPHEN_FIRST = 90,
};

/*
 * Families whose name comes out of the letter model: as many as make the number
 * of surnames grow with the number of people as it does in life.
 */
enum { FAMILIES = 1 << 21 };

static const struct name *
draw_name(const struct culture_names *names, struct random *random,
    enum list_kind kind, enum list_script script)
{
	unsigned count = names->counts[kind][script];

	return name_list_draw(
	    names->lists[kind][script][random_below(random, count)], random);
}

/* The letters of a particle that may stand in a mail address. */
static void
add_particle_ascii(struct buf *ascii, struct span particle)
{
	for (size_t i = 0; i < particle.length; i++) {
		char c = particle.data[i];

		if (c >= 'A' && c <= 'Z')
			buf_add_char(ascii, (char)(c - 'A' + 'a'));
		else if (c >= 'a' && c <= 'z')
			buf_add_char(ascii, c);
	}
}

static void
add_particle(struct person *person, struct random *random,
    const struct culture *culture)
{
	struct span rest = span_from(culture->particles);
	uint32_t skip = 0;
	struct span particle;

	for (const char *c = culture->particles; *c != '\0'; c++)
		skip += *c == '|';
	skip = random_skewed(random, skip + 1);
	while (skip-- > 0)
		span_cut(&rest, '|');
	particle = span_cut(&rest, '|');
	buf_add(&person->full, particle);
	add_particle_ascii(&person->last, particle);
}

/* Each family has its own random numbers, so its name is always the same. */
static void
add_family(struct person *person, struct random *random,
    const struct letters *letters)
{
	struct random family =
	    random_from(FAMILIES, random_below(random, FAMILIES));

	letters_add_word(letters, &family, &person->full, &person->last);
}

/* One last name in Latin letters, from the list or out of the model. */
static void
add_last_latin(struct person *person, struct random *random,
    const struct culture_names *names, const struct letters *letters)
{
	const struct culture *culture = names->culture;
	bool is_made_up = random_chance(random, culture->tail);
	const struct name *name;

	if (random_chance(random, culture->particle))
		add_particle(person, random, culture);
	if (is_made_up) {
		add_family(person, random, letters);
		return;
	}
	name = draw_name(names, random, LIST_LAST, LIST_LATIN);
	buf_add(&person->full, name->text);
	buf_add(&person->last, name->ascii);
}

static void
add_last(struct person *person, struct random *random,
    const struct culture_names *names, const struct letters *letters)
{
	const struct culture *culture = names->culture;

	add_last_latin(person, random, names, letters);
	if (!random_chance(random, culture->doubled))
		return;
	buf_add_char(&person->full, culture->joint);
	buf_add_char(&person->last, '-');
	add_last_latin(person, random, names, letters);
}

static char
draw_initial(const struct culture_names *names, struct random *random)
{
	const struct name *name =
	    draw_name(names, random, LIST_FIRST, LIST_LATIN);

	return (char)(name->ascii.data[0] - 'a' + 'A');
}

static void
add_initial(struct person *person, char initial)
{
	buf_add_char(&person->full, initial);
	buf_add_char(&person->full, '.');
}

/* "John", "John Q.", "John Quincy", "J. Q." */
static void
add_first_english(struct person *person, struct random *random,
    const struct culture_names *names)
{
	uint32_t drawn = random_below(random, 1000);

	if (random_chance(random, INITIALS_ONLY))
		add_initial(person,
		    (char)(person->first_ascii.data[0] - 'a' + 'A'));
	else
		buf_add(&person->full, person->first);
	if (drawn >= MIDDLE_NAME)
		return;
	buf_add_char(&person->full, ' ');
	if (drawn < MIDDLE_INITIAL)
		add_initial(person, draw_initial(names, random));
	else
		buf_add(&person->full,
		    draw_name(names, random, LIST_FIRST, LIST_LATIN)->text);
}

static void
add_suffix(struct person *person, struct random *random)
{
	static const char *const suffixes[] = {
		"Jr.", "III", "Sr.", "II", "IV",
	};

	if (!random_chance(random, SUFFIX))
		return;
	buf_add_string(&person->full, ", ");
	buf_add_string(&person->full, suffixes[random_skewed(random,
	    sizeof suffixes / sizeof suffixes[0])]);
}

static void
add_first(struct person *person, struct random *random,
    const struct culture_names *names)
{
	enum second second = names->culture->second;

	if (second == SECOND_INITIAL) {
		add_first_english(person, random, names);
		add_suffix(person, random);
		return;
	}
	buf_add(&person->full, person->first);
	if ((second == SECOND_BLANK && random_chance(random, SECOND_FIRST)) ||
	    (second == SECOND_HYPHEN && random_chance(random, HYPHEN_FIRST))) {
		buf_add_char(&person->full, second == SECOND_BLANK ? ' ' : '-');
		buf_add(&person->full,
		    draw_name(names, random, LIST_FIRST, LIST_LATIN)->text);
	}
}

static bool
is_native(const struct culture_names *names, struct random *random)
{
	return names->counts[LIST_FIRST][LIST_NATIVE] > 0 &&
	    names->counts[LIST_LAST][LIST_NATIVE] > 0 &&
	    random_chance(random, names->culture->native);
}

static void
make_native(struct person *person, struct random *random,
    const struct culture_names *names)
{
	const struct name *last =
	    draw_name(names, random, LIST_LAST, LIST_NATIVE);

	buf_add(&person->full, last->text);
	buf_add(&person->last, last->ascii);
	buf_add_string(&person->full, ", ");
	buf_add(&person->full, person->first);
}

void
person_make(struct person *person, struct random *random,
    const struct culture_names *names, const struct letters *letters)
{
	bool native = is_native(names, random);
	const struct name *first = draw_name(names, random, LIST_FIRST,
	    native ? LIST_NATIVE : LIST_LATIN);

	buf_init(&person->full, person->full_memory,
	    sizeof person->full_memory);
	buf_init(&person->last, person->last_memory,
	    sizeof person->last_memory);
	person->first = first->text;
	person->first_ascii = first->ascii;
	if (random_chance(random, MONONYM + names->culture->mononym)) {
		buf_add(&person->full, first->text);
	} else if (native) {
		make_native(person, random, names);
	} else {
		add_last(person, random, names, letters);
		buf_add_string(&person->full, ", ");
		add_first(person, random, names);
	}
	assert(!person->full.overflowed && !person->last.overflowed);
}
