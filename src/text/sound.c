#include "text/sound.h"

#include <stdbool.h>
#include <string.h>

enum {
	LETTERS_MAX = 40, /* more than a code has room for */
	RULES_MAX = 24,
};

/* Sets of what may stand beside letters; an empty one allows anything. */
#define START "^"
#define END "$"
#define VOWEL "aeiouy"
#define FRONT "eiy"

/*
 * Between one of `before` and one of `after`, `letters` sound like one of
 * `readings`, divided by / and the most likely first.  A reading is made of the
 * classes in the header; vowels that will not count are in it all the same,
 * for they divide equal sounds: Lily is not Lly.
 */
struct rule {
	const char *before, *letters, *after, *readings;
};

/*
 * The rules for each letter and those behind it, the longest first, and among
 * equally long ones the special before the general.  The first that fits is
 * taken; the last, the letter alone, always does.  Accents are gone: s and c
 * may have been of any kind, and sh is written where it once was one letter.
 */
static const struct rule rules[26][RULES_MAX] = {
	['a' - 'a'] = {
		{ "", "ault", END, "ALT/o" },        /* Renault, Reno */
		{ "", "augh", END, "a/F" },
		{ "", "agh", END, "a" },
		{ START, "aa", "", "A/E" },          /* Aaron, Erin */
		{ START, "ae", "", "E" },
		{ START, "ao", "i", "A/E" },         /* Aoife */
		{ "", "ae", END, "e" },
		{ "", "ah", END, "a" },
		{ "", "aw", END, "a/o/V" },          /* Shaw, Stanislaw */
		{ START, "a", "iy", "A/E" },         /* Aidan, Eileen */
		{ "", "a", END, "a" },
		{ "", "a", "", "A" },
	},
	['b' - 'a'] = {
		{ "m", "bes", END, "S" },            /* Coombes */
		{ VOWEL, "bh", VOWEL, "B/V" },       /* Siobhan */
		{ "", "bv", "", "V/B" },             /* Lefebvre */
		{ "m", "b", END "s", "" },           /* Lamb, Combs */
		{ VOWEL, "b", VOWEL, "B/V" },        /* Tobar, Tovar */
		{ "", "b", "", "B" },
	},
	['c' - 'a'] = {
		{ "", "ceste", "r", "STE" },         /* Leicester */
		{ START, "cia", "", "SA/KA/XA" },    /* Ciara, Kiera */
		{ "", "cki", END, "K/SK" },          /* Potocki */
		{ "", "cky", END, "K/SK" },
		{ "", "coi", "s", "SA/KA" },         /* Francois */
		{ "", "cch", "", "K" },              /* Zacchary */
		{ "", "chs", "", "KS/XS" },          /* Sachs */
		{ "n", "ca", "l", "SA/KA" },         /* Goncalves */
		{ START, "ch", "lr", "K" },          /* Christopher */
		{ "", "ch", "lrt", "K/X" },
		{ "", "ch", "", "X/K" },             /* Richard, Michael */
		{ "", "ci", "aou", "SA/XA" },        /* Marcia, Marsha */
		{ "", "cc", FRONT, "KS/X" },         /* Puccini */
		{ "", "ck", "", "K" },
		{ "", "cq", "", "K" },
		{ "", "cs", "", "KS/X" },            /* Kovacs */
		{ "", "cz", "", "X" },
		{ "e", "c", END, "K/S" },            /* Nemec */
		{ "i", "c", END, "K/X" },            /* Eric, Petrovic */
		{ "", "c", FRONT, "S/X" },           /* Marcello */
		{ "", "c", "", "K" },
	},
	['d' - 'a'] = {
		{ "", "dsch", "", "J" },
		{ "", "dzh", "", "J" },
		{ "", "dg", "eiklnsy", "J" },        /* Hodges, Hodgkins */
		{ "", "dj", "", "J" },
		{ "", "dt", "", "T" },
		{ "", "dz", "", "S" },
		{ VOWEL "n", "d", "s", "D/" },       /* Lindsay, Davidson */
		{ "", "d", END, "D/T" },             /* Brand, Brandt */
		{ "", "d", "", "D" },
	},
	['e' - 'a'] = {
		{ "", "ewe", END, "o" },
		{ START, "eo", "", "A" },            /* Eoghan, Owen */
		{ START, "eu", "", "A/E" },
		{ "", "ea", END, "a/e" },            /* Andrea, Chelsea */
		{ "", "ee", END, "e" },
		{ "", "eh", END, "e" },
		{ "", "ew", END, "o/V" },
		{ START, "e", "iy", "E/A" },
		{ "", "e", END, "/e" },
		{ "", "e", "", "E" },
	},
	['f' - 'a'] = {
		{ "o", "ff", END, "F/V" },           /* Romanoff */
		{ "", "f", "s", "F/V" },             /* Gustafson */
		{ "", "f", "", "F" },
	},
	['g' - 'a'] = {
		{ "", "gli", "aeou", "LA/GLA" },     /* Gugliotta */
		{ "", "ght", "", "T" },
		{ START, "gh", "", "G" },
		{ VOWEL, "gh", "", "/G" },           /* Vaughan, Meghan */
		{ "", "gh", "", "G" },
		{ START, "gn", "", "N" },
		{ "", "gn", "", "GN/N" },            /* Agnes, Mignone */
		{ START, "gu", "ei", "G/GV" },       /* Guinevere */
		{ "", "gg", FRONT, "G/J" },          /* Maggie, Reggio */
		{ "i", "g", "t", "G/" },             /* Voigt */
		{ "", "g", FRONT, "J/G" },
		{ "", "g", "", "G" },
	},
	['h' - 'a'] = {
		{ START, "hu", "aei", "V/HA/A" },    /* Huang, Wang */
		{ START, "hw", "", "V" },
		{ START, "hs", "", "X/S" },          /* Hsiao */
		{ START, "h", VOWEL, "H/" },         /* Hernandez */
		{ "", "h", "", "" },
	},
	['i' - 'a'] = {
		{ "", "igh", END, "e" },             /* Leigh */
		{ "", "ie", END, "e" },
		{ "", "ij", END, "e" },
		{ "", "ij", "", "E" },               /* Dijkstra */
		{ START, "i", "aou", "A" },          /* Ian, Yan */
		{ "", "i", END, "e" },
		{ "", "i", "", "E" },
	},
	['j' - 'a'] = {
		{ "", "jh", "", "J" },
		{ START, "j", FRONT, "J/E/H" },
		{ START, "j", VOWEL, "J/A/H" },      /* Jean, Jan, Jose */
		{ VOWEL, "j", VOWEL, "J/A" },        /* Vijay, Marija */
		{ "", "j", VOWEL, "A/J" },           /* Katja, Benjamin */
		{ START, "j", "", "J" },
		{ "", "j", END, "e/J" },             /* Andrej, Suraj */
		{ "", "j", "", "A" },
	},
	['k' - 'a'] = {
		{ "", "ksh", "", "KS/KX" },          /* Lakshmi */
		{ START, "kh", "", "K/H" },          /* Khalil, Halil */
		{ START, "kj", "", "X/K" },          /* Kjell */
		{ START, "kn", "", "N" },
		{ "", "k", "", "K" },
	},
	['l' - 'a'] = {
		{ "i", "ll", "ao", "L/A" },          /* Castillo */
		{ "o", "ln", END, "N/LN" },          /* Lincoln */
		{ "ao", "l", "km", "L/" },           /* Walker, Holmes */
		{ "", "l", "", "L" },
	},
	['m' - 'a'] = {
		{ START, "macg", "", "MKG/MG" },     /* Magee */
		{ START, "mac", "i", "MK/MS" },      /* Macintosh */
		{ START, "mcg", "", "MKG/MG" },
		{ START, "mc", "", "MK" },
		{ START, "mn", "", "N" },
		{ VOWEL, "mh", "", "M/V" },          /* Niamh */
		{ "", "m", "", "M" },
	},
	['n' - 'a'] = {
		{ START, "ng", "", "N" },            /* Nguyen */
		{ "", "n", "", "N" },
	},
	['o' - 'a'] = {
		{ "", "ough", END, "o/F" },
		{ "", "ogh", END, "o/G" },
		{ "", "owe", END, "o" },
		{ START, "ou", "aeiy", "V/A" },      /* Ouattara */
		{ "", "oe", END, "o/e" },            /* Kehoe, Zoe */
		{ "", "oh", END, "o" },
		{ "", "ow", END, "o/V" },            /* Crow, Romanow */
		{ "", "o", END, "o" },
		{ "", "o", "", "A" },
	},
	['p' - 'a'] = {
		{ VOWEL, "ph", VOWEL, "F/V" },       /* Stephen */
		{ "", "ph", "", "F" },
		{ "", "pf", "", "F" },
		{ START, "pn", "", "N" },
		{ START, "ps", "", "S" },
		{ START, "pt", "", "T" },
		{ "m", "pb", "", "B/" },             /* Campbell */
		{ "m", "p", "fkst", "" },            /* Thompson */
		{ "", "p", "", "P" },
	},
	['q' - 'a'] = {
		{ START, "qi", "", "XA/KA" },        /* Qin */
		{ "", "qu", "aeioy", "K/KV" },       /* Quintana, Quinn */
		{ "", "q", "", "K" },
	},
	['r' - 'a'] = {
		{ "", "rz", "", "RS/X" },            /* Harz, Krzysztof */
		{ "", "r", "", "R" },
	},
	['s' - 'a'] = {
		{ "", "schtsch", "", "X" },
		{ "", "shch", "", "X" },
		{ "", "szcz", "", "X" },
		{ "", "sch", "lmnw", "X/S" },        /* Schwartz */
		{ "", "sch", "", "X/SK" },           /* Schuyler */
		{ START, "sea", "", "SA/XA" },       /* Sean */
		{ START, "sio", "", "SA/XA" },
		{ "", "sh", "", "X/S" },             /* Krishna, Krisna */
		{ "", "sc", FRONT, "S/X" },
		{ "", "sj", "", "X/S" },             /* Sjoberg */
		{ "", "sz", "", "S/X" },             /* Szabo, Szymanski */
		{ "", "s", "", "S" },
	},
	['t' - 'a'] = {
		{ "", "tzsch", "", "X" },
		{ "", "tsch", "", "X" },
		{ "", "tch", "", "X" },
		{ "s", "ti", "aou", "TA" },
		{ "", "ti", "aou", "TA/XA" },        /* Letitia */
		{ "", "tx", "", "X" },               /* Etxeberria */
		{ "", "ts", "", "S" },
		{ "", "tz", "", "S" },
		{ "", "t", "", "T" },
	},
	['u' - 'a'] = {
		{ "", "ugh", END, "o/F" },           /* Hugh, Clough */
		{ "", "ue", END, "o" },
		{ "", "u", END, "o" },
		{ "", "u", "", "A" },
	},
	['v' - 'a'] = {
		{ "", "vitz", END, "VS/VX" },
		{ "", "v", "s", "V/F" },             /* Gustavson */
		{ START, "v", "", "V/F/B" },         /* Vogel, Valdez */
		{ "", "v", "", "V" },
	},
	['w' - 'a'] = {
		{ "", "witz", END, "VS/VX" },        /* Horowitz */
		{ "", "wsk", "", "VSK" },            /* Kowalewski */
		{ START, "wh", "", "V/H" },
		{ START, "wr", "", "R/VR" },         /* Wright, Wrobel */
		{ VOWEL, "we", END, "" },
		{ VOWEL, "w", "cz", "V" },           /* Krawczyk */
		{ VOWEL, "w", VOWEL, "V/A" },        /* Kowalski, Owen */
		{ VOWEL, "w", "lr" END, "A/V" },     /* Rawlings, Pawlak */
		{ VOWEL, "w", "", "A" },
		{ "", "w", "", "V" },
	},
	['x' - 'a'] = {
		{ START, "x", "", "S/X/H" },         /* Xavier, Xu, Ximenez */
		{ "u", "x", END, "KS/o" },           /* Leroux */
		{ VOWEL, "x", VOWEL, "KS/X" },       /* Alexander, Teixeira */
		{ "", "x", "", "KS" },
	},
	['y' - 'a'] = {
		{ "", "ye", END, "e" },
		{ START, "y", "aou", "A" },
		{ "", "y", END, "e" },
		{ "", "y", "", "E" },
	},
	['z' - 'a'] = {
		{ "", "zh", "", "X/J/S" },           /* Zhang, Zhukov, Zou */
		{ "", "zs", "", "J/S" },             /* Zsofia */
		{ "", "z", "", "S" },
	},
};

/* A reading of the letters so far. */
struct reading {
	char code[SOUND_CODE_MAX];
	unsigned length;
	char last; /* the last class, also of a vowel that does not count */
};

struct readings {
	struct reading all[SOUND_CODES_MAX];
	unsigned count;
};

/* START, the letters a to z of `word`, END and NUL; returns how many. */
static unsigned
take_letters(char letters[LETTERS_MAX + 3], struct span word)
{
	unsigned count = 0;

	letters[0] = START[0];
	for (size_t i = 0; i < word.length && count < LETTERS_MAX; i++)
		if (word.data[i] >= 'a' && word.data[i] <= 'z')
			letters[++count] = word.data[i];
	letters[count + 1] = END[0];
	letters[count + 2] = '\0';
	return count;
}

static bool
is_among(char letter, const char *set)
{
	return set[0] == '\0' || strchr(set, letter) != NULL;
}

static bool
fits(const struct rule *rule, const char *at)
{
	const char *behind = at;

	for (const char *letter = rule->letters; *letter != '\0'; letter++)
		if (*behind++ != *letter)
			return false;
	return is_among(*behind, rule->after) && is_among(at[-1], rule->before);
}

static const struct rule *
find_rule(const char *at)
{
	const struct rule *rule = rules[*at - 'a'];

	while (!fits(rule, at))
		rule++;
	return rule;
}

/* A doubled sound is one; A and E count at the start only. */
static void
add_class(struct reading *reading, char class)
{
	bool is_vowel = class == 'A' || class == 'E';
	bool counts = class != reading->last &&
	    (!is_vowel || reading->length == 0);

	reading->last = class;
	if (counts && reading->length < SOUND_CODE_MAX)
		reading->code[reading->length++] = class;
}

static void
add_classes(struct reading *reading, const char *classes)
{
	while (*classes != '\0' && *classes != '/')
		add_class(reading, *classes++);
}

/* What was read so far, going on with `classes`, beside what is there. */
static void
branch(struct readings *readings, unsigned count, const char *classes)
{
	for (unsigned i = 0; i < count; i++) {
		if (readings->count == SOUND_CODES_MAX)
			return;
		readings->all[readings->count] = readings->all[i];
		add_classes(&readings->all[readings->count++], classes);
	}
}

static void
add_readings(struct readings *readings, const char *choices)
{
	const unsigned count = readings->count;
	const char *other = choices;

	while ((other = strchr(other, '/')) != NULL)
		branch(readings, count, ++other);
	for (unsigned i = 0; i < count; i++)
		add_classes(&readings->all[i], choices);
}

/* Readings may come to the same, or to nothing when all is silent. */
static void
keep(struct sound *sound, const struct reading *reading)
{
	const struct span code = { reading->code, reading->length };

	if (code.length == 0)
		return;
	for (unsigned i = 0; i < sound->count; i++)
		if (span_equal(sound_code(sound, i), code))
			return;
	memcpy(sound->codes[sound->count], code.data, code.length);
	sound->lengths[sound->count++] = reading->length;
}

void
sound_make(struct sound *sound, struct span word)
{
	char letters[LETTERS_MAX + 3];
	struct readings readings = { .count = 1 };
	const char *at = letters + 1;

	sound->count = 0;
	if (take_letters(letters, word) < 2)
		return;
	while (*at != END[0]) {
		const struct rule *rule = find_rule(at);

		add_readings(&readings, rule->readings);
		at += strlen(rule->letters);
	}
	for (unsigned i = 0; i < readings.count; i++)
		keep(sound, &readings.all[i]);
}

struct span
sound_code(const struct sound *sound, unsigned nth)
{
	return (struct span){ sound->codes[nth], sound->lengths[nth] };
}
