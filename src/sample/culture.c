#include "sample/culture.h"

#include "sample/random.h"

#include <assert.h>
#include <stdlib.h>

/* A university town of the English-speaking world, and its guests. */
static const struct culture table[] = {
	/* first, last, weight, native, tail, particle, particles,
	   doubled, joint, second, mononym */
	{ "*", "US US US IE FR IT PL MX", 340, 0, 360, 12, "Mc|O'|Mac|St. ",
	    10, '-', SECOND_INITIAL, 0 },
	{ "* * GB", "GB US AU US IE CA FR PT", 105, 0, 380, 15,
	    "Mc|O'|Mac|Fitz", 30, '-', SECOND_INITIAL, 0 },
	{ "* * CA", "CA US US FR IT NL", 60, 0, 380, 15, "Mc|O'|Mac",
	    20, '-', SECOND_INITIAL, 0 },
	{ "* AU NZ", "AU NZ GB US IT IE", 40, 0, 380, 10, "Mc|O'|Mac",
	    20, '-', SECOND_INITIAL, 0 },
	{ "IE GB", "IE", 20, 0, 400, 350, "O'|Mc|Mac |Ó |O\xe2\x80\x99",
	    20, '-', SECOND_INITIAL, 0 },
	{ "FR CA BE", "FR CA BE CH", 45, 0, 480, 60, "Le |de |de la |d'|du ",
	    40, '-', SECOND_HYPHEN, 0 },
	{ "DE AT CH", "DE AT AT CH LU", 50, 0, 560, 25, "von |von der |zu ",
	    30, '-', SECOND_HYPHEN, 0 },
	{ "NL BE", "NL BE SR", 20, 0, 420, 250,
	    "van der |van den |van |de |ter |'t ", 30, '-', SECOND_NONE, 0 },
	{ "DK NO FI", "DK NO FO", 15, 0, 380, 20, "af |Sønder",
	    40, '-', SECOND_NONE, 0 },
	{ "FI EE", "FI EE LV LT", 12, 0, 450, 0, "", 10, '-', SECOND_NONE,
	    0 },
	{ "IS FO", "IS FO", 4, 0, 100, 0, "", 0, '-', SECOND_NONE, 0 },
	{ "ES", "ES", 18, 0, 250, 40, "de la |de los |del |de ",
	    350, ' ', SECOND_BLANK, 0 },
	{ "MX PY SV", "MX GT SV CR", 25, 0, 200, 30, "de la |de los |del |de ",
	    250, ' ', SECOND_BLANK, 0 },
	{ "AR CL PE CO", "AR CL PE CO", 20, 0, 220, 30, "de la |de los |del ",
	    200, ' ', SECOND_BLANK, 0 },
	{ "VE PA PR EC", "CU DO PY", 10, 0, 200, 30, "de la |de los |del ",
	    200, ' ', SECOND_BLANK, 0 },
	{ "PT BR", "PT BR", 25, 0, 200, 150, "da |dos |de |do ",
	    250, ' ', SECOND_BLANK, 0 },
	{ "IT SM", "IT", 22, 0, 450, 60, "De |Di |D'|Della |Lo ",
	    10, '-', SECOND_NONE, 0 },
	{ "PL", "PL", 15, 0, 500, 0, "", 25, '-', SECOND_NONE, 0 },
	{ "CZ SK", "CZ SK", 8, 0, 450, 0, "", 10, '-', SECOND_NONE, 0 },
	{ "HU RO", "HU RO MD", 8, 0, 450, 0, "", 20, '-', SECOND_NONE, 0 },
	{ "HR SI BA", "HR SI BA ME", 9, 0, 400, 0, "", 20, '-', SECOND_NONE,
	    0 },
	{ "TR AZ", "TR AZ", 10, 0, 350, 0, "", 5, ' ', SECOND_NONE, 0 },
	{ "AL MT", "AL XK MT", 4, 0, 350, 0, "", 0, '-', SECOND_NONE, 0 },
	{ "UA", "UA", 6, 0, 400, 0, "", 0, '-', SECOND_NONE, 0 },
	{ "RU", "RU BY", 14, 400, 400, 0, "", 0, '-', SECOND_NONE, 0 },
	{ "BG MK", "BG", 4, 350, 300, 0, "", 0, '-', SECOND_NONE, 0 },
	{ "RS ME", "RS", 4, 250, 300, 0, "", 0, '-', SECOND_NONE, 0 },
	{ "KZ KG", "KZ", 3, 400, 200, 0, "", 0, '-', SECOND_NONE, 0 },
	{ "GR CY", "GR", 8, 350, 500, 0, "", 0, '-', SECOND_NONE, 0 },
	{ "AM", "AM", 2, 350, 300, 0, "", 0, '-', SECOND_NONE, 0 },
	{ "GE", "GE", 2, 350, 300, 0, "", 0, '-', SECOND_NONE, 0 },
	{ "IL", "IL", 10, 300, 400, 30, "Ben ", 10, '-', SECOND_NONE, 0 },
	{ "CN", "CN", 45, 300, 0, 0, "", 3, '-', SECOND_NONE, 0 },
	{ "TW", "TW", 12, 300, 0, 0, "", 3, '-', SECOND_NONE, 0 },
	{ "JP", "JP", 16, 350, 150, 0, "", 0, '-', SECOND_NONE, 0 },
	{ "KR", "KR", 18, 300, 0, 0, "", 0, '-', SECOND_NONE, 0 },
	{ "VN", "VN", 14, 0, 0, 0, "", 0, ' ', SECOND_BLANK, 0 },
	{ "KH", "KH", 2, 300, 0, 0, "", 0, ' ', SECOND_NONE, 20 },
	{ "TH", "-", 3, 300, 600, 0, "", 0, ' ', SECOND_NONE, 60 },
	{ "PH *", "PH", 12, 0, 250, 30, "de la |dela |de los ",
	    60, '-', SECOND_BLANK, 0 },
	{ "IN", "IN LK NP", 40, 120, 450, 0, "", 10, ' ', SECOND_INITIAL, 40 },
	{ "BD", "BD", 6, 250, 250, 0, "", 0, ' ', SECOND_NONE, 40 },
	{ "AE", "-", 9, 350, 150, 400, "al-|Al |bin ", 0, ' ',
	    SECOND_NONE, 5 },
	{ "EG MA LB SA", "-", 14, 0, 250, 400, "al-|El |El-|Abu ", 0, ' ',
	    SECOND_NONE, 5 },
	{ "IR PK MY", "-", 16, 0, 350, 100, "bin |binti ", 10, ' ',
	    SECOND_NONE, 60 },
	{ "ZA JM ML", "NL GB FJ US", 12, 0, 500, 0, "", 20, '-',
	    SECOND_INITIAL, 0 },
};

enum { CULTURES = sizeof table / sizeof table[0] };

struct cultures {
	struct culture_names names[CULTURES];
	uint32_t upto[CULTURES]; /* sums of the weights */
};

/* Where the lists of one kind come from. */
static struct span
source(const struct culture *culture, enum list_kind kind)
{
	if (kind == LIST_FIRST || culture->last[0] == '-')
		return span_from(culture->first);
	return span_from(culture->last);
}

static void
look_up(struct culture_names *names, const struct lists *lists,
    enum list_kind kind, enum list_script script)
{
	struct span rest = source(names->culture, kind);
	bool is_borrowed = names->culture->last[0] == '-';
	unsigned *count = &names->counts[kind][script];
	struct span country;

	while ((country = span_next_word(&rest)).length > 0) {
		const struct name_list *list = lists_find(lists,
		    is_borrowed ? LIST_FIRST : kind, script, country);

		if (list == NULL)
			continue;
		assert(*count < CULTURE_LISTS_MAX);
		names->lists[kind][script][(*count)++] = list;
	}
}

struct cultures *
cultures_new(const struct lists *lists)
{
	struct cultures *cultures = calloc(1, sizeof *cultures);
	uint32_t sum = 0;

	assert(cultures != NULL);
	for (unsigned i = 0; i < CULTURES; i++) {
		struct culture_names *names = &cultures->names[i];

		names->culture = &table[i];
		for (unsigned kind = 0; kind < LIST_KINDS; kind++)
			for (unsigned s = 0; s < LIST_SCRIPTS; s++)
				look_up(names, lists, kind, s);
		assert(names->counts[LIST_FIRST][LIST_LATIN] > 0);
		assert(names->counts[LIST_LAST][LIST_LATIN] > 0);
		sum += table[i].weight;
		cultures->upto[i] = sum;
	}
	return cultures;
}

void
cultures_free(struct cultures **cultures)
{
	free(*cultures);
	*cultures = NULL;
}

const struct culture_names *
cultures_draw(const struct cultures *cultures, struct random *random)
{
	uint32_t drawn = random_below(random, cultures->upto[CULTURES - 1]);
	unsigned i = 0;

	while (cultures->upto[i] <= drawn)
		i++;
	return &cultures->names[i];
}
