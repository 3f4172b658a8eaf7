#include "unit.h"

#include "text/sound.h"

#include <string.h>

static bool
sound_alike(const char *a, const char *b)
{
	struct sound first, second;

	sound_make(&first, span_from(a));
	sound_make(&second, span_from(b));
	for (unsigned i = 0; i < first.count; i++)
		for (unsigned j = 0; j < second.count; j++)
			if (span_equal(sound_code(&first, i),
			    sound_code(&second, j)))
				return true;
	return false;
}

static void
check_pairs(const char *const (*pairs)[2], size_t count, bool alike)
{
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(sound_alike(pairs[i][0], pairs[i][1]) == alike,
		    "%s, %s", pairs[i][0], pairs[i][1]);
}

#define CHECK_ALIKE(pairs)                                                     \
	check_pairs(pairs, sizeof pairs / sizeof pairs[0], true)
#define CHECK_UNLIKE(pairs)                                                    \
	check_pairs(pairs, sizeof pairs / sizeof pairs[0], false)

START_TEST(english_names_meet_as_they_are_heard)
{
	static const char *const pairs[][2] = {
		{ "smith", "smyth" }, { "smith", "smythe" },
		{ "stephen", "steven" }, { "catherine", "kathryn" },
		{ "philips", "fillips" }, { "geoffrey", "jeffrey" },
		{ "sean", "shawn" }, { "wright", "rite" },
		{ "knight", "night" }, { "thompson", "tomson" },
		{ "johnson", "jonson" }, { "johnson", "johnsson" },
		{ "christopher", "kristofer" }, { "caitlin", "katelyn" },
		{ "michael", "mikael" }, { "stuart", "stewart" },
		{ "lawrence", "laurence" }, { "leigh", "lee" },
		{ "hugh", "hew" }, { "vaughan", "vaughn" },
		{ "mcdonald", "macdonald" }, { "mcintosh", "mackintosh" },
		{ "mcgee", "magee" }, { "simpson", "simson" },
		{ "campbell", "cambell" }, { "lamb", "lam" },
		{ "crowe", "crow" }, { "walker", "waker" },
		{ "dixon", "dickson" }, { "quinn", "kwinn" },
		{ "siobhan", "shivon" }, { "eoghan", "owen" },
		{ "davidson", "davison" }, { "leicester", "lester" },
	};

	CHECK_ALIKE(pairs);
}
END_TEST

START_TEST(names_of_the_continent_meet)
{
	static const char *const pairs[][2] = {
		{ "schmidt", "schmitt" }, { "schmidt", "shmit" },
		{ "schmid", "schmitt" }, { "meyer", "maier" },
		{ "meyer", "mayr" }, { "meier", "maier" },
		{ "schwartz", "swartz" }, { "schultz", "shults" },
		{ "pfeiffer", "fifer" }, { "hildebrand", "hildebrandt" },
		{ "wagner", "vagner" }, { "vogel", "fogel" },
		{ "nietzsche", "nitsche" }, { "johannes", "yohannes" },
		{ "tchaikovsky", "chaikovsky" },
		{ "tchaikovsky", "tschaikowski" },
		{ "kowalski", "kovalsky" }, { "romanov", "romanoff" },
		{ "romanov", "romanow" }, { "khrushchev", "kruschev" },
		{ "petrovic", "petrovich" }, { "szymanski", "shimanski" },
		{ "sahin", "shahin" }, { "dmitri", "dimitry" },
		{ "hernandez", "ernandes" }, { "xavier", "javier" },
		{ "jimenez", "ximenez" }, { "valdez", "baldez" },
		{ "renault", "reno" }, { "jacques", "jaques" },
		{ "marcello", "marchello" }, { "gugliotta", "guliotta" },
		{ "dijkstra", "dykstra" }, { "gustafsson", "gustavson" },
		{ "petersen", "pettersson" }, { "lindqvist", "lindquist" },
	};

	CHECK_ALIKE(pairs);
}
END_TEST

START_TEST(names_of_asia_and_africa_meet)
{
	static const char *const pairs[][2] = {
		{ "mohammed", "muhammad" }, { "mohammed", "mohamad" },
		{ "yousef", "yusuf" }, { "khalid", "kalid" },
		{ "khalil", "halil" }, { "rashid", "rachid" },
		{ "hussein", "husayn" }, { "zhang", "chang" },
		{ "zhou", "chou" }, { "xu", "hsu" }, { "qin", "chin" },
		{ "huang", "hwang" }, { "nguyen", "nguyn" },
		{ "pham", "fam" }, { "singh", "sing" },
		{ "lakshmi", "laxmi" }, { "krishna", "krisna" },
		{ "chaudhry", "choudhury" }, { "mukherjee", "mukerji" },
		{ "ghosh", "gosh" }, { "ouattara", "watara" },
	};

	CHECK_ALIKE(pairs);
}
END_TEST

START_TEST(names_that_sound_otherwise_do_not_meet)
{
	static const char *const pairs[][2] = {
		{ "smith", "jones" }, { "smith", "smart" },
		{ "brown", "green" }, { "robert", "rupert" },
		{ "miller", "mills" }, { "baker", "packer" },
		{ "karen", "karina" }, { "marin", "marino" },
		{ "anna", "ann" }, { "mary", "maria" },
		{ "adams", "edison" }, { "young", "yun" },
		{ "walter", "wagner" }, { "king", "ken" },
		{ "lopez", "lobos" }, { "garcia", "garrison" },
		{ "johnson", "johnston" }, { "lily", "lee" },
	};

	CHECK_UNLIKE(pairs);
}
END_TEST

START_TEST(the_likeliest_reading_comes_first)
{
	static const char *const rows[][2] = {
		{ "smith", "SMT" }, { "jose", "JS" }, { "hernandez", "HRNNDS" },
		{ "michael", "MXL" }, { "owen", "AVN" }, { "emma", "EMa" },
		{ "tolstoy", "TLSTe" }, { "ana", "ANa" },
	};
	struct sound sound;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		sound_make(&sound, span_from(rows[i][0]));
		ck_assert_msg(span_is(sound_code(&sound, 0), rows[i][1]),
		    "%s", rows[i][0]);
	}
}
END_TEST

START_TEST(less_than_two_letters_have_no_code)
{
	static const char *const words[] = { "", "a", "x", "4", "1234", "李",
		"иванов", "и2й", "a1", "éz" };
	struct sound sound;

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		sound_make(&sound, span_from(words[i]));
		ck_assert_msg(sound.count == 0, "%s", words[i]);
	}
}
END_TEST

START_TEST(other_characters_are_passed_over)
{
	ck_assert(sound_alike("sm4ith", "smith"));
	ck_assert(sound_alike("o'brien", "obrien"));
	ck_assert(sound_alike("иsmith李", "smith"));
	ck_assert(sound_alike("\xff" "smith", "smith"));
}
END_TEST

static void
check_codes(struct span word)
{
	struct sound sound;

	sound_make(&sound, word);
	ck_assert_uint_le(sound.count, SOUND_CODES_MAX);
	for (unsigned i = 0; i < sound.count; i++) {
		ck_assert_uint_ge(sound.lengths[i], 1);
		ck_assert_uint_le(sound.lengths[i], SOUND_CODE_MAX);
		for (unsigned j = 0; j < i; j++)
			ck_assert(!span_equal(sound_code(&sound, i),
			    sound_code(&sound, j)));
		for (unsigned j = 0; j < sound.lengths[i]; j++)
			ck_assert(strchr("ABDEFGHJKLMNPRSTVXaeo",
			    sound.codes[i][j]) != NULL);
	}
}

START_TEST(every_four_letters_have_different_codes_in_bounds)
{
	char word[4];

	for (unsigned i = 0; i < 26 * 26 * 26 * 26; i++) {
		word[0] = (char)('a' + i % 26);
		word[1] = (char)('a' + i / 26 % 26);
		word[2] = (char)('a' + i / 26 / 26 % 26);
		word[3] = (char)('a' + i / 26 / 26 / 26);
		check_codes((struct span){ word, sizeof word });
	}
}
END_TEST

START_TEST(long_words_keep_their_beginning)
{
	char word[300];
	struct sound sound;

	for (size_t i = 0; i < sizeof word; i++)
		word[i] = "bako"[i % 4];
	check_codes((struct span){ word, sizeof word });
	sound_make(&sound, (struct span){ word, sizeof word });
	ck_assert(span_is(sound_code(&sound, 0), "BKBKBKBKBKBK"));
}
END_TEST

UNIT_MAIN("text/sound", english_names_meet_as_they_are_heard,
    names_of_the_continent_meet, names_of_asia_and_africa_meet,
    names_that_sound_otherwise_do_not_meet,
    the_likeliest_reading_comes_first, less_than_two_letters_have_no_code,
    other_characters_are_passed_over,
    every_four_letters_have_different_codes_in_bounds,
    long_words_keep_their_beginning)
