#include "text/fold.h"

#include "text/utf8.h"

#include <assert.h>
#include <stdint.h>
#include <utf8proc.h>

#define TEXT_OF(number) #number
#define VERSION(major, minor) "2 utf8proc " TEXT_OF(major) "." TEXT_OF(minor)

const char fold_version[] =
    VERSION(UTF8PROC_VERSION_MAJOR, UTF8PROC_VERSION_MINOR);

enum {
	LATIN_FIRST = 0xC0,   /* Latin-1 letters and Latin Extended-A ... */
	LATIN_LAST = 0x17F,
	LATIN_1_LEAD = 0xC3,  /* lead byte of U+00C0 to U+00FF */
	O_WITH_STROKE = 0xF8,
	DIAERESIS = 0x308,
	RING = 0x30A,
	PIECE_POINTS = 56,
	POINTS_PER_CHAR = 18, /* U+FDFA, the longest decomposition there is */
	POINTS_MAX = PIECE_POINTS * POINTS_PER_CHAR,
	MARKS_MAX = 16,       /* kept in a row: more is no text */
};

/*
 * ASCII as it folds: white space and controls are a blank, which
 * add_blank() collapses; ` is an apostrophe.
 */
static const char ascii[128] =
    "                                "
    " !\"#$%&'()*+,-./0123456789:;<=>?"
    "@abcdefghijklmnopqrstuvwxyz[\\]^_"
    "'abcdefghijklmnopqrstuvwxyz{|}~ ";

/*
 * What the long way makes of U+00C0 to U+017F, so that most accented names need
 * not take it.  Empty: this one does.
 */
static const char latin[LATIN_LAST - LATIN_FIRST + 1][3] = {
	/* C0 */ "a", "a", "a", "a", "a", "a", "ae", "c",
	"e", "e", "e", "e", "i", "i", "i", "i",
	/* D0 */ "d", "n", "o", "o", "o", "o", "o", "",
	"o", "u", "u", "u", "u", "y", "th", "ss",
	/* E0 */ "a", "a", "a", "a", "a", "a", "ae", "c",
	"e", "e", "e", "e", "i", "i", "i", "i",
	/* F0 */ "d", "n", "o", "o", "o", "o", "o", "",
	"o", "u", "u", "u", "u", "y", "th", "y",
	/* 100 */ "a", "a", "a", "a", "a", "a", "c", "c",
	"c", "c", "c", "c", "c", "c", "d", "d",
	/* 110 */ "d", "d", "e", "e", "e", "e", "e", "e",
	"e", "e", "e", "e", "g", "g", "g", "g",
	/* 120 */ "g", "g", "g", "g", "h", "h", "h", "h",
	"i", "i", "i", "i", "i", "i", "i", "i",
	/* 130 */ "i", "i", "ij", "ij", "j", "j", "k", "k",
	"k", "l", "l", "l", "l", "l", "l", "",
	/* 140 */ "", "l", "l", "n", "n", "n", "n", "n",
	"n", "n", "n", "n", "o", "o", "o", "o",
	/* 150 */ "o", "o", "oe", "oe", "r", "r", "r", "r",
	"r", "r", "s", "s", "s", "s", "s", "s",
	/* 160 */ "s", "s", "t", "t", "t", "t", "t", "t",
	"u", "u", "u", "u", "u", "u", "u", "u",
	/* 170 */ "u", "u", "u", "u", "w", "w", "y", "y",
	"y", "z", "z", "z", "z", "z", "z", "s",
};

/*
 * U+00C0 to U+00FF, by the low bits of the trail byte, as ICAO 9303 writes
 * them.  Empty: as `latin` has it.
 */
static const char expanded[0x40][3] = {
	[0x04] = "ae", [0x05] = "aa", [0x16] = "oe", [0x18] = "oe",
	[0x1C] = "ue", [0x24] = "ae", [0x25] = "aa", [0x36] = "oe",
	[0x38] = "oe", [0x3C] = "ue",
};

/*
 * Letters without a decomposition, spelled out, and the apostrophes; ascending.
 * Dashes need no table: they are a category of their own.
 */
static const struct {
	int32_t point;
	char text[3];
} spelled[] = {
	{ 0x60, "'" }, { 0xB4, "'" }, { 0xE6, "ae" }, { 0xF0, "d" },
	{ 0xF8, "o" }, { 0xFE, "th" }, { 0x111, "d" }, { 0x127, "h" },
	{ 0x131, "i" }, { 0x138, "k" }, { 0x142, "l" }, { 0x149, "n" },
	{ 0x14B, "n" }, { 0x153, "oe" }, { 0x167, "t" }, { 0x2B9, "'" },
	{ 0x2BB, "'" }, { 0x2BC, "'" }, { 0x2BD, "'" }, { 0x2BE, "'" },
	{ 0x2BF, "'" }, { 0x55A, "'" }, { 0x5F3, "'" }, { 0x2018, "'" },
	{ 0x2019, "'" }, { 0x201B, "'" }, { 0x2032, "'" }, { 0x2212, "-" },
	{ 0xA78C, "'" },
};

struct folding {
	struct buf *out;
	size_t start;     /* of what is added */
	bool may_expand;  /* some letters to two, by ICAO 9303 */
	bool is_expanded; /* there was such a letter */
	bool keeps_accents;
	char letter[2];   /* with its accents */
};

/* One blank, none at the start. */
static void
add_blank(struct folding *f)
{
	struct buf *out = f->out;

	if (out->length > f->start && out->data[out->length - 1] != ' ')
		buf_add_char(out, ' ');
}

/*
 * The small letter of U+00C0 to U+017F, its accents kept.  0: the long way
 * finds it.  Capitals and small letters take turns from U+0100 on, odd ones
 * being capitals in two stretches.
 */
static uint32_t
small_letter(uint32_t point)
{
	switch (point) {
	case 0xD7: case 0xDF: case 0xF7:
	case 0x130: case 0x132: case 0x133: case 0x138: case 0x13F:
	case 0x140: case 0x149: case 0x178: case 0x17F:
		return 0;
	default:
		break;
	}
	if (point < 0x100)
		return point | 0x20;
	return (point >= 0x139 && point <= 0x148) || point >= 0x179 ?
	    point + (point & 1) : point | 1;
}

static const char *
accented_letter(struct folding *f, uint32_t point)
{
	uint32_t small = small_letter(point);

	f->letter[0] = small == 0 ? '\0' : (char)(0xC0 | small >> 6);
	f->letter[1] = (char)(0x80 | (small & 0x3F));
	return f->letter;
}

/* The letter of two bytes, C3 80 to C5 BF, as one or two. */
static const char *
latin_letter(struct folding *f, unsigned char lead, unsigned char trail)
{
	uint32_t point = (lead & 0x1Fu) << 6 | (trail & 0x3Fu);

	if (f->keeps_accents)
		return accented_letter(f, point);
	if (f->may_expand && lead == LATIN_1_LEAD &&
	    expanded[trail & 0x3F][0] != '\0') {
		f->is_expanded = true;
		return expanded[trail & 0x3F];
	}
	return latin[point - LATIN_FIRST];
}

/*
 * ASCII and the letters of `latin` only, and room for all: neither ever grows.
 * False: nothing was added, take the long way.
 */
static bool
fold_quickly(struct folding *f, struct span text)
{
	struct buf *out = f->out;
	const unsigned char *from = (const unsigned char *)text.data;
	char *start = out->data + out->length;
	char *to = start;

	if (text.length > out->capacity - out->length)
		return false;
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = from[i];
		const char *letter;

		if (c < 0x80) {
			if (ascii[c] != ' ' || (to > start && to[-1] != ' '))
				*to++ = ascii[c];
			continue;
		}
		if (c < 0xC3 || c > 0xC5)
			return false;
		letter = latin_letter(f, c, from[++i]);
		if (letter[0] == '\0')
			return false;
		*to++ = letter[0];
		if (letter[1] != '\0')
			*to++ = letter[1];
	}
	if (to > start && to[-1] == ' ')
		to--;
	out->length += (size_t)(to - start);
	return true;
}

/*
 * Characters whose decomposition would be wrong here: NFKC makes a blank and a
 * mark of an acute accent that stands for an apostrophe, and two of n with one.
 */
static utf8proc_int32_t
replace_early(utf8proc_int32_t point, void *context)
{
	(void)context;
	return point == 0xB4 || point == 0x1FFD ? '\'' :
	    point == 0x149 ? 'n' : point;
}

/*
 * Accents and pointing are dropped.  Marks of the other combining classes (UAX
 * #44, table 15) stay: 0, 84 and 103 to 132 are vowels and tones of Indic
 * scripts, Thai, Lao and Tibetan, 7 to 9 what turns one letter of an Indic
 * script or of kana into another.
 */
static bool
is_accent(utf8proc_int32_t point)
{
	const utf8proc_property_t *property = utf8proc_get_property(point);
	utf8proc_propval_t class = property->combining_class;

	return property->category == UTF8PROC_CATEGORY_ME || class == 1 ||
	    (class >= 10 && class <= 36) || class >= 200;
}

static bool
is_mark(utf8proc_category_t category)
{
	return category == UTF8PROC_CATEGORY_MN ||
	    category == UTF8PROC_CATEGORY_MC;
}

static bool
is_white(utf8proc_category_t category)
{
	return category == UTF8PROC_CATEGORY_ZS ||
	    category == UTF8PROC_CATEGORY_ZL ||
	    category == UTF8PROC_CATEGORY_ZP ||
	    category == UTF8PROC_CATEGORY_CC;
}

static const char *
find_spelling(utf8proc_int32_t point)
{
	size_t low = 0, high = sizeof spelled / sizeof spelled[0];

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (spelled[middle].point == point)
			return spelled[middle].text;
		if (spelled[middle].point < point)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static void
add_point(struct folding *f, utf8proc_int32_t point)
{
	struct buf *out = f->out;
	utf8proc_category_t category = utf8proc_category(point);
	const char *spelling = find_spelling(point);

	if (point == O_WITH_STROKE && f->may_expand) {
		f->is_expanded = true;
		spelling = "oe";
	}
	if (f->keeps_accents && spelling != NULL && spelling[0] != '\'')
		spelling = NULL;
	if (is_white(category))
		add_blank(f);
	else if (spelling != NULL)
		buf_add_string(out, spelling);
	else if (category == UTF8PROC_CATEGORY_PD)
		buf_add_char(out, '-');
	else
		utf8_encode(out, (uint32_t)point);
}

/* What ICAO 9303 writes in place of an accent; 0: nothing. */
static char
second_letter(utf8proc_int32_t letter, utf8proc_int32_t accent)
{
	if (accent == RING)
		return letter == 'a' ? 'a' : '\0';
	return accent == DIAERESIS &&
	    (letter == 'a' || letter == 'o' || letter == 'u') ? 'e' : '\0';
}

/* Append an accent to what was kept, which nearly always means to drop it. */
static utf8proc_ssize_t
add_accent(struct folding *f, utf8proc_int32_t *points, utf8proc_ssize_t kept,
    utf8proc_int32_t accent)
{
	char second = f->may_expand && kept > 0 ?
	    second_letter(points[kept - 1], accent) : '\0';

	if (second == '\0')
		return kept;
	f->is_expanded = true;
	points[kept] = second;
	return kept + 1;
}

/*
 * NFKC_Casefold with the accents taken out before what is left is composed:
 * Hangul and kana stay the characters that people write.  Returns the count.
 */
static utf8proc_ssize_t
fold_points(struct folding *f, utf8proc_int32_t points[POINTS_MAX],
    struct span piece)
{
	const utf8proc_option_t compose = UTF8PROC_COMPOSE | UTF8PROC_STABLE;
	utf8proc_ssize_t count, kept = 0;

	count = utf8proc_decompose_custom(
	    (const utf8proc_uint8_t *)piece.data,
	    (utf8proc_ssize_t)piece.length, points, POINTS_MAX,
	    compose | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
	    replace_early, NULL);
	assert(count >= 0 && count <= POINTS_MAX);
	for (utf8proc_ssize_t i = 0; i < count; i++)
		if (is_accent(points[i]) && !f->keeps_accents)
			kept = add_accent(f, points, kept, points[i]);
		else
			points[kept++] = points[i];
	return utf8proc_normalize_utf32(points, kept, compose);
}

static void
fold_piece(struct folding *f, struct span piece)
{
	utf8proc_int32_t points[POINTS_MAX];
	utf8proc_ssize_t count = fold_points(f, points, piece);
	unsigned marks = 0;

	for (utf8proc_ssize_t i = 0; i < count; i++) {
		marks = is_mark(utf8proc_category(points[i])) ? marks + 1 : 0;
		if (marks <= MARKS_MAX)
			add_point(f, points[i]);
	}
}

static void
fold_text(struct folding *f, struct span text)
{
	struct buf *out = f->out;

	if (fold_quickly(f, text))
		return;
	while (text.length > 0)
		fold_piece(f, utf8_cut_piece(&text, PIECE_POINTS));
	if (out->length > f->start && out->data[out->length - 1] == ' ')
		out->length--;
}

void
fold_add(struct buf *out, struct span text)
{
	struct folding f = { .out = out, .start = out->length };

	fold_text(&f, text);
}

void
fold_add_accented(struct buf *out, struct span text)
{
	struct folding f = {
		.out = out, .start = out->length, .keeps_accents = true,
	};

	fold_text(&f, text);
}

/*
 * Whether a character that begins with these bytes may hold a letter that ICAO
 * 9303 writes as two.  A test asks this of all characters.
 */
static bool
is_suspect(unsigned char lead, unsigned char trail)
{
	switch (lead) {
	case LATIN_1_LEAD:
		return expanded[trail & 0x3F][0] != '\0';
	case 0xC7: /* with a second accent, like those at U+1E4E and U+1E7A */
	case 0xC8:
		return true;
	case 0xCC: /* the combining marks */
		return trail == 0x88 || trail == 0x8A;
	case 0xE1:
		return trail == 0xB9;
	case 0xE2: /* U+212B, the sign of the angstrom */
		return trail == 0x84;
	case 0xF0: /* U+107A2, a modifier letter */
		return trail == 0x90;
	default:
		return false;
	}
}

static bool
has_suspect(struct span text)
{
	const unsigned char *byte = (const unsigned char *)text.data;

	for (size_t i = 0; i + 1 < text.length; i++)
		if (byte[i] >= LATIN_1_LEAD && is_suspect(byte[i], byte[i + 1]))
			return true;
	return false;
}

bool
fold_add_expanded(struct buf *out, struct span text)
{
	struct buf before = *out;
	struct folding f = {
		.out = out, .start = out->length, .may_expand = true,
	};

	if (!has_suspect(text))
		return false;
	fold_text(&f, text);
	if (!f.is_expanded)
		*out = before;
	return f.is_expanded;
}
